import type { ConnectionRow } from '../../db/connections.ts'
import type { Problem } from '../../domain/administration.ts'
import type { Typed } from '../administration.server.ts'
import { CONNECTION_FORM, connectionMissing } from '../text/connections.ts'
import { invalidOutside } from './outside-forms.server.ts'

/** What is typed about a connection. */

/** 422 with what was typed, but for what opens the connection. */
export function invalidConnection(problems: readonly Problem[], typed: Typed) {
  return invalidOutside({ form: CONNECTION_FORM, missing: connectionMissing }, problems, typed)
}

/** Fields of the form, as the connection stands. */
export function valuesOf(connection: ConnectionRow): Typed {
  const { name, kind, host, port, database, user, tls, headerName } = connection
  const authority = connection.authority ?? ''
  if (kind === 'http') return { name, headerName: headerName ?? '', authority }
  return { name, host, port: String(port), database: database ?? '', user: user ?? '', tls, authority }
}
