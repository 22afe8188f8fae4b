import { ApplicationFailure } from '@temporalio/common'
import { listAttachedHashes } from '../db/attachments.ts'
import { withEntity } from '../db/client.ts'
import { lockCycle } from '../db/cycles.ts'
import { filesAreStored, listReleaseFiles } from '../db/release-files.ts'
import { findReleaseOf, lockDraftRelease, publishDraft } from '../db/release-publication.ts'
import { findApprovedVersion } from '../db/step-versions.ts'
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
  const { entityId, cycleId, stepVersionId } = input
  return await withEntity(tools.database, entityId, async (trx) => {
    // A second run of the activity waits here, and then finds the first one's work.
    await lockCycle(trx, cycleId)
    const done = await findReleaseOf(trx, stepVersionId)
    if (done) return { releaseId: done.id }
    const draft = await lockDraftRelease(trx, cycleId)
    if (!draft) throw ApplicationFailure.nonRetryable('nothing was prepared to publish', 'no_release')
    const approved = await findApprovedVersion(trx, cycleId, '7')
    if (approved?.id !== stepVersionId)
      throw ApplicationFailure.nonRetryable('that version of step 7 is not the approved one', 'not_approved')
    const files = await listReleaseFiles(trx, draft.id)
    const attached = await listAttachedHashes(trx, cycleId, '7')
    if (!areTheApproved(files, approved.inputHashes, attached))
      throw ApplicationFailure.nonRetryable('the files are not the approved ones', 'release_differs')
    if (!(await filesAreStored(tools.dataDir, files))) throw new Error(`files of release ${draft.id} are not stored`)
    await publishDraft(trx, input, draft, { answers: approved.answers, files })
    return { releaseId: draft.id }
  })
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
