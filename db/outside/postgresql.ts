/** A table of PostgreSQL as the CSV that PostgreSQL itself writes, in a transaction that cannot write (E1). */
import { Socket } from 'node:net'
import pg from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import type { OutsideFailureCode, OutsideTable } from '../../domain/connections.ts'
import type { ColumnType } from '../../domain/sources.ts'
import { permittedAddress } from './address.ts'
import { networkFailure, OutsideFailed } from './failed.ts'
import { eachWithin, type Patience, within } from './patience.ts'
import type { OutsideColumn, OutsideDatabase, TableSearch, Target } from './target.ts'
import { trustOf } from './trust.ts'

/** How long the whole of a table may take; each piece of it has to come within the patience. */
const READ_TIMEOUT = '2h'
/** Letters of a text that are asked for: one more than any line of a file may have, so that it is refused, not cut. */
const MAX_TEXT = 1_048_577

export async function openPostgresql(target: Target): Promise<OutsideDatabase> {
  const { patience } = target
  const socket = new Socket()
  const client = await connected(target, socket)
  const giveUp = () => socket.destroy()
  const ask = async <R extends pg.QueryResultRow>(text: string, values: unknown[] = []): Promise<R[]> => {
    try {
      return (await within(patience, 'stalled', client.query<R>(text, values), giveUp)).rows
    } catch (error) {
      throw failureOf(error)
    }
  }
  await ask('start transaction isolation level repeatable read, read only')
  await ask(`set local statement_timeout = '${READ_TIMEOUT}'`)
  // Dates as ISO whatever the server prefers, and instants on the clock of those who read them.
  await ask(`set local datestyle = 'ISO'`)
  await ask(`set local timezone = 'America/Bogota'`)
  const columns = (table: OutsideTable) => columnsOf(ask, table)
  return {
    columns,
    test: async () => {
      if ((await tablesOf(ask, { search: '', after: null, limit: 1 })).length === 0)
        throw new OutsideFailed('no_tables')
    },
    tables: (search) => tablesOf(ask, search),
    read: (table, limit) => readTable(client, ask, { table, limit, patience, giveUp }),
    close: async () => {
      // Nothing was changed: the end of the line is the end of the transaction.
      await within({ ms: 1_000 }, 'stalled', client.end(), giveUp).catch(() => undefined)
      socket.destroy()
    },
  }
}

type Ask = <R extends pg.QueryResultRow>(text: string, values?: unknown[]) => Promise<R[]>

async function connected({ place, secret, allowedHosts, patience }: Target, socket: Socket): Promise<pg.Client> {
  const host = await permittedAddress(place, allowedHosts, patience)
  const client = new pg.Client({
    ...{ host, port: place.port, database: place.database ?? '', user: place.user ?? '', stream: () => socket },
    password: 'password' in secret ? secret.password : '',
    ssl: place.tls === 'none' ? false : trustOf(place),
    application_name: 'caracteriza',
    // Text as the server writes it.
    types: { getTypeParser: () => (value: string) => value },
  })
  // A server that dies fails the question under way; nobody else has to hear of it.
  client.on('error', () => undefined)
  try {
    await within(patience, 'timed_out', client.connect(), () => socket.destroy())
    return client
  } catch (error) {
    socket.destroy()
    throw failureOf(error)
  }
}

const TABLES = `
  select n.nspname as schema, c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where c.relkind in ('r', 'p', 'v', 'm', 'f') and n.nspname <> 'information_schema' and n.nspname !~ '^pg_'
    and has_schema_privilege(n.oid, 'usage') and has_table_privilege(c.oid, 'select')
    and position(lower($1) in lower(n.nspname || '.' || c.relname)) > 0
    and ($2::text is null or (n.nspname::text collate "C", c.relname::text collate "C") > ($2::text, $3::text))
  order by n.nspname::text collate "C", c.relname::text collate "C" limit $4`

async function tablesOf(ask: Ask, { search, after, limit }: TableSearch): Promise<OutsideTable[]> {
  return await ask<{ schema: string; name: string }>(TABLES, [search, after?.schema, after?.name, limit])
}

const COLUMNS = `
  select a.attname as name, t.typname as type, t.typcategory as category,
    coalesce(a.attnum = any(k.conkey), false) as "isKey", array_position(k.conkey, a.attnum) as place
  from pg_attribute a join pg_type t on t.oid = a.atttypid
    left join pg_constraint k on k.conrelid = a.attrelid and k.contype = 'p'
  where a.attrelid = to_regclass($1) and a.attnum > 0 and not a.attisdropped order by a.attnum`

interface DeclaredColumn {
  name: string
  type: string
  category: string
  /** Its place in the primary key. */
  place: string | null
}

