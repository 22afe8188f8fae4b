/** A table of MySQL or MariaDB as CSV, row by row, in a transaction that cannot write (E1). */
import { isIP, Socket } from 'node:net'
import { type Connection, createConnection, escapeId, type RowDataPacket } from 'mysql2'
import type { OutsideFailureCode, OutsideTable } from '../../domain/connections.ts'
import type { ColumnType } from '../../domain/sources.ts'
import { permittedAddress } from './address.ts'
import { csvLine, inPieces } from './csv-lines.ts'
import { networkFailure, OutsideFailed } from './failed.ts'
import { eachWithin, type Patience, within } from './patience.ts'
import type { OutsideColumn, OutsideDatabase, TableSearch, Target } from './target.ts'
import { trustOf } from './trust.ts'

/** Letters of a text that are asked for: one more than any line of a file may have, so that it is refused, not cut. */
const MAX_TEXT = 1_048_577
/** Rows that wait for whoever reads them. */
const ROWS_AHEAD = 100

export async function openMysql(target: Target): Promise<OutsideDatabase> {
  const { patience, place } = target
  const socket = new Socket()
  const connection = await connected(target, socket)
  const giveUp = () => socket.destroy()
  const onCut = (work: () => void) => socket.once('close', work)
  const ask: Ask = async <R>(sql: string, values: unknown[] = []) => {
    try {
      return (await within(patience, 'stalled', queried(connection, sql, values), giveUp)) as R[]
    } catch (error) {
      throw failureOf(error)
    }
  }
  await ask(`set time_zone = '-05:00'`)
  await ask('start transaction with consistent snapshot, read only')
  const schema = place.database ?? ''
  return {
    test: async () => {
      if ((await tablesOf(ask, schema, { search: '', after: null, limit: 1 })).length === 0)
        throw new OutsideFailed('no_tables')
    },
    tables: (search) => tablesOf(ask, schema, search),
    columns: (table) => columnsOf(ask, table),
    read: (table, limit) => readTable(connection, ask, { table, limit, patience, giveUp, onCut }),
    close: async () => {
      connection.destroy()
      socket.destroy()
    },
  }
}

type Ask = <R>(sql: string, values?: unknown[]) => Promise<R[]>

function queried(connection: Connection, sql: string, values: unknown[]): Promise<RowDataPacket[]> {
  return new Promise((resolve, reject) => {
    connection.query<RowDataPacket[]>(sql, values, (error, rows) => (error ? reject(error) : resolve(rows)))
  })
}

async function connected({ place, secret, allowedHosts, patience }: Target, socket: Socket): Promise<Connection> {
  const host = await permittedAddress(place, allowedHosts, patience)
  const connecting = new Promise<void>((resolve, reject) => {
    socket.once('error', reject).once('connect', resolve).connect(place.port, host)
  })
  const giveUp = () => socket.destroy()
  try {
    await within(patience, 'timed_out', connecting, giveUp)
    // mysql2 names no address to TLS, which then takes the certificate of `localhost` for its own unless the socket says so.
    if (isIP(place.host)) Object.assign(socket, { _host: place.host })
    const connection = createConnection({
      ...{ host: place.host, stream: socket, user: place.user ?? '', database: place.database ?? '' },
      password: 'password' in secret ? secret.password : '',
      charset: 'utf8mb4',
      // Text as the server writes it; no file of ours is ever sent to a server that asks for one.
      typeCast: (field) => field.string(),
      flags: ['-LOCAL_FILES'],
      multipleStatements: false,
      ...(place.tls !== 'none' && {
        ssl: { ...trustOf(place), verifyIdentity: place.tls === 'verified' },
      }),
    })
    // A server that dies fails the question under way; nobody else has to hear of it.
    connection.on('error', () => undefined)
    const greeted = new Promise<void>((resolve, reject) =>
      connection.connect((error) => (error ? reject(error) : resolve())),
    )
    await within(patience, 'timed_out', greeted, giveUp)
    return connection
  } catch (error) {
    socket.destroy()
    throw failureOf(error)
  }
}

const TABLES = `
  select table_schema as \`schema\`, table_name as name from information_schema.tables
  where table_schema = ? and locate(lower(?), lower(table_name)) > 0 and (? is null or binary table_name > binary ?)
  order by binary table_name limit ?`

async function tablesOf(ask: Ask, schema: string, { search, after, limit }: TableSearch): Promise<OutsideTable[]> {
  const last = after?.name ?? null
  const rows = await ask<OutsideTable>(TABLES, [schema, search, last, last, limit])
  return rows.map(({ schema, name }) => ({ schema, name }))
}

const COLUMNS = `
  select c.column_name as name, c.data_type as type, c.column_type as declared, k.ordinal_position as place
  from information_schema.columns c left join information_schema.key_column_usage k
    on k.table_schema = c.table_schema and k.table_name = c.table_name and k.column_name = c.column_name
      and k.constraint_name = 'PRIMARY'
  where c.table_schema = ? and c.table_name = ? order by c.ordinal_position`

