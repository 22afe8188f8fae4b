import type { CountedVigencia } from '../../db/series.ts'
import { measuresChart } from '../../documents/measures-chart.ts'
import { seriesChart } from '../../documents/series-chart.ts'
import { joinSeries, type SeriesRun } from '../../domain/joined-series.ts'
import { joinMeasures, type MeasureRun } from '../../domain/measures.ts'
import { leastPersons } from '../../domain/number-summaries.ts'
import type { VariableHistory, VigenciaRun } from '../../domain/series.ts'
import { formatDayOf, formatExact, formatNumber } from '../text/format.ts'
import { bridgeNote, seriesWords, variablesText } from '../text/variables.ts'

const words = variablesText.evolution

/**
 * The runs that may be read as one line each, with the charts and the notes that stand beside them; null without any.
 * `counted` oldest vigencia first.
 */
export function evolutionOf(
  name: string,
  history: VariableHistory,
  counted: readonly CountedVigencia[],
  threshold: number,
) {
  if (counted.length === 0) return null
  const byShares = counted.filter(({ numbers }) => numbers === null)
  const byNumbers = counted.flatMap(({ numbers, ...point }) => (numbers ? [{ ...point, numbers }] : []))
  return {
    shares: byShares.length > 0 ? sharesOf(name, joinSeries(history, byShares)) : null,
    measures: byUnit(joinMeasures(history, byNumbers)).map((runs, i, all) =>
      measuresOf(name, runs, all[i - 1]?.at(-1), threshold),
    ),
    sources: counted.map(({ vigencia, cycleId, cycleName, sourceName, snapshotHash, notice }) => ({
      ...{ vigencia, cycleId, cycleName, sourceName, snapshotHash, notice },
    })),
  }
}

function sharesOf(name: string, runs: SeriesRun[]) {
  const title = words.chart(name)
  const isHidden = runs.some(({ rows }) =>
    rows.some(({ cells }) => cells.some((cell) => cell.count === null && !cell.isAbsent)),
  )
  return {
    ...{ title, ...seriesChart(title, runs), hiddenWhy: isHidden ? words.hiddenWhy : null },
    runs: runs.map((run, i) => ({
      ...joinedAs(run, runs[i - 1]),
      ...{ rows: run.rows, totals: run.points.map(({ total }) => total.value) },
    })),
  }
}

/** Runs that follow one another in the same unit: others would stand on one scale with them and mean nothing. */
function byUnit(runs: MeasureRun[]): MeasureRun[][] {
  const groups: MeasureRun[][] = []
  for (const run of runs) {
    const last = groups.at(-1)
    if (last?.[0]?.unit === run.unit) last.push(run)
    else groups.push([run])
  }
  return groups
}

/** `before`: the run they do not go on from, where there is one. */
function measuresOf(name: string, runs: MeasureRun[], before: MeasureRun | undefined, threshold: number) {
  const title = words.measures(name, runs[0]?.unit ?? '')
  const isHidden = runs.some(({ cells }) => cells.some(({ mean, quartiles }) => !mean || !quartiles))
  return {
    ...{ title, chart: measuresChart(title, runs) },
    hiddenWhy: isHidden ? words.numbersHidden(leastPersons(threshold)) : null,
    runs: runs.map((run, i) => ({
      ...joinedAs(run, runs[i - 1] ?? before),
      unit: run.unit,
      converted: run.cells.some(({ isConverted }) => isConverted)
        ? words.converted(
            run.cells.flatMap(({ isConverted, vigencia }) => (isConverted ? [vigencia] : [])),
            run.unit,
          )
        : null,
      rows: measureRows(run),
    })),
  }
}

/** One row for each measure, one value for each vigencia; null is hidden. */
function measureRows({ cells }: MeasureRun) {
  return [
    { label: words.base, values: cells.map(({ base }) => (base === null ? null : formatNumber(base))) },
    { label: words.mean, values: cells.map(({ mean }) => mean && formatExact(mean)) },
    ...words.quartiles.map((label, q) => ({
      label,
      values: cells.map(({ quartiles }) => {
        const one = quartiles?.[q]
        return one ? formatExact(one) : null
      }),
    })),
  ]
}

/** Why a run does not go on from the one before, and the notes of the tables that joined it. */
function joinedAs({ points, bridged, refused }: VigenciaRun, before: VigenciaRun | undefined) {
  const vigencias = points.map(({ vigencia }) => vigencia)
  const [last, first] = [before?.points.at(-1)?.vigencia, vigencias[0]]
  return {
    ...{ vigencias, span: seriesWords.span(vigencias) },
    stop: before
      ? {
          title: words.notJoined(String(last), String(first)),
          why: words.notJoinedWhy(refused.flatMap(({ changes }) => variablesText.changes(changes))),
        }
      : null,
    notes: bridged.map((one) => words.joined(formatDayOf(one.crosswalk?.approvedAt ?? ''), bridgeNote(one))),
  }
}
