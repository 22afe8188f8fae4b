import { BodyLong, Checkbox, CheckboxGroup, Select, Textarea, TextField, VStack } from '@navikt/ds-react'
import type { ReviewCalendar as Calendar, TurnOutcome } from '../../../domain/review-calendar.ts'
import { formatInstant, MONTH_NAMES } from '../../text/format.ts'
import { reviewCalendarText as words } from '../../text/reviews.ts'
import { AdminForm } from '../admin-form.tsx'
import { type Column, DataTable } from '../data-table.tsx'
import { type Answer, errorsOf, fieldsOf } from '../form-fields.tsx'
import { Pagination } from '../pagination.tsx'
import { Section } from '../section.tsx'
import { ReviewTerms } from './review-terms.tsx'

type Version = Calendar & {
  n: number
  changedBy: string
  changedPosition: string
  changedAt: Date | string
  reason: string
}

interface Props {
  calendar: Calendar & {
    nextOn: string | null
    last: { day: string; outcome: TurnOutcome } | null
    n: number
    changedBy: string | null
    changedPosition: string | null
    changedAt: Date | string | null
    reason: string | null
  }
  earlier: { rows: Version[]; next: string | null }
  mayLead: boolean
  answer: Answer | undefined
}

/** When reviews open by themselves, and for whoever leads the process the form that says so. */
export function ReviewCalendar({ calendar, earlier, mayLead, answer }: Props) {
  const { nextOn, last, singles, changedBy, changedPosition, changedAt, reason } = calendar
  return (
    <Section id="calendario" title={words.title}>
      <VStack gap="space-24">
        <VStack gap="space-16" className="reading">
          <VStack gap="space-8">
            <BodyLong>{nextOn ? words.next(nextOn) : words.off}</BodyLong>
            {last && <BodyLong>{words.last(last.day, last.outcome)}</BodyLong>}
            <BodyLong>{singles ? words.singles : words.singlesOff}</BodyLong>
            {changedBy && changedAt && (
              <p className="quiet">{words.changed(changedBy, changedPosition ?? '', changedAt, reason ?? '')}</p>
            )}
          </VStack>
          {mayLead && (
            <details className="quiet-details" open={Boolean(errorsOf('calendario', answer)?.length) || undefined}>
              <summary>{words.change}</summary>
              <Change calendar={calendar} answer={answer} />
            </details>
          )}
        </VStack>
        {earlier.rows.length > 0 && <Earlier {...earlier} />}
      </VStack>
    </Section>
  )
}

/** What was in force before, each time with who changed it and why. */
function Earlier({ rows, next }: Props['earlier']) {
  return (
    <VStack gap="space-16">
      <DataTable caption={words.earlier} columns={COLUMNS} rows={rows} rowKey={({ n }) => String(n)} />
      <Pagination next={next} name="cambios" />
    </VStack>
  )
}

const { columns } = words
const COLUMNS: Column<Version>[] = [
  { key: 'at', header: columns.at, rowHeader: true, cell: ({ changedAt }) => formatInstant(changedAt) },
  { key: 'by', header: columns.by, cell: ({ changedBy, changedPosition }) => words.who(changedBy, changedPosition) },
  { key: 'yearly', header: columns.yearly, cell: words.yearlyOf },
  { key: 'terms', header: columns.terms, cell: words.termsOf },
  { key: 'singles', header: columns.singles, cell: ({ singles }) => words.isOn(singles) },
  { key: 'reason', header: columns.reason, cell: ({ reason }) => reason },
]

function Change({ calendar, answer }: Pick<Props, 'calendar' | 'answer'>) {
  const { n, month, day, workingDays, onSilence, yearly, singles } = calendar
  const initial = { month: String(month), day: String(day), workingDays: String(workingDays), onSilence }
  const field = fieldsOf('calendario', answer, initial)
  const typed = answer?.values.formulario === 'calendario' ? answer.values : undefined
  const isOn = (name: 'yearly' | 'singles', standing: boolean) => (typed ? typed[name] === 'si' : standing)
  return (
    <AdminForm code="calendario" answer={answer} submit={words.submit} hidden={{ seenN: String(n) }} secondary>
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
