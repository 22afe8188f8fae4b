import type { ConnectionRow } from '../../db/connections.ts'
import type { Problem } from '../../domain/administration.ts'
import { invalidForm, type Typed } from '../administration.server.ts'
import { CONNECTION_FORM } from '../components/connections/connection-form.tsx'

/** What is typed about a connection; secrets go one way. */

const SECRETS = ['password', 'url', 'headerValue']

/** 422 with what was typed, but for what opens the connection: that is typed again. */
export function invalidConnection(problems: readonly Problem[], typed: Typed) {
  const shown = Object.entries(typed).filter(([field]) => !SECRETS.includes(field))
  return invalidForm(CONNECTION_FORM, problems, Object.fromEntries(shown))
}

/** Fields of the form, as the connection stands. */
export function valuesOf({ name, kind, host, port, database, user, tls, headerName }: ConnectionRow): Typed {
  if (kind === 'http') return { name, headerName: headerName ?? '' }
  return { name, host, port: String(port), database: database ?? '', user: user ?? '', tls }
}

/** A field that does not apply to the kind is left out by its form, and an empty one is no field of another kind. */
export function completed(typed: Typed): Typed {
  return { password: '', url: '', headerName: '', headerValue: '', ...typed }
}
