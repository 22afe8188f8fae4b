/**
 * The part of a printed figure that is of one dependencia. It is taken out of what everybody may see, never counted again:
 * so nothing can be worked out from it that was not public already (features H9, F3).
 */
import type { AggregateTable, Cell, Slice } from './aggregates.ts'
import type { SegmentRule } from './segments.ts'

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
  const at = (side: typeof columns) => (side?.variable === AGENCY_VARIABLE ? side.values.indexOf(inData) : -1)
  const [row, column, layer] = [at(rows), at(columns), at(layers)]
  if (row >= 0) {
    const lines = (columns?.values ?? []).map((label, c) => ({
      ...{ label, own: value(table.cells[row]?.[c]), whole: value(table.columnTotals[c]) },
    }))
    const own = columns ? table.rowTotals[row] : table.cells[row]?.[0]
    return { heading: columns?.label ?? '', lines, total: { own: value(own), whole: value(total) } }
  }
  if (columns && column >= 0) {
    const lines = rows.values.map((label, r) => ({
      ...{ label, own: value(table.cells[r]?.[column]), whole: value(table.rowTotals[r]) },
    }))
    const own = table.columnTotals[column]
    return { heading: rows.label, lines, total: { own: value(own), whole: value(total) } }
  }
  const slice = table.slices[layer]
  if (slice) return flattened(table, slice, table)
  return isOnlyOf(table, inData) ? flattened(table, table, null) : null
}

/** Both sides of a table in one list of lines: «Urbana · Virtual». */
function flattened(table: AggregateTable, own: Slice, whole: Slice | null) {
  const { rows, columns } = table
  const numbers = (r: number, c: number): OwnNumber => ({
    ...{ own: value(own.cells[r]?.[c]), whole: value(whole?.cells[r]?.[c]) },
  })
  const lines = rows.values.flatMap((label, r) =>
    columns
      ? columns.values.map((other, c) => ({ label: `${label} · ${other}`, ...numbers(r, c) }))
      : [{ label, ...numbers(r, 0) }],
  )
  const heading = columns ? `${rows.label} · ${columns.label}` : rows.label
  return { heading, lines, total: { own: value(own.total), whole: value(whole?.total) } }
}

const isOnlyOf = ({ filter }: AggregateTable, inData: string) => filter.some((one) => isThis(one, inData))

const isThis = ({ variable, op, values }: SegmentRule['all'][number], inData: string) =>
  variable === AGENCY_VARIABLE && op !== 'neq' && values.length === 1 && values[0] === inData

const value = (cell: Cell | undefined): number | null => cell?.value ?? null
