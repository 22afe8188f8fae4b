/** The shares of a variable from vigencia to vigencia, its values joined across what a table of correspondence bridges (F6, N11). */
import type { Cell } from './aggregates.ts'
import { successorsOf } from './crosswalks.ts'
import {
  breaksBetween,
  runsOf,
  type SeriesVersion,
  type VariableHistory,
  type VigenciaPoint,
  type VigenciaRun,
  versionsOf,
} from './series.ts'
import { shareOf } from './shares.ts'
import type { VariableDefinition } from './variable-definitions.ts'

/** What one vigencia counted, each value under the code of its version. */
export interface SeriesPoint extends VigenciaPoint {
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

export interface SeriesRun extends VigenciaRun<SeriesPoint> {
  rows: SeriesRow[]
}

/** Points oldest vigencia first. */
export const joinSeries = (history: VariableHistory, points: readonly SeriesPoint[]): SeriesRun[] =>
  runsOf(history, points).map((run) => joined(history, run))

function joined(history: VariableHistory, run: VigenciaRun<SeriesPoint>): SeriesRun {
  const [first, last] = versionsOf(run.points)
  const versions = history.versions.filter(({ n }) => n >= first && n <= last)
  const groups = groupsOf(history, versions, run.points)
  const rows = groups.map((group) => ({
    label: labelOf(group, versions, run.points),
    cells: run.points.map((point) => cellOf(point, group.get(point.n) ?? [])),
  }))
  return { ...run, rows }
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
