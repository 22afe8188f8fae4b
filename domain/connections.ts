/** Connections from which a source is fetched (E1): what a person defines, and why one does not answer. */
import { z } from 'zod'
import { isStorable } from './storable.ts'

export const CONNECTION_KINDS = ['postgresql', 'mysql', 'http'] as const
export type ConnectionKind = (typeof CONNECTION_KINDS)[number]

/** `unverified`: encrypted, without asking whose certificate it is. */
export const TLS_MODES = ['verified', 'unverified', 'none'] as const
export type TlsMode = (typeof TLS_MODES)[number]

export const DEFAULT_PORTS = { postgresql: 5432, mysql: 3306 } as const

/** A table or view; a database of MySQL is its own schema. */
export interface OutsideTable {
  schema: string
  name: string
}

/** Where a connection leads, without what opens it. */
export interface ConnectionPlace {
  kind: ConnectionKind
  host: string
  port: number
  tls: TlsMode
  /** Certificates (PEM) of the only authorities trusted; null: the public ones. Only where `tls` is `verified`. */
  authority: string | null
  /** Null of an HTTP connection. */
  database: string | null
  user: string | null
  /** Name of the header that carries the secret of an HTTP connection; null where there is none. */
  headerName: string | null
}

/** What opens a connection: sealed at rest, never shown again, never in an event, a log or a workflow. */
export type ConnectionSecret = { password: string } | { url: string; headerValue: string | null }

/** Why a connection could not be used; sentences in `app/text/connections.ts`. */
export const OUTSIDE_FAILURES = [
  'host_unknown',
  'address_barred',
  'refused',
  'unreachable',
  'timed_out',
  'stalled',
  'sorting_stalled',
  'lost',
  'wrong_password',
  'not_let_in',
  'database_missing',
  'table_missing',
  'no_permission',
  'no_tables',
  'tls_untrusted',
  'tls_other_name',
  'tls_expired',
  'tls_absent',
  'tls_required',
  'not_that_kind',
  'query_failed',
  'http_denied',
  'http_missing',
  'http_status',
  'redirect_barred',
  'length_differs',
  'unknown_encoding',
  'secret_unreadable',
  'connection_removed',
] as const
export type OutsideFailureCode = (typeof OUTSIDE_FAILURES)[number]

export const isOutsideFailure = (code: string): code is OutsideFailureCode =>
  (OUTSIDE_FAILURES as readonly string[]).includes(code)

const text = (max: number) =>
  z.string('missing').trim().min(1, 'missing').max(max, 'too_long').refine(isStorable, 'bad_characters')
/** As typed: blanks may belong to a password. */
const secret = z.string().max(2000, 'too_long').refine(isStorable, 'bad_characters')

const CERTIFICATES = /-----BEGIN CERTIFICATE-----\s[A-Za-z0-9+/=\s]+-----END CERTIFICATE-----/g
/** Certificates in PEM, whatever stands around them; null of an empty field. A private key is no business of ours. */
const authority = z
  .string()
  .max(100_000, 'too_long')
  .refine((typed) => !typed.includes('PRIVATE KEY'), 'is_a_key')
  .refine((typed) => typed.trim() === '' || typed.match(CERTIFICATES), 'not_a_certificate')
  .transform((typed) => typed.replaceAll('\r\n', '\n').match(CERTIFICATES)?.join('\n') ?? null)
  .prefault('')

const HOST =
  /^(?=.{1,253}$)[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)*\.?$|^[0-9a-f:.]*:[0-9a-f:.]+$/i
/** Of RFC 9110, without those that say how the request itself is sent. */
const HEADER = /^[!#$%&'*+.^_`|~0-9a-z-]{1,80}$/i
const OWN_HEADERS = /^(host|connection|content-length|transfer-encoding|te|upgrade|trailer|accept-encoding|expect)$/i

const database = {
  name: text(120),
  host: text(253).regex(HOST, 'not_a_host'),
  port: z.coerce.number('not_a_port').int('not_a_port').min(1, 'not_a_port').max(65_535, 'not_a_port'),
  database: text(120),
  user: text(120),
  tls: z.enum(TLS_MODES, 'not_a_choice'),
  authority,
  password: secret,
}
/** What is typed about an address that is reached by HTTP. */
export const httpFields = {
  name: text(120),
  url: z.string().trim().max(2000, 'too_long').refine(isAddress, 'not_an_address'),
  authority,
  headerName: z
    .union([z.literal(''), z.string().trim().regex(HEADER, 'not_a_header')])
    .refine((name) => !OWN_HEADERS.test(name), 'not_a_header'),
  headerValue: secret.regex(/^[\t\u0020-\u007e\u0080-\u00ff]*$/, 'bad_characters'),
}

/** Empty where it stays as it is: what was sealed is never typed back into a form. */
function isAddress(typed: string): boolean {
  if (typed === '') return true
  if (!URL.canParse(typed)) return false
  const { protocol, username, password, hostname } = new URL(typed)
  return ['http:', 'https:'].includes(protocol) && hostname !== '' && username === '' && password === ''
}

/** What the form of a connection that stands sends; empty secrets keep what is sealed. */
export const connectionInput = z.discriminatedUnion(
  'kind',
  [
    z.object({ kind: z.literal('postgresql'), ...database }),
    z.object({ kind: z.literal('mysql'), ...database }),
    z.object({ kind: z.literal('http'), ...httpFields }),
  ],
  'not_a_choice',
)
/** A new one has nothing sealed yet. */
export const newConnectionInput = z.discriminatedUnion(
  'kind',
  [
    z.object({ kind: z.literal('postgresql'), ...database, password: secret.min(1, 'missing') }),
    z.object({ kind: z.literal('mysql'), ...database, password: secret.min(1, 'missing') }),
    z.object({ kind: z.literal('http'), ...httpFields, url: httpFields.url.min(1, 'missing') }),
  ],
  'not_a_choice',
)
export type ConnectionInput = z.output<typeof connectionInput>
export type HttpInput = Extract<ConnectionInput, { kind: 'http' }>

/** Where the address of an HTTP connection leads, and what of it may be shown: what stands behind `?` may be a key. */
export function placeOfUrl(typed: string): { host: string; port: number; tls: TlsMode; address: string } {
  const url = new URL(typed)
  const isSecure = url.protocol === 'https:'
  return {
    host: url.hostname,
    port: Number(url.port) || (isSecure ? 443 : 80),
    tls: isSecure ? 'verified' : 'none',
    address: `${url.origin}${url.pathname}`,
  }
}

export const removedConnection = z.object({ id: z.uuid('not_found') })
