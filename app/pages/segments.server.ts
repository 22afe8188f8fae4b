import path from 'node:path'
import { ruleInSpanish } from '../../catalog/figure-titles.ts'
import { type Trx, withActor } from '../../db/client.ts'
import { groundsOn } from '../../db/public-figures.ts'
import { findEarlierCycle, listRecommended, listSegmentRecords } from '../../db/segments.ts'
import { listHistories, listVersionsUsed } from '../../db/variable-histories.ts'
import { rowsOf, textOf } from '../../domain/forms.ts'
import { writeRule } from '../../domain/rule-notation.ts'
import type { SegmentRule } from '../../domain/rules.ts'
import type { SeriesOf } from '../../domain/segment-comparison.ts'
import { segmentHistory } from '../../domain/segment-history.ts'
import { prioritize, type ScoredVariable, variablesOf as scoredVariables } from '../../domain/variables.ts'
import { builtRule } from '../components/rules/rule-query.ts'
import type { BuilderQuery } from '../components/segments/builder-query.ts'
import type { AppContext } from '../context.server.ts'
import type { Actor } from '../session.server.ts'
import { segmentsText } from '../text/segments.ts'
import { type AnalysisVariable, groundOf } from './analysis.server.ts'
import { isAskable, labelsOf, type Snapshot, sizeOfRule, variablesOf } from './segment-counts.server.ts'
import { overlapOf, shownSegments, unpublishedWords } from './segment-views.server.ts'
import { objectionToSegment } from './step4-objections.server.ts'
import { divisible, suggestionsFor } from './suggestions.server.ts'

/** Smallest group that a suggestion names; the entity's threshold where that is higher. */
const SUGGESTED_SIZE = 30

/** What the page of segments shows. Throws 404 where the cycle is not visible and 403 where the position does not analyse. */
export async function loadSegments(context: AppContext, actor: Actor, cycleId: string, query: BuilderQuery) {
  const ground = await withActor(context.db, actor, (trx) => read(trx, actor, cycleId))
  const { step, sources, cycleName, saveObjection, threshold } = ground
  const base = { cycleId, cycleName, sources: sources.map(({ id, name }) => ({ id, name })) }
  const source = sources.find((one) => one.id === query.source) ?? sources[0]
  if (!source?.snapshotHash) return { ...base, work: null }
  const dir = path.resolve(context.config.DATA_DIR, 'snapshots')
  const snapshot = { dir, hash: source.snapshotHash, threshold }
  const prioritized = prioritize(step.upstream['2'])
  const variables = (await variablesOf(snapshot))
    .map((variable) => ({ ...variable, isPrioritized: prioritized.some(({ code }) => code === variable.code) }))
    .sort((a, b) => Number(b.isPrioritized) - Number(a.isPrioritized))
  const { answers } = step.draft
  const { rule, faults } = builtRule(query.groups, variables)
  const built = await builtOf(rule, { variables, prioritized }, snapshot)
  const edited = rowsOf(answers, 'segmentos', 'lista').find((row) => row.id === query.segment)
  const scored = scoredVariables(step.upstream['2'])
  const { recommended, earlier, history, seriesOf } = ground
  const minimumSize = Math.max(SUGGESTED_SIZE, threshold)
  return {
    ...base,
    work: {
      ...{ source: { id: source.id, name: source.name, demoNote: source.demoNote }, variables, built, faults },
      segments: await shownSegments({
        ...{ answers, sourceId: source.id, snapshot, variables, scored, history, recommended, earlier, seriesOf },
      }),
      overlap: await overlapOf(answers, variables, snapshot),
      edited: edited ? { id: edited.id, name: textOf(edited.nombre) } : null,
      sectors: rowsOf(answers, 'sectores', 'lista').map((row) => ({
        ...{ id: row.id, name: textOf(row.nombre) || segmentsText.unnamed },
      })),
      ...{ saveObjection, explainable: divisible(variables).map(({ code, label }) => ({ code, label })) },
      suggestions: await suggestionsFor(query.explained, variables, snapshot, minimumSize),
    },
  }
}

async function read(trx: Trx, actor: Actor, cycleId: string) {
  const ground = await groundOf(trx, actor, cycleId)
  const before = await findEarlierCycle(trx, cycleId)
  const asked = { requested: [], variables: [], segments: [], hashes: before?.hashes ?? [] }
  return {
    ...ground,
    history: segmentHistory(await listSegmentRecords(trx, cycleId)),
    recommended: await listRecommended(trx, cycleId),
    seriesOf: before ? await seriesBetween(trx, ground.cycle.entityId, cycleId, before.cycleId) : () => undefined,
    earlier: before && {
      vigencia: before.vigencia,
      snapshots: (await groundsOn(trx, before.cycleId, asked)).snapshots,
    },
  }
}

/** What the catalogue says of each variable that both cycles judged. */
async function seriesBetween(trx: Trx, entityId: string, cycleId: string, beforeId: string): Promise<SeriesOf> {
  const [here, there] = [await listVersionsUsed(trx, cycleId), await listVersionsUsed(trx, beforeId)]
  const histories = await listHistories(trx, entityId, [...here.keys()])
  return (variable) => {
    const [history, now, before] = [histories.get(variable), here.get(variable), there.get(variable)]
    return history && now && before ? { history, here: now, there: before } : undefined
  }
}

/** The rule in the address with its size; null where there is none, or a stale address names what is gone. */
async function builtOf(
  rule: SegmentRule | null,
  grounds: { variables: AnalysisVariable[]; prioritized: ScoredVariable[] },
  snapshot: Snapshot,
) {
  const { variables } = grounds
  if (!rule || !isAskable(rule, variables)) return null
  const size = await sizeOfRule(rule, snapshot)
  return {
    ...{ rule: writeRule(rule), words: ruleInSpanish(rule, labelsOf(variables)), size },
    unpublished: unpublishedWords(rule, size),
    objection: objectionToSegment(rule, grounds),
  }
}
