import { BodyLong, Button, HStack, TextField, VStack } from '@navikt/ds-react'
import { Form, Link } from '@remix-run/react'
import { planText as words } from '../../text/absences.ts'
import { Section } from '../section.tsx'

interface Props {
  /** What was looked for. */
  name: string
  people: { id: string; name: string; position: string }[]
  more: boolean
}

/** Whose absence the administration plans, found by name. */
export function FindAbsent({ name, people, more }: Props) {
  return (
    <Section id="persona" title={words.findTitle}>
      <VStack gap="space-16">
        <Form method="get" role="search">
          <input type="hidden" name="persona" value="otra" />
          <HStack gap="space-12" align="end" wrap>
            <TextField
              name="nombre"
              label={words.search}
              description={words.findHelp}
              defaultValue={name}
              autoComplete="off"
            />
            <Button type="submit" variant={people.length > 0 ? 'secondary' : 'primary'}>
              {words.find}
            </Button>
          </HStack>
        </Form>
        {name !== '' && people.length === 0 && <BodyLong role="status">{words.nobody}</BodyLong>}
        {people.length > 0 && (
          <ul className="plain-list" aria-label={words.found}>
            {people.map((person) => (
              <li key={person.id} className="card">
                <Link to={`?persona=${person.id}`} aria-label={words.choose(person.name)}>
                  {person.name}
                </Link>
                <span className="quiet block">{person.position}</span>
              </li>
            ))}
          </ul>
        )}
        {more && <BodyLong>{words.more}</BodyLong>}
      </VStack>
    </Section>
  )
}
