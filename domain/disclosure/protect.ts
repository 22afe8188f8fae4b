/**
 * Complementary suppression over a whole set of linked tables: for each cell that must stay in doubt, the cheapest cells
 * to hide so that it can move against everything that is shown (a linear program), small counts first and sums last.
 */
import { isWide } from './cube.ts'
import type { LinkedCell, LinkedSet } from './linked-cells.ts'
import type { OpenProgram, Session } from './program.ts'

/** `earlier`: with what was published before, showing it would give a group away (features N5). */
export type Reason = 'primary' | 'complementary' | 'earlier'

export interface Protection {
  /** Why each cell is hidden, or null where it is shown; in the order of the set's cells. */
  reasons: (Reason | null)[]
  /** What is proved possible for each cell by a table that fits everything shown; its own count where none was needed. */
  low: number[]
  high: number[]
  /** Cells that no suppression in this release can protect: what is public already gives them away. */
  exposed: number[]
  /** Hidden cells that nothing proved in doubt before the time ran out. */
  unproven: number[]
  /** Whether the time ran out, and whole tables were hidden instead of single cells. */
  ranOut: boolean
}

export interface ProtectionRules {
  /** Smallest count of records, or of persons where known, that may be shown. */
  threshold: number
  /** Cells that with an earlier release would show a change of a few people. */
  changed: ReadonlySet<number>
  /** Asked before each program; true once it takes too long. */
  isLate: () => boolean
}

const CAP = 1e5
const NEARLY = 1e-6
/** Moving what is hidden already costs next to nothing, yet no more of it than needed is moved. */
const HIDDEN_COST = 1e-3
const SUM_COST = 4000

export function protect(set: LinkedSet, rules: ProtectionRules, open: OpenProgram): Protection {
  const work = begin(set, rules, open)
  try {
    // A cell hidden for another one needs its own doubt, so new ones join the queue at its end.
    const queue = targetsOf(work)
    const covered = new Set<number>()
    for (const i of queue) {
      if (isInDoubt(work, i) || covered.has(i)) continue
      if (rules.isLate()) {
        work.ranOut = true
        for (const place of hideAround(work, i)) covered.add(place)
      } else queue.push(...hideFor(work, i))
    }
    const { reasons, low, high, exposed, ranOut } = work
    return { reasons, low, high, exposed, unproven: unprovenIn(work), ranOut }
  } finally {
    work.session.close()
  }
}

interface Work extends Omit<Protection, 'unproven'> {
  set: LinkedSet
  threshold: number
  session: Session
  /** First of the two columns (growing, shrinking) of each cell; undefined where everybody knows it. */
  column: (number | undefined)[]
}

function begin(set: LinkedSet, { threshold, changed }: ProtectionRules, open: OpenProgram): Work {
  const { cells } = set
  const reasons = cells.map((cell, i): Reason | null => {
    if (cell.state === 'known') return null
    if (isSmall(cell, threshold)) return 'primary'
    // What was hidden stays hidden: whoever kept the earlier files would learn it.
    if (cell.state === 'open' && !cell.isWithheld) return changed.has(i) || cell.wasHidden ? 'earlier' : null
    return 'complementary'
  })
  const column: Work['column'] = []
  let columns = 0
  for (const [i, cell] of cells.entries()) {
    column[i] = isFixed(cell, reasons[i] ?? null) ? undefined : columns
    if (column[i] !== undefined) columns += 2
  }
  const session = open(programOf(set, column, reasons))
  const counts = cells.map(({ count }) => count ?? 0)
  return { set, threshold, session, column, reasons, low: [...counts], high: [...counts], exposed: [], ranOut: false }
}

/** Too small to be shown, or in a sensitive table a 0 or the whole of a row (model.md §7, promises G27). */
function isSmall({ count, people, sensitive, wholeMass }: LinkedCell, threshold: number): boolean {
  if (count === undefined) return false
  return wholeMass || (count === 0 ? sensitive : count > 0 && (people ?? count) < threshold)
}

/** A 0 stands where it is not sensitive, so it cannot help to hide anything. */
const isFixed = (cell: LinkedCell, reason: Reason | null) =>
  cell.state === 'known' || (reason === null && cell.count === 0)

/** Least that anybody knows of a cell: a hidden one is no 0 unless zeros are hidden too. */
const floorOf = ({ sensitive, count, isImplicit }: LinkedCell) => (sensitive || isImplicit || count === 0 ? 0 : 1)

function programOf({ cells, sums }: LinkedSet, column: Work['column'], reasons: (Reason | null)[]) {
  const columns = cells.flatMap((cell, i) => {
    if (column[i] === undefined) return []
    const cost = reasons[i] ? HIDDEN_COST : priceOf(cell)
    return [
      { cost, low: 0, high: CAP },
      { cost, low: 0, high: spareOf(cell) },
    ]
  })
  const rows = sums.flatMap(({ whole, parts }) => {
    const terms = [...parts.map((i) => [i, 1] as const), [whole, -1] as const].flatMap(([i, sign]) => {
      const first = column[i]
      return first === undefined ? [] : [[first, sign] as const, [first + 1, -sign] as const]
    })
    if (terms.length === 0) return []
    return [{ low: 0, high: 0, columns: terms.map(([c]) => c), values: terms.map(([, value]) => value) }]
  })
  return { columns, rows }
}

const spareOf = (cell: LinkedCell) => (cell.count === undefined ? CAP : Math.max(0, cell.count - floorOf(cell)))
const priceOf = ({ count = 0, sums }: LinkedCell) => 1 + Math.sqrt(count) + SUM_COST * sums

