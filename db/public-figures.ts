/** Figures of a cycle as the public may see them, recomputed from the snapshot its analysis was approved on. */
import { join } from 'node:path'
import { figureTitle, filterInSpanish, labelsOfVariables } from '../catalog/figure-titles.ts'
import { type Figure, figureOf } from '../documents/figures.ts'
import type { AggregateTable } from '../domain/aggregates.ts'
import { unprovenIn } from '../domain/disclosure/report.ts'
import { figuresOf, type RequestedFigure, variablesAsked } from '../domain/figures.ts'
import type { Answers } from '../domain/forms.ts'
import { type Segment, segmentsOf } from '../domain/segments.ts'
import { type ScoredVariable, variablesOf } from '../domain/variables.ts'
import type { Trx } from './client.ts'
import { type CoverageGrounds, findCoverageGrounds } from './coverage.ts'
import { findMapsByHash, type MapRef, readMap } from './division-maps.ts'
import { type NamedSnapshot, namedSnapshots } from './named-snapshots.ts'
import { type AskedTable, forgetTables, type Ground, type ProtectedTables, protectTables } from './protected-tables.ts'
import type { ProtectionLimits } from './protection-thread.ts'
import { findPrintedReports, findPublicFiles, type PrintedReport, type PublicFile } from './published-tables.ts'
import { requireSafe } from './release-protection.ts'
import { saidTables } from './said-numbers.ts'
import { followedTables } from './series-tables.ts'

export interface FigureGrounds {
  requested: RequestedFigure[]
  /** Every figure of the cycle: they are protected together, whichever of them a page or file carries. */
  together: RequestedFigure[]
  /** What the text says beside them: sizes of the segments, and what was captured of those attended. */
  segments: Segment[]
  coverage: CoverageGrounds
  /** What the entity published before, and what its issued reports print. */
  earlier: PublicFile[]
  printed: PrintedReport[]
  variables: ScoredVariable[]
  /** The maps of the entity that figures are drawn on. */
  maps: MapRef[]
  snapshots: NamedSnapshot[]
  /** Smallest count the entity lets out. */
  threshold: number
}

export interface PublicFigure extends Pick<RequestedFigure, 'id' | 'kind' | 'variable' | 'chart' | 'map' | 'base'> {
  title: string
  /** Null when the approved snapshot does not offer what the figure asks for. */
  table: AggregateTable | null
  figure: Figure | null
  /** Empty where there is no figure. */
  sourceName: string
}

/** What the approved steps 2 and 4 ask, and the snapshots step 4's hash names. */
export async function findFigureGrounds(trx: Trx, cycleId: string): Promise<FigureGrounds> {
  const versions = await trx
    .selectFrom('step')
    .innerJoin('step_version', 'step_version.id', 'step.version_id')
    .select(['step.code', 'step_version.answers', 'step_version.input_hashes'])
    .where('step.cycle_id', '=', cycleId)
    .where('step.code', 'in', ['2', '4'])
    .execute()
  const [two, four] = ['2', '4'].map((code) => versions.find((version) => version.code === code))
  return await groundsOn(trx, cycleId, {
    requested: figuresOf(four?.answers as unknown as Answers | undefined),
    variables: variablesOf(two?.answers as unknown as Answers | undefined),
    segments: segmentsOf(four?.answers as unknown as Answers | undefined),
    hashes: (four?.input_hashes ?? []) as string[],
  })
}

