/** A table of counts ready to be drawn or printed. Only `emitAggregates` makes the numbers; null is a hidden cell. */
import { figureWords as words } from '../app/text/documents.ts'
import { formatNumber, formatShare } from '../app/text/format.ts'
import { mapWords } from '../app/text/maps.ts'
import { mapTitle } from '../catalog/figure-titles.ts'
import type { AggregateTable, Slice } from '../domain/aggregates.ts'
import type { ChartKind } from '../domain/figures.ts'
import { type DivisionMap, matchDivisions } from '../domain/maps.ts'
import { type Base, shareOf, wholeOf } from '../domain/shares.ts'
import { spacedCode } from '../domain/verification-codes.ts'
import { bandsOf } from './map-bands.ts'

export type { ChartKind } from '../domain/figures.ts'

export type Cell = number | null

export interface FigureRow {
  label: string
  /** One cell per column; a count has a single one. */
  cells: Cell[]
  total: Cell
  /** Share of each cell and of the row's total, 0 to 1, where the figure has percentages. */
  shares?: Cell[]
}

/** Rows with their sums: all records, or those of one layer. */
export interface FigurePart {
  rows: FigureRow[]
  columnTotals: Cell[]
  total: Cell
  /** Shares of the sums by column and of the whole. */
  shares?: Cell[]
}

export interface FigureLayer extends FigurePart {
  label: string
}

export interface Figure extends FigurePart {
  /** Row of step 4 that asked for it. */
  id: string
  title: string
  rowHeading: string
  /** Null for a count. */
  columnHeading: string | null
  /** Labels of the columns; a count has none. */
  columns: string[]
  /** Third variable of a cross and one part for each of its values; absent in tables of two sides. */
  layerHeading?: string
  layers?: FigureLayer[]
  /** What the percentages of a cross are of; absent where it has none. */
  base?: Base
  /** The divisions it is drawn on, where it is a map. */
  map?: DivisionMap
  /** Under which anyone finds where it comes from; absent until it is printed. */
  code?: string
  snapshotHash: string
  /** The demonstration sentence of the source, where it has one. */
  demoNote: string | null
}

export interface TwinTable {
  caption: string
  header: string[]
  /** First cell of each row is its heading; the last row is the total. */
  rows: string[][]
  /** Said under the table where a cell is hidden. */
  note: string | null
}

export function shown(cell: Cell): string {
  return cell === null ? words.hidden : formatNumber(cell)
}

/** «27,36 %», of a part and its whole; empty where there is no whole. */
export function share(part: number, whole: Cell): string {
  return whole ? formatShare(part / whole) : ''
}

export function hasHidden(figure: Figure): boolean {
  const numbers = (part: FigurePart) => [
    ...[part.total, ...part.columnTotals],
    ...part.rows.flatMap((row) => [row.total, ...row.cells]),
  ]
  return [figure, ...(figure.layers ?? [])].flatMap(numbers).includes(null)
}

/** The same numbers as the chart, as text: what everyone can read who cannot read the chart. */
export function tableTwin(figure: Figure): TwinTable {
  const heading = figure.layerHeading ? words.inLayer(figure.layerHeading, figure.rowHeading) : figure.rowHeading
  return {
    caption: figure.title,
    header: figure.columnHeading
      ? [heading, ...figure.columns, words.total]
      : [heading, words.count, words.shareOfTotal],
    rows: figure.columnHeading ? crossRows(figure) : countRows(figure),
    note: notesOf(figure),
  }
}

function notesOf(figure: Figure): string | null {
  const left = valuesOffMap(figure)
  const notes = [
    figure.base && words.shareOf[figure.base],
    hasHidden(figure) && words.hiddenWhy,
    left.length > 0 && mapWords.left(left),
  ]
  return notes.filter(Boolean).join(' ') || null
}

/** Values of a map's figure that have no place on it. */
export function valuesOffMap({ map, rows }: Pick<Figure, 'map' | 'rows'>): string[] {
  return map
    ? matchDivisions(
        map.divisions,
        rows.map(({ label }) => label),
      ).left
    : []
}

function countRows(figure: Figure): string[][] {
  const part = (cell: Cell) => (cell === null ? '' : share(cell, figure.total))
  return [
    ...figure.rows.map((row) => [row.label, shown(row.total), part(row.total)]),
    [words.total, shown(figure.total), part(figure.total)],
  ]
}

/** The rows of each layer with their sum, then those of all together. */
function crossRows(figure: Figure): string[][] {
  const layers = figure.layers ?? []
  return [
    ...layers.flatMap((layer) => partRows(layer, (label) => words.inLayer(layer.label, label))),
    ...partRows(figure, (label) => (layers.length > 0 ? words.inLayer(words.all, label) : label)),
  ]
}

