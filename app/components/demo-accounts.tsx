import { BodyLong, Heading, VStack } from '@navikt/ds-react'
import { Link } from '@remix-run/react'
import { signInText } from '../text/sign-in.ts'

interface Props {
  password: string
  entities: { slug: string; shortName: string; users: { duty: string; position: string; email: string }[] }[]
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
            <ul className="chips">
              {entity.users.map((user) => (
                <li key={user.email}>
                  <Link
                    className="chip-link"
                    to={addressOf(user.email, returnTo)}
                    aria-label={signInText.demoUse(user.position, entity.shortName)}
                    preventScrollReset
                  >
                    {user.position}
                  </Link>
                </li>
              ))}
            </ul>
          </div>
        ))}
      </VStack>
    </section>
  )
}

function addressOf(email: string, returnTo: string): string {
  return `/ingresar?${new URLSearchParams({ cuenta: email, ...(returnTo === '/inicio' ? {} : { volver: returnTo }) })}`
}
