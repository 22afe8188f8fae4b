import { Select, TextField } from '@navikt/ds-react'
import { BEGINNINGS } from '../../../domain/forwarding.ts'
import { COLLECTOR_FORM, collectorText as words } from '../../text/collectors.ts'
import { AdminForm } from '../admin-form.tsx'
import { AuthorityField, SecretField } from '../connections/connection-form.tsx'
import { type Answer, fieldsOf } from '../form-fields.tsx'

interface Props {
  answer: Answer | undefined
  /** Of one that stands; what opens it is never among them. */
  initial?: Record<string, string>
  /** Where one that stands leads. */
  address?: string
  cancelTo?: string
}

/** How a collector is reached. The field of its secret is always empty: what is sealed is not shown, only replaced. */
export function CollectorForm({ answer, initial, address = '', cancelTo }: Props) {
  const isNew = initial === undefined
  const field = fieldsOf(COLLECTOR_FORM, answer, initial)
  return (
    <AdminForm code={COLLECTOR_FORM} answer={answer} submit={words.save} secondary={!isNew} cancelTo={cancelTo}>
      <TextField {...field('name')} label={words.name} description={words.nameHelp} />
      <TextField
        {...field('url')}
        label={isNew ? words.url : words.urlKept}
        description={isNew ? words.urlHelp : words.urlKeptHelp(address)}
        autoComplete="off"
      />
      <AuthorityField field={field} />
      <TextField {...field('headerName')} label={words.headerName} description={words.headerHelp} autoComplete="off" />
      <SecretField
        {...field('headerValue')}
        label={isNew ? words.headerValue : words.headerKept}
        description={isNew ? undefined : words.headerKeptHelp}
      />
      {isNew && (
        <Select {...field('beginning')} label={words.beginning}>
          {BEGINNINGS.map((beginning) => (
            <option key={beginning} value={beginning}>
              {words.beginnings[beginning]}
            </option>
          ))}
        </Select>
      )}
    </AdminForm>
  )
}
