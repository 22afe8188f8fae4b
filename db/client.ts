import { createHash } from 'node:crypto'
import { Kysely, PostgresDialect, type RawBuilder, sql, type Transaction } from 'kysely'
import pg from 'pg'
import { spacedCode } from '../domain/verification-codes.ts'
import { clockOffset } from './clock.ts'
import { newId } from './ids.ts'
import type { DB } from './schema.ts'

export type Trx = Transaction<DB>

/** Whose rows a transaction may see: the entity and, where a person acts, the person (row-level security keys). */
export interface Scope {
  entityId: string
  personId: string | null
  /** The position they act in, where they act for somebody in it: everything written says so. */
  position?: { actingFor: { personId: string } | null }
}

/** The pool stays inside: rows are reached through `withActor` and its sisters only. */
export interface Database {
  /** What PostgreSQL calls the sessions of this pool; no other pool has the same. */
  name: string
  within<T>(settings: Record<string, string>, work: (trx: Trx) => Promise<T>): Promise<T>
  /** One statement, in a transaction of its own, that finds out by itself whose rows it reads (db/who-asks.ts). */
  ask<T>(statement: RawBuilder<T>): Promise<T[]>
  close(): Promise<void>
}

// Dates stay 'YYYY-MM-DD' strings end to end: a JavaScript Date would move them by a day at UTC−5.
pg.types.setTypeParser(pg.types.builtins.DATE, (value) => value)

/** How long work waits for a free connection: a thousand people at once are served late, not refused. */
export const CONNECTION_PATIENCE_MS = 60_000

export interface DatabaseOptions {
  max?: number
  /** Each transaction reads everything as it was at its first question, and writes nothing. */
  isOneInstant?: boolean
}

const ONE_INSTANT = '-c default_transaction_isolation=repeatable\\ read -c default_transaction_read_only=on'

/** A pool of at most `max` connections (10), whose transactions see the clock of this process. */
export function openDatabase(url: string, options: DatabaseOptions = {}): Database {
  const name = `caracteriza:${newId()}`
  const pool = new pg.Pool({
    connectionString: url,
    application_name: name,
    max: options.max ?? 10,
    connectionTimeoutMillis: CONNECTION_PATIENCE_MS,
    ...(options.isOneInstant && { options: ONE_INSTANT }),
  })
  surviveServerDeath(pool)
  pool.on('connect', keepPlans)
  const kysely = new Kysely<DB>({ dialect: new PostgresDialect({ pool }) })
  return {
    name,
    within: (settings, work) =>
      kysely.transaction().execute(async (trx) => {
        await applySettings(trx, settings)
        return work(trx)
      }),
    ask: async (statement) => (await statement.execute(kysely)).rows,
    close: () => kysely.destroy(),
  }
}

/**
 * A server that dies ends idle connections and those inside a transaction; an unheard error of either would end this
 * process. The query under way fails by itself, the next one reconnects.
 */
export function surviveServerDeath(pool: pg.Pool): void {
  pool.on('error', () => {})
  pool.on('connect', (client) => client.on('error', () => {}))
}

/**
 * Begins a statement that is asked at every request: PostgreSQL plans it once for each connection. Planning joins under
 * row-level security takes twenty times as long as running them; what is read, and under whose settings, is decided at
 * every run all the same.
 */
export const KEPT = sql.raw('/* kept */')

/** Gives each such statement of a connection a name of its own, by which the driver and PostgreSQL know it again. */
function keepPlans(client: pg.PoolClient): void {
  const ask = client.query.bind(client) as (query: unknown, ...more: unknown[]) => unknown
  const named = (text: unknown, ...more: unknown[]) =>
    typeof text === 'string' && text.trimStart().startsWith('/* kept */')
      ? ask({ name: nameOf(text), text, values: more[0] }, ...more.slice(1))
      : ask(text, ...more)
  client.query = named as typeof client.query
}

const names = new Map<string, string>()

function nameOf(text: string): string {
  const known = names.get(text) ?? createHash('sha256').update(text).digest('hex').slice(0, 32)
  names.set(text, known)
  return known
}

/** One transaction as this person of this entity; every business read and write goes through here. */
export function withActor<T>(database: Database, scope: Scope, work: (trx: Trx) => Promise<T>): Promise<T> {
  const { entityId, personId, position } = scope
  const actingFor = position?.actingFor?.personId ?? ''
  return database.within({ 'app.entity': entityId, 'app.person': personId ?? '', 'app.acting_for': actingFor }, work)
}

/** One transaction of the system itself inside an entity: deadlines, notices, imports. */
export function withEntity<T>(database: Database, entityId: string, work: (trx: Trx) => Promise<T>): Promise<T> {
  return withActor(database, { entityId, personId: null }, work)
}

/** Reads over all entities: only the worker's, the sealer's and the public roles' policies let any row through. */
export function withoutEntity<T>(database: Database, work: (trx: Trx) => Promise<T>): Promise<T> {
  return database.within({}, work)
}

/** Public look-up of one document by a code printed on it, its own or a receipt's (policy `public_reads` on `document`). */
export function withDocumentCode<T>(database: Database, code: string, work: (trx: Trx) => Promise<T>): Promise<T> {
  return database.within({ 'app.code': code, 'app.receipt': spacedCode(code) }, work)
}

async function applySettings(trx: Trx, settings: Record<string, string>): Promise<void> {
  if (Object.keys(settings).length > 0 || clockOffset() !== 0) await settingsOf(settings).execute(trx)
}

function settingsOf(settings: Record<string, string>): RawBuilder<unknown> {
  const all = { ...settings, ...(clockOffset() === 0 ? {} : { 'app.clock_offset': String(clockOffset()) }) }
  const calls = Object.entries(all).map(([name, value]) => sql`set_config(${name}, ${value}, true)`)
  return sql`${KEPT} select ${sql.join(calls)}`
}
