/** From exact tables to what the public gets of them, protected together and against all that is public already. */
import type { AggregateTable } from '../aggregates.ts'
import { type Bounds, boundsOf } from './attack.ts'
import { type Differences, differencesFrom } from './differences.ts'
import { givenAwayBefore } from './given-away.ts'
import type { LinkedSet } from './linked-cells.ts'
import { linkAs, linkTables } from './linked-tables.ts'
import { linkedTable, markedTable, withoutZeros } from './marked-table.ts'
import type { OpenProgram } from './program.ts'
import { type Protection, protect } from './protect.ts'
import { type ProtectionReport, reportOf } from './report.ts'
import type { Dependency, LinkedTable } from './tables.ts'

export interface Together {
  /** Exact, at level `interno`, by figure. */
  tables: { id: string; table: AggregateTable }[]
  /** Public before, of the snapshots counted now: with the counts behind what they hide. */
  same: LinkedTable[]
  /** Public before, of other snapshots, paper by paper: what they show. */
  others: LinkedTable[][]
  dependencies?: Dependency[]
  threshold: number
  earlier: ProtectionReport['earlier']
}

/** True once hiding cell by cell, or sharpening bounds, has taken too long. */
export interface Patience {
  protecting: () => boolean
  attacking: () => boolean
}

/**
 * Where a count cannot be left in doubt because a hidden one is known to be no 0, the zeros of its table are hidden too:
 * more is hidden rather than released unsafe.
 */
export function protectTogether(asked: Together, open: OpenProgram, patience: Patience) {
  const first = solved(asked, open, patience)
  const tight = new Set(first.protection.exposed)
  if (tight.size === 0) return answer(asked, first, open, patience)
  const isTight = (id: string) => (first.set.places.get(id) ?? []).some((place) => place !== null && tight.has(place))
  const tables = asked.tables.map(({ id, table }) => ({ id, table: isTight(id) ? withoutZeros(table) : table }))
  const more = { ...asked, tables }
  return answer(more, solved(more, open, patience), open, patience)
}

function solved(
  { tables, same, others, dependencies = [], threshold }: Together,
  open: OpenProgram,
  patience: Patience,
) {
  const all = [...same, ...tables.map(({ id, table }) => linkedTable(id, table))]
  const set = linkTables(all, dependencies)
  // What follows from what is a fact of one snapshot, so with others cells are compared by what their tables ask.
  const asked = dependencies.length > 0 ? linkAs(all, [], set.someLack) : set
  const found = others.map((paper) => differencesFrom(asked, linkAs(paper, [], set.someLack), threshold))
  const differences = found.map((one) => placedIn(set, asked, one))
  const changed = new Set(differences.flatMap((one) => [...one.changed]))
  const protection = protect(set, { threshold, changed, isLate: patience.protecting }, open)
  return { set, protection, changed, blocked: differences.flatMap((one) => one.blocked) }
}

/** Places of the cells of one set in another of the same tables. */
function placedIn(set: LinkedSet, from: LinkedSet, { changed, blocked }: Differences): Differences {
  const places = new Map<number, number>()
  for (const [id, cells] of from.places)
    for (const [i, cell] of cells.entries()) {
      const place = set.places.get(id)?.[i] ?? null
      if (cell !== null && place !== null) places.set(cell, place)
    }
  const moved = (cells: Iterable<number>) => [...cells].flatMap((cell) => places.get(cell) ?? [])
  return { changed: new Set(moved(changed)), blocked: moved(blocked) }
}

function answer(
  { tables, same, dependencies = [], threshold, earlier }: Together,
  { set, protection: whole, changed, blocked }: ReturnType<typeof solved>,
  open: OpenProgram,
  patience: Patience,
) {
  const attacked = boundsOf(set, whole, open, patience.attacking)
  const isEmpty = emptyToAll(set, whole, attacked)
  const bounds = attacked.filter(({ cell }) => !isEmpty(cell))
  const protection = {
    ...whole,
    reasons: whole.reasons.map((reason, cell) => (isEmpty(cell) ? null : reason)),
    exposed: whole.exposed.filter((cell) => !isEmpty(cell)),
  }
  const already = givenAwayBefore({ set, exposed: protection.exposed, same, dependencies, threshold }, open)
  const placesOf = (id: string) => set.places.get(id) ?? []
  const reasonsOf = (id: string) =>
    placesOf(id).map((place) => (place === null ? null : (protection.reasons[place] ?? null)))
  // A zero that stays hidden, as in the earlier paper that hid it, must not stand in a table that says it shows its zeros; nor
  // does a table of which nothing is shown say that somebody is in each of its cells.
  const hidesZero = (place: number | null) =>
    place !== null &&
    protection.reasons[place] !== null &&
    (set.cells[place]?.count === 0 || set.cells[place]?.isWithheld === true)
  const hidesZeros = (id: string) => placesOf(id).some(hidesZero)
  const isMoved = (id: string) => placesOf(id).some((place) => place !== null && changed.has(place))
  return {
    /** Tables in which a few people more or less than an earlier paper of the same people showed would stand. */
    moved: tables.flatMap(({ id }) => (isMoved(id) ? [id] : [])),
    tables: new Map(
      tables.map(({ id, table }) => [id, markedTable(hidesZeros(id) ? withoutZeros(table) : table, reasonsOf(id))]),
    ),
    report: reportOf({ set, protection, already, bounds, tables, threshold, earlier, blocked }),
  }
}

/**
 * Which hidden cells everybody can tell are empty from what was public before, where this release hides its zeros: hiding
 * them would only pretend, so they are shown.
 */
function emptyToAll({ cells }: LinkedSet, { exposed }: Protection, bounds: readonly Bounds[]) {
  const given = new Set(exposed)
  const empty = bounds.filter(({ cell, low, high, isExact }) => given.has(cell) && isExact && low === 0 && high === 0)
  const known = new Set(empty.map(({ cell }) => cell))
  return (cell: number) => known.has(cell) && cells[cell]?.count === 0
}
