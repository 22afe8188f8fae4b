import type { ConnectionRow } from '../../db/connections.ts'
import type { Problem } from '../../domain/administration.ts'
import { invalidForm, type Typed } from '../administration.server.ts'
import { CONNECTION_FORM } from '../components/connections/connection-form.tsx'
import { connectionMissing } from '../text/connections.ts'

/** What is typed about a connection; secrets go one way. */

const SECRETS = ['password', 'headerValue']

/** 422 with what was typed, but for what opens the connection: that is typed again. */
export function invalidConnection(problems: readonly Problem[], typed: Typed) {
  const shown = Object.entries(typed).filter(([field, value]) => !isSecret(field, value))
  const answer = invalidForm(CONNECTION_FORM, problems, Object.fromEntries(shown))
  const missing = new Map(
    problems.filter(({ code }) => code === 'missing').map(({ field }) => [prefixed(field), field]),
  )
  for (const error of answer.data.errors)
    error.message = connectionMissing[missing.get(error.field) ?? ''] ?? error.message
  return answer
}

const prefixed = (field: string) => `${CONNECTION_FORM}-${field}`

/** What stands behind `?` may be a key, and one pasted for a certificate is sent back to nobody. */
function isSecret(field: string, value: string): boolean {
  if (field === 'url') return value.includes('?')
  return SECRETS.includes(field) || (field === 'authority' && value.includes('PRIVATE KEY'))
}

/** Fields of the form, as the connection stands. */
export function valuesOf(connection: ConnectionRow): Typed {
  const { name, kind, host, port, database, user, tls, headerName } = connection
  const authority = connection.authority ?? ''
  if (kind === 'http') return { name, headerName: headerName ?? '', authority }
  return { name, host, port: String(port), database: database ?? '', user: user ?? '', tls, authority }
}

/** A field that does not apply to the kind is left out by its form, and an empty one is no field of another kind. */
export function completed(typed: Typed): Typed {
  return { password: '', url: '', headerName: '', headerValue: '', ...typed }
}
