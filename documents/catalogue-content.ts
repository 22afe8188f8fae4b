/** What the catalogue of open data says of every version that is or was public. */
import type { ReleaseWords } from '../domain/releases.ts'
import type { SeriesBreak } from '../domain/series.ts'

export interface CatalogueFile {
  name: string
  kind: string
  mediaType: string
  bytes: number
  sha256: string
}

/** One public version, with what its page says. */
export interface CatalogueRelease extends ReleaseWords {
  version: number
  status: string
  vigencia: number
  publishedAt: Date
  changeNote: string
  /** None once withdrawn. */
  files: CatalogueFile[]
  withdrawn: { at: Date; reason: string } | null
  /** Whether it can be compared with the vigencia before, variable by variable; null where there is none, or nobody can tell. */
  comparison: Comparison | null
}

export interface Comparison {
  vigencia: number
  /** Those whose meaning changed in between: without a table of correspondence, or joined by one. */
  variables: { code: string; name: string; refused: SeriesBreak[]; bridged: SeriesBreak[] }[]
}

export interface CatalogueSeries {
  slug: string
  entity: string
  divipola: string
  /** Newest vigencia first, in it the newest version first. */
  releases: CatalogueRelease[]
}
