import { renderChart } from '../../documents/charts.ts'
import { type ChartKind, figureOf } from '../../documents/figures.ts'
import type { AggregateTable, Cell } from '../../domain/aggregates.ts'
import { figureText } from '../text/figures.ts'
import { formatNumber, formatShare } from '../text/format.ts'

/** One cell as it is shown: its words, and whether it is or will be hidden. */
export interface ShownCell {
  /** Null where the count may not be seen. */
  text: string | null
  /** A count the reader may see and the public will not. */
  isInternal: boolean
}

/** A figure ready for its page: chart, table twin and where it comes from. Made on the server alone. */
export interface FigureView {
  id: string
  title: string
  svg: string
  /** The chart in words. */
  summary: string
  header: string[]
  rows: { label: string; cells: ShownCell[] }[]
  total: ShownCell[]
  notes: string[]
  sourceName: string
  snapshotHash: string
  demoNote: string | null
}

export interface ViewOptions {
  id: string
  title: string
  chart: ChartKind
  sourceName: string
}

/** From what `emitAggregates` answered, and from nothing else. */
export function figureView(table: AggregateTable, { id, title, chart, sourceName }: ViewOptions): FigureView {
  const drawn = renderChart(figureOf(id, title, table), chart)
  const { header, rows, total } = table.columns ? crossTwin(table) : countTwin(table)
  return {
    id,
    title,
    svg: drawn.svg,
    summary: drawn.alt,
    header,
    rows,
    total,
    notes: notesOf(table),
    sourceName,
    snapshotHash: table.snapshotHash,
    demoNote: table.notice,
  }
}

type Twin = Pick<FigureView, 'header' | 'rows' | 'total'>

function countTwin(table: AggregateTable): Twin {
  const line = (cell: Cell | undefined) => [shown(cell), part(cell, table.total)]
  return {
    header: [table.rows.label, figureText.records, figureText.share],
    rows: table.rows.values.map((label, r) => ({ label, cells: line(table.cells[r]?.[0]) })),
    total: line(table.total),
  }
}

function crossTwin(table: AggregateTable): Twin {
  const closing = (cell: Cell | undefined) => [shown(cell), part(cell, table.total)]
  return {
    header: [table.rows.label, ...(table.columns?.values ?? []), figureText.total, figureText.share],
    rows: table.rows.values.map((label, r) => ({
      label,
      cells: [...(table.cells[r] ?? []).map(shown), ...closing(table.rowTotals[r])],
    })),
    total: [...table.columnTotals.map(shown), ...closing(table.total)],
  }
}

function shown(cell: Cell | undefined): ShownCell {
  const value = cell?.value ?? null
  return { text: value === null ? null : formatNumber(value), isInternal: value !== null && cell?.mark !== null }
}

/** A share says as much as its count: it is seen exactly where the count and the total are. */
function part(cell: Cell | undefined, total: Cell): ShownCell {
  const [value, whole] = [cell?.value ?? null, total.value]
  if (value === null || whole === null) return { text: null, isInternal: false }
  return { text: whole === 0 ? '' : formatShare(value / whole), isInternal: cell?.mark !== null }
}

function notesOf(table: AggregateTable): string[] {
  const marks = [table.total, ...table.rowTotals, ...table.columnTotals, ...table.cells.flat()].map((cell) => cell.mark)
  const unit = figureText.unit[table.thresholdUnit]
  const notes: string[] = []
  if (marks.includes('primary')) notes.push(figureText.primary[table.level](table.threshold, unit))
  if (marks.includes('complementary')) notes.push(figureText.complementary[table.level])
  if (table.method.includes('zero_hidden')) notes.push(figureText.sensitiveZero)
  return notes
}
