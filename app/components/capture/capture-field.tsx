import { Checkbox, CheckboxGroup, Radio, RadioGroup, Select, TextField } from '@navikt/ds-react'
import { YES_NO } from '../../../catalog/value-words.ts'
import { DECLINE_TICK } from '../../../domain/capture-answers.ts'
import { type CaptureField, type CapturePage, DECLINED, declinesByTick } from '../../../domain/capture-forms.ts'
import { type Choice, listOf, type ScalarValue, textOf } from '../../../domain/forms.ts'
import { pageText as words } from '../../text/capture.ts'

interface Props {
  field: CaptureField
  page: CapturePage
  value: ScalarValue | undefined
  error: string | undefined
}

/** One question as an input the browser keeps by itself: the page works without a script. */
export function CaptureInput({ field, page, value, error }: Props) {
  const name = `${page.code}.${field.code}`
  const shared = { description: descriptionOf(field, page), error }
  const several = Array.isArray(value) || field.kind === 'checkboxes'
  if (several && 'choices' in field)
    return (
      <CheckboxGroup {...shared} legend={field.label} defaultValue={listOf(value)}>
        {field.choices.map((choice, i) => (
          <Checkbox key={choice.code} value={choice.code} name={name} id={i === 0 ? name : undefined}>
            {choice.label}
          </Checkbox>
        ))}
      </CheckboxGroup>
    )
  const typed = textOf(value)
  if (field.kind === 'select')
    return (
      <Select {...shared} label={field.label} id={name} name={name} defaultValue={typed}>
        <option value="">{words.choose}</option>
        {field.choices.map(({ code, label }) => (
          <option key={code} value={code}>
            {label}
          </option>
        ))}
      </Select>
    )
  const choices = choicesOf(field)
  if (choices)
    return (
      <RadioGroup {...shared} legend={field.label} name={name} defaultValue={typed}>
        {choices.map((choice, i) => (
          <Radio key={choice.code} value={choice.code} id={i === 0 ? name : undefined}>
            {choice.label}
          </Radio>
        ))}
      </RadioGroup>
    )
  return <Typed field={field} name={name} typed={typed} {...shared} />
}

interface TypedProps {
  field: CaptureField
  name: string
  typed: string
  description: string | undefined
  error: string | undefined
}

function Typed({ field, name, typed, ...shared }: TypedProps) {
  const isNumber = field.kind === 'integer' || field.kind === 'number'
  return (
    <div className="capture-typed">
      <TextField
        {...shared}
        label={field.label}
        id={name}
        name={name}
        defaultValue={typed === DECLINED ? '' : typed}
        autoComplete="off"
        {...(isNumber && { inputMode: 'numeric' as const, className: 'field--short' })}
      />
      {declinesByTick(field) && (
        <Checkbox name={`${name}${DECLINE_TICK}`} value="si" defaultChecked={typed === DECLINED}>
          {words.decline}
          <span className="aksel-sr-only">: {field.label}</span>
        </Checkbox>
      )}
    </div>
  )
}

function choicesOf(field: CaptureField): readonly Choice[] | null {
  if (field.kind === 'yesno') return YES_NO
  return field.kind === 'radio' ? field.choices : null
}

/** A condition is told in words: without a script nothing can show and hide the field. */
function descriptionOf(field: CaptureField, { fields }: CapturePage): string | undefined {
  const { when, help } = field
  const other = when && fields.find(({ code }) => code === when.field)
  if (!when || !other || !('choices' in other)) return help
  const codes = [when.equals].flat()
  const named = other.choices.filter(({ code }) => codes.includes(code))
  const rest = other.choices.filter(({ code }) => !codes.includes(code))
  // The shorter of the two: all the documents but one are told by that one.
  const said =
    rest.length < named.length
      ? words.exceptIf(other.label, labelsOf(rest))
      : words.onlyIf(other.label, labelsOf(named))
  return help ? `${help} ${said}` : said
}

const labelsOf = (choices: readonly Choice[]) => choices.map(({ label }) => label).join(', ')
