/** Everything the public may read of what was published, at once: for the catalogue and the feed. Runs as caracteriza_public. */
import { sql } from 'kysely'
import type { CatalogueFile, CatalogueRelease, CatalogueSeries } from '../documents/catalogue-content.ts'
import type { Trx } from './client.ts'
import { type ComparedVariable, compareCycles } from './comparability.ts'
import { FILE_KINDS } from './release-files.ts'
import type { ReleaseMetadata } from './releases.ts'

export interface SeriesState {
  slug: string
  /**
   * Changes whenever anything of the series does: a release appears, is corrected or withdrawn, a name changes, a table of
   * correspondence is approved.
   */
  state: string
}

/** Of every series of which anything is public, or of the one with this slug; by slug. */
export async function listSeriesStates(trx: Trx, slug: string | null = null): Promise<SeriesState[]> {
  const { rows } = await sql<SeriesState>`
    select d.slug, md5(string_agg(concat_ws(' ', r.id, r.status, r.withdrawn_at, e.name, e.divipola), ',' order by r.id)
      || (select count(*) from crosswalk)) as state
    from release r join dataset d on d.id = r.dataset_id join entity e on e.id = r.entity_id
    where ${slug}::text is null or d.slug = ${slug}
    group by d.slug order by d.slug`.execute(trx)
  return rows
}

interface Row {
  slug: string
  cycle_id: string
  entity: string
  divipola: string
  version: number
  status: string
  vigencia: number
  published_at: Date
  change_note: string
  withdrawn_at: Date | null
  withdrawn_reason: string | null
  metadata: unknown
  files: CatalogueFile[] | null
}

/** Series with all their versions and files, all of them or those named, in four statements however many there are. */
export async function listSeries(trx: Trx, slugs: readonly string[] | null = null): Promise<CatalogueSeries[]> {
  const { rows } = await sql<Row>`
    select d.slug, r.cycle_id, e.name as entity, e.divipola, r.version, r.status, c.vigencia, r.published_at, r.change_note,
      r.withdrawn_at, r.withdrawn_reason, r.metadata, f.files
    from release r join dataset d on d.id = r.dataset_id join entity e on e.id = r.entity_id
      join cycle c on c.id = r.cycle_id
      left join (select release_id, json_agg(json_build_object('name', name, 'kind', kind, 'mediaType', media_type,
          'bytes', bytes, 'sha256', sha256) order by array_position(${FILE_KINDS}::text[], kind), name) as files
        from release_file group by release_id) f on f.release_id = r.id and r.status <> 'withdrawn'
    where ${slugs}::text[] is null or d.slug = any(${slugs}::text[])
    order by d.slug, c.vigencia desc, r.version desc`.execute(trx)
  const standing = rows.filter(({ status }) => status === 'published')
  const pairs = rows.flatMap((row) => {
    const before = beforeOf(standing, row)
    return before ? [{ cycleId: row.cycle_id, beforeId: before.cycle_id }] : []
  })
  const comparisons = await compareCycles(trx, pairs)
  const series = new Map<string, CatalogueSeries>()
  for (const row of rows) {
    const { entity, divipola } = row
    const one = series.get(row.slug) ?? { slug: row.slug, entity, divipola, releases: [] }
    one.releases.push({ ...releaseOf(row), ...comparedWith(comparisons, standing, row) })
    series.set(row.slug, one)
  }
  return [...series.values()]
}

/** The release that stands in the vigencia before that of `row`, in the same series. */
const beforeOf = (standing: readonly Row[], { slug, vigencia }: Row) =>
  standing.find((one) => one.slug === slug && one.vigencia < vigencia)

function comparedWith(comparisons: Map<string, ComparedVariable[]>, standing: readonly Row[], row: Row) {
  const [before, variables] = [beforeOf(standing, row), comparisons.get(row.cycle_id)]
  return { comparison: before && variables ? { vigencia: before.vigencia, variables } : null }
}

function releaseOf(row: Row): Omit<CatalogueRelease, 'comparison'> {
  const { title, description, licence, periodFrom, periodTo, frequency, agency, email, keywords } =
    row.metadata as ReleaseMetadata
  return {
    ...{ title, description, licence, periodFrom, periodTo, frequency, agency, email, keywords },
    ...{ version: row.version, status: row.status, vigencia: row.vigencia, changeNote: row.change_note },
    publishedAt: row.published_at,
    withdrawn: row.withdrawn_at && { at: row.withdrawn_at, reason: row.withdrawn_reason ?? '' },
    files: row.files ?? [],
  }
}

export interface NewsLine {
  id: string
  slug: string
  title: string
  entity: string
  version: number
  status: 'published' | 'corrected' | 'withdrawn'
  isCorrection: boolean
  changeNote: string
  withdrawnReason: string | null
  publishedAt: Date
  updatedAt: Date
}

/** What was published, corrected or withdrawn, the latest first. */
export async function listNews(trx: Trx, limit = 100): Promise<NewsLine[]> {
  const { rows } = await sql<NewsLine>`
    select r.id, d.slug, r.metadata->>'title' as title, e.name as entity, r.version, r.status,
      r.corrects_id is not null as "isCorrection", r.change_note as "changeNote", r.withdrawn_reason as "withdrawnReason",
      r.published_at as "publishedAt", coalesce(r.withdrawn_at, r.published_at) as "updatedAt"
    from release r join dataset d on d.id = r.dataset_id join entity e on e.id = r.entity_id
    order by coalesce(r.withdrawn_at, r.published_at) desc, r.id limit ${limit}`.execute(trx)
  return rows
}
