import { BodyLong, Radio, RadioGroup, Select, Textarea, TextField, VStack } from '@navikt/ds-react'
import { Link } from '@remix-run/react'
import { CAPTURE_FORMS, type CaptureForm, type GrantStatus } from '../../../domain/grants.ts'
import { accessText, captureFormText, newAccessText as words } from '../../text/access.ts'
import { AdminForm } from '../admin-form.tsx'
import { type Answer, fieldsOf } from '../form-fields.tsx'
import { NativeField } from '../native-field.tsx'
import { Section } from '../section.tsx'
import { GrantChip } from '../state-chip.tsx'

interface Held {
  id: string
  code: string
  pointName: string
  form: CaptureForm
  status: GrantStatus
}

interface Props {
  person: { id: string; name: string; position: string }
  points: { id: string; name: string }[]
  holds: Held[]
  initial: Record<string, string>
  formKey: string
  answer: Answer | undefined
}

/** Second screen of a request: what is asked for, beside what the person already holds. */
export function RequestForm({ person, points, holds, initial, formKey, answer }: Props) {
  const field = fieldsOf('acceso', answer, initial)
  const form = field('form')
  return (
    <VStack gap="space-24">
      <Section id="persona" title={words.person}>
        <BodyLong>
          <strong>{person.name}</strong>
          <span className="quiet block">{person.position}</span>
        </BodyLong>
        <Link className="row-link" to="/accesos/solicitudes/nueva">
          {words.another}
        </Link>
        <Held holds={holds} />
      </Section>
      <Section id="que" title={words.formTitle}>
        <AdminForm
          code="acceso"
          answer={answer}
          submit={words.submit}
          hidden={{ formKey, granteeId: person.id }}
          cancelTo="/accesos"
        >
          <Select {...field('pointId')} label={words.point}>
            <option value="">{words.choosePoint}</option>
            {points.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </Select>
          <RadioGroup legend={words.form} name="form" id={form.id} error={form.error} defaultValue={form.defaultValue}>
            {CAPTURE_FORMS.map((code) => (
              <Radio key={code} value={code}>
                {captureFormText[code]}
              </Radio>
            ))}
          </RadioGroup>
          <NativeField {...field('startsOn')} type="date" label={words.startsOn} />
          <NativeField {...field('endsOn')} type="date" label={words.endsOn} description={words.endsHelp} />
          <TextField
            {...field('radicado')}
            label={words.radicado}
            description={words.radicadoHelp}
            autoComplete="off"
            inputMode="numeric"
          />
          <NativeField {...field('radicadoOn')} type="date" label={words.radicadoOn} />
          <Textarea {...field('reason')} label={words.reason} minRows={3} maxLength={500} />
        </AdminForm>
      </Section>
    </VStack>
  )
}

function Held({ holds }: { holds: Held[] }) {
  if (holds.length === 0) return <BodyLong>{words.holdsNothing}</BodyLong>
  return (
    <>
      <BodyLong spacing>{words.holds}</BodyLong>
      <ul className="plain-list">
        {holds.map(({ id, code, pointName, form, status }) => (
          <li key={id}>
            <Link to={`/accesos/${id}`} aria-label={accessText.open(code)}>
              {code}
            </Link>{' '}
            {pointName} · {form} <GrantChip status={status} />
          </li>
        ))}
      </ul>
    </>
  )
}
