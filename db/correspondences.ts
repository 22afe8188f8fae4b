/** Approved tables of correspondence between the vigencias of a published series (N11). Runs as caracteriza_public too. */
import type { Correspondence } from '../domain/crosswalks.ts'
import { breaksBetween } from '../domain/series.ts'
import type { Trx } from './client.ts'
import { listHistoriesOf } from './variable-histories.ts'

/** Those between the oldest and the newest version that published exercises of the series counted with; by code, then by version. */
export async function listCorrespondences(trx: Trx, slug: string): Promise<Correspondence[]> {
  const used = await trx
    .selectFrom('release')
    .innerJoin('dataset', 'dataset.id', 'release.dataset_id')
    .innerJoin('variable_score as score', 'score.cycle_id', 'release.cycle_id')
    .innerJoin('variable_version as version', 'version.id', 'score.version_id')
    .select(({ fn }) => [
      'score.variable_id as variableId',
      fn.min('version.n').as('first'),
      fn.max('version.n').as('last'),
    ])
    .where('dataset.slug', '=', slug)
    .where('release.status', 'in', ['published', 'corrected'])
    .where('score.prioritized', '=', true)
    .groupBy('score.variable_id')
    .execute()
  const changed = used.filter(({ first, last }) => first < last)
  const histories = await listHistoriesOf(
    trx,
    changed.map(({ variableId }) => variableId),
  )
  const found = changed.flatMap(({ variableId, first, last }) => {
    const history = histories.get(variableId)
    if (!history) return []
    const definitionOf = (n: number) => history.versions.find((version) => version.n === n)?.definition
    return breaksBetween(history, first, last).flatMap(({ from, to, crosswalk }): Correspondence[] => {
      const [before, after] = [definitionOf(from), definitionOf(to)]
      return crosswalk && before && after ? [{ code: history.code, crosswalk, before, after }] : []
    })
  })
  return found.sort((a, b) => (a.code === b.code ? a.crosswalk.from - b.crosswalk.from : a.code < b.code ? -1 : 1))
}
