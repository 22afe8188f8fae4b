/** The one guard between vigencias: what may stand in one series, and how it is joined across a break (F6, N11). */
import type { Crosswalk } from './crosswalks.ts'
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
  return breaksOf(history).filter(({ to }) => crosses(to, one, other))
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
    // A number written in another unit is another value.
    if (crosswalk?.conversion) return false
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
 * Which exercise stands for a vigencia beside another exercise: the one named like that one but for its year, else the
 * first. The one rule for series, segments and whatever else is compared with an earlier vigencia.
 */
export const standsFor = <E extends Exercise>(
  vigencia: number,
  exercises: readonly E[],
  beside: Pick<Exercise, 'cycleName'> | undefined,
): E | undefined => {
  const own = exercises.filter((one) => one.vigencia === vigencia)
  return own.find((one) => beside && withoutYear(one.cycleName) === withoutYear(beside.cycleName)) ?? own[0]
}

/** The exercise of the nearest earlier vigencia that this one is compared with. `exercises` come last approved first. */
export function earlierOf<E extends Exercise>(
  of: Pick<Exercise, 'vigencia' | 'cycleName'>,
  exercises: readonly E[],
): E | undefined {
  const earlier = exercises.filter(({ vigencia }) => vigencia < of.vigencia)
  return standsFor(Math.max(...earlier.map(({ vigencia }) => vigencia)), earlier, of)
}

/** One exercise for each vigencia, oldest first: the one chosen, else the one that stands for it beside the newest. */
export function oneOfEach<E extends Exercise>(exercises: readonly E[], chosen: readonly string[]): E[] {
  const vigencias = [...new Set(exercises.map(({ vigencia }) => vigencia))].sort((a, b) => b - a)
  let newest: E | undefined
  const picked = vigencias.flatMap((vigencia) => {
    const mine = exercises.find((one) => one.vigencia === vigencia && chosen.includes(one.cycleId))
    const one = mine ?? standsFor(vigencia, exercises, newest)
    newest ??= one
    return one ?? []
  })
  return picked.reverse()
}

/** A name as it stays from one vigencia to the next. */
export const withoutYear = (name: string) => name.replaceAll(/\d+/g, '').trim().toLowerCase()

/** What stands for one vigencia in a series. */
export interface VigenciaPoint {
  vigencia: number
  /** Version of the variable it was counted with. */
  n: number
}

/** Vigencias that may be read as one line, with the breaks it was joined across. */
export interface VigenciaRun<P extends VigenciaPoint = VigenciaPoint> {
  points: readonly P[]
  bridged: SeriesBreak[]
  /** The breaks before its first point that nobody has bridged; none for the first run. */
  refused: SeriesBreak[]
}

/** Points oldest vigencia first; they are joined exactly where `comparability` refuses nothing. */
export function runsOf<P extends VigenciaPoint>(history: VariableHistory, points: readonly P[]): VigenciaRun<P>[] {
  const runs: Pick<VigenciaRun<P>, 'refused' | 'points'>[] = []
  for (const point of points) {
    const last = runs.at(-1)
    const before = last?.points.at(-1)
    const refused = before ? comparability(history, before.n, point.n).refused : []
    if (!last || refused.length > 0) runs.push({ points: [point], refused })
    else runs.splice(-1, 1, { ...last, points: [...last.points, point] })
  }
  return runs.map((run) => ({ ...run, bridged: breaksBetween(history, ...versionsOf(run.points)) }))
}

/** Whether the break that leads to version `to` lies between two versions, whichever of them is the older. */
export const crosses = (to: number, one: number, other: number) =>
  to > Math.min(one, other) && to <= Math.max(one, other)

/** The oldest and the newest version among points. */
export function versionsOf(points: readonly VigenciaPoint[]): [number, number] {
  const numbers = points.map(({ n }) => n)
  return [Math.min(...numbers), Math.max(...numbers)]
}
