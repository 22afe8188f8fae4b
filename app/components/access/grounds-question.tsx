import { BodyLong, Button, Radio, RadioGroup, Select, TextField, VStack } from '@navikt/ds-react'
import { Form } from '@remix-run/react'
import { CAPTURE_FORMS, type CaptureForm } from '../../../domain/grants.ts'
import { captureFormText } from '../../text/access.ts'
import { accessGroundsText as words } from '../../text/access-grounds.ts'
import { FoundPeople } from '../found-people.tsx'
import { Section } from '../section.tsx'

interface Props {
  person: { id: string; name: string }
  isSelf: boolean
  mayAskOfOthers: boolean
  /** What was looked for. */
  name: string
  people: { id: string; name: string }[]
  more: boolean
  points: { id: string; name: string; agencyName: string }[]
  pointId: string
  form: CaptureForm | ''
}

/** About whom, at which point and with which form; everything in the address. */
export function GroundsQuestion({ person, isSelf, mayAskOfOthers, name, points, pointId, form, ...found }: Props) {
  return (
    <Section id="pregunta" title={words.askTitle}>
      <VStack gap="space-24">
        <BodyLong>
          <strong>{isSelf ? words.self : person.name}</strong>
        </BodyLong>
        {mayAskOfOthers && <Other name={name} chosen={{ punto: pointId, formulario: form }} {...found} />}
        <Form method="get">
          <VStack gap="space-20" align="start">
            {!isSelf && <input type="hidden" name="persona" value={person.id} />}
            <Select name="punto" label={words.point} defaultValue={pointId}>
              <option value="">{words.choosePoint}</option>
              {points.map((point) => (
                <option key={point.id} value={point.id}>
                  {point.name}
                </option>
              ))}
            </Select>
            <RadioGroup legend={words.form} name="formulario" defaultValue={form || CAPTURE_FORMS[0]}>
              {CAPTURE_FORMS.map((code) => (
                <Radio key={code} value={code}>
                  {captureFormText[code]}
                </Radio>
              ))}
            </RadioGroup>
            <Button type="submit">{words.submit}</Button>
          </VStack>
        </Form>
      </VStack>
    </Section>
  )
}

interface OtherProps extends Pick<Props, 'name' | 'people' | 'more'> {
  /** What of the question stands already. */
  chosen: Record<string, string>
}

function Other({ name, people, more, chosen }: OtherProps) {
  const kept = Object.entries(chosen).filter(([, value]) => value !== '')
  return (
    <VStack gap="space-12">
      <Form method="get" role="search">
        <VStack gap="space-12" align="start">
          {kept.map(([field, value]) => (
            <input key={field} type="hidden" name={field} value={value} />
          ))}
          <TextField
            name="nombre"
            label={words.other}
            description={words.otherHelp}
            defaultValue={name}
            autoComplete="off"
          />
          <Button type="submit" variant="secondary" size="small">
            {words.find}
          </Button>
        </VStack>
      </Form>
      {name !== '' && people.length === 0 && <BodyLong role="status">{words.nobody}</BodyLong>}
      <FoundPeople people={people} more={more} asked={chosen} />
    </VStack>
  )
}
