import { ApplicationFailure } from '@temporalio/common'
import { sql } from 'kysely'
import { recordEvent } from '../db/audit.ts'
import { type Trx, withEntity } from '../db/client.ts'
import { filesAreStored, hashOfRelease, listReleaseFiles, metadataOf } from '../db/releases.ts'
import type { Answers } from '../domain/forms.ts'
import type { Tools } from './index.ts'

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
    await requireNewest(trx, draft)
    await correctEarlier(trx, input, draft)
    await publish(trx, input, draft, version.answers as unknown as Answers, files)
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

/** Another cycle published a later version meanwhile: this one has to be prepared and approved again, with a number of its own. */
async function requireNewest(trx: Trx, draft: Draft): Promise<void> {
  await trx.selectFrom('release').select('id').where('dataset_id', '=', draft.dataset_id).forUpdate().execute()
  const later = await trx
    .selectFrom('release')
    .select('id')
    .where('dataset_id', '=', draft.dataset_id)
    .where('version', '>', draft.version)
    .where('status', '!=', 'draft')
    .executeTakeFirst()
  if (later) throw ApplicationFailure.nonRetryable('a later version is already public', 'release_out_of_order')
}

async function correctEarlier(trx: Trx, { entityId, cycleId, stepVersionId }: PublishRelease, draft: Draft) {
  const earlier = await trx
    .updateTable('release')
    .set({ status: 'corrected' })
    .where('dataset_id', '=', draft.dataset_id)
    .where('status', '=', 'published')
    .returning(['id', 'version', 'release_hash'])
    .execute()
  for (const one of earlier) {
    await recordEvent(trx, {
      ...{ entityId, type: 'release.corrected', objectId: one.id, objectVersion: String(one.version), cycleId },
      ...{ contentHash: one.release_hash, origin: 'workflow', workflowId: `publication:${stepVersionId}` },
      changes: [{ field: 'corrected_by', before: null, after: draft.id }],
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
  await trx.updateTable('dataset').set({ title: metadata.title }).where('id', '=', draft.dataset_id).execute()
  await recordEvent(trx, {
    ...{ entityId, type: 'release.published', objectId: draft.id, objectVersion: String(draft.version), cycleId },
    ...{ contentHash: releaseHash, stepCode: '7', origin: 'workflow' },
    workflowId: `publication:${stepVersionId}`,
  })
}
