import { Heading } from '@navikt/ds-react'
import { Link } from '@remix-run/react'
import { waitingText } from '../../text/variables.ts'

interface Waiting {
  id: string
  code: string
  name: string
  to: number
  fromVigencia: number
  toVigencia: number
  proposedBy: string
  proposedAt: Date | string
}

/** Tables of correspondence that wait for this person's decision: they belong to a variable and to no step. */
export function WaitingCrosswalks({ crosswalks }: { crosswalks: Waiting[] }) {
  if (crosswalks.length === 0) return null
  return (
    <section className="card" aria-labelledby="correspondencias">
      <Heading level="2" size="small" id="correspondencias" spacing>
        {waitingText.title}
      </Heading>
      <ul className="mention-lines">
        {crosswalks.map(({ id, code, name, to, fromVigencia, toVigencia, proposedBy, proposedAt }) => (
          <li key={id}>
            <span>{waitingText.line(name, fromVigencia, toVigencia, proposedBy, proposedAt)}</span>
            <Link to={`/variables/${code}/correspondencia/${to}`}>{waitingText.decide}</Link>
          </li>
        ))}
      </ul>
    </section>
  )
}
