/** What anyone may read of published data; runs as caracteriza_public, whose policies let through only what is public. */
import type { Trx } from './client.ts'
import { listReleaseFiles, type ReleaseFile } from './release-files.ts'
import type { ReleaseMetadata } from './releases.ts'

export const PAGE_SIZE = 20

export interface DatasetLine {
  slug: string
  title: string
  description: string
  entity: string
  version: number
  status: string
  publishedAt: Date
  demoNote: string | null
}

/** Newest version of the newest vigencia of every dataset, newest first; `page` counts from 1. */
export async function listDatasets(trx: Trx, page: number): Promise<{ datasets: DatasetLine[]; total: number }> {
  const newest = trx
    .selectFrom('dataset')
    .innerJoin('release', 'release.dataset_id', 'dataset.id')
    .innerJoin('entity', 'entity.id', 'dataset.entity_id')
    .innerJoin('cycle', 'cycle.id', 'release.cycle_id')
    .distinctOn('dataset.id')
    .select(['dataset.slug', 'release.metadata', 'entity.name as entity', 'release.version', 'release.status'])
    .select(['release.published_at', 'release.demo_note'])
    .orderBy('dataset.id')
    .orderBy('cycle.vigencia', 'desc')
    .orderBy('release.version', 'desc')
  const { total } = await trx
    .selectFrom(newest.as('newest'))
    .select(({ fn }) => fn.countAll<string>().as('total'))
    .executeTakeFirstOrThrow()
  const rows = await trx
    .selectFrom(newest.as('newest'))
    .selectAll()
    .orderBy('published_at', 'desc')
    .orderBy('slug')
    .limit(PAGE_SIZE)
    .offset((page - 1) * PAGE_SIZE)
    .execute()
  const datasets = rows.map(({ slug, metadata, entity, version, status, published_at, demo_note }) => {
    const { title, description } = metadata as unknown as ReleaseMetadata
    return { slug, title, description, entity, version, status, publishedAt: published_at as Date, demoNote: demo_note }
  })
  return { datasets, total: Number(total) }
}

export interface PublicRelease {
  id: string
  slug: string
  entity: string
  divipola: string
  version: number
  status: 'published' | 'corrected' | 'withdrawn'
  metadata: ReleaseMetadata
  changeNote: string
  snapshotHash: string
  releaseHash: string
  demoNote: string | null
  publishedAt: Date
  withdrawnAt: Date | null
  withdrawnReason: string | null
  /** None while withdrawn. */
  files: ReleaseFile[]
  vigencia: number
  /** Newest vigencia first. */
  versions: { version: number; vigencia: number; status: string; publishedAt: Date; changeNote: string }[]
}

/** Versions of a dataset its page lists at most. */
const LISTED = 200

/**
 * One version of a dataset, the newest of its newest vigencia when none is named, beside the list of the newest; undefined
 * for drafts and unknown ones alike.
 */
export async function findPublicRelease(trx: Trx, slug: string, version?: number): Promise<PublicRelease | undefined> {
  const row = await releasesOf(trx, slug)
    .innerJoin('entity', 'entity.id', 'release.entity_id')
    .selectAll('release')
    .select(['entity.name as entity', 'entity.divipola', 'cycle.vigencia'])
    .$if(version !== undefined, (query) => query.where('release.version', '=', version ?? 0))
    .limit(1)
    .executeTakeFirst()
  if (!row) return undefined
  return {
    ...{ id: row.id, slug, entity: row.entity, divipola: row.divipola, version: row.version },
    vigencia: row.vigencia,
    status: row.status as PublicRelease['status'],
    metadata: row.metadata as unknown as ReleaseMetadata,
    changeNote: row.change_note,
    ...{ snapshotHash: row.snapshot_hash, releaseHash: row.release_hash, demoNote: row.demo_note },
    publishedAt: row.published_at as Date,
    ...{ withdrawnAt: row.withdrawn_at, withdrawnReason: row.withdrawn_reason },
    files: await listReleaseFiles(trx, row.id),
    versions: await versionsOf(trx, slug),
  }
}

/** Newest vigencia first, and within it the newest version. */
const releasesOf = (trx: Trx, slug: string) =>
  trx
    .selectFrom('release')
    .innerJoin('dataset', 'dataset.id', 'release.dataset_id')
    .innerJoin('cycle', 'cycle.id', 'release.cycle_id')
    .where('dataset.slug', '=', slug)
    .orderBy('cycle.vigencia', 'desc')
    .orderBy('release.version', 'desc')

async function versionsOf(trx: Trx, slug: string): Promise<PublicRelease['versions']> {
  const rows = await releasesOf(trx, slug)
    .select(['release.version', 'release.status', 'release.change_note as changeNote', 'cycle.vigencia'])
    .select('release.published_at as publishedAt')
    .limit(LISTED)
    .execute()
  return rows.map((one) => ({ ...one, publishedAt: one.publishedAt as Date }))
}

/** A version as it stands in an address: a positive whole number; undefined when it is none. */
export function parseVersion(typed: string): number | undefined {
  return /^[1-9]\d{0,8}$/.test(typed) ? Number(typed) : undefined
}
