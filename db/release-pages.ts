import { sql } from 'kysely'
import { HIDDEN, type ReleaseStatus } from '../domain/releases.ts'
import type { Trx } from './client.ts'
import { decodeCursor, type Page, pageOf } from './pages.ts'
import { listReleaseFiles, type ReleaseFile } from './release-files.ts'
import type { ReleaseMetadata } from './releases.ts'

export interface ReleaseLine {
  id: string
  title: string
  slug: string
  version: number
  status: ReleaseStatus
  cycleId: string
  cycleName: string
  vigencia: number
  publishedAt: Date | null
  /** When it is to be public; null while nobody has said. */
  publishAt: Date | null
  /** Approved and still waiting for its hour, or for somebody to give it one. */
  approvedAt: Date | null
  /** The release it corrects. */
  correctsId: string | null
  withdrawnAt: Date | null
  files: number
}

/** Releases of an entity, drafts first, then newest first, 25 a page. Drafts only where the reader is one of the step's people. */
export async function listReleases(
  trx: Trx,
  entityId: string,
  options: { withDrafts: boolean; status?: ReleaseStatus; cursor?: string | null; limit?: number },
): Promise<Page<ReleaseLine>> {
  const limit = options.limit ?? 25
  const after = decodeCursor(options.cursor, ['instant', 'id'])
  const found = await sql<ReleaseLine & { key: string }>`
    select * from (
      select r.id, d.title, d.slug, r.version, r.status, r.cycle_id as "cycleId", c.name as "cycleName", c.vigencia,
        r.published_at as "publishedAt",
        r.publish_at as "publishAt", r.approved_at as "approvedAt", r.corrects_id as "correctsId", r.withdrawn_at as "withdrawnAt",
        (select count(*)::int from release_file f where f.release_id = r.id) as files,
        coalesce(r.published_at, 'infinity')::text as key, coalesce(r.published_at, 'infinity') as at
      from release r join dataset d on d.id = r.dataset_id join cycle c on c.id = r.cycle_id
      where r.entity_id = ${entityId} and (${options.withDrafts} or r.status not in (${sql.join(HIDDEN)}))
        and (${options.status ?? null}::text is null or r.status = ${options.status ?? null})
    ) line
    where (${after?.[0] ?? null}::text is null or (at, id) < (${after?.[0] ?? null}::timestamptz, ${after?.[1] ?? null}::uuid))
    order by at desc, id desc limit ${limit + 1}`.execute(trx)
  const { rows, next } = pageOf(found.rows, limit, (row) => [row.key, row.id])
  return { next, rows: rows.map(({ key: _key, ...row }) => row) }
}

export interface ReleasePage extends Omit<ReleaseLine, 'files'> {
  procedureVersionId: string
  changeNote: string
  releaseHash: string
  snapshotHash: string
  withdrawnReason: string | null
  heldAt: Date | null
  /** Code of `HELD_REASONS`. */
  heldReason: string | null
  metadata: ReleaseMetadata
  files: ReleaseFile[]
}

export async function findRelease(trx: Trx, entityId: string, id: string): Promise<ReleasePage | undefined> {
  const row = await trx
    .selectFrom('release')
    .innerJoin('dataset', 'dataset.id', 'release.dataset_id')
    .innerJoin('cycle', 'cycle.id', 'release.cycle_id')
    .select(['release.id', 'dataset.title', 'dataset.slug', 'release.version', 'release.status', 'release.metadata'])
    .select(['release.cycle_id as cycleId', 'cycle.name as cycleName', 'cycle.vigencia'])
    .select(['cycle.procedure_version_id as procedureVersionId', 'release.change_note as changeNote'])
    .select(['release.release_hash as releaseHash', 'release.snapshot_hash as snapshotHash'])
    .select(['release.published_at as publishedAt', 'release.withdrawn_at as withdrawnAt'])
    .select(['release.withdrawn_reason as withdrawnReason', 'release.publish_at as publishAt'])
    .select(['release.approved_at as approvedAt', 'release.corrects_id as correctsId'])
    .select(['release.held_at as heldAt', 'release.held_reason as heldReason'])
    .where('release.id', '=', id)
    .where('release.entity_id', '=', entityId)
    .executeTakeFirst()
  if (!row) return undefined
  return {
    ...row,
    status: row.status as ReleaseStatus,
    metadata: row.metadata as unknown as ReleaseMetadata,
    files: await listReleaseFiles(trx, id),
  }
}

/** One file of a cycle's release that is not public yet, or of a correction of it, by its name. */
export async function findDraftFile(
  trx: Trx,
  cycleId: string,
  name: string,
): Promise<{ name: string; mediaType: string; sha256: string } | undefined> {
  return await trx
    .selectFrom('release_file')
    .innerJoin('release', 'release.id', 'release_file.release_id')
    .select(['release_file.name', 'release_file.media_type as mediaType', 'release_file.sha256'])
    .where('release.cycle_id', '=', cycleId)
    .where('release.status', 'in', ['draft', 'scheduled'])
    .where('release_file.name', '=', name)
    .executeTakeFirst()
}

/** The newest release of a cycle that was approved, public already or waiting for its hour. */
export async function findApprovedReleaseOf(trx: Trx, cycleId: string): Promise<{ id: string } | undefined> {
  return await trx
    .selectFrom('release')
    .select('id')
    .where('cycle_id', '=', cycleId)
    .where('status', '!=', 'recalled')
    .where(({ eb, or }) =>
      or([eb('status', 'not in', HIDDEN), eb('approved_at', 'is not', null), eb('status', '=', 'held')]),
    )
    .orderBy('version', 'desc')
    .executeTakeFirst()
}
