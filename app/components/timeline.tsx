import { Link } from '@remix-run/react'
import type { ReactNode } from 'react'
import { formatInstant } from '../text/format.ts'

export interface TimelineLine {
  id: string
  at: Date
  sentence: string
  /** To what stands behind it: the receipt of the act, the content it is about. */
  links?: { to: string; label: string }[]
}

/** Events in Spanish sentences, newest first. */
export function Timeline({ lines }: { lines: TimelineLine[] }) {
  return (
    <ol className="timeline">
      {lines.map((line) => (
        <li key={line.id}>
          <time dateTime={line.at.toISOString()}>{formatInstant(line.at)}</time>
          <p>{withHashes(line.sentence)}</p>
          {line.links && line.links.length > 0 && (
            <p className="timeline__links no-print">
              {line.links.map(({ to, label }) => (
                <Link key={to} to={to}>
                  {label}
                </Link>
              ))}
            </p>
          )}
        </li>
      ))}
    </ol>
  )
}

/** A hash in its short form is one word: it does not break at the end of a line. */
function withHashes(sentence: string): ReactNode[] {
  return sentence
    .split(/([0-9a-f]{4}…[0-9a-f]{4})/)
    .map((part, i) => (i % 2 === 1 ? <code key={part}>{part}</code> : part))
}
