import { Link } from '@remix-run/react'
import type { First } from '../../pages/first-of.ts'
import { disposalText as words } from '../../text/disposal.ts'
import { WaitingCard } from './waiting-card.tsx'

interface Line {
  id: string
  code: string
  cycleName: string
  proposedAt: Date | string
}

/** Eliminations somebody else proposed, which wait for this person's signature. */
export function DisposalsToDecide({ rows, more }: First<Line>) {
  return (
    <WaitingCard
      id="eliminaciones"
      title={words.waiting.title}
      more={more}
      lines={rows.map(({ id, code, cycleName, proposedAt }) => (
        <li key={id}>
          <span>{words.waiting.line(cycleName, proposedAt)}</span>
          <Link to={`/disposicion/${id}`} aria-label={words.waiting.openOf(code)}>
            {words.waiting.open}
          </Link>
        </li>
      ))}
    />
  )
}
