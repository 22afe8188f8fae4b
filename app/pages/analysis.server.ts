import path from 'node:path'
import { countedInWords, mapTitle, ruleInSpanish } from '../../catalog/figure-titles.ts'
import { BOOLEAN_VALUES } from '../../catalog/value-words.ts'
import { emitAggregates, snapshotVariables, UnknownVariable } from '../../db/aggregates.ts'
import { type Trx, withActor } from '../../db/client.ts'
import { findCycleHead } from '../../db/cycle-pages.ts'
import { findCycle, type LoadedCycle } from '../../db/cycles.ts'
import { requireContent } from '../../db/disposal-pages.ts'
import { listOfferedMaps, type MapRef, readMap } from '../../db/division-maps.ts'
import { findEntity } from '../../db/entities.ts'
import { listSources, type SourceRow } from '../../db/sources.ts'
import { findStepContext, type StepContext } from '../../db/step-context.ts'
import { type SegmentSize, sizeOf } from '../../domain/aggregates.ts'
import { stepOf } from '../../domain/cycle-state.ts'
import { DEFAULT_THRESHOLD } from '../../domain/disclosure.ts'
import { baseOf, chartFor, chartOf } from '../../domain/figures.ts'
import { type Answers, rowsOf, textOf } from '../../domain/forms.ts'
import { canDraw, type DivisionMap } from '../../domain/maps.ts'
import { sourceRow } from '../../domain/permission-rows.ts'
import { whyNot } from '../../domain/permissions.ts'
import { Refused, refuseIf } from '../../domain/refusals.ts'
import { type Condition, groupsOf, ruleFrom, type SegmentRule } from '../../domain/rules.ts'
import { segmentsOf } from '../../domain/segments.ts'
import { prioritize } from '../../domain/variables.ts'
import { permitted } from '../commands/permitted.server.ts'
import type { AnalysisQuery } from '../components/analysis/analysis-query.ts'
import { builtRule, type RuleVariable } from '../components/rules/rule-query.ts'
import type { AppContext } from '../context.server.ts'
import type { Actor } from '../session.server.ts'
import { editObjection } from '../step-rights.server.ts'
import { analysisText } from '../text/analysis.ts'
import { sentenceOf } from '../text/refusals.ts'
import { type FigureView, figureView } from './figure-view.server.ts'
import { objectionToFigure, objectionToSegment } from './step4-objections.server.ts'

/** What the analyst's page shows. Every number on it comes from `emitAggregates`. */

/** Only prioritized ones become figures and rules of step 4. */
export interface AnalysisVariable extends RuleVariable {
  sensitive: boolean
}

export interface ShownSegment {
  id: string
  name: string
  rule: string
  size: SegmentSize
}

interface Ground {
  cycle: LoadedCycle
  cycleName: string
  sources: SourceRow[]
  threshold: number
  step: StepContext
  saveObjection: string | null
  /** The last version of each map of the entity. */
  maps: MapRef[]
}