/** What must stay in doubt: all that this release or an earlier one hides, and groups left over that are small. */
function isTarget({ set, reasons }: Work, i: number): boolean {
  const cell = set.cells[i] as LinkedCell
  return cell.isImplicit ? reasons[i] === 'primary' : reasons[i] !== null
}

/** What is withheld comes last and smallest first: most of it is in doubt by what hides the others. */
function targetsOf(work: Work): number[] {
  const { cells } = work.set
  const rank = (i: number) => (cells[i]?.isWithheld ? 1 + (cells[i]?.count ?? 0) : 0)
  const targets = cells.flatMap((_, i) => (isTarget(work, i) ? [i] : []))
  return targets.sort((a, b) => rank(a) - rank(b))
}

const isInDoubt = ({ low, high, threshold }: Work, i: number) =>
  isWide((low[i] as number) - NEARLY, (high[i] as number) + NEARLY, threshold)

/** Hides what lets the cell move far enough; what no move can protect is noted as exposed. */
function hideFor(work: Work, i: number): number[] {
  const { threshold, set } = work
  const count = set.cells[i]?.count ?? 0
  const up = count === 0 ? threshold : Math.max(2 * threshold - count, threshold - (count - (work.low[i] as number)))
  const found = move(work, i, up, 1) ?? (count >= 2 * threshold ? move(work, i, threshold, -1) : undefined)
  if (found) return hideMoved(work, i, found)
  const added = [farthest(work, i, 1), farthest(work, i, -1)].flatMap((way) => (way ? hideMoved(work, i, way) : []))
  if (!isInDoubt(work, i)) work.exposed.push(i)
  return added
}

/** Cheapest change of the hidden and shown cells by which cell `i` moves `by` at least. */
function move({ session, column, set }: Work, i: number, by: number, sign: 1 | -1): ArrayLike<number> | undefined {
  const first = column[i] as number
  const [grows, shrinks] = [first, first + 1]
  const spare = spareOf(set.cells[i] as LinkedCell)
  if (sign < 0 && spare < by) return undefined
  session.bound(grows, sign > 0 ? by : 0, sign > 0 ? CAP : 0)
  session.bound(shrinks, sign > 0 ? 0 : by, sign > 0 ? 0 : spare)
  const found = session.solve()
  session.bound(grows, 0, CAP)
  session.bound(shrinks, 0, spare)
  return found
}

/** The farthest cell `i` can move at any price, up to what is asked of every cell. */
function farthest(
  { session, column, set, threshold, reasons }: Work,
  i: number,
  sign: 1 | -1,
): ArrayLike<number> | undefined {
  const first = column[i] as number
  const cell = set.cells[i] as LinkedCell
  const spare = spareOf(cell)
  const [wanted, other] = sign > 0 ? [first, first + 1] : [first + 1, first]
  const most = sign > 0 ? 2 * threshold : Math.min(spare, 2 * threshold)
  session.bound(wanted, 0, most)
  session.bound(other, 0, 0)
  session.cost(wanted, -1e6)
  const found = session.solve()
  session.cost(wanted, reasons[i] ? HIDDEN_COST : priceOf(cell))
  session.bound(first, 0, CAP)
  session.bound(first + 1, 0, spare)
  return found
}

function hideMoved(work: Work, target: number, values: ArrayLike<number>): number[] {
  const moves = work.column.flatMap((first, i) => {
    const by = first === undefined ? 0 : (values[first] as number) - (values[first + 1] as number)
    return Math.abs(by) > NEARLY ? [{ i, by }] : []
  })
  note(work, moves)
  const reason = work.set.cells[target]?.state === 'open' ? 'complementary' : 'earlier'
  return moves.flatMap(({ i }) => (hide(work, i, reason) ? [i] : []))
}

function hide({ set, reasons, session, column }: Work, i: number, reason: Reason): boolean {
  const first = column[i]
  if (reasons[i] || first === undefined) return false
  reasons[i] = set.cells[i]?.isImplicit ? 'complementary' : reason
  session.cost(first, HIDDEN_COST)
  session.cost(first + 1, HIDDEN_COST)
  return true
}

/** The move shows what is possible for every cell in it, as far as it can be drawn out in both directions. */
function note({ set, low, high }: Work, moves: { i: number; by: number }[]): void {
  const reach = (sign: number) =>
    Math.min(...moves.map(({ i, by }) => (by * sign < 0 ? spareOf(set.cells[i] as LinkedCell) / Math.abs(by) : CAP)))
  for (const sign of [1, -1]) {
    const times = sign * reach(sign)
    for (const { i, by } of moves) {
      const value = (set.cells[i]?.count ?? 0) + by * times
      low[i] = Math.min(low[i] as number, value)
      high[i] = Math.max(high[i] as number, value)
    }
  }
}

/** Out of time: everything that shares a sum with the cell is hidden, and what shares one with that. Answers all of it. */
function hideAround(work: Work, i: number): Set<number> {
  const near = new Set([i])
  for (let round = 0; round < 3; round++)
    for (const { whole, parts } of work.set.sums)
      if ([whole, ...parts].some((place) => near.has(place))) for (const place of [whole, ...parts]) near.add(place)
  for (const place of near) hide(work, place, 'complementary')
  return near
}

function unprovenIn(work: Work): number[] {
  const exposed = new Set(work.exposed)
  return work.reasons.flatMap((reason, i) => (reason && !exposed.has(i) && !isInDoubt(work, i) ? [i] : []))
}
