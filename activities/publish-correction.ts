import { ApplicationFailure } from '@temporalio/common'
import { type Trx, withEntity } from '../db/client.ts'
import { lockSignedCorrection, markCorrectionFound, markCorrectionPublished } from '../db/correction-publication.ts'
import { listCorrectionSignatures } from '../db/corrections.ts'
import { lockCycle } from '../db/cycles.ts'
import { findPublicOf } from '../db/held-releases.ts'
import { requireProcedureVersion } from '../db/procedures.ts'
import { holdIssuing } from '../db/published-tables.ts'
import { filesAreStored, listReleaseFiles } from '../db/release-files.ts'
import { lockDatasetOf, type Publication, publishWhenDue } from '../db/release-publication.ts'
import { hashOfRelease, type ReleaseMetadata } from '../db/releases.ts'
import { releaseRow } from '../domain/permission-rows.ts'
import { publishJudged } from './publish-judged.ts'
import type { Tools } from './tools.ts'

export interface PublishCorrection {
  entityId: string
  cycleId: string
  correctionId: string
}

type Found = NonNullable<Awaited<ReturnType<typeof lockSignedCorrection>>>

/**
 * Publishes the exact files of a correction that its signers signed, at its hour; what it corrects stays reachable as
 * *corregida*. One that was taken back meanwhile is never published. The signatures are looked at again here: each duty of
 * step 7's approval, two people, the same files. Throws `Refused('release_unsafe')` as `publishRelease` does.
 */
export async function publishCorrection(tools: Tools, input: PublishCorrection): Promise<Publication> {
  return await publishJudged(tools, input.entityId, (judged) => publishOnce(tools, input, judged))
}

async function publishOnce(tools: Tools, input: PublishCorrection, judged: string | null): Promise<Publication> {
  const { entityId, cycleId, correctionId } = input
  return await withEntity(tools.database, entityId, async (trx) => {
    await holdIssuing(trx, entityId)
    const { procedureVersionId } = await lockCycle(trx, cycleId)
    await lockDatasetOf(trx, { correction: correctionId })
    const found = await lockSignedCorrection(trx, correctionId)
    if (!found) throw ApplicationFailure.nonRetryable('that correction is not approved', 'not_approved')
    const { releaseId } = found
    if (found.status === 'published') return await asPublic(trx, cycleId, releaseId)
    if (found.status === 'withdrawn') return { releaseId: found.releaseId, isTakenBack: true }
    const isFresh = found.approvedAt === null
    if (isFresh) {
      const { procedure } = await requireProcedureVersion(trx, procedureVersionId)
      await requireSigned(trx, tools.dataDir, input, found, releaseRow(entityId, procedure).signerDuties)
      await markCorrectionFound(trx, found.releaseId)
    }
    const { releaseId: id, datasetId, version, releaseHash, vigencia } = found
    const publication = await publishWhenDue(trx, {
      ...{ id, entityId, cycleId, datasetId, vigencia, version, releaseHash, isFresh, judged },
      workflowId: `correction:${correctionId}`,
    })
    if (publication.waits) return publication
    await markCorrectionPublished(trx, correctionId)
    return await asPublic(trx, cycleId, id)
  })
}

async function asPublic(trx: Trx, cycleId: string, releaseId: string): Promise<Publication> {
  const other = await findPublicOf(trx, { cycleId, exceptId: releaseId })
  return { releaseId, ...(!other && { isFirst: true }) }
}

async function requireSigned(
  trx: Trx,
  dataDir: string,
  { correctionId }: PublishCorrection,
  found: Found,
  signers: string[],
): Promise<void> {
  const signatures = await listCorrectionSignatures(trx, correctionId)
  const approvals = signatures.filter((one) => one.round === found.round && one.verdict === 'approve')
  const people = new Set(approvals.map(({ personId }) => personId))
  const isSigned =
    signers.every((duty) => approvals.some((one) => one.duty === duty)) &&
    people.size === signers.length &&
    !found.authors.some((author) => people.has(author)) &&
    approvals.every(({ releaseHash }) => releaseHash === found.releaseHash)
  if (!isSigned) throw ApplicationFailure.nonRetryable('the correction is not signed by all', 'not_approved')
  const files = await listReleaseFiles(trx, found.releaseId)
  if (hashOfRelease(files, found.metadata as unknown as ReleaseMetadata) !== found.releaseHash)
    throw ApplicationFailure.nonRetryable('the files are not the signed ones', 'release_differs')
  if (!(await filesAreStored(dataDir, files))) throw new Error(`files of release ${found.releaseId} are not stored`)
}
