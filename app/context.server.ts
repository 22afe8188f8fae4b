import type { Client } from '@temporalio/client'
import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import type { Logger } from 'pino'
import { adoptKeysFrom } from '../db/adopted-keys.ts'
import { CONNECTION_PATIENCE_MS, type Database, openDatabase, surviveServerDeath } from '../db/client.ts'
import { type RuntimeRole, roleUrl } from '../db/roles.ts'
import type { DB } from '../db/schema.ts'
import type { Config } from '../domain/config.ts'
import { type Auth, createAuth } from './auth.server.ts'
import { openTemporal } from './temporal.server.ts'

/** What a page gets besides its request. Made once by the server and handed to every loader and action. */
export interface SharedContext {
  config: Config
  /** Role caracteriza_web: reached through `withActor` only. */
  db: Database
  /** The session store's own pool, role caracteriza_session. */
  sessionDb: Kysely<DB>
  /** Role caracteriza_public: what anyone may read. */
  publicDb: Database
  auth: Auth
  temporal: Client
  log: Logger
}

export interface AppContext extends SharedContext {
  /** Nonce of this response's content security policy. */
  nonce: string
  /** Bytes of this answer that its reader has not taken yet; absent where there is none to wait for. */
  unsent?: () => number
  /** Number a person can quote; it is in the log. */
  requestId: string
}

declare module '@remix-run/node' {
  interface AppLoadContext extends AppContext {}
}

export function openContext(config: Config, log: Logger): SharedContext {
  adoptKeysFrom(config.DATA_DIR, config.APP_SECRET)
  const urlOf = (role: RuntimeRole) => roleUrl(config.DATABASE_URL, config.APP_SECRET, role)
  const sessionDb = openSessionStore(urlOf('session'))
  return {
    config,
    log,
    db: openDatabase(urlOf('web'), { max: 20 }),
    publicDb: openDatabase(urlOf('public'), { max: 5 }),
    sessionDb,
    auth: createAuth(config, sessionDb),
    temporal: openTemporal(config),
  }
}

export async function closeContext(context: SharedContext): Promise<void> {
  await context.temporal.connection.close()
  await Promise.all([context.db.close(), context.publicDb.close(), context.sessionDb.destroy()])
}

function openSessionStore(url: string): Kysely<DB> {
  const pool = new pg.Pool({ connectionString: url, max: 10, connectionTimeoutMillis: CONNECTION_PATIENCE_MS })
  surviveServerDeath(pool)
  return new Kysely({ dialect: new PostgresDialect({ pool }) })
}
