/** What publishing does to releases: the draft becomes public, and what was public of its dataset is corrected. */
import { sql } from 'kysely'
import type { Answers } from '../domain/forms.ts'
import { recordEvent } from './audit.ts'
import type { Trx } from './client.ts'
import { hashOfRelease, metadataOf, type ReleaseMetadata } from './releases.ts'

/** The approved version of step 7 that is published. */
interface Approved {
  entityId: string
  cycleId: string
  stepVersionId: string
}

export interface LockedDraft {
  id: string
  datasetId: string
  version: number
}

/** The release that was published by a version of step 7. */
export async function findReleaseOf(trx: Trx, stepVersionId: string): Promise<{ id: string } | undefined> {
  return await trx.selectFrom('release').select('id').where('step_version_id', '=', stepVersionId).executeTakeFirst()
}

/** The draft of a cycle, held until the transaction ends. */
export async function lockDraftRelease(trx: Trx, cycleId: string): Promise<LockedDraft | undefined> {
  return await trx
    .selectFrom('release')
    .select(['id', 'dataset_id as datasetId', 'version'])
    .where('cycle_id', '=', cycleId)
    .where('status', '=', 'draft')
    .forUpdate()
    .executeTakeFirst()
}

/** The draft becomes public, in the words of the approved answers. What was public of its dataset before is corrected. */
export async function publishDraft(
  trx: Trx,
  approved: Approved,
  draft: LockedDraft,
  content: { answers: Answers; files: { sha256: string }[] },
): Promise<void> {
  const { entityId, cycleId, stepVersionId } = approved
  // Publications of one dataset wait for each other.
  await trx.selectFrom('release').select('id').where('dataset_id', '=', draft.datasetId).forUpdate().execute()
  const metadata = metadataOf(content.answers)
  const releaseHash = hashOfRelease(content.files, metadata)
  const published = await trx
    .updateTable('release')
    .set({
      status: 'published',
      step_version_id: stepVersionId,
      published_at: sql<Date>`app_now()`,
      metadata: JSON.stringify(metadata),
      release_hash: releaseHash,
    })
    .where('id', '=', draft.id)
    .where('status', '=', 'draft')
    .executeTakeFirst()
  if (published.numUpdatedRows !== 1n) throw new Error(`release ${draft.id} is no longer a draft`)
  await recordEvent(trx, {
    ...{ entityId, type: 'release.published', objectId: draft.id, objectVersion: String(draft.version), cycleId },
    ...{ contentHash: releaseHash, stepCode: '7', origin: 'workflow' },
    workflowId: `publication:${stepVersionId}`,
  })
  await correctOthers(trx, approved, draft.datasetId)
}

/**
 * Of a dataset only the highest number stays *published*; the others are *corrected*. That may be this one: of two cycles
 * that prepare versions of one dataset at the same time, the later number may be published first.
 */
async function correctOthers(trx: Trx, { entityId, cycleId, stepVersionId }: Approved, datasetId: string) {
  const newest = await trx
    .selectFrom('release')
    .select(['id', 'metadata'])
    .where('dataset_id', '=', datasetId)
    .where('status', '=', 'published')
    .orderBy('version', 'desc')
    .executeTakeFirstOrThrow()
  const others = await trx
    .updateTable('release')
    .set({ status: 'corrected' })
    .where('dataset_id', '=', datasetId)
    .where('status', '=', 'published')
    .where('id', '!=', newest.id)
    .returning(['id', 'version', 'release_hash'])
    .execute()
  const { title } = newest.metadata as unknown as ReleaseMetadata
  await trx.updateTable('dataset').set({ title }).where('id', '=', datasetId).execute()
  for (const one of others) {
    await recordEvent(trx, {
      ...{ entityId, type: 'release.corrected', objectId: one.id, objectVersion: String(one.version), cycleId },
      ...{ contentHash: one.release_hash, origin: 'workflow', workflowId: `publication:${stepVersionId}` },
      changes: [{ field: 'corrected_by', before: null, after: newest.id }],
    })
  }
}
