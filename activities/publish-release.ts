import { ApplicationFailure } from '@temporalio/common'
import { sql } from 'kysely'
import { recordEvent } from '../db/audit.ts'
import { type Trx, withEntity } from '../db/client.ts'
import { filesAreStored, listReleaseFiles } from '../db/release-files.ts'
import { hashOfRelease, metadataOf, type ReleaseMetadata } from '../db/releases.ts'
import type { Answers } from '../domain/forms.ts'
import type { Tools } from './tools.ts'

export interface PublishRelease {
  entityId: string
  cycleId: string
  /** Approved version of step 7. */
  stepVersionId: string
}

/**
 * Publishes the exact files that were approved: the draft's file hashes must be those the approved version names.
 * What was published before of the same dataset becomes *corrected*. A second run changes nothing.
 */
export async function publishRelease(tools: Tools, input: PublishRelease): Promise<{ releaseId: string }> {
  return await withEntity(tools.database, input.entityId, async (trx) => {
    // A second run of the activity waits here, and then finds the first one's work.
    await trx.selectFrom('cycle').select('id').where('id', '=', input.cycleId).forUpdate().execute()
    const done = await trx
      .selectFrom('release')
      .select('id')
      .where('step_version_id', '=', input.stepVersionId)
      .executeTakeFirst()
    if (done) return { releaseId: done.id }
    const draft = await requireDraft(trx, input.cycleId)
    const version = await requireApproved(trx, input)
    const files = await listReleaseFiles(trx, draft.id)
    await requireSameFiles(trx, input, version.input_hashes as string[], files)
    if (!(await filesAreStored(tools.dataDir, files))) throw new Error(`files of release ${draft.id} are not stored`)
    // Publications of one dataset wait for each other.
    await trx.selectFrom('release').select('id').where('dataset_id', '=', draft.dataset_id).forUpdate().execute()
    await publish(trx, input, draft, version.answers as unknown as Answers, files)
    await correctOthers(trx, input, draft)
    return { releaseId: draft.id }
  })
}

async function requireDraft(trx: Trx, cycleId: string) {
  const draft = await trx
    .selectFrom('release')
    .select(['id', 'dataset_id', 'version', 'release_hash'])
    .where('cycle_id', '=', cycleId)
    .where('status', '=', 'draft')
    .forUpdate()
    .executeTakeFirst()
  if (!draft) throw ApplicationFailure.nonRetryable('nothing was prepared to publish', 'no_release')
  return draft
}

type Draft = Awaited<ReturnType<typeof requireDraft>>

async function requireApproved(trx: Trx, { cycleId, stepVersionId }: PublishRelease) {
  const version = await trx
    .selectFrom('step')
    .innerJoin('step_version', 'step_version.id', 'step.version_id')
    .select(['step_version.answers', 'step_version.input_hashes'])
    .where('step.cycle_id', '=', cycleId)
    .where('step.code', '=', '7')
    .where('step.status', '=', 'approved')
    .where('step_version.id', '=', stepVersionId)
    .executeTakeFirst()
  if (!version) throw ApplicationFailure.nonRetryable('that version of step 7 is not the approved one', 'not_approved')
  return version
}

/** What was approved names these files and, besides them, only attachments of the step. */
async function requireSameFiles(
  trx: Trx,
  { cycleId }: PublishRelease,
  approved: string[],
  files: { sha256: string }[],
): Promise<void> {
  const attachments = await trx
    .selectFrom('attachment')
    .innerJoin('step', 'step.id', 'attachment.step_id')
    .select('attachment.sha256')
    .where('step.cycle_id', '=', cycleId)
    .where('step.code', '=', '7')
    .execute()
  const released = new Set(files.map((file) => file.sha256))
  const others = approved.filter((hash) => !released.has(hash))
  const isSame =
    released.size > 0 &&
    [...released].every((hash) => approved.includes(hash)) &&
    others.every((hash) => attachments.some((file) => file.sha256 === hash))
  if (!isSame) throw ApplicationFailure.nonRetryable('the files are not the approved ones', 'release_differs')
}

/**
 * Of a dataset only the highest number stays *published*; the others are *corrected*. That may be this one: of two cycles
 * that prepare versions of one dataset at the same time, the later number may be published first.
 */
async function correctOthers(trx: Trx, { entityId, cycleId, stepVersionId }: PublishRelease, draft: Draft) {
  const newest = await trx
    .selectFrom('release')
    .select(['id', 'metadata'])
    .where('dataset_id', '=', draft.dataset_id)
    .where('status', '=', 'published')
    .orderBy('version', 'desc')
    .executeTakeFirstOrThrow()
  const others = await trx
    .updateTable('release')
    .set({ status: 'corrected' })
    .where('dataset_id', '=', draft.dataset_id)
    .where('status', '=', 'published')
    .where('id', '!=', newest.id)
    .returning(['id', 'version', 'release_hash'])
    .execute()
  const { title } = newest.metadata as unknown as ReleaseMetadata
  await trx.updateTable('dataset').set({ title }).where('id', '=', draft.dataset_id).execute()
  for (const one of others) {
    await recordEvent(trx, {
      ...{ entityId, type: 'release.corrected', objectId: one.id, objectVersion: String(one.version), cycleId },
      ...{ contentHash: one.release_hash, origin: 'workflow', workflowId: `publication:${stepVersionId}` },
      changes: [{ field: 'corrected_by', before: null, after: newest.id }],
    })
  }
}

/** The page says what was approved, in the words of the approved answers. */
async function publish(
  trx: Trx,
  input: PublishRelease,
  draft: Draft,
  answers: Answers,
  files: { sha256: string }[],
): Promise<void> {
  const { entityId, cycleId, stepVersionId } = input
  const metadata = metadataOf(answers)
  const releaseHash = hashOfRelease(files, metadata)
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
}
