/** Cells of tables that count the same people, each once, and the sums among them. */
/**
 * `open`: the release decides whether to show it. `known`: everybody knows it already, or it is 0 by construction.
 * `hidden`: was hidden before, or never printed.
 */
export type CellState = 'open' | 'known' | 'hidden'

export interface LinkedCell {
  population: string
  /** Values by variable; a variable that is absent is not restricted. */
  conditions: Map<string, string[]>
  /** Undefined for a group left over whose size does not follow from the printed ones. */
  count: number | undefined
  /** Distinct persons; records where there is no person key. */
  people: number | undefined
  state: CellState
  sensitive: boolean
  /** The whole of a row lies in one value of a sensitive variable (promises G27). */
  wholeMass: boolean
  /** How many of the sides of its table it sums over. */
  sums: number
  isImplicit: boolean
  /** Whether an earlier release hid it. */
  wasHidden: boolean
  /** Never shown, however many it counts. */
  isWithheld?: boolean
}

export interface LinkedSet {
  cells: LinkedCell[]
  /** `parts` add up to `whole`. */
  sums: { whole: number; parts: number[] }[]
  /** Places of each table's counts among the cells; null for one that is 0 by construction. */
  places: Map<string, (number | null)[]>
  /** Whether somebody lacks a value without a line of any table saying so. */
  someLack: boolean
}

export type Conditions = Map<string, string[]>

/** The set while it is made: cells by their key, and all values of each variable of a population. */
export interface Building extends LinkedSet {
  byKey: Map<string, number>
  universes: Map<string, string[]>
}

export const keyOf = (population: string, conditions: Conditions) =>
  [population, ...[...conditions].map(([variable, values]) => `${variable}=${values.join('|')}`).sort()].join(' & ')

const STATES: CellState[] = ['hidden', 'open', 'known']

/** The same cell met again: known if anybody ever showed it, open if this release prints it. */
export function addCell(set: Building, cell: LinkedCell): number {
  const key = keyOf(cell.population, cell.conditions)
  const at = set.byKey.get(key)
  const before = at === undefined ? undefined : set.cells[at]
  if (at === undefined || !before) {
    set.byKey.set(key, set.cells.length)
    return set.cells.push(cell) - 1
  }
  before.state = STATES[Math.max(STATES.indexOf(before.state), STATES.indexOf(cell.state))] as CellState
  // A table that shows zeros asks nothing sensitive, so neither does a cell it shares with one that does.
  before.sensitive &&= cell.sensitive
  before.wasHidden ||= cell.wasHidden
  before.isWithheld ||= cell.isWithheld ?? false
  if (cell.people !== undefined) before.people = Math.min(before.people ?? cell.people, cell.people)
  before.wholeMass ||= cell.wholeMass
  before.sums = Math.max(before.sums, cell.sums)
  return at
}
