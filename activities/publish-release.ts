import { ApplicationFailure } from '@temporalio/common'
import { listAttachedHashes } from '../db/attachments.ts'
import { type Trx, withEntity } from '../db/client.ts'
import { lockCycle } from '../db/cycles.ts'
import { holdIssuing } from '../db/published-tables.ts'
import { filesAreStored, listReleaseFiles } from '../db/release-files.ts'
import {
  findReleaseOf,
  type LockedDraft,
  lockDatasetOf,
  lockDraftRelease,
  markApproved,
  type Publication,
  publishWhenDue,
} from '../db/release-publication.ts'
import { findApprovedVersion } from '../db/step-versions.ts'
import { publishJudged } from './publish-judged.ts'
import type { Tools } from './tools.ts'

export type { Publication } from '../db/release-publication.ts'

export interface PublishRelease {
  entityId: string
  cycleId: string
  /** Approved version of step 7. */
  stepVersionId: string
}

/**
 * Publishes the exact files that were approved, at the hour the release has: the draft's file hashes must be those the
 * approved version names. What was published before of the same vigencia becomes *corrected*. While the hour is still to
 * come it answers how long to wait; run again once the release is public, it changes nothing. Throws
 * `Refused('release_unsafe')` where its figures, beside what became public since they were approved, would show a few people;
 * `Refused('release_unproven')` where the time did not suffice to tell, for good after some tries (`publishJudged`).
 */
export async function publishRelease(tools: Tools, input: PublishRelease): Promise<Publication> {
  return await publishJudged(tools, input.entityId, (judged) => publishOnce(tools, input, judged))
}

async function publishOnce(tools: Tools, input: PublishRelease, judged: string | null): Promise<Publication> {
  const { entityId, cycleId, stepVersionId } = input
  return await withEntity(tools.database, entityId, async (trx) => {
    await holdIssuing(trx, entityId)
    // A second run of the activity waits here, and then finds the first one's work.
    const { vigencia } = await lockCycle(trx, cycleId)
    const done = await findReleaseOf(trx, stepVersionId)
    if (done) return { releaseId: done.id }
    await lockDatasetOf(trx, { draftOf: cycleId })
    const draft = await lockDraftRelease(trx, cycleId)
    if (!draft) throw ApplicationFailure.nonRetryable('nothing was prepared to publish', 'no_release')
    const isFresh = draft.approvedAt === null
    const releaseHash = isFresh ? await approve(trx, tools, input, draft) : draft.releaseHash
    const { id, datasetId, version } = draft
    return await publishWhenDue(trx, {
      ...{ id, entityId, cycleId, datasetId, vigencia, version, releaseHash, isFresh, judged },
      workflowId: `publication:${stepVersionId}`,
    })
  })
}

async function approve(trx: Trx, tools: Tools, input: PublishRelease, draft: LockedDraft): Promise<string> {
  const { cycleId, stepVersionId } = input
  const approved = await findApprovedVersion(trx, cycleId, '7')
  if (approved?.id !== stepVersionId)
    throw ApplicationFailure.nonRetryable('that version of step 7 is not the approved one', 'not_approved')
  const files = await listReleaseFiles(trx, draft.id)
  const attached = await listAttachedHashes(trx, cycleId, '7')
  if (!areTheApproved(files, approved.inputHashes, attached))
    throw ApplicationFailure.nonRetryable('the files are not the approved ones', 'release_differs')
  if (!(await filesAreStored(tools.dataDir, files))) throw new Error(`files of release ${draft.id} are not stored`)
  return await markApproved(trx, draft, { stepVersionId, answers: approved.answers, files })
}

/** What was approved names these files and, besides them, only attachments of the step. */
function areTheApproved(files: { sha256: string }[], approved: string[], attached: string[]): boolean {
  const released = new Set(files.map((file) => file.sha256))
  const others = approved.filter((hash) => !released.has(hash))
  return (
    released.size > 0 &&
    [...released].every((hash) => approved.includes(hash)) &&
    others.every((hash) => attached.includes(hash))
  )
}
