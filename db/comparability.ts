/** Whether the vigencias of a published series can be compared variable by variable. Runs as caracteriza_public too. */
import { comparability, type SeriesBreak } from '../domain/series.ts'
import type { Trx } from './client.ts'
import { listHistoriesOf } from './variable-histories.ts'

export interface ComparedVariable {
  code: string
  name: string
  refused: SeriesBreak[]
  bridged: SeriesBreak[]
}

export interface CyclePair {
  cycleId: string
  /** The exercise of the vigencia before. */
  beforeId: string
}

/**
 * For each pair, by its cycle: the prioritized variables both judged whose definition broke in between. A pair is left
 * out where the catalogue does not know what one of its exercises counted.
 */
export async function compareCycles(trx: Trx, pairs: readonly CyclePair[]): Promise<Map<string, ComparedVariable[]>> {
  if (pairs.length === 0) return new Map()
  const used = await trx
    .selectFrom('variable_score as score')
    .innerJoin('variable_version as version', 'version.id', 'score.version_id')
    .distinctOn(['score.cycle_id', 'score.variable_id'])
    .select(['score.cycle_id as cycleId', 'score.variable_id as variableId', 'score.prioritized', 'version.n'])
    .where('score.cycle_id', 'in', [...new Set(pairs.flatMap(({ cycleId, beforeId }) => [cycleId, beforeId]))])
    .orderBy('score.cycle_id')
    .orderBy('score.variable_id')
    .orderBy('score.recorded_at', 'desc')
    .execute()
  const usedIn = (cycleId: string) => used.filter((one) => one.cycleId === cycleId && one.prioritized)
  const known = pairs.filter(({ cycleId, beforeId }) => usedIn(cycleId).length > 0 && usedIn(beforeId).length > 0)
  const changed = known.map(({ cycleId, beforeId }) => ({
    cycleId,
    variables: usedIn(cycleId).flatMap(({ variableId, n }) => {
      const before = usedIn(beforeId).find((one) => one.variableId === variableId)
      return before && before.n !== n ? [{ variableId, n, before: before.n }] : []
    }),
  }))
  const ids = [...new Set(changed.flatMap(({ variables }) => variables.map(({ variableId }) => variableId)))]
  const histories = await listHistoriesOf(trx, ids)
  return new Map(
    changed.map(({ cycleId, variables }) => [
      cycleId,
      variables.flatMap(({ variableId, n, before }): ComparedVariable[] => {
        const history = histories.get(variableId)
        if (!history) return []
        const found = comparability(history, before, n)
        const name = history.versions.find((version) => version.n === n)?.definition.name ?? history.code
        return found.refused.length + found.bridged.length > 0 ? [{ code: history.code, name, ...found }] : []
      }),
    ]),
  )
}
