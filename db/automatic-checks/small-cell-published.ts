import type { AggregateTable } from '../../domain/aggregates.ts'
import type { Examination, Violation } from '../../domain/controls.ts'
import { KEPT_VIOLATIONS } from '../../domain/controls.ts'
import { cellsOf } from '../../domain/disclosure/marked-table.ts'
import type { Trx } from '../client.ts'
import { readPublishedTables } from '../published-tables.ts'
import type { Examine } from './examination.ts'

/** No entity may set a lower one (model.md §7). */
const LEAST = 5

/**
 * No published file tells of fewer people than the minimum (model.md §7): the files of every release that ever was public are read back
 * from where they stand, withdrawn ones too, cell by cell.
 */
export const smallCellPublished: Examine = async (trx, { entityId, dataDir }) => {
  const seen: Examination = { lookedAt: 0, found: 0, violations: [] }
  const fails = (violation: Violation) => {
    seen.found += 1
    if (seen.violations.length < KEPT_VIOLATIONS) seen.violations.push(violation)
  }
  for (const { id, title, version, sha256 } of await publicFilesOf(trx, entityId)) {
    const about = { kind: 'release', id, place: null, label: `${title} v${version}` } as const
    const tables = await readPublishedTables(dataDir, { title, version, sha256 }).catch(() => null)
    if (!tables) {
      fails({ ...about, reason: 'file_unreadable' })
      continue
    }
    seen.lookedAt += tables.reduce((sum, table) => sum + cellsOf(table).length, 0)
    if (tables.some(tellsOfFew)) fails({ ...about, reason: 'small_cell' })
  }
  return seen
}

/** A threshold that a file says of itself counts where it is higher. */
function tellsOfFew(table: AggregateTable): boolean {
  const minimum = Math.max(LEAST, table.threshold)
  return cellsOf(table).some(({ value }) => value !== null && value > 0 && value < minimum)
}

async function publicFilesOf(trx: Trx, entityId: string) {
  return await trx
    .selectFrom('release')
    .innerJoin('release_file', 'release_file.release_id', 'release.id')
    .innerJoin('dataset', 'dataset.id', 'release.dataset_id')
    .select(['release.id', 'dataset.title', 'release.version', 'release_file.sha256'])
    .where('release.entity_id', '=', entityId)
    .where('release.published_at', 'is not', null)
    .where('release_file.kind', '=', 'json')
    .orderBy('release.published_at')
    .execute()
}
