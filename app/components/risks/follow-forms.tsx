import { Radio, RadioGroup, Select, Textarea, TextField } from '@navikt/ds-react'
import { REVIEW_CONCLUSIONS } from '../../../domain/risk-reviews.ts'
import { riskFollowText as words } from '../../text/risk-follow.ts'
import { AdminForm } from '../admin-form.tsx'
import { type Answer, fieldsOf } from '../form-fields.tsx'
import { NativeField } from '../native-field.tsx'

interface Props {
  answer: Answer | undefined
  formKey: string
}

/** What was looked at, and whether the risk stays as it is rated. */
export function ReviewForm({ answer, formKey }: Props) {
  const field = fieldsOf('revision', answer)
  const { error, defaultValue } = field('conclusion')
  return (
    <AdminForm code="revision" answer={answer} submit={words.review} hidden={{ formKey }}>
      <Textarea
        {...field('lookedAt')}
        label={words.lookedAt}
        description={words.lookedAtHelp}
        minRows={3}
        maxRows={12}
      />
      <RadioGroup id="revision-conclusion" name="conclusion" legend={words.conclusion} {...{ error, defaultValue }}>
        {REVIEW_CONCLUSIONS.map((one) => (
          <Radio key={one} value={one}>
            {words.conclusions[one]}
          </Radio>
        ))}
      </RadioGroup>
      <Textarea {...field('reason')} label={words.reason} minRows={2} maxRows={8} />
    </AdminForm>
  )
}

/** More often than the zone asks for; left empty, as the zone asks. */
export function CadenceForm({
  answer,
  zoneMonths,
  ownMonths,
}: Pick<Props, 'answer'> & { zoneMonths: number; ownMonths: number | null }) {
  const field = fieldsOf('frecuencia', answer, { months: ownMonths === null ? null : String(ownMonths) })
  return (
    <AdminForm code="frecuencia" answer={answer} submit={words.changeCadence} secondary>
      <TextField
        {...field('months')}
        label={words.months}
        description={words.cadenceHelp(zoneMonths)}
        inputMode="numeric"
        autoComplete="off"
        className="field--short"
      />
    </AdminForm>
  )
}

/** Something the risk names happened. */
export function EventForm({ answer, formKey, incidents }: Props & { incidents: { id: string; name: string }[] }) {
  const field = fieldsOf('hecho', answer, { times: '1' })
  return (
    <AdminForm code="hecho" answer={answer} submit={words.recordEvent} hidden={{ formKey }} secondary>
      <NativeField {...field('occurredOn')} type="date" label={words.occurredOn} className="field--medium" />
      <NativeField {...field('endedOn')} type="date" label={words.endedOn} className="field--medium" />
      <TextField
        {...field('times')}
        label={words.times}
        inputMode="numeric"
        autoComplete="off"
        className="field--short"
      />
      <Textarea {...field('description')} label={words.description} minRows={2} maxRows={12} />
      <Textarea {...field('consequences')} label={words.consequences} minRows={2} maxRows={12} />
      <Textarea {...field('measures')} label={words.measures} minRows={2} maxRows={12} />
      {incidents.length > 0 && (
        <Select {...field('incidentId')} label={words.incident}>
          <option value="">{words.noIncident}</option>
          {incidents.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </Select>
      )}
    </AdminForm>
  )
}
