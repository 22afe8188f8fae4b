/** The one guard between vigencias: what may stand in one series, and how it is joined across a break (F6, N11). */
import type { Cell } from './aggregates.ts'
import { type Crosswalk, successorsOf } from './crosswalks.ts'
import { shareOf } from './shares.ts'
import {
  changesBetween,
  type DefinitionChange,
  isBreak,
  optionCode,
  type VariableDefinition,
} from './variable-definitions.ts'

export interface SeriesVersion {
  n: number
  definition: VariableDefinition
}

/** Versions oldest first, without gaps; approved crosswalks and proposed ones, which bridge nothing. */
export interface VariableHistory {
  versions: readonly SeriesVersion[]
  crosswalks: readonly Crosswalk[]
}

/** A change of definition that ends a series at version `to`, unless an approved crosswalk leads across it. */
export interface SeriesBreak {
  from: number
  to: number
  /** Only those that break. */
  changes: DefinitionChange[]
  crosswalk: Crosswalk | null
}

/** Every break of the variable, oldest first. */
export function breaksOf({ versions, crosswalks }: VariableHistory): SeriesBreak[] {
  return versions.slice(1).flatMap((after, i) => {
    const before = versions[i] as SeriesVersion
    const changes = changesBetween(before.definition, after.definition).filter(isBreak)
    if (changes.length === 0) return []
    const crosswalk = crosswalks.find((one) => one.approvedAt && one.from === before.n && one.to === after.n) ?? null
    return [{ from: before.n, to: after.n, changes, crosswalk }]
  })
}

/** The breaks between two versions, whichever of them is the older. */
export function breaksBetween(history: VariableHistory, one: number, other: number): SeriesBreak[] {
  const [from, to] = one < other ? [one, other] : [other, one]
  return breaksOf(history).filter((found) => found.from >= from && found.to <= to)
}

/**
 * Whether figures of two versions may stand side by side. `refused`: the breaks nobody has bridged; `notes`: what must be
 * printed where they do.
 */
export function comparability(
  history: VariableHistory,
  one: number,
  other: number,
): { refused: SeriesBreak[]; bridged: SeriesBreak[] } {
  const found = breaksBetween(history, one, other)
  return {
    refused: found.filter(({ crosswalk }) => crosswalk === null),
    bridged: found.filter(({ crosswalk }) => crosswalk !== null),
  }
}

/**
 * Whether the same values select the same people on both sides of the breaks between two versions: no old value of
 * theirs went to another, and none came from another. `values` as a source writes them.
 */
export function selectsTheSame(
  history: VariableHistory,
  one: number,
  other: number,
  values: readonly string[],
): boolean {
  const at = (n: number) => {
    const options = history.versions.find((version) => version.n === n)?.definition.values ?? []
    return new Set(values.map((value) => optionCode(value, options)))
  }
  return breaksBetween(history, one, other).every(({ from, to, crosswalk }) => {
    const [before, after] = [at(from), at(to)]
    return (crosswalk?.pairs ?? []).every((pair) =>
      pair.to.every((value) => after.has(value) === before.has(pair.from)),
    )
  })
}

export interface Exercise {
  vigencia: number
  cycleId: string
  cycleName: string
}

/**
 * One exercise for each vigencia, oldest first: the one chosen, else the one named like that of the newest vigencia but for
 * its year, else the first of the vigencia. `exercises` come by vigencia, oldest first.
 */
export function oneOfEach<E extends Exercise>(exercises: readonly E[], chosen: readonly string[]): E[] {
  const vigencias = [...new Set(exercises.map(({ vigencia }) => vigencia))].reverse()
  let likeness: string | undefined
  const picked = vigencias.flatMap((vigencia) => {
    const own = exercises.filter((one) => one.vigencia === vigencia)
    const mine = own.find(({ cycleId }) => chosen.includes(cycleId))
    const one = mine ?? own.find(({ cycleName }) => withoutYear(cycleName) === likeness) ?? own[0]
    likeness ??= one && withoutYear(one.cycleName)
    return one ?? []
  })
  return picked.reverse()
}

const withoutYear = (name: string) => name.replaceAll(/\d+/g, '').trim().toLowerCase()

/** What one vigencia counted, each value under the code of its version. */
export interface SeriesPoint {
  vigencia: number
  /** Version of the variable it was counted with. */
  n: number
  counts: readonly { code: string; label: string; count: Cell }[]
  total: Cell
}

export interface SeriesCell {
  /** Null where it is hidden, or where it did not exist (`isAbsent`). */
  count: number | null
  share: number | null
  isAbsent: boolean
}

export interface SeriesRow {
  label: string
  /** One for each point of its run. */
  cells: SeriesCell[]
}