function partRows(part: FigurePart, named: (label: string) => string): string[][] {
  const line = (cells: Cell[], shares: Cell[] | undefined) => cells.map((cell, i) => withShare(cell, shares?.[i]))
  return [
    ...part.rows.map((row) => [named(row.label), ...line([...row.cells, row.total], row.shares)]),
    [named(words.total), ...line([...part.columnTotals, part.total], part.shares)],
  ]
}

/** «1.234 (12,30 %)». */
function withShare(cell: Cell, part: Cell | undefined): string {
  return part === undefined || part === null ? shown(cell) : `${shown(cell)} (${formatShare(part)})`
}

/** What stands under every printed figure: its snapshot, the code that tells where it comes from, the notice. */
export function sourceLine({ snapshotHash, code, demoNote }: Figure): string {
  return [words.snapshot(snapshotHash), code && words.whereFrom(spacedCode(code)), demoNote].filter(Boolean).join(' · ')
}

const SPOKEN = 12

/** What the chart shows, in one paragraph; long lists go on in the table twin. */
export function altText(figure: Figure, kind: ChartKind): string {
  const largest = [...figure.rows].sort((a, b) => (b.total ?? -1) - (a.total ?? -1))
  const bands = figure.map && kind === 'map' && figure.columnHeading === null ? bandsOf(figure.rows, figure.map) : []
  const said = largest.slice(0, SPOKEN).map((row) => {
    const band = bands[figure.rows.indexOf(row)]
    return `${row.label}: ${spoken(row, figure)}${band ? `, ${band}` : ''}`
  })
  const rest = figure.rows.length - said.length
  return [
    `${words.kinds[kind]}. ${figure.title}.`,
    figure.layers && words.byLayer(figure.layerHeading ?? '', figure.layers.map(({ label }) => label).join(', ')),
    figure.rows.length === 0 ? words.noData : `${said.join('; ')}${rest > 0 ? `; ${words.more(rest)}` : ''}.`,
    figure.rows.length === 0 ? '' : `${words.total}: ${shown(figure.total)}.`,
    kind === 'map' && valuesOffMap(figure).length > 0 ? mapWords.left(valuesOffMap(figure)) : '',
    kind === 'map' && figure.map ? mapWords.source(mapTitle(figure.map.name, figure.map.version)) : '',
    figure.demoNote ?? '',
  ]
    .filter(Boolean)
    .join(' ')
}

function spoken(row: FigureRow, figure: Figure): string {
  const part = row.total === null ? '' : share(row.total, figure.total)
  return part ? `${shown(row.total)} (${part})` : shown(row.total)
}

/** How a table is to be shown beside its counts. */
export interface Drawing {
  /** What the percentages of a cross are of; null for none. */
  base?: Base | null
  /** The divisions it is drawn on; null for none. */
  map?: DivisionMap | null
}

/** Gives an emitted table the title it is published under, and its crosses the percentages asked for. */
export function figureOf(id: string, title: string, table: AggregateTable, { base = null, map }: Drawing = {}): Figure {
  const { rows, columns, layers } = table
  const of = columns ? base : null
  const layered = layers && {
    layerHeading: layers.label,
    layers: layers.values.map((label, l) => ({ label, ...partOf(table, table.slices[l] as Slice, of) })),
  }
  return {
    ...{ id, title, rowHeading: rows.label, columnHeading: columns?.label ?? null, columns: columns?.values ?? [] },
    ...partOf(table, table, of),
    ...layered,
    ...(of && { base: of }),
    ...(map && { map }),
    ...{ snapshotHash: table.snapshotHash, demoNote: table.notice },
  }
}

function partOf({ rows, columns, total }: AggregateTable, slice: Slice, base: Base | null): FigurePart {
  const at = base && wholeOf(base, slice, total)
  const rowAt = (r: number): FigureRow => {
    const [cells, sum] = [slice.cells[r] ?? [], slice.rowTotals[r] ?? HIDDEN]
    const shares = at && [...cells.map((cell, c) => shareOf(cell, at(r, c)).value), shareOf(sum, at(r, null)).value]
    const label = rows.values[r] ?? ''
    const total = (columns ? sum : cells[0])?.value ?? null
    return { label, cells: cells.map((cell) => cell.value), total, ...(shares ? { shares } : {}) }
  }
  const sums = at && [
    ...slice.columnTotals.map((cell, c) => shareOf(cell, at(null, c)).value),
    shareOf(slice.total, at(null, null)).value,
  ]
  return {
    rows: rows.values.map((_, r) => rowAt(r)),
    columnTotals: slice.columnTotals.map((cell) => cell.value),
    total: slice.total.value,
    ...(sums ? { shares: sums } : {}),
  }
}

const HIDDEN = { value: null, mark: null }
