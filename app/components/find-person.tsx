import { BodyLong, Button, HStack, TextField, VStack } from '@navikt/ds-react'
import { Form } from '@remix-run/react'
import { FoundPeople } from './found-people.tsx'
import { Section } from './section.tsx'

interface Props {
  words: FindWords
  /** What the search carries along, by name of the field. */
  carried?: Record<string, string>
  /** What was looked for. */
  name: string
  people: { id: string; name: string; position: string }[]
  more: boolean
}

interface FindWords {
  findTitle: string
  search: string
  findHelp: string
  find: string
  nobody: string
  found: string
  choose: (name: string) => string
  more: string
}

/** First screen of a form that is about a person: who, by name. */
export function FindPerson({ words, carried = {}, name, people, more }: Props) {
  return (
    <Section id="persona" title={words.findTitle}>
      <VStack gap="space-16">
        <Form method="get" role="search">
          {Object.entries(carried).map(([field, value]) => (
            <input key={field} type="hidden" name={field} value={value} />
          ))}
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
        <FoundPeople {...{ people, more, words }} />
      </VStack>
    </Section>
  )
}