/** Vigencias that may be read as one line, with the breaks it was joined across. */
export interface SeriesRun {
  points: readonly SeriesPoint[]
  rows: SeriesRow[]
  bridged: SeriesBreak[]
  /** The breaks before its first point that nobody has bridged; none for the first run. */
  refused: SeriesBreak[]
}

/** Points oldest vigencia first; they are joined exactly where `comparability` refuses nothing. */
export function joinSeries(history: VariableHistory, points: readonly SeriesPoint[]): SeriesRun[] {
  const runs: Pick<SeriesRun, 'refused' | 'points'>[] = []
  for (const point of points) {
    const last = runs.at(-1)
    const before = last?.points.at(-1)
    const refused = before ? comparability(history, before.n, point.n).refused : []
    if (!last || refused.length > 0) runs.push({ points: [point], refused })
    else runs.splice(-1, 1, { ...last, points: [...last.points, point] })
  }
  return runs.map((run) => joined(history, run))
}

function joined(history: VariableHistory, run: Pick<SeriesRun, 'refused' | 'points'>): SeriesRun {
  const numbers = run.points.map(({ n }) => n)
  const [first, last] = [Math.min(...numbers), Math.max(...numbers)]
  const versions = history.versions.filter(({ n }) => n >= first && n <= last)
  const groups = groupsOf(history, versions, run.points)
  const rows = groups.map((group) => ({
    label: labelOf(group, versions, run.points),
    cells: run.points.map((point) => cellOf(point, group.get(point.n) ?? [])),
  }))
  return { ...run, rows, bridged: breaksBetween(history, first, last) }
}

/** Values that belong together, by version: the smallest groups between which nothing moves. */
type Group = Map<number, string[]>

function groupsOf(
  history: VariableHistory,
  versions: readonly SeriesVersion[],
  points: readonly SeriesPoint[],
): Group[] {
  const values = versions.map(({ n, definition }) => ({ n, codes: codesAt(n, definition, points) }))
  const everywhere = [...new Set(values.flatMap(({ codes }) => codes))]
  const parent = new Map<string, string>()
  const root = (node: string): string => {
    const up = parent.get(node) ?? node
    return up === node ? node : root(up)
  }
  const key = (n: number, code: string) => `${n} ${code}`
  const has = (at: { codes: string[] } | undefined, code: string) => at?.codes.includes(code) ?? false
  for (const [i, after] of values.entries()) {
    const before = values[i - 1]
    if (!before) continue
    const crosswalk = breaksBetween(history, before.n, after.n)[0]?.crosswalk
    for (const code of everywhere.filter((one) => has(before, one)))
      for (const to of successorsOf(crosswalk?.pairs ?? [], code))
        if (has(after, to)) parent.set(root(key(before.n, code)), root(key(after.n, to)))
  }
  const groups = new Map<string, Group>()
  for (const { n, codes } of [...values].reverse())
    for (const code of codes) {
      const name = root(key(n, code))
      const group = groups.get(name) ?? new Map<number, string[]>()
      groups.set(name, group.set(n, [...(group.get(n) ?? []), code]))
    }
  return [...groups.values()]
}

/** The options of a version, then what its sources held besides, and what open answers hold in any of them. */
function codesAt(n: number, { values }: VariableDefinition, points: readonly SeriesPoint[]): string[] {
  const counted = points.filter((point) => values.length === 0 || point.n === n).flatMap(({ counts }) => counts)
  return [...new Set([...values.map(({ code }) => code), ...counted.map(({ code }) => code)])]
}

/** As the newest version that has it calls it; several options joined stand together. */
function labelOf(group: Group, versions: readonly SeriesVersion[], points: readonly SeriesPoint[]): string {
  const n = Math.max(...group.keys())
  const options = versions.find((version) => version.n === n)?.definition.values ?? []
  const seen = points.flatMap(({ counts }) => counts)
  const name = (code: string) =>
    (options.find((option) => option.code === code) ?? seen.find((one) => one.code === code))?.label ?? code
  return (group.get(n) ?? []).map(name).join(' + ')
}

function cellOf({ counts, total }: SeriesPoint, codes: string[]): SeriesCell {
  if (codes.length === 0) return { count: null, share: null, isAbsent: true }
  const found = counts.filter(({ code }) => codes.includes(code)).map(({ count }) => count)
  // A sum with a hidden part is hidden: together with the shown parts it would give the hidden one away.
  const isHidden = found.some(({ value, mark }) => value === null || mark !== null)
  const count = isHidden ? null : found.reduce((sum, { value }) => sum + (value ?? 0), 0)
  return { count, share: shareOf({ value: count, mark: null }, total).value, isAbsent: false }
}
