/** Mean and quartiles of a number variable from vigencia to vigencia, in one unit across what a conversion bridges (F6, N11). */
import { converted, type Exact, exactNumber } from './conversions.ts'
import type { NumberSummary } from './number-summaries.ts'
import {
  breaksOf,
  runsOf,
  type SeriesBreak,
  type VariableHistory,
  type VigenciaPoint,
  type VigenciaRun,
  versionsOf,
} from './series.ts'

export interface MeasuredPoint extends VigenciaPoint {
  /** Records with a value; null where that is hidden. */
  base: number | null
  numbers: NumberSummary
}

/** In the unit of its run; null is hidden. */
export interface MeasureCell {
  vigencia: number
  base: number | null
  mean: Exact | null
  quartiles: [Exact, Exact, Exact] | null
  /** Whether it was counted in another unit. */
  isConverted: boolean
}

export interface MeasureRun extends VigenciaRun<MeasuredPoint> {
  /** As the newest version among its points writes it; empty while nobody has said. */
  unit: string
  cells: MeasureCell[]
}

/** Points oldest vigencia first. Nothing is joined across another unit but by its conversion. */
export function joinMeasures(history: VariableHistory, points: readonly MeasuredPoint[]): MeasureRun[] {
  const unitOf = (n: number) => history.versions.find((version) => version.n === n)?.definition.unit ?? ''
  const isUnit = ({ kind }: SeriesBreak['changes'][number]) => kind === 'unit'
  const open = breaksOf(history).filter(({ crosswalk, changes }) => !crosswalk?.conversion && changes.some(isUnit))
  const crosswalks = history.crosswalks.filter((one) => !open.some(({ to }) => to === one.to))
  return runsOf({ ...history, crosswalks }, points).map((run) => {
    const newest = versionsOf(run.points)[1]
    return { ...run, unit: unitOf(newest), cells: run.points.map((point) => cellOf(point, newest, run.bridged)) }
  })
}

function cellOf(
  { vigencia, n, base, numbers }: MeasuredPoint,
  newest: number,
  bridged: readonly SeriesBreak[],
): MeasureCell {
  const conversions = bridged
    .filter(({ from, to }) => from >= n && to <= newest)
    .flatMap(({ crosswalk }) => crosswalk?.conversion ?? [])
  const inUnit = (value: number) => conversions.reduce(converted, exactNumber(value))
  const { mean, quartiles } = numbers
  return {
    ...{ vigencia, base, isConverted: conversions.length > 0 },
    mean: mean === null ? null : inUnit(mean),
    quartiles: quartiles && (quartiles.map(inUnit) as [Exact, Exact, Exact]),
  }
}
