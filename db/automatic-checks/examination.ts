/** What every automatic control answers with, and how those asked in SQL alone do it. */
import { type RawBuilder, sql } from 'kysely'
import { type Examination, KEPT_VIOLATIONS, type Violation } from '../../domain/controls.ts'
import type { Trx } from '../client.ts'

export interface CheckScope {
  entityId: string
  /** Where files stand. */
  dataDir: string
}

/** Looks at everything of one entity; the worker's role may read every entity, so each part names its own. */
export type Examine = (trx: Trx, scope: CheckScope) => Promise<Examination>

export interface Query {
  /** One row, one column: how many rows are looked at. */
  looked: RawBuilder<unknown>
  /** Rows that break it: `kind`, `id`, `place`, `label`, `reason` of a `Violation`. */
  violating: RawBuilder<unknown>
}

/** All of them are counted and the first kept, in one statement: what it says held at one instant. */
export async function examine(trx: Trx, { looked, violating }: Query): Promise<Examination> {
  // Joins over a whole record are hashed in memory; the setting ends with the transaction.
  await sql`set local work_mem = '128MB'`.execute(trx)
  const { rows } = await sql<Examination & { violations: Violation[] }>`
    with violating as materialized (${violating}),
    kept as (select kind, id::text as id, place, label, reason from violating order by label, reason, id limit ${KEPT_VIOLATIONS})
    select (${looked})::int as "lookedAt", (select count(*)::int from violating) as found,
      (select coalesce(jsonb_agg(to_jsonb(kept)), '[]') from kept) as violations`.execute(trx)
  const [row] = rows
  if (!row) throw new Error('a count is always one row')
  return row
}

/** Several questions of one control, asked as one. */
export function anyOf(...parts: RawBuilder<unknown>[]): RawBuilder<unknown> {
  return sql.join(parts, sql` union all `)
}

/** Sum of several counts. */
export function sumOf(...parts: RawBuilder<unknown>[]): RawBuilder<unknown> {
  return sql`select ${sql.join(
    parts.map((part) => sql`(${part})`),
    sql` + `,
  )}`
}
