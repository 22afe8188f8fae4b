/** What a second release of nearly the same people shows beside the first: who came and who left (features H6). */
import type { LinkedCell, LinkedSet } from './linked-cells.ts'
import { keyOf } from './linked-cells.ts'

export interface Differences {
  /** Cells of the new release that would show a change of fewer people than the threshold. */
  changed: Set<number>
  /** The whole release differs by so few people that hiding cells would point at them: those cells. */
  blocked: number[]
}

/** Above this share of records changed, two snapshots are taken as different people. */
const SAME_PEOPLE = 0.1

/** `earlier` is linked by itself: only what everybody knows of it counts, and cells are the same by what they ask. */
export function differencesFrom(set: LinkedSet, earlier: LinkedSet, threshold: number): Differences {
  const before = new Map(
    earlier.cells.flatMap((cell) => (cell.state === 'known' ? [[keyOf('', cell.conditions), cell] as const] : [])),
  )
  const pairs = set.cells.flatMap((cell, i) => {
    const old = before.get(keyOf('', cell.conditions))
    return old && cell.state === 'open' && !old.isImplicit
      ? [{ i, cell, by: (cell.count ?? 0) - (old.count ?? 0), old }]
      : []
  })
  const inner = pairs.filter(({ cell }) => cell.sums === 0)
  const gross = inner.reduce((sum, { by }) => sum + Math.abs(by), 0)
  const base = inner.reduce((sum, { old }) => sum + (old.count ?? 0), 0)
  if (base === 0 || gross > base * SAME_PEOPLE) return { changed: new Set(), blocked: [] }
  const moved = pairs.filter(({ by }) => by !== 0)
  const small = moved.filter(({ by }) => Math.abs(by) < threshold)
  const isFew = moved.length > 0 && fewIn(inner, threshold)
  return { changed: new Set(small.map(({ i }) => i)), blocked: isFew ? moved.map(({ i }) => i) : [] }
}

/** Fewer than the threshold came, and fewer left, in every table: each asks for its own variables. */
function fewIn(pairs: { cell: LinkedCell; by: number }[], threshold: number): boolean {
  const tables = new Map<string, { came: number; left: number }>()
  for (const { cell, by } of pairs) {
    const asked = [...cell.conditions.keys()].sort().join(' ')
    const sum = tables.get(asked) ?? { came: 0, left: 0 }
    tables.set(asked, { came: sum.came + Math.max(0, by), left: sum.left + Math.max(0, -by) })
  }
  return [...tables.values()].every(({ came, left }) => came < threshold && left < threshold)
}