/** Throws 404 where the cycle is not visible and 403 where the reader's position does not analyse. */
export async function loadAnalysis(context: AppContext, actor: Actor, cycleId: string, query: AnalysisQuery) {
  const ground = await withActor(context.db, actor, (trx) => groundOf(trx, actor, cycleId))
  const { cycle: _, step, sources, saveObjection, maps: kept, ...frame } = ground
  const base = { ...frame, cycleId, sources: sources.map(({ id, name }) => ({ id, name })) }
  const source = sources.find((one) => one.id === query.source) ?? sources[0]
  if (!source?.snapshotHash) return { ...base, analysis: null }
  const dir = path.resolve(context.config.DATA_DIR, 'snapshots')
  const snapshot = { dir, hash: source.snapshotHash, threshold: ground.threshold }
  const prioritized = prioritize(step.upstream['2'])
  const { variables: offered, counts } = await snapshotVariables(snapshot)
  const variables = offered
    .map(({ code, label, type, sensitive, values }): AnalysisVariable => {
      const isPrioritized = prioritized.some((one) => one.code === code)
      return { code, label, type, sensitive, values: type === 'boolean' ? BOOLEAN_VALUES : values, isPrioritized }
    })
    .sort((a, b) => Number(b.isPrioritized) - Number(a.isPrioritized))
  const first = variables.find(({ code }) => code === query.variable) ?? variables[0]
  const maps = await drawableMaps(path.resolve(context.config.DATA_DIR), kept, first?.values ?? [])
  const asked = first ? askedOf(query, variables, first, maps) : null
  const { rule: built, faults } = builtRule(query.groups, variables)
  const rule = knownRule(built, variables)
  const charts = asked && first ? chartsOffered(first.type, asked.cross !== null, maps.length > 0) : []
  const map = maps.find(({ hash }) => hash === asked?.map) ?? null
  // With a wrong bound nobody knows yet which records are meant.
  const isClear = Object.keys(faults).length === 0
  const figure = asked && isClear ? await figureOfQuery(snapshot, source, variables, { ...asked, map }, rule) : null
  const selected = rule && (await sizeOfSegment(rule, snapshot))
  const segments = await sizesOf(step.draft.answers, snapshot, variables)
  const sectors = rowsOf(step.draft.answers, 'sectores', 'lista').map((row) => ({
    id: row.id,
    name: textOf(row.nombre) || analysisText.unnamedSector,
  }))
  const ruleWords = rule && ruleInSpanish(rule, labelsOf(variables))
  const grounds = { variables, prioritized }
  const notSavable = {
    figure: saveObjection ?? (asked && objectionToFigure({ ...asked, filter: rule }, grounds)),
    segment: saveObjection ?? (rule && objectionToSegment(rule, grounds)),
  }
  return {
    ...base,
    analysis: {
      ...{ source: { id: source.id, name: source.name, hash: source.snapshotHash, demoNote: source.demoNote } },
      ...{ variables, asked, charts, rule, faults, ruleWords, figure, selected, segments, sectors, notSavable },
      maps: maps.map(({ hash, name, version }) => ({ hash, name: mapTitle(name, version) })),
      records: counts.accepted,
    },
  }
}

export async function groundOf(trx: Trx, actor: Actor, cycleId: string): Promise<Ground> {
  const [head, cycle] = [await findCycleHead(trx, cycleId), await findCycle(trx, cycleId)]
  const step = cycle && (await findStepContext(trx, cycleId, '4'))
  if (!head || !cycle || !step) throw new Refused('not_visible')
  await requireContent(trx, cycleId)
  refuseIf(whyNot(permitted(actor), 'analyse', 'Source', sourceRow(cycle.entityId, cycle.version.procedure)))
  const entity = await findEntity(trx, cycle.entityId)
  return {
    cycle,
    cycleName: head.name,
    sources: await approvedSources(trx, cycle, step),
    threshold: entity?.minimumCell ?? DEFAULT_THRESHOLD,
    step,
    saveObjection: sentenceOf(editObjection(actor, cycle, '4'), actor),
    maps: lastVersions(await listOfferedMaps(trx, cycle.entityId)),
  }
}

function lastVersions(maps: readonly MapRef[]): MapRef[] {
  return maps.filter(({ name }, i) => maps.findIndex((one) => one.name === name) === i)
}

/** The maps that have a place for the values of a variable. */
async function drawableMaps(dataDir: string, kept: MapRef[], values: string[]): Promise<DivisionMap[]> {
  const maps = await Promise.all(kept.map((one) => readMap(dataDir, one)))
  return maps.filter(({ divisions }) => canDraw(divisions, values))
}

/** Sources that the approved step 3 uses, while it stands approved. */
async function approvedSources(trx: Trx, cycle: LoadedCycle, step: StepContext): Promise<SourceRow[]> {
  if (stepOf(cycle.state, '3').status !== 'approved') return []
  const used = rowsOf(step.upstream['3'], 'fuentes', 'lista').map((row) => textOf(row.fuente))
  const sources = await listSources(trx, cycle.state.id)
  return sources.filter((source) => used.includes(source.id) && source.snapshotHash !== null)
}

