/** The draft of a release that waits to be approved, and the report it carries: what step 7 and its pages read. */
import type { Answers } from '../domain/forms.ts'
import type { Trx } from './client.ts'
import { listDocumentFiles } from './documents.ts'
import { listReleaseFiles, type ReleaseContent, type ReleaseFile } from './release-files.ts'
import { type ReleaseMetadata, releaseAnswersHash } from './releases.ts'

export interface DraftRelease {
  id: string
  version: number
  slug: string
  releaseHash: string
  metadata: ReleaseMetadata
  files: ReleaseFile[]
}

/** Hashes of the draft's files, sorted: they enter step 7's content hash, so an approval signs these exact files. */
export async function releaseInputHashes(trx: Trx, cycleId: string): Promise<string[]> {
  const rows = await trx
    .selectFrom('release_file')
    .innerJoin('release', 'release.id', 'release_file.release_id')
    .select('release_file.sha256')
    .where('release.cycle_id', '=', cycleId)
    .where('release.corrects_id', 'is', null)
    .where('release.status', 'in', ['draft', 'scheduled'])
    .execute()
  return [...new Set(rows.map((row) => row.sha256))].sort()
}

export interface WaitingDraft extends DraftRelease {
  /** When it is to be public once it is approved; null: at once. */
  publishAt: Date | null
  /** Made from the answers and the report that stand now. */
  isCurrent: boolean
}

/** The draft of a cycle, and whether it was made from these very answers and the report in force; undefined before it is prepared. */
export async function findDraftRelease(trx: Trx, cycleId: string, answers: Answers): Promise<WaitingDraft | undefined> {
  const row = await trx
    .selectFrom('release')
    .innerJoin('dataset', 'dataset.id', 'release.dataset_id')
    .select(['release.id', 'release.version', 'release.release_hash', 'release.metadata', 'dataset.slug'])
    .select('release.publish_at as publishAt')
    .where('release.cycle_id', '=', cycleId)
    .where('release.corrects_id', 'is', null)
    .where('release.status', '=', 'draft')
    .where('release.approved_at', 'is', null)
    .executeTakeFirst()
  if (!row) return undefined
  const metadata = row.metadata as unknown as ReleaseMetadata
  const files = await listReleaseFiles(trx, row.id)
  const report = await findApprovedReport(trx, cycleId)
  const carriesReport = files.some((file) => file.kind === 'pdf' && file.sha256 === report?.sha256)
  return {
    ...{ id: row.id, version: row.version, slug: row.slug, releaseHash: row.release_hash, metadata, files },
    publishAt: row.publishAt,
    isCurrent: carriesReport && metadata.answersHash === releaseAnswersHash(answers),
  }
}

/** The report of the version of step 6 that stands approved. */
export async function findApprovedReport(
  trx: Trx,
  cycleId: string,
): Promise<(ReleaseContent['report'] & { id: string }) | undefined> {
  const row = await trx
    .selectFrom('document')
    .innerJoin('step', 'step.version_id', 'document.step_version_id')
    .select(['document.id', 'document.sha256', 'document.bytes'])
    .where('document.cycle_id', '=', cycleId)
    .where('step.status', '=', 'approved')
    .executeTakeFirst()
  if (!row) return undefined
  const files = await listDocumentFiles(trx, row.id)
  const otherForms = files.flatMap(({ format, ...file }) => (format === 'pdf' ? [] : [{ format, ...file }]))
  return { id: row.id, sha256: row.sha256, bytes: Number(row.bytes), otherForms }
}
