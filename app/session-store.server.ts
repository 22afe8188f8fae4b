import { kyselyAdapter } from '@better-auth/kysely-adapter'
import type { BetterAuthOptions } from 'better-auth'
import type { Kysely } from 'kysely'
import { hashToken } from '../db/probe-marks.ts'
import type { DB } from '../db/schema.ts'

type MakeAdapter = ReturnType<typeof kyselyAdapter>
type Adapter = ReturnType<MakeAdapter>
type Where = { field: string; value: unknown }

/**
 * The session store: better-auth over our tables, except that a session's token is kept as its SHA-256. Whoever reads
 * the table, or a backup of it, cannot enter with what stands there.
 */
export function hashedTokenStore(db: Kysely<DB>): MakeAdapter {
  const makeAdapter = kyselyAdapter(db, { type: 'postgres' })
  return (options: BetterAuthOptions) => hidingTokens(makeAdapter(options))
}

/** The part of the adapter that meets tokens; better-auth's own generics say nothing more here. */
interface Call {
  model: string
  where?: Where[]
  data?: Row
}
type Row = Record<string, unknown>
type Method = (call: Call) => Promise<unknown>
type Methods = Record<'create' | 'findOne' | 'findMany' | 'update' | 'updateMany' | 'delete' | 'deleteMany', Method>

function hidingTokens(adapter: Adapter): Adapter {
  const inner = adapter as unknown as Methods
  const withHashedWhere =
    (method: Method): Method =>
    (call) =>
      method(call.model === 'session' ? { ...call, where: hashedWhere(call.where) } : call)
  const returningToken =
    (method: Method): Method =>
    async (call) =>
      withToken((await withHashedWhere(method)(call)) as Row | null, call)
  const methods: Methods = {
    create: async (call) => {
      if (call.model !== 'session' || !call.data) return inner.create(call)
      const created = await inner.create({ ...call, data: { ...call.data, token: hashed(call.data.token) } })
      return { ...(created as Row), token: call.data.token }
    },
    findOne: returningToken(inner.findOne),
    update: returningToken(inner.update),
    findMany: withHashedWhere(inner.findMany),
    updateMany: withHashedWhere(inner.updateMany),
    delete: withHashedWhere(inner.delete),
    deleteMany: withHashedWhere(inner.deleteMany),
  }
  return { ...adapter, ...(methods as unknown as Partial<Adapter>) }
}

function hashedWhere(where: Where[] | undefined): Where[] | undefined {
  return where?.map((clause) => (clause.field === 'token' ? { ...clause, value: hashed(clause.value) } : clause))
}

function hashed(token: unknown): unknown {
  return Array.isArray(token) ? token.map(hashed) : hashToken(String(token))
}

/** Gives the row back with the token it was asked by, which is what the caller goes on with. */
function withToken(row: Row | null, call: Call): Row | null {
  const clause = call.model === 'session' ? call.where?.find(({ field }) => field === 'token') : undefined
  return row && clause ? { ...row, token: clause.value } : row
}
