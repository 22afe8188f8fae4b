import { BodyLong, Button, Select, TextField, VStack } from '@navikt/ds-react'
import { Form } from '@remix-run/react'
import { STEP_CODES } from '../../../domain/procedures.ts'
import type { AsOfFields } from '../../pages/as-of.server.ts'
import { askedAreaText, askedKindText, asOfText as words } from '../../text/as-of.ts'
import { FoundPeople } from '../found-people.tsx'
import { NativeField } from '../native-field.tsx'
import { Section } from '../section.tsx'

interface Props {
  fields: AsOfFields
  /** Beside which field, and what is wrong with it. */
  faults: Partial<AsOfFields>
  /** Whom the name may mean. */
  people: { id: string; name: string }[]
  more: boolean
}

/** Who, what and when; everything in the address. */
export function AsOfQuestion({ fields, faults, people, more }: Props) {
  const field = (name: keyof AsOfFields) => ({ name, defaultValue: fields[name], error: faults[name] })
  return (
    <Section id="pregunta" title={words.question}>
      <Form method="get">
        <VStack gap="space-20" align="start">
          <TextField {...field('nombre')} label={words.person} description={words.personHelp} autoComplete="off" />
          {fields.persona && <input type="hidden" name="persona" value={fields.persona} />}
          {people.length > 0 && <BodyLong role="status">{words.several}</BodyLong>}
          <FoundPeople people={people} more={more} asked={{ ...fields, persona: '', nombre: '' }} />
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
          <NativeField
            type="time"
            {...field('hora')}
            defaultValue={fields.hora.slice(0, 5)}
            label={words.time}
            description={words.timeHelp}
          />
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
