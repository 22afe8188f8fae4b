import { Link } from '@remix-run/react'
import type { ReactNode } from 'react'
import { formatInstant } from '../text/format.ts'
import { signaturesText } from '../text/steps.ts'

export interface TimelineLine {
  id: string
  at: Date
  sentence: string
  /** Page of the act or event behind it. */
  receipt?: string
}

/** Events in Spanish sentences, newest first; `link`: what leads to the page behind each, its receipt where nothing else is said. */
export function Timeline({ lines, link = signaturesText.receipt }: { lines: TimelineLine[]; link?: string }) {
  return (
    <ol className="timeline">
      {lines.map((line) => (
        <li key={line.id}>
          <time dateTime={line.at.toISOString()}>{formatInstant(line.at)}</time>
          <p>
            {withHashes(line.sentence)}
            {line.receipt && (
              <>
                {' '}
                <Link to={line.receipt}>{link}</Link>
              </>
            )}
          </p>
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