/** What the page counts and draws: the address, as far as it fits the source. */
export interface Asked {
  variable: string
  cross: string | null
  layers: string | null
  /** Codes of step 4; the base is empty where there are no percentages of a cross. */
  chart: string
  base: string
  /** SHA-256 of the map it is drawn on; null where it is drawn on none. */
  map: string | null
}

/** Without a choice, the first variable: a page that opens shows something. */
function askedOf(
  query: AnalysisQuery,
  variables: AnalysisVariable[],
  { code: variable, type }: AnalysisVariable,
  maps: DivisionMap[],
): Asked {
  const has = (code: string) => variables.some((variable) => variable.code === code)
  const cross = has(query.cross) && query.cross !== variable ? query.cross : null
  const layers = cross && has(query.layers) && ![variable, cross].includes(query.layers) ? query.layers : null
  const charts = chartsOffered(type, cross !== null, maps.length > 0)
  const chart = charts.includes(query.chart) ? query.chart : (charts[0] as string)
  const map = maps.find(({ hash }) => hash === query.map) ?? maps[0]
  return {
    ...{ variable, cross, layers, chart, base: cross && baseOf(query.base) ? query.base : '' },
    map: chart === 'mapa' ? (map?.hash ?? null) : null,
  }
}

/** Codes of the charts that draw it, the usual one first. */
function chartsOffered(type: string, isCross: boolean, hasMap: boolean): string[] {
  const map = hasMap ? ['mapa'] : []
  if (isCross) return ['barras', 'calor', ...map]
  const usual = ['barras', 'circular']
  return ['integer', 'decimal', 'date'].includes(type) ? ['histograma', ...usual] : [...usual, ...map]
}

/** A stale address may name variables that are gone; those conditions are left out. */
function knownRule(rule: SegmentRule | null, variables: AnalysisVariable[]): SegmentRule | null {
  const groups = rule ? groupsOf(rule) : []
  const isKnown = ({ variable }: Condition) => variables.some((one) => one.code === variable)
  const known = groups.map((group) => group.filter(isKnown)).filter((group) => group.length > 0)
  return known.length > 0 ? ruleFrom(known) : null
}

type Snapshot = { dir: string; hash: string; threshold: number }

async function figureOfQuery(
  snapshot: Snapshot,
  source: SourceRow,
  variables: AnalysisVariable[],
  { variable, cross, layers, chart, base, map }: Omit<Asked, 'map'> & { map: DivisionMap | null },
  rule: SegmentRule | null,
): Promise<FigureView> {
  const kind = cross ? 'cross' : 'count'
  const sides = { rows: variable, ...(cross && { columns: cross }), ...(layers && { layers }) }
  const table = await emitAggregates('interno', { kind, ...sides, ...(rule && { filter: rule }) }, snapshot)
  const { variable: labelOf } = labelsOf(variables)
  const what = countedInWords([table.rows, table.columns, table.layers].map((side) => side?.label))
  const title = rule ? analysisText.only(what, ruleInSpanish(rule, { variable: labelOf })) : what
  const drawing = { chart: chartFor({ kind, chart: chartOf(chart, kind) }), base: baseOf(base), map }
  return figureView(table, { id: 'figura', title, ...drawing, sourceName: source.name, labelOf })
}

const labelsOf = (variables: AnalysisVariable[]) => ({
  variable: (code: string) => variables.find((one) => one.code === code)?.label ?? code,
})

const sizeOfSegment = async (rule: SegmentRule, snapshot: Snapshot) =>
  sizeOf(await emitAggregates('interno', { kind: 'segment', rule }, snapshot))

async function sizesOf(answers: Answers, snapshot: Snapshot, variables: AnalysisVariable[]): Promise<ShownSegment[]> {
  const shown: ShownSegment[] = []
  for (const { id, name, rule } of segmentsOf(answers)) {
    const size = await sizeOfSegment(rule, snapshot).catch((failure) => {
      if (failure instanceof UnknownVariable) return null
      throw failure
    })
    if (size) shown.push({ id, name, rule: ruleInSpanish(rule, labelsOf(variables)), size })
  }
  return shown
}
