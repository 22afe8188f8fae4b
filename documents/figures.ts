/** A table of counts ready to be drawn or printed. Only `emitAggregates` makes the numbers; null is a hidden cell. */
import { figureWords as words } from '../app/text/documents.ts'
import { formatNumber, formatShare } from '../app/text/format.ts'
import type { AggregateTable } from '../domain/aggregates.ts'

export type Cell = number | null

export interface FigureRow {
  label: string
  /** One cell per column; a count has a single one. */
  cells: Cell[]
  total: Cell
}

export interface Figure {
  /** Row of step 4 that asked for it. */
  id: string
  title: string
  rowHeading: string
  /** Null for a count. */
  columnHeading: string | null
  /** Labels of the columns; a count has none. */
  columns: string[]
  rows: FigureRow[]
  columnTotals: Cell[]
  total: Cell
  snapshotHash: string
  /** The demonstration sentence of the source, where it has one. */
  demoNote: string | null
}

export type ChartKind = 'bar' | 'pie' | 'stacked'

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
  return [figure.total, ...figure.columnTotals, ...figure.rows.flatMap((row) => [row.total, ...row.cells])].includes(
    null,
  )
}

/** The same numbers as the chart, as text: what everyone can read who cannot read the chart. */
export function tableTwin(figure: Figure): TwinTable {
  return {
    caption: figure.title,
    header: figure.columnHeading
      ? [figure.rowHeading, ...figure.columns, words.total]
      : [figure.rowHeading, words.count, words.shareOfTotal],
    rows: figure.columnHeading ? crossRows(figure) : countRows(figure),
    note: hasHidden(figure) ? words.hiddenWhy : null,
  }
}

function countRows(figure: Figure): string[][] {
  const part = (cell: Cell) => (cell === null ? '' : share(cell, figure.total))
  return [
    ...figure.rows.map((row) => [row.label, shown(row.total), part(row.total)]),
    [words.total, shown(figure.total), part(figure.total)],
  ]
}

function crossRows(figure: Figure): string[][] {
  return [
    ...figure.rows.map((row) => [row.label, ...row.cells.map(shown), shown(row.total)]),
    [words.total, ...figure.columnTotals.map(shown), shown(figure.total)],
  ]
}

const SPOKEN = 12

/** What the chart shows, in one paragraph; long lists go on in the table twin. */
export function altText(figure: Figure, kind: ChartKind): string {
  const name = { bar: words.bars, pie: words.pie, stacked: words.stacked }[kind]
  const largest = [...figure.rows].sort((a, b) => (b.total ?? -1) - (a.total ?? -1))
  const said = largest.slice(0, SPOKEN).map((row) => `${row.label}: ${spoken(row, figure)}`)
  const rest = figure.rows.length - said.length
  return [
    `${name}. ${figure.title}.`,
    figure.rows.length === 0 ? words.noData : `${said.join('; ')}${rest > 0 ? `; ${words.more(rest)}` : ''}.`,
    figure.rows.length === 0 ? '' : `${words.total}: ${shown(figure.total)}.`,
    figure.demoNote ?? '',
  ]
    .filter(Boolean)
    .join(' ')
}

function spoken(row: FigureRow, figure: Figure): string {
  const part = row.total === null ? '' : share(row.total, figure.total)
  return part ? `${shown(row.total)} (${part})` : shown(row.total)
}

/** Gives an emitted table the title it is published under. */
export function figureOf(id: string, title: string, table: AggregateTable): Figure {
  const { rows, columns } = table
  return {
    id,
    title,
    rowHeading: rows.label,
    columnHeading: columns?.label ?? null,
    columns: columns?.values ?? [],
    rows: rows.values.map((label, r) => ({
      label,
      cells: (table.cells[r] ?? []).map((cell) => cell.value),
      total: (columns ? table.rowTotals[r] : table.cells[r]?.[0])?.value ?? null,
    })),
    columnTotals: table.columnTotals.map((cell) => cell.value),
    total: table.total.value,
    snapshotHash: table.snapshotHash,
    demoNote: table.notice,
  }
}
