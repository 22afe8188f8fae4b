import { Heading, Select, Textarea, TextField } from '@navikt/ds-react'
import { AVAILABILITIES, FREQUENCY_CODES, INDICATOR_TRENDS, INDICATOR_UNITS } from '../../../domain/risk-indicators.ts'
import { indicatorText as words } from '../../text/risk-follow.ts'
import { type Answer, fieldsOf } from '../form-fields.tsx'
import { NativeField } from '../native-field.tsx'
import { OwnerField, type OwnerOption } from './owner-field.tsx'

interface Props {
  answer: Answer | undefined
  owners: OwnerOption[]
  /** What stands, where it is corrected: unit, frequency and first period stay. */
  initial?: Record<string, string>
}

const { fields } = words

/** Hoja de vida de indicadores, ME-SIG-F-006. */
export function IndicatorFields({ answer, owners, initial }: Props) {
  const field = fieldsOf('indicador', answer, initial)
  const oneOf = (name: string, label: string, options: [string, string][]) => (
    <Select {...field(name)} label={label} className="field--medium">
      <option value="">{words.chooseOne}</option>
      {options.map(([code, shown]) => (
        <option key={code} value={code}>
          {shown}
        </option>
      ))}
    </Select>
  )
  return (
    <>
      <Title>{words.whatTitle}</Title>
      <TextField {...field('name')} label={fields.name} autoComplete="off" />
      <Textarea {...field('objective')} label={fields.objective} minRows={2} maxRows={8} />
      {!initial &&
        oneOf(
          'unit',
          fields.unit,
          INDICATOR_UNITS.map((one) => [one, words.units[one]]),
        )}
      <TextField {...field('formula')} label={fields.formula} autoComplete="off" />
      <TextField {...field('numerator')} label={fields.numerator} autoComplete="off" />
      <TextField
        {...field('denominator')}
        label={fields.denominator}
        description={words.denominatorHelp}
        autoComplete="off"
      />
      {!initial && (
        <>
          {oneOf(
            'frequency',
            fields.frequency,
            FREQUENCY_CODES.map((one) => [one, words.frequencies[one]]),
          )}
          <NativeField
            {...field('firstPeriod')}
            type="date"
            label={fields.firstPeriod}
            description={words.firstPeriodHelp}
            className="field--medium"
          />
        </>
      )}
      <Title>{words.dataTitle}</Title>
      <TextField {...field('source')} label={fields.source} autoComplete="off" />
      <TextField {...field('location')} label={fields.location} autoComplete="off" />
      {oneOf(
        'availability',
        fields.availability,
        AVAILABILITIES.map((one) => [one, words.availabilities[one]]),
      )}
      <OwnerField field={field('positionId')} label={fields.owner} owners={owners} />
      <Title>{words.thresholdsTitle}</Title>
      {oneOf(
        'trend',
        fields.trend,
        INDICATOR_TRENDS.map((one) => [one, words.trends[one]]),
      )}
      <TextField
        {...field('goal')}
        label={fields.goal}
        inputMode="decimal"
        autoComplete="off"
        className="field--short"
      />
      <TextField
        {...field('critical')}
        label={fields.critical}
        description={words.criticalHelp}
        inputMode="decimal"
        autoComplete="off"
        className="field--short"
      />
      {initial && <Textarea {...field('reason')} label={words.correctionReason} minRows={2} maxRows={8} />}
    </>
  )
}

function Title({ children }: { children: string }) {
  return (
    <Heading level="2" size="small">
      {children}
    </Heading>
  )
}
