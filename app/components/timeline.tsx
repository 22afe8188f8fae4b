import { formatInstant } from '../text/format.ts'

export interface TimelineLine {
  id: string
  at: Date
  sentence: string
}

/** Events in Spanish sentences, newest first. */
export function Timeline({ lines }: { lines: TimelineLine[] }) {
  return (
    <ol className="timeline">
      {lines.map((line) => (
        <li key={line.id}>
          <time dateTime={line.at.toISOString()}>{formatInstant(line.at)}</time>
          <p>{line.sentence}</p>
        </li>
      ))}
    </ol>
  )
}
