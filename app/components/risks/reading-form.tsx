import { Select, TextField } from '@navikt/ds-react'
import type { IndicatorUnit, Period } from '../../../domain/risk-indicators.ts'
import { indicatorText as words } from '../../text/risk-follow.ts'
import { AdminForm } from '../admin-form.tsx'
import { type Answer, fieldsOf } from '../form-fields.tsx'

interface Props {
  answer: Answer | undefined
  formKey: string
  /** Ended, and not measured. */
  periods: Period[]
  unit: IndicatorUnit
  sheet: { numerator: string; denominator: string | null }
}

/** What was measured of a period; the sheet says what each number counts. */
export function ReadingForm({ answer, formKey, periods, unit, sheet }: Props) {
  const field = fieldsOf('medicion', answer, { period: periods[0]?.from ?? null })
  return (
    <AdminForm code="medicion" answer={answer} submit={words.measure} hidden={{ formKey }}>
      <Select {...field('period')} label={words.periodField} className="field--medium">
        <option value="">{words.choosePeriod}</option>
        {periods.map((period) => (
          <option key={period.from} value={period.from}>
            {words.period(period)}
          </option>
        ))}
      </Select>
      <TextField
        {...field('numerator')}
        label={words.numeratorValue}
        description={sheet.numerator}
        inputMode="decimal"
        autoComplete="off"
        className="field--medium"
      />
      {unit === 'percent' && (
        <TextField
          {...field('denominator')}
          label={words.denominatorValue}
          description={sheet.denominator}
          inputMode="decimal"
          autoComplete="off"
          className="field--medium"
        />
      )}
      <TextField {...field('note')} label={words.note} autoComplete="off" />
    </AdminForm>
  )
}
