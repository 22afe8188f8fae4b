import { BodyLong, Checkbox, CheckboxGroup, Select, Textarea, TextField, VStack } from '@navikt/ds-react'
import type { ReviewCalendar as Calendar, TurnOutcome } from '../../../domain/review-calendar.ts'
import { MONTH_NAMES } from '../../text/format.ts'
import { reviewCalendarText as words } from '../../text/reviews.ts'
import { AdminForm } from '../admin-form.tsx'
import { type Answer, errorsOf, fieldsOf } from '../form-fields.tsx'
import { Section } from '../section.tsx'
import { ReviewTerms } from './review-terms.tsx'

interface Props {
  calendar: Calendar & {
    nextOn: string | null
    last: { day: string; outcome: TurnOutcome } | null
    changedBy: string | null
    changedAt: Date | string | null
    reason: string | null
  }
  mayLead: boolean
  answer: Answer | undefined
}

/** When reviews open by themselves, and for whoever leads the process the form that says so. */
export function ReviewCalendar({ calendar, mayLead, answer }: Props) {
  const { nextOn, last, singles, changedBy, changedAt, reason } = calendar
  return (
    <Section id="calendario" title={words.title}>
      <VStack gap="space-16" className="reading">
        <VStack gap="space-8">
          <BodyLong>{nextOn ? words.next(nextOn) : words.off}</BodyLong>
          {last && <BodyLong>{words.last(last.day, last.outcome)}</BodyLong>}
          <BodyLong>{singles ? words.singles : words.singlesOff}</BodyLong>
          {changedBy && changedAt && <p className="quiet">{words.changed(changedBy, changedAt, reason ?? '')}</p>}
        </VStack>
        {mayLead && (
          <details className="quiet-details" open={Boolean(errorsOf('calendario', answer)?.length) || undefined}>
            <summary>{words.change}</summary>
            <Change calendar={calendar} answer={answer} />
          </details>
        )}
      </VStack>
    </Section>
  )
}

function Change({ calendar, answer }: Pick<Props, 'calendar' | 'answer'>) {
  const { month, day, workingDays, onSilence, yearly, singles } = calendar
  const initial = { month: String(month), day: String(day), workingDays: String(workingDays), onSilence }
  const field = fieldsOf('calendario', answer, initial)
  const typed = answer?.values.formulario === 'calendario' ? answer.values : undefined
  const isOn = (name: 'yearly' | 'singles', standing: boolean) => (typed ? typed[name] === 'si' : standing)
  return (
    <AdminForm code="calendario" answer={answer} submit={words.submit} secondary>
      <CheckboxGroup legend={words.what}>
        <Checkbox name="yearly" value="si" defaultChecked={isOn('yearly', yearly)}>
          {words.yearly}
        </Checkbox>
        <Checkbox name="singles" value="si" defaultChecked={isOn('singles', singles)}>
          {words.oneByOne}
        </Checkbox>
      </CheckboxGroup>
      <Select {...field('month')} label={words.month} className="field--short">
        {MONTH_NAMES.map((name, n) => (
          <option key={name} value={n + 1}>
            {name}
          </option>
        ))}
      </Select>
      <TextField
        {...field('day')}
        label={words.day}
        description={words.dayHelp}
        inputMode="numeric"
        className="field--short"
      />
      <ReviewTerms field={field} />
      <Textarea {...field('reason')} label={words.reason} minRows={2} maxLength={500} />
    </AdminForm>
  )
}
