import { Select, Textarea, TextField } from '@navikt/ds-react'
import { type ConnectionKind, DEFAULT_PORTS, TLS_MODES } from '../../../domain/connections.ts'
import { CONNECTION_FORM, connectionText, tlsNames } from '../../text/connections.ts'
import { AdminForm } from '../admin-form.tsx'
import { type Answer, fieldsOf } from '../form-fields.tsx'

interface Props {
  kind: ConnectionKind
  answer: Answer | undefined
  /** Of one that stands; what opens it is never among them. */
  initial?: Record<string, string>
  /** Where an HTTP connection that stands leads. */
  address?: string | null
  cancelTo?: string
}

/** How a connection is reached. Fields of secrets are always empty: what is sealed is not shown, only replaced. */
export function ConnectionForm({ kind, answer, initial, address, cancelTo }: Props) {
  const field = fieldsOf(CONNECTION_FORM, answer, initial ?? { port: portOf(kind), tls: 'verified' })
  const isNew = initial === undefined
  return (
    <AdminForm
      code={CONNECTION_FORM}
      answer={answer}
      submit={connectionText.save}
      secondary={!isNew}
      cancelTo={cancelTo}
      hidden={{ kind }}
    >
      <TextField {...field('name')} label={connectionText.name} description={connectionText.nameHelp} />
      {kind === 'http' ? (
        <HttpFields field={field} isNew={isNew} address={address ?? ''} />
      ) : (
        <DatabaseFields field={field} isNew={isNew} />
      )}
    </AdminForm>
  )
}

const portOf = (kind: ConnectionKind) => (kind === 'http' ? '' : String(DEFAULT_PORTS[kind]))

type Field = ReturnType<typeof fieldsOf>

function DatabaseFields({ field, isNew }: { field: Field; isNew: boolean }) {
  return (
    <>
      <TextField
        {...field('host')}
        label={connectionText.host}
        description={connectionText.hostHelp}
        autoComplete="off"
      />
      <TextField {...field('port')} label={connectionText.port} inputMode="numeric" htmlSize={8} />
      <TextField {...field('database')} label={connectionText.database} autoComplete="off" />
      <TextField
        {...field('user')}
        label={connectionText.user}
        description={connectionText.userHelp}
        autoComplete="off"
      />
      <Select {...field('tls')} label={connectionText.tls}>
        {TLS_MODES.map((mode) => (
          <option key={mode} value={mode}>
            {tlsNames[mode]}
          </option>
        ))}
      </Select>
      <AuthorityField field={field} />
      <SecretField
        {...field('password')}
        label={isNew ? connectionText.password : connectionText.passwordKept}
        description={isNew ? undefined : connectionText.keptHelp}
      />
    </>
  )
}

function HttpFields({ field, isNew, address }: { field: Field; isNew: boolean; address: string }) {
  return (
    <>
      <TextField
        {...field('url')}
        label={isNew ? connectionText.url : connectionText.urlKept}
        description={isNew ? connectionText.urlHelp : connectionText.urlKeptHelp(address)}
        autoComplete="off"
      />
      <AuthorityField field={field} />
      <TextField
        {...field('headerName')}
        label={connectionText.headerName}
        description={connectionText.headerHelp}
        autoComplete="off"
      />
      <SecretField
        {...field('headerValue')}
        label={isNew ? connectionText.headerValue : connectionText.headerKept}
        description={isNew ? undefined : connectionText.headerKeptHelp}
      />
    </>
  )
}

export function AuthorityField({ field }: { field: Field }) {
  return (
    <Textarea
      {...field('authority')}
      label={connectionText.authority}
      description={connectionText.authorityHelp}
      minRows={3}
      maxRows={8}
      spellCheck={false}
      autoComplete="off"
    />
  )
}

/** Empty whenever it is drawn, whatever was typed before. */
export function SecretField({
  id,
  name,
  error,
  label,
  description,
}: ReturnType<Field> & { label: string; description: string | undefined }) {
  return (
    <TextField
      {...{ id, name, error, label, description }}
      type="password"
      defaultValue=""
      autoComplete="new-password"
    />
  )
}