/** The same for figures that are not approved yet, on the snapshots named. */
export async function groundsOn(
  trx: Trx,
  cycleId: string,
  asked: Pick<FigureGrounds, 'requested' | 'variables' | 'segments'> & { hashes: string[] },
): Promise<FigureGrounds> {
  const { requested, variables, segments, hashes } = asked
  const { minimum_cell: threshold, entity_id: entityId } = await trx
    .selectFrom('cycle')
    .innerJoin('entity', 'entity.id', 'cycle.entity_id')
    .select(['entity.minimum_cell', 'cycle.entity_id'])
    .where('cycle.id', '=', cycleId)
    .executeTakeFirstOrThrow()
  const snapshots = await namedSnapshots(trx, cycleId, hashes)
  return {
    requested,
    together: requested,
    variables,
    segments,
    coverage: await findCoverageGrounds(trx, cycleId),
    threshold,
    snapshots,
    maps: await findMapsByHash(
      trx,
      entityId,
      requested.flatMap(({ map }) => map ?? []),
    ),
    earlier: await findPublicFiles(trx),
    printed: await findPrintedReports(trx),
  }
}

/** Every figure of the cycle at level `publico`, in the order step 4 asks for them. */
export async function emitPublicFigures(dataDir: string, grounds: FigureGrounds): Promise<PublicFigure[]> {
  const { tables } = await protectFigures(dataDir, grounds)
  const maps = new Map(
    await Promise.all(grounds.maps.map(async (one) => [one.hash, await readMap(dataDir, one)] as const)),
  )
  return grounds.requested.map((request) => {
    const title = figureTitle(request, grounds.variables)
    const table = withFilterWords(tables.get(request.id), grounds) ?? null
    const { id, kind, variable, chart, map, base } = request
    const sourceName = grounds.snapshots.find(({ hash }) => hash === table?.snapshotHash)?.sourceName ?? ''
    const figure = table && figureOf(id, title, table, { base, map: map === null ? null : (maps.get(map) ?? null) })
    return { id, title, kind, variable, chart, map, base, table, figure, sourceName }
  })
}

/** A table names what it counts as its exercise does: whoever reads it later has no step 2 to look in. */
function withFilterWords(table: AggregateTable | undefined, { variables }: FigureGrounds): AggregateTable | undefined {
  const filterWords = table && filterInSpanish(table, labelsOfVariables(variables))
  return table && filterWords ? { ...table, filterWords } : table
}

/**
 * The tables behind figures, text and the evolution of each variable, protected together, with what the approver reads of
 * it (features N5).
 */
export function protectFigures(
  dataDir: string,
  grounds: FigureGrounds,
  limits?: ProtectionLimits,
): Promise<ProtectedTables> {
  return protectTables(...questionOf(dataDir, grounds, limits))
}

/**
 * The same for what is signed or released. Throws `Refused('release_unsafe')` where it would show a few people, and
 * `Refused('release_unproven')` where the time did not suffice to tell; then the next try works it out again.
 */
export async function protectSafely(
  dataDir: string,
  grounds: FigureGrounds,
  limits?: ProtectionLimits,
): Promise<ProtectedTables> {
  const together = await protectFigures(dataDir, grounds, limits)
  if (unprovenIn(together.report) > 0) forgetTables(...questionOf(dataDir, grounds))
  requireSafe(together.report)
  return together
}

function questionOf(dataDir: string, grounds: FigureGrounds, limits?: ProtectionLimits): [AskedTable[], Ground] {
  const { threshold, earlier, printed } = grounds
  const ids = new Set(grounds.together.map(({ id }) => id))
  const figures = [...grounds.together, ...grounds.requested.filter(({ id }) => !ids.has(id))]
  const asked = [
    ...figures.flatMap((figure) => askedTable(grounds, figure) ?? []),
    ...saidTables(grounds),
    ...followedTables(grounds),
  ]
  return [asked, { dataDir, dir: join(dataDir, 'snapshots'), threshold, earlier, printed, limits }]
}

function askedTable({ snapshots }: FigureGrounds, figure: RequestedFigure): AskedTable | null {
  const { id, kind, variable: rows, cross, layers, filter } = figure
  const named = variablesAsked(figure)
  const snapshot = snapshots.find(({ codes }) => named.every((code) => codes.has(code)))?.hash
  if (!snapshot) return null
  const request = { kind, rows, ...(cross && { columns: cross }), ...(layers && { layers }), ...(filter && { filter }) }
  return { id, snapshot, request }
}
