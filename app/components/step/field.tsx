import { BodyShort, Checkbox, CheckboxGroup, Radio, RadioGroup, Select, Textarea, TextField } from '@navikt/ds-react'
import { memo } from 'react'
import { YES_NO } from '../../../catalog/value-words.ts'
import { type Choice, isMultiple, listOf, type ScalarField, type ScalarValue, textOf } from '../../../domain/forms.ts'
import { notationOf } from '../../../domain/rich-notation.ts'
import { reportText } from '../../text/report.ts'
import { stepText } from '../../text/steps.ts'
import type { Place } from './change-answers.ts'

export interface FieldProps {
  field: ScalarField
  /** Name and id of the input: `grupo.campo` or `grupo.lista[0].campo`. */
  name: string
  place: Place
  value: ScalarValue | undefined
  choices?: readonly Choice[]
  error?: string
  /** For a condition not met: shown only where there is no script to show and hide it. */
  onlyIf?: string
  onChange: (place: Place, value: ScalarValue) => void
}

/** One field of a step form as an input. Drawn again only when something of its own changed. */
export const FieldInput = memo(function FieldInput(props: FieldProps) {
  const input = <Input {...props} />
  return props.onlyIf ? <div className="field--off">{input}</div> : input
}, isSame)

function isSame(before: FieldProps, now: FieldProps): boolean {
  return (
    before.value === now.value &&
    before.name === now.name &&
    before.error === now.error &&
    before.onlyIf === now.onlyIf &&
    before.choices === now.choices &&
    before.place.row === now.place.row &&
    before.onChange === now.onChange
  )
}

function Input(props: FieldProps) {
  const { field, value, name, place, onChange, error, choices } = props
  const shared = { label: labelOf(field), description: <Description {...props} />, error }
  const text = {
    ...shared,
    id: name,
    name,
    value: textOf(value),
    onChange: (event: { target: { value: string } }) => onChange(place, event.target.value),
  }
  switch (field.kind) {
    case 'text':
      return <TextField {...text} maxLength={undefined} type={field.format === 'email' ? 'email' : 'text'} />
    case 'richtext':
      return (
        <Textarea
          {...text}
          value={notationOf(textOf(value))}
          description={<Description {...props} more={reportText.notationHelp} />}
          minRows={4}
          resize="vertical"
        />
      )
    case 'longtext':
      return <Textarea {...text} minRows={3} resize="vertical" />
    case 'number':
    case 'integer':
      return (
        <TextField {...text} inputMode={field.kind === 'integer' ? 'numeric' : 'decimal'} className="field--short" />
      )
    case 'date':
      // The component's type list is short; the browser's own date input is the accessible one.
      return <TextField {...text} type={'date' as 'text'} className="field--short" />
    case 'yesno':
      return <Radios {...props} choices={YES_NO} className="field--row" />
    case 'radio':
      return <Radios {...props} choices={field.choices} />
    case 'checkboxes':
      return <Checkboxes {...props} choices={field.choices} />
    case 'select':
      return <Options {...props} choices={field.choices} />
    case 'reference':
      return isMultiple(field) ? <Checkboxes {...props} choices={choices} /> : <Options {...props} choices={choices} />
  }
}

function labelOf(field: ScalarField): string {
  return field.required ? field.label : stepText.optional(field.label)
}

function Description({ field, onlyIf, more }: FieldProps & { more?: string }) {
  if (!field.help && !onlyIf && !more) return null
  return (
    <>
      {field.help}
      {field.help && onlyIf && ' '}
      {onlyIf}
      {more}
    </>
  )
}

interface RadiosProps extends FieldProps {
  className?: string
}

function Radios({ field, name, place, value, error, onChange, choices = [], className, ...rest }: RadiosProps) {
  return (
    <RadioGroup
      className={className}
      legend={labelOf(field)}
      description={<Description field={field} name={name} place={place} value={value} onChange={onChange} {...rest} />}
      name={name}
      value={textOf(value)}
      error={error}
      onChange={(chosen: string) => onChange(place, chosen)}
    >
      {choices.map((choice, i) => (
        <Radio key={choice.code} value={choice.code} id={i === 0 ? name : undefined}>
          {choice.label}
        </Radio>
      ))}
    </RadioGroup>
  )
}

function Checkboxes({ field, name, place, value, error, onChange, choices, ...rest }: FieldProps) {
  const chosen = listOf(value)
  const shown = [...(choices ?? []), ...gone(chosen, choices)]
  if (shown.length === 0) return <NothingToChoose label={labelOf(field)} name={name} />
  return (
    <CheckboxGroup
      legend={labelOf(field)}
      description={<Description field={field} name={name} place={place} value={value} onChange={onChange} {...rest} />}
      value={chosen}
      error={error}
      onChange={(codes: string[]) => onChange(place, codes)}
    >
      {shown.map((choice, i) => (
        <Checkbox key={choice.code} value={choice.code} name={name} id={i === 0 ? name : undefined}>
          {choice.label}
        </Checkbox>
      ))}
    </CheckboxGroup>
  )
}

function Options({ field, name, place, value, error, onChange, choices, ...rest }: FieldProps) {
  const chosen = textOf(value)
  const shown = [...(choices ?? []), ...gone(listOf(value), choices)]
  const groups = [...new Set(shown.map((choice) => choice.group))]
  if (shown.length === 0) return <NothingToChoose label={labelOf(field)} name={name} />
  return (
    <Select
      label={labelOf(field)}
      description={<Description field={field} name={name} place={place} value={value} onChange={onChange} {...rest} />}
      id={name}
      name={name}
      value={chosen}
      error={error}
      onChange={(event) => onChange(place, event.target.value)}
    >
      <option value="">{stepText.choose}</option>
      {groups.map((group) => {
        const options = shown
          .filter((choice) => choice.group === group)
          .map((choice) => (
            <option key={choice.code} value={choice.code}>
              {choice.label}
            </option>
          ))
        if (group === undefined) return options
        return (
          <optgroup key={group} label={group}>
            {options}
          </optgroup>
        )
      })}
    </Select>
  )
}

function NothingToChoose({ label, name }: { label: string; name: string }) {
  return (
    <div id={name} tabIndex={-1}>
      <BodyShort weight="semibold">{label}</BodyShort>
      <BodyShort className="quiet">{stepText.noOptions}</BodyShort>
    </div>
  )
}

/** What was chosen once and can no longer be: it stays visible until the person chooses again. */
function gone(chosen: string[], choices: readonly Choice[] = []): Choice[] {
  return chosen
    .filter((code) => code !== '' && !choices.some((choice) => choice.code === code))
    .map((code) => ({ code, label: stepText.gone(code) }))
}
