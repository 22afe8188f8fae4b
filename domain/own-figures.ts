/**
 * The part of a printed figure that is of one dependencia. It is taken out of what everybody may see, never counted again:
 * so nothing can be worked out from it that was not public already (features H9, F3).
 */
import { isSameAgency } from './agency-names.ts'
import type { AggregateTable, Cell, Slice } from './aggregates.ts'
import type { SegmentRule } from './rules.ts'

/** Variable of the catalogue that says to which dependencia a record belongs. */
export const AGENCY_VARIABLE = 'organismo'

/** A number of the dependencia beside that of the whole entity; null where it is hidden, or nobody printed it. */
export interface OwnNumber {
  own: number | null
  whole: number | null
}

export interface OwnLine extends OwnNumber {
  label: string
}

/** The part of one printed figure that is of this dependencia. */
export interface OwnFigure {
  /** Under which anyone finds the whole figure. */
  code: string
  title: string
  /** What the lines are; empty where there is only the total. */
  heading: string
  lines: OwnLine[]
  total: OwnNumber
}

/** A figure the signed report printed. */
export interface PrintedFigure {
  code: string
  title: string
  table: AggregateTable
}

/** The part of a printed figure that speaks of this dependencia alone; null where none does. */
export function ownPart({ code, title, table }: PrintedFigure, inData: string): OwnFigure | null {
  const found = table.kind === 'count' || table.kind === 'cross' ? ownNumbers(table, inData) : null
  return found && { code, title, ...found }
}

function ownNumbers(table: AggregateTable, inData: string): Pick<OwnFigure, 'heading' | 'lines' | 'total'> | null {
  const { rows, columns, layers, total } = table
  const at = (side: typeof columns) => (side?.variable === AGENCY_VARIABLE ? placesOf(side.values, inData) : [])
  const [row, column, layer] = [at(rows), at(columns), at(layers)]
  if (row.length > 0) {
    const lines = (columns?.values ?? []).map((label, c) => ({
      ...{ label, own: sum(row.map((r) => table.cells[r]?.[c])), whole: value(table.columnTotals[c]) },
    }))
    const own = row.map((r) => (columns ? table.rowTotals[r] : table.cells[r]?.[0]))
    return { heading: columns?.label ?? '', lines, total: { own: sum(own), whole: value(total) } }
  }
  if (columns && column.length > 0) {
    const lines = rows.values.map((label, r) => ({
      ...{ label, own: sum(column.map((c) => table.cells[r]?.[c])), whole: value(table.rowTotals[r]) },
    }))
    const own = column.map((c) => table.columnTotals[c])
    return { heading: rows.label, lines, total: { own: sum(own), whole: value(total) } }
  }
  const slices = layer.flatMap((one) => table.slices[one] ?? [])
  if (slices.length > 0) return flattened(table, slices, table)
  return isOnlyOf(table, inData) ? flattened(table, [table], null) : null
}

/** Data may spell one dependencia in several ways: all of them are its own. */
const placesOf = (values: readonly string[], inData: string) =>
  values.flatMap((one, i) => (isSameAgency(one, inData) ? [i] : []))

/** Both sides of a table in one list of lines: «Urbana · Virtual». */
function flattened(table: AggregateTable, own: Slice[], whole: Slice | null) {
  const { rows, columns } = table
  const numbers = (r: number, c: number): OwnNumber => ({
    ...{ own: sum(own.map(({ cells }) => cells[r]?.[c])), whole: value(whole?.cells[r]?.[c]) },
  })
  const lines = rows.values.flatMap((label, r) =>
    columns
      ? columns.values.map((other, c) => ({ label: `${label} · ${other}`, ...numbers(r, c) }))
      : [{ label, ...numbers(r, 0) }],
  )
  const heading = columns ? `${rows.label} · ${columns.label}` : rows.label
  return { heading, lines, total: { own: sum(own.map(({ total }) => total)), whole: value(whole?.total) } }
}

const isOnlyOf = ({ filter }: AggregateTable, inData: string) => filter.some((one) => isThis(one, inData))

const isThis = ({ variable, op, values }: SegmentRule['all'][number], inData: string) =>
  variable === AGENCY_VARIABLE && op !== 'neq' && values.length > 0 && values.every((one) => isSameAgency(one, inData))

const value = (cell: Cell | undefined): number | null => cell?.value ?? null

/** Of numbers that are public each; hidden where one of them is. */
function sum(cells: readonly (Cell | undefined)[]): number | null {
  const values = cells.map(value)
  return values.includes(null) ? null : values.reduce<number>((all, one) => all + (one ?? 0), 0)
}
