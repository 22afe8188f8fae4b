import { BodyLong, Button, Select, TextField, VStack } from '@navikt/ds-react'
import { Form, Link } from '@remix-run/react'
import { STEP_CODES } from '../../../domain/procedures.ts'
import { askedAreaText, askedKindText, asOfText as words } from '../../text/as-of.ts'
import { NativeField } from '../native-field.tsx'
import { Section } from '../section.tsx'

type Fields = Record<'persona' | 'nombre' | 'objeto' | 'codigo' | 'paso' | 'fecha' | 'hora' | 'conocido', string>

interface Props {
  fields: Fields
  /** Beside which field, and what is wrong with it. */
  faults: Partial<Fields>
  /** Whom the name may mean. */
  people: { id: string; name: string }[]
  more: boolean
}

/** Who, what and when; everything in the address. */
export function AsOfQuestion({ fields, faults, people, more }: Props) {
  const field = (name: keyof Fields) => ({ name, defaultValue: fields[name], error: faults[name] })
  return (
    <Section id="pregunta" title={words.question}>
      <Form method="get">
        <VStack gap="space-20" align="start">
          <TextField {...field('nombre')} label={words.person} description={words.personHelp} autoComplete="off" />
          {people.length > 0 && <Found fields={fields} people={people} more={more} />}
          <Select {...field('objeto')} label={words.object} description={words.objectHelp}>
            <option value="">{words.noneChosen}</option>
            {Object.entries(askedKindText).map(([kind, name]) => (
              <option key={kind} value={kind}>
                {name}
              </option>
            ))}
            {Object.entries(askedAreaText).map(([area, name]) => (
              <option key={area} value={`area-${area}`}>
                {name}
              </option>
            ))}
          </Select>
          <TextField {...field('codigo')} label={words.code} description={words.codeHelp} autoComplete="off" />
          <Select {...field('paso')} label={words.step} description={words.stepHelp}>
            <option value="">{words.noneChosen}</option>
            {STEP_CODES.map((code) => (
              <option key={code} value={code}>
                {code}
              </option>
            ))}
          </Select>
          <NativeField type="date" {...field('fecha')} label={words.date} />
          <NativeField type="time" {...field('hora')} label={words.time} description={words.timeHelp} />
          <NativeField
            type="date"
            {...field('conocido')}
            defaultValue={fields.conocido.slice(0, 10)}
            label={words.known}
            description={words.knownHelp}
          />
          <Button type="submit">{words.submit}</Button>
        </VStack>
      </Form>
    </Section>
  )
}

function Found({ fields, people, more }: Omit<Props, 'faults'>) {
  const kept = Object.entries(fields).filter(([name, value]) => value !== '' && !['persona', 'nombre'].includes(name))
  return (
    <VStack gap="space-8">
      <ul className="plain-list" aria-label={words.found}>
        {people.map(({ id, name }) => (
          <li key={id}>
            <Link
              to={`?${new URLSearchParams([['persona', id], ['nombre', name], ...kept])}`}
              aria-label={words.choose(name)}
            >
              {name}
            </Link>
          </li>
        ))}
      </ul>
      {more && <BodyLong>{words.more}</BodyLong>}
    </VStack>
  )
}
