/** What the approver of a release reads of its protection, and what is stored with it: no hidden count is in it. */
import { TOTAL } from '../../catalog/open-data-words.ts'
import type { AggregateTable } from '../aggregates.ts'
import type { Bounds } from './attack.ts'
import { isWide } from './cube.ts'
import type { LinkedSet } from './linked-cells.ts'
import { cellsOf, sidesOf } from './marked-table.ts'
import type { Protection, Reason } from './protect.ts'
import { placesIn } from './tables.ts'

export interface HiddenCell {
  /** Id of the figure. */
  table: string
  /** «Comuna: 3», one for each side it is not the sum of. */
  where: { label: string; value: string }[]
  reason: Reason
  /** What an outsider can work out: at least, and at most (null: nothing bounds it). */
  low: number
  high: number | null
  /** The time ran out before anything showed that it stays in doubt. */
  isUnproven?: true
}

export interface ProtectionReport {
  threshold: number
  hidden: HiddenCell[]
  /** One for each figure, hidden cells or none: counts of cells, and share of its records not shown one by one (0 to 1). */
  utility: { table: string; cells: number; hidden: number; recordsHidden: number }[]
  attack: {
    /** Hidden cells and small groups left over that were attacked. */
    asked: number
    /** Of them, worked out exactly. */
    exact: number
    /** Of them, narrowed to less than the threshold. */
    narrow: number
    /** Of them, given away by what was public before. */
    already: number
    /** Of them, neither attacked to the end nor proved in doubt before the time ran out; absent in older reports. */
    unproven?: number
  }
  /** What was public before and counts as known. */
  earlier: { title: string; version: number }[]
  /** Cells that would show fewer people than the threshold who came or left since an earlier release; then nothing is released. */
  blocked: HiddenCell['where'][]
  ranOut: boolean
}

export interface ReportInput {
  set: LinkedSet
  protection: Protection
  /** Cells that papers before this release give away by themselves. */
  already: ReadonlySet<number>
  bounds: Bounds[]
  /** Exact tables by figure. */
  tables: { id: string; table: AggregateTable }[]
  threshold: number
  earlier: ProtectionReport['earlier']
  blocked: number[]
}

export function reportOf({
  set,
  protection,
  already,
  bounds,
  tables,
  threshold,
  earlier,
  blocked,
}: ReportInput): ProtectionReport {
  const boundOf = new Map(bounds.map((one) => [one.cell, one]))
  const placed = tables.flatMap(({ id, table }) => placesOf(id, table, set.places.get(id) ?? []))
  const hidden = placed.flatMap(({ id, where, cell }): HiddenCell[] => {
    const reason = protection.reasons[cell]
    const { low = 0, high = null, isUnproven = false } = boundOf.get(cell) ?? {}
    return reason ? [{ table: id, where, reason, low, high, ...(isUnproven && { isUnproven }) }] : []
  })
  const isNarrow = ({ low, high }: Bounds) => !isWide(low, high ?? Number.POSITIVE_INFINITY, threshold)
  const attacked = bounds.filter(({ cell }) => !already.has(cell))
  return {
    ...{ threshold, hidden, earlier, ranOut: protection.ranOut },
    utility: tables.map(({ id, table }) => utilityOf(id, table, set.places.get(id) ?? [], protection)),
    attack: {
      asked: bounds.length,
      exact: attacked.filter(({ low, high }) => low === high).length,
      narrow: attacked.filter(isNarrow).length,
      already: already.size,
      unproven: attacked.filter(({ isUnproven }) => isUnproven).length,
    },
    blocked: uniqueCells(placed, new Set(blocked)),
  }
}

function placesOf(id: string, table: AggregateTable, places: (number | null)[]) {
  const sides = sidesOf(table)
  const lengths = sides.map(({ values }) => values.length + 1)
  return places.flatMap((cell, i) => {
    const where = placesIn(i, lengths).flatMap((place, d): HiddenCell['where'] => {
      const { label = '', values = [] } = sides[d] ?? {}
      const value = values[place]
      return value === undefined ? [] : [{ label, value }]
    })
    return cell === null ? [] : [{ id, where, cell }]
  })
}

function uniqueCells(placed: ReturnType<typeof placesOf>, blocked: Set<number>) {
  const cells = new Map(placed.filter(({ cell }) => blocked.has(cell)).map(({ cell, where }) => [cell, where]))
  return [...cells.values()]
}

function utilityOf(id: string, table: AggregateTable, places: (number | null)[], { reasons }: Protection) {
  const cells = cellsOf(table)
  const isHidden = (i: number) => places[i] !== null && reasons[places[i] as number] !== null
  const lengths = sidesOf(table).map(({ values }) => values.length + 1)
  const isInner = (i: number) => placesIn(i, lengths).every((place, d) => place < (lengths[d] as number) - 1)
  const sum = (wanted: (i: number) => boolean) =>
    cells.reduce((total, { value }, i) => total + (isInner(i) && wanted(i) ? (value ?? 0) : 0), 0)
  const all = sum(() => true)
  const hidden = cells.filter((_, i) => isHidden(i)).length
  return { table: id, cells: cells.length, hidden, recordsHidden: all === 0 ? 0 : sum(isHidden) / all }
}

/** What shows who came or left, or whose hidden cells were worked out, is neither signed nor released. */
export const isUnsafe = ({ attack, blocked }: ProtectionReport) =>
  blocked.length > 0 || attack.exact + attack.narrow > 0

/** Hidden cells the time did not suffice to prove in doubt: until there is none, nothing is released either. */
export const unprovenIn = ({ attack }: ProtectionReport): number => attack.unproven ?? 0

export const isProvedSafe = (report: ProtectionReport) => !isUnsafe(report) && unprovenIn(report) === 0

/** The cells that forbid it. */
export function unsafeCells({ hidden, blocked, threshold }: ProtectionReport): HiddenCell['where'][] {
  if (blocked.length > 0) return blocked
  return hidden
    .filter(({ low, high }) => !isWide(low, high ?? Number.POSITIVE_INFINITY, threshold))
    .map(({ where }) => where)
}

/** «Comuna: 3, Canal: web»; a total of everything has no side. */
export const cellWords = (where: HiddenCell['where']) =>
  where.length === 0 ? TOTAL : where.map(({ label, value }) => `${label}: ${value}`).join(', ')
