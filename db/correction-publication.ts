/** An approved correction on its way to the public: its workflow is started once, and the worker marks what it found. */
import { sql } from 'kysely'
import type { Trx } from './client.ts'

/** Approved corrections whose workflow was not started. Runs over all entities. */
export async function listUnstartedCorrections(trx: Trx, limit: number) {
  return await trx
    .selectFrom('correction')
    .select(['id', 'entity_id', 'cycle_id'])
    .where('start_wanted', '=', true)
    .limit(limit)
    .execute()
}

export async function endCorrectionStart(trx: Trx, id: string): Promise<void> {
  await trx.updateTable('correction').set({ start_wanted: false }).where('id', '=', id).execute()
}

/** A correction that all signed, whatever became of it, with its release, held; undefined otherwise. */
export async function lockSignedCorrection(trx: Trx, id: string) {
  return await trx
    .selectFrom('correction')
    .innerJoin('release', 'release.id', 'correction.release_id')
    .innerJoin('cycle', 'cycle.id', 'release.cycle_id')
    .select(['correction.round', 'correction.authors', 'correction.status', 'cycle.vigencia'])
    .select(['release.id as releaseId', 'release.dataset_id as datasetId', 'release.version', 'release.metadata'])
    .select(['release.release_hash as releaseHash', 'release.approved_at as approvedAt'])
    .where('correction.id', '=', id)
    .where('correction.status', 'in', ['approved', 'published', 'withdrawn'])
    .forUpdate('release')
    .executeTakeFirst()
}

/** The worker has found the correction signed; from here on only its hour moves. */
export async function markCorrectionFound(trx: Trx, releaseId: string): Promise<void> {
  await trx.updateTable('release').set({ approved_at: sql<Date>`app_now()` }).where('id', '=', releaseId).execute()
}

export async function markCorrectionPublished(trx: Trx, id: string): Promise<void> {
  await trx.updateTable('correction').set({ status: 'published' }).where('id', '=', id).execute()
}
