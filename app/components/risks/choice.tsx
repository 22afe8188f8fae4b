import { Select } from '@navikt/ds-react'
import { riskFormText as words } from '../../text/risks.ts'
import type { FormField } from '../form-fields.tsx'

interface Props {
  field: ReturnType<FormField>
  label: string
  help?: string
  options: readonly { code: string; name: string }[]
  none?: string
  onChoose?: (code: string) => void
  /** Not asked now: what was chosen stays, and is not sent. */
  isOff?: boolean
}

/** One of the codes of a methodology, by its name. */
export function Choice({ field, label, help, options, none = words.chooseOne, onChoose, isOff = false }: Props) {
  return (
    <Select
      {...field}
      label={label}
      description={help}
      disabled={isOff}
      className={isOff ? 'field--off' : undefined}
      onChange={({ target }) => onChoose?.(target.value)}
    >
      <option value="">{none}</option>
      {options.map(({ code, name }) => (
        <option key={code} value={code}>
          {name}
        </option>
      ))}
    </Select>
  )
}