async function declared(ask: Ask, table: OutsideTable): Promise<DeclaredColumn[]> {
  const columns = await ask<DeclaredColumn>(COLUMNS, [nameOf(table)])
  if (columns.length === 0) throw new OutsideFailed('table_missing')
  return columns
}

/** Columns that can be brought. */
const shown = (columns: DeclaredColumn[]) => columns.filter(({ type }) => type !== 'bytea')

async function columnsOf(ask: Ask, table: OutsideTable): Promise<OutsideColumn[]> {
  return shown(await declared(ask, table)).map((column) => ({ name: column.name, type: typeOf(column) }))
}

function typeOf({ type, category }: DeclaredColumn): ColumnType {
  if (category === 'B') return 'boolean'
  if (['int2', 'int4', 'int8'].includes(type)) return 'integer'
  if (['numeric', 'float4', 'float8'].includes(type)) return 'decimal'
  return ['date', 'timestamp', 'timestamptz'].includes(type) ? 'date' : 'text'
}

interface Reading {
  table: OutsideTable
  limit: number | undefined
  patience: Patience
  giveUp: () => void
}

async function* readTable(client: pg.Client, ask: Ask, reading: Reading): AsyncGenerator<Buffer> {
  const { table, limit, patience, giveUp } = reading
  const columns = await declared(ask, table)
  const key = columns.filter(({ place }) => place !== null).sort((a, b) => Number(a.place) - Number(b.place))
  const isSorted = key.length === 0 && limit === undefined
  // The order of the key comes from its index, so that the first row need not wait for the last.
  if (key.length > 0) await ask('set local enable_sort = off')
  const rows = `select ${shown(columns).map(selected).join(', ')} from ${nameOf(table)} as t`
  const order = isSorted ? byEveryColumn(shown(columns).length) : byKey(key)
  const query = `copy (${rows}${order}${limit === undefined ? '' : ` limit ${limit}`}) to stdout (format csv, header true)`
  const stream = client.query(copyTo(query))
  try {
    yield* eachWithin(patience, stream, { giveUp, isSorted })
  } catch (error) {
    throw failureOf(error)
  }
}

const byKey = (key: DeclaredColumn[]) =>
  key.length === 0 ? '' : ` order by ${key.map(({ name }) => `t.${pg.escapeIdentifier(name)}`).join(', ')}`

/** Of what is sent, as its bytes stand in the alphabet: rows that this leaves in any order are equal. */
const byEveryColumn = (width: number) => ` order by ${Array.from({ length: width }, (_, i) => i + 1).join(', ')}`

/** Text in a collation that is the same on every server. */
function selected(column: DeclaredColumn): string {
  return `(${written(column)}) collate "C" as ${pg.escapeIdentifier(column.name)}`
}

function written({ name, type }: DeclaredColumn): string {
  const column = pg.escapeIdentifier(name)
  if (type === 'timestamp' || type === 'timestamptz') return `to_char(${column}, 'YYYY-MM-DD HH24:MI:SS')`
  return ['text', 'varchar', 'json', 'jsonb', 'xml'].includes(type)
    ? `left(${column}::text, ${MAX_TEXT})`
    : `${column}::text`
}

const nameOf = ({ schema, name }: OutsideTable) => `${pg.escapeIdentifier(schema)}.${pg.escapeIdentifier(name)}`

/** By SQLSTATE (PostgreSQL documentation, appendix A). */
const STATES: Record<string, OutsideFailureCode> = {
  '28P01': 'wrong_password',
  '28000': 'not_let_in',
  '3D000': 'database_missing',
  '42P01': 'table_missing',
  '3F000': 'table_missing',
  '42501': 'no_permission',
  '57014': 'stalled',
  '57P01': 'lost',
  '57P02': 'lost',
  '57P03': 'refused',
  '53300': 'refused',
}

/** What a server said is not repeated: only which of the known reasons it is. */
function failureOf(error: unknown): OutsideFailed {
  const known = networkFailure(error)
  if (known) return known
  const { code, message } = error as { code?: string; message?: string }
  if (/no pg_hba\.conf entry.*no encryption/.test(message ?? '')) return new OutsideFailed('tls_required')
  const state = STATES[code ?? '']
  if (state) return new OutsideFailed(state)
  if (/does not support SSL/.test(message ?? '')) return new OutsideFailed('tls_absent')
  if (/terminated unexpectedly|Connection ended/i.test(message ?? '')) return new OutsideFailed('lost')
  // An SQLSTATE is PostgreSQL's; anything else did not come from one.
  return new OutsideFailed(/^[0-9A-Z]{5}$/.test(code ?? '') ? 'query_failed' : 'not_that_kind')
}
