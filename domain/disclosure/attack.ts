/** What an outsider can still work out: the exact bounds of each hidden cell against everything that is shown. */
import type { LinkedSet } from './linked-cells.ts'
import type { OpenProgram } from './program.ts'
import type { Protection } from './protect.ts'

export interface Bounds {
  cell: number
  low: number
  /** Null where nothing shown bounds it. */
  high: number | null
  /** Whether the program was solved to its end; without it the bounds are what protecting proved possible, or nothing. */
  isExact: boolean
  /** Neither solved nor proved in doubt while protecting: nobody knows what an outsider can work out. */
  isUnproven: boolean
}

const UNBOUNDED = 1e7

/**
 * Bounds of every hidden cell by linear programs, or of none of the rest once `isLate`; `low` and `high` proved while
 * protecting stand for those left.
 */
export function boundsOf(set: LinkedSet, protection: Protection, open: OpenProgram, isLate: () => boolean): Bounds[] {
  const hidden = set.cells.flatMap((_, i) => (protection.reasons[i] ? [i] : []))
  const column = new Map(hidden.map((i, c) => [i, c]))
  const rows = set.sums.flatMap(({ whole, parts }) => {
    const terms = [...parts.map((i) => [i, 1] as const), [whole, -1] as const]
    const open = terms.filter(([i]) => column.has(i))
    if (open.length === 0) return []
    const shown = terms.reduce((sum, [i, sign]) => sum + (column.has(i) ? 0 : sign * (set.cells[i]?.count ?? 0)), 0)
    const columns = open.map(([i]) => column.get(i) as number)
    return [{ low: -shown, high: -shown, columns, values: open.map(([, sign]) => sign) }]
  })
  const session = open({
    columns: hidden.map((i) => {
      const { sensitive, count, isImplicit } = set.cells[i] as LinkedSet['cells'][number]
      return { cost: 0, low: sensitive || isImplicit || count === 0 ? 0 : 1, high: UNBOUNDED }
    }),
    rows,
  })
  const extreme = (c: number, sign: number): number | undefined => {
    session.cost(c, sign)
    const value = session.solve()?.[c]
    session.cost(c, 0)
    return value
  }
  const unproven = new Set(protection.unproven)
  const isAsked = (i: number) => !set.cells[i]?.isImplicit || protection.reasons[i] === 'primary'
  const bounds = hidden.filter(isAsked).map((i): Bounds => {
    const c = column.get(i) as number
    const [low, high] = isLate() ? [] : [extreme(c, 1), extreme(c, -1)]
    const isExact = low !== undefined && high !== undefined
    const isUnproven = !isExact && unproven.has(i)
    // Its own count is all that is known of an unproven cell, and stands in no report.
    const [provedLow, provedHigh] = isUnproven ? [0, UNBOUNDED] : [protection.low[i], protection.high[i]]
    const [least, most] = [low ?? (provedLow as number), high ?? (provedHigh as number)]
    return {
      cell: i,
      low: Math.max(0, Math.ceil(least - 1e-6)),
      high: most >= UNBOUNDED / 2 ? null : Math.floor(most + 1e-6),
      ...{ isExact, isUnproven },
    }
  })
  session.close()
  return bounds
}
