import { Heading } from '@navikt/ds-react'
import { Link } from '@remix-run/react'
import type { GrantLine } from '../../../db/grant-pages.ts'
import { waitingAccessText as words } from '../../text/access.ts'

/** Delegated accesses that wait for this person: to accept the commitment, or to decide. */
export function WaitingGrants({ grants }: { grants: GrantLine[] }) {
  if (grants.length === 0) return null
  return (
    <section className="card" aria-labelledby="accesos">
      <Heading level="2" size="small" id="accesos" spacing>
        {words.title}
      </Heading>
      <ul className="mention-lines">
        {grants.map(({ id, code, status, personName, pointName }) => (
          <li key={id}>
            <span>
              {status === 'asked' ? words.toAccept(code, pointName) : words.toDecide(code, personName, pointName)}
            </span>
            <Link to={`/accesos/${id}`} aria-label={words.openOf(code)}>
              {status === 'asked' ? words.accept : words.decide}
            </Link>
          </li>
        ))}
      </ul>
    </section>
  )
}
