/** Whether the content of a cycle went by an act of disposal, or is going: from its beginning on nobody relies on it (decision 0061). */
import { type RawBuilder, sql } from 'kysely'
import type { Trx } from './client.ts'

/** Of the row of a disposal. */
export const takesContent = (disposal: string): RawBuilder<boolean> =>
  sql<boolean>`${sql.ref(`${disposal}.status`)} in ('running', 'done')`

/** Of a column that holds the id of a cycle. */
export const isContentGone = (cycleId: string): RawBuilder<boolean> =>
  sql<boolean>`exists (select from disposal gone where gone.cycle_id = ${sql.ref(cycleId)} and ${takesContent('gone')})`

/**
 * Whoever adds content to a cycle that may be over holds it with others who do, and whoever begins to take it away alone: what is added
 * stands in the inventory, or is refused.
 */
export async function holdContent(trx: Trx, cycleId: string, how: 'adding' | 'taking'): Promise<void> {
  const lock = sql.ref(how === 'adding' ? 'pg_advisory_xact_lock_shared' : 'pg_advisory_xact_lock')
  await sql`select ${lock}(hashtextextended(${cycleId}, 61))`.execute(trx)
}
