/** Percentages of a table: of the total, of its row or of its column; seen exactly where both numbers are (F1, F3). */
import type { Cell, Slice } from './aggregates.ts'

export const BASES = ['total', 'rows', 'columns'] as const
export type Base = (typeof BASES)[number]

/** Share of a cell in its whole, 0 to 1: hidden where either is, since it would give the other away. */
export function shareOf(cell: Cell, whole: Cell): Cell {
  const { value } = cell
  const isKnown = value !== null && whole.value !== null && whole.value > 0
  return { value: isKnown ? value / (whole.value as number) : null, mark: cell.mark ?? whole.mark }
}

/** What stands for 100 % at a place of a slice; `total` is that of the whole table, over all its layers. */
export function wholeOf(base: Base, { rowTotals, columnTotals, total: own }: Slice, total: Cell): WholeAt {
  return (row, column) => {
    if (base === 'total') return total
    const found = base === 'rows' ? (row === null ? own : rowTotals[row]) : column === null ? own : columnTotals[column]
    return found ?? total
  }
}

/** Null stands for the sum over that side. */
export type WholeAt = (row: number | null, column: number | null) => Cell

/** A share, 0 to 1, in per cent, without what a broken binary number leaves: 87 of 160 are 54,375 and round up. */
export const perCentOf = (share: number): number => Number((share * 100).toPrecision(12))
