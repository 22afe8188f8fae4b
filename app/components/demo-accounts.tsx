import { BodyLong, Heading, VStack } from '@navikt/ds-react'
import { Link } from '@remix-run/react'
import { signInText } from '../text/sign-in.ts'

interface User {
  duty: string
  position: string
  email: string
}

interface Props {
  password: string
  entities: { slug: string; shortName: string; users: User[] }[]
  returnTo: string
}

/** One link per demonstration account; it fills the form, with JavaScript or without. */
export function DemoAccounts({ password, entities, returnTo }: Props) {
  return (
    <section aria-labelledby="cuentas" className="card">
      <VStack gap="space-16">
        <Heading level="2" size="small" id="cuentas">
          {signInText.demoTitle}
        </Heading>
        <BodyLong size="small">{signInText.demoIntro(password)}</BodyLong>
        {entities.map((entity) => (
          <div key={entity.slug}>
            <Heading level="3" size="xsmall" spacing>
              {entity.shortName}
            </Heading>
            <Accounts entity={entity.shortName} users={entity.users.filter(isFirstOfItsDuty)} returnTo={returnTo} />
            {entity.users.some((user, i, all) => !isFirstOfItsDuty(user, i, all)) && (
              <details>
                <summary>{signInText.demoMore(entity.shortName)}</summary>
                <Accounts
                  entity={entity.shortName}
                  users={entity.users.filter((user, i, all) => !isFirstOfItsDuty(user, i, all))}
                  returnTo={returnTo}
                />
              </details>
            )}
          </div>
        ))}
      </VStack>
    </section>
  )
}

/** What one of them does, the others with the same duty do for their own organismo. */
function isFirstOfItsDuty({ duty }: User, i: number, all: User[]): boolean {
  return all.findIndex((one) => one.duty === duty) === i
}

function Accounts({ entity, users, returnTo }: { entity: string; users: User[]; returnTo: string }) {
  return (
    <ul className="chips">
      {users.map((user) => (
        <li key={user.email}>
          <Link
            className="chip-link"
            to={addressOf(user.email, returnTo)}
            aria-label={signInText.demoUse(user.position, entity)}
            preventScrollReset
          >
            {user.position}
          </Link>
        </li>
      ))}
    </ul>
  )
}

function addressOf(email: string, returnTo: string): string {
  return `/ingresar?${new URLSearchParams({ cuenta: email, ...(returnTo === '/inicio' ? {} : { volver: returnTo }) })}`
}
