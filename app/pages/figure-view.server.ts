import { filterInSpanish, mapTitle } from '../../catalog/figure-titles.ts'
import { METHOD_SENTENCES } from '../../catalog/open-data-words.ts'
import { renderChart } from '../../documents/charts.ts'
import { type ChartKind, figureOf, valuesOffMap } from '../../documents/figures.ts'
import type { AggregateTable, Cell, Slice } from '../../domain/aggregates.ts'
import type { DivisionMap } from '../../domain/maps.ts'
import { type Base, shareOf, type WholeAt, wholeOf } from '../../domain/shares.ts'
import { figureText } from '../text/figures.ts'
import { formatNumber, formatShare } from '../text/format.ts'
import { mapWords } from '../text/maps.ts'

/** One cell as it is shown: its words, and whether it is or will be hidden. */
export interface ShownCell {
  /** Null where the count may not be seen. */
  text: string | null
  /** Its percentage, where the figure has them and it may be seen. */
  share?: string
  /** A count the reader may see and the public will not. */
  isInternal: boolean
}

export interface ShownRow {
  label: string
  cells: ShownCell[]
}

/** Rows with their sum: of one layer under its name, or of all records. */
export interface ShownPart {
  /** Null in tables without layers. */
  label: string | null
  rows: ShownRow[]
  total: ShownCell[]
}

/** A figure ready for its page: chart, table twin and where it comes from. Made on the server alone. */
export interface FigureView {
  id: string
  title: string
  svg: string
  /** The chart in words. */
  summary: string
  header: string[]
  parts: ShownPart[]
  notes: string[]
  sourceName: string
  snapshotHash: string
  demoNote: string | null
  origin: FigureOrigin
}

/** "¿De dónde sale?": all it takes to make the figure again (N6, F4). */
export interface FigureOrigin {
  /** Null where all records count. */
  filter: string | null
  /** One sentence for each part of how it was made. */
  method: string[]
  rules: number
  code: number
  /** The map it is drawn on; absent in any other figure. */
  map?: { words: string; hash: string }
}

export interface ViewOptions {
  id: string
  title: string
  chart: ChartKind
  /** What the percentages of a cross are of; null for none. */
  base: Base | null
  /** The divisions it is drawn on, where it is a map. */
  map?: DivisionMap | null | undefined
  sourceName: string
  /** Label of a variable, for the filter in words. */
  labelOf: (variable: string) => string
}

/** From what `emitAggregates` answered, and from nothing else. */
export function figureView(table: AggregateTable, options: ViewOptions): FigureView {
  const { id, title, chart, base, map, sourceName } = options
  const figure = figureOf(id, title, table, { base, map: map ?? null })
  const drawn = renderChart(figure, chart)
  return {
    ...{ id, title, svg: drawn.svg, summary: drawn.alt },
    ...(table.columns ? crossTwin(table, base) : countTwin(table)),
    notes: [...notesOf(table, base), ...offMap(valuesOffMap(figure))],
    ...{ sourceName, snapshotHash: table.snapshotHash, demoNote: table.notice },
    origin: originOf(table, options),
  }
}

const offMap = (left: string[]) => (left.length > 0 ? [mapWords.left(left)] : [])

function originOf(table: AggregateTable, { labelOf, map }: ViewOptions): FigureOrigin {
  const { method, version } = table
  return {
    filter: filterInSpanish(table, { variable: labelOf }),
    method: method.map((code) => METHOD_SENTENCES[code]),
    ...version,
    ...(map && { map: { words: mapTitle(map.name, map.version), hash: map.hash } }),
  }
}

type Twin = Pick<FigureView, 'header' | 'parts'>

function countTwin(table: AggregateTable): Twin {
  const line = (cell: Cell | undefined) => [shown(cell), shownShare(cell, table.total)]
  const rows = table.rows.values.map((label, r) => ({ label, cells: line(table.cells[r]?.[0]) }))
  return {
    header: [table.rows.label, figureText.records, figureText.share],
    parts: [{ label: null, rows, total: line(table.total) }],
  }
}

/** The slices of a cross by its layers, then all together. */
function crossTwin(table: AggregateTable, base: Base | null): Twin {
  const { rows, columns, layers } = table
  const whole = crossPart(table, table, base, layers && figureText.allLayers(layers.label))
  const slices = layers?.values.map((value, l) =>
    crossPart(table, table.slices[l] as Slice, base, figureText.layer(layers.label, value)),
  )
  return { header: [rows.label, ...(columns?.values ?? []), figureText.total], parts: [...(slices ?? []), whole] }
}

function crossPart(table: AggregateTable, slice: Slice, base: Base | null, label: string | null): ShownPart {
  const at = base && wholeOf(base, slice, table.total)
  const line = (cells: Cell[], sum: Cell | undefined, row: number | null) => [
    ...cells.map((cell, c) => withShare(cell, at, row, c)),
    withShare(sum, at, row, null),
  ]
  const rows = table.rows.values.map((value, r) => ({
    label: value,
    cells: line(slice.cells[r] ?? [], slice.rowTotals[r], r),
  }))
  return { label, rows, total: line(slice.columnTotals, slice.total, null) }
}

function withShare(cell: Cell | undefined, at: WholeAt | null, row: number | null, column: number | null): ShownCell {
  const count = shown(cell)
  if (!cell || !at || count.text === null) return count
  const { value, mark } = shareOf(cell, at(row, column))
  return value === null ? count : { ...count, share: formatShare(value), isInternal: count.isInternal || mark !== null }
}

function shown(cell: Cell | undefined): ShownCell {
  const value = cell?.value ?? null
  return { text: value === null ? null : formatNumber(value), isInternal: value !== null && cell?.mark !== null }
}

function shownShare(cell: Cell | undefined, total: Cell): ShownCell {
  if (!cell || cell.value === null || total.value === null) return { text: null, isInternal: false }
  const { value, mark } = shareOf(cell, total)
  return { text: value === null ? '' : formatShare(value), isInternal: mark !== null }
}

function notesOf(table: AggregateTable, base: Base | null): string[] {
  const slices = [table, ...table.slices]
  const cells = slices.flatMap((slice) => [
    slice.total,
    ...slice.rowTotals,
    ...slice.columnTotals,
    ...slice.cells.flat(),
  ])
  const marks = new Set(cells.map((cell) => cell.mark))
  const unit = figureText.unit[table.thresholdUnit]
  const notes: string[] = []
  if (base && table.columns) notes.push(figureText.shareOf[base])
  if (marks.has('primary')) notes.push(figureText.primary[table.level](table.threshold, unit))
  if (marks.has('complementary')) notes.push(figureText.complementary[table.level])
  if (table.method.includes('zero_hidden')) notes.push(figureText.sensitiveZero)
  return notes
}
