import { Select } from '@navikt/ds-react'
import { riskFormText as words } from '../../text/risks.ts'
import type { fieldsOf } from '../form-fields.tsx'

export interface OwnerOption {
  id: string
  name: string
  agency: string
}

interface Props {
  field: ReturnType<ReturnType<typeof fieldsOf>>
  label: string
  owners: OwnerOption[]
}

/** A position that stands today, with its dependencia. */
export function OwnerField({ field, label, owners }: Props) {
  return (
    <Select {...field} label={label}>
      <option value="">{words.choosePosition}</option>
      {owners.map(({ id, name, agency }) => (
        <option key={id} value={id}>
          {agency === name ? name : `${name} · ${agency}`}
        </option>
      ))}
    </Select>
  )
}