interface DeclaredColumn {
  name: string
  type: string
  declared: string
  /** Its place in the primary key. */
  place: string | null
}

const BINARY = /blob|binary|geometry|^bit$|point|polygon|linestring|^vector$/

async function declared(ask: Ask, { schema, name }: OutsideTable): Promise<DeclaredColumn[]> {
  const columns = await ask<DeclaredColumn>(COLUMNS, [schema, name])
  if (columns.length === 0) throw new OutsideFailed('table_missing')
  return columns
}

/** Columns that can be brought. */
const shown = (columns: DeclaredColumn[]) => columns.filter(({ type }) => !BINARY.test(type))

async function columnsOf(ask: Ask, table: OutsideTable): Promise<OutsideColumn[]> {
  return shown(await declared(ask, table)).map((column) => ({ name: column.name, type: typeOf(column) }))
}

function typeOf({ type, declared }: DeclaredColumn): ColumnType {
  if (declared.startsWith('tinyint(1)')) return 'boolean'
  if (type.endsWith('int') || type === 'year') return 'integer'
  if (['decimal', 'float', 'double'].includes(type)) return 'decimal'
  return ['date', 'datetime', 'timestamp'].includes(type) ? 'date' : 'text'
}

interface Reading {
  table: OutsideTable
  limit: number | undefined
  patience: Patience
  giveUp: () => void
  /** When the line is cut: a stream of rows is not told. */
  onCut: (work: () => void) => void
}

async function* readTable(connection: Connection, ask: Ask, reading: Reading): AsyncGenerator<Buffer> {
  const { table, limit, patience, giveUp, onCut } = reading
  const columns = await declared(ask, table)
  const key = columns.filter(({ place }) => place !== null).sort((a, b) => Number(a.place) - Number(b.place))
  const isSorted = key.length === 0 && limit === undefined
  const from = `${escapeId(table.schema, true)}.${escapeId(table.name, true)}`
  const sent = shown(columns).map(selected)
  const rows = `select ${sent.join(', ')} from ${from}${isSorted ? byEveryColumn(sent) : byKey(key)}`
  const sql = `${rows}${limit === undefined ? '' : ` limit ${limit}`}`
  const stream = connection.query({ sql, rowsAsArray: true }).stream({ highWaterMark: ROWS_AHEAD })
  onCut(() => stream.destroy(new OutsideFailed('lost')))
  yield csvLine(shown(columns).map(({ name }) => name))
  try {
    yield* inPieces(eachWithin(patience, stream as AsyncIterable<(string | null)[]>, { giveUp, isSorted }))
  } catch (error) {
    throw failureOf(error)
  }
}

const byKey = (key: DeclaredColumn[]) =>
  key.length === 0 ? '' : ` order by ${key.map(({ name }) => escapeId(name, true)).join(', ')}`

/**
 * By one short code of all that is sent, as bytes: the server compares no more than the beginning of a text, and of many
 * long ones it could not sort at all. Rows that this leaves in any order are equal.
 */
const byEveryColumn = (sent: string[]) =>
  ` order by sha2(concat_ws(char(0), ${sent.map((column) => `ifnull(${column}, '')`).join(', ')}), 256)`

function selected({ name, type }: DeclaredColumn): string {
  const column = escapeId(name, true)
  if (type === 'datetime' || type === 'timestamp') return `date_format(${column}, '%Y-%m-%d %H:%i:%s')`
  return ['text', 'mediumtext', 'longtext', 'json'].includes(type) ? `left(${column}, ${MAX_TEXT})` : column
}

/** By the server's number (MySQL reference, server error messages). */
const ERRORS: Record<number, OutsideFailureCode> = {
  1040: 'refused',
  1044: 'no_permission',
  1045: 'wrong_password',
  1049: 'database_missing',
  1129: 'not_let_in',
  1130: 'not_let_in',
  1142: 'no_permission',
  1143: 'no_permission',
  1146: 'table_missing',
  1698: 'wrong_password',
  1969: 'stalled',
  3024: 'stalled',
  3159: 'tls_required',
}

/** mysql2 writes its own code over the one of TLS; what stands beside it, and the words of OpenSSL, tell which it was. */
function handshakeFailure(error: Error): OutsideFailed {
  if ('reason' in error && 'cert' in error) return new OutsideFailed('tls_other_name')
  if (/certificate has expired|not yet valid/.test(error.message)) return new OutsideFailed('tls_expired')
  return new OutsideFailed('library' in error ? 'tls_absent' : 'tls_untrusted')
}

/** What a server said is not repeated: only which of the known reasons it is. */
function failureOf(error: unknown): OutsideFailed {
  const { code, errno } = error as { code?: string; errno?: number }
  const known = ERRORS[errno ?? 0]
  if (known) return new OutsideFailed(known)
  if (code === 'HANDSHAKE_NO_SSL_SUPPORT') return new OutsideFailed('tls_absent')
  if (code === 'HANDSHAKE_SSL_ERROR') return handshakeFailure(error as Error)
  return networkFailure(error) ?? new OutsideFailed(code?.startsWith('ER_') ? 'query_failed' : 'not_that_kind')
}
