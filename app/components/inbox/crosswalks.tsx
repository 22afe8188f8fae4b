import { Link } from '@remix-run/react'
import type { First } from '../../pages/first-of.ts'
import { waitingText } from '../../text/variables.ts'
import { WaitingCard } from './waiting-card.tsx'

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
export function WaitingCrosswalks({ rows, more }: First<Waiting>) {
  return (
    <WaitingCard
      id="correspondencias"
      title={waitingText.title}
      more={more}
      lines={rows.map(({ id, code, name, to, fromVigencia, toVigencia, proposedBy, proposedAt }) => (
        <li key={id}>
          <span>{waitingText.line(name, fromVigencia, toVigencia, proposedBy, proposedAt)}</span>
          <Link to={`/variables/${code}/correspondencia/${to}`}>{waitingText.decide}</Link>
        </li>
      ))}
    />
  )
}
