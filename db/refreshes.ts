/** Cycles whose rows moved behind the back of their workflow, which must be told to read them again. */
import type { Trx } from './client.ts'

export async function askRefresh(trx: Trx, cycleId: string): Promise<void> {
  await trx.updateTable('cycle').set({ refresh_wanted: true }).where('id', '=', cycleId).execute()
}

export async function listWantedRefreshes(trx: Trx, limit: number): Promise<{ id: string; entity_id: string }[]> {
  return await trx
    .selectFrom('cycle')
    .select(['id', 'entity_id'])
    .where('refresh_wanted', '=', true)
    .limit(limit)
    .execute()
}

/** Takes the wish back and holds the row: another wish that comes meanwhile waits, and stays. */
export async function endRefresh(trx: Trx, cycleId: string): Promise<void> {
  await trx.updateTable('cycle').set({ refresh_wanted: false }).where('id', '=', cycleId).execute()
}
