import { Link } from '@remix-run/react'
import type { GrantLine } from '../../../db/grant-pages.ts'
import type { First } from '../../pages/first-of.ts'
import { waitingAccessText as words } from '../../text/access.ts'
import { WaitingCard } from './waiting-card.tsx'

/** Delegated accesses that wait for this person: to accept the commitment, or to decide. */
export function WaitingGrants({ rows, more }: First<GrantLine>) {
  return (
    <WaitingCard
      id="accesos"
      title={words.title}
      more={more}
      lines={rows.map(({ id, code, status, personName, pointName }) => (
        <li key={id}>
          <span>
            {status === 'asked' ? words.toAccept(code, pointName) : words.toDecide(code, personName, pointName)}
          </span>
          <Link to={`/accesos/${id}`} aria-label={words.openOf(code)}>
            {status === 'asked' ? words.accept : words.decide}
          </Link>
        </li>
      ))}
    />
  )
}
