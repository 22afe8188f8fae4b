/** Coverage and representativeness (E10, N17): what was captured against who was attended, and which groups it lets one speak of. */
import type { AggregateTable } from './aggregates.ts'
import { type Answers, answerText } from './forms.ts'
import type { SegmentRule } from './rules.ts'
import type { Segment } from './segments.ts'

/** What the office counted at one point in one period. */
export interface AttendanceLine {
  point: string
  /** As the source writes it: a month `YYYY-MM`, or a value such as `T1`. */
  period: string
  /** Persons attended. */
  attended: number
  /** Persons who did not answer or did not authorize; null where nobody counted them. */
  refused: number | null
}

/** What the entity settled in step 3; share between 0 and 1, base in records. */
export interface CoverageFloor {
  share: number
  base: number
}

export const DEFAULT_FLOOR: CoverageFloor = { share: 0.5, base: 30 }
const MAX_LINES = 5_000
const MAX_TEXT = 200

/** What has to be counted of the source beside the counts of the office. */
export const captureRequest = ({
  pointVariable,
  periodVariable,
}: {
  pointVariable: string
  periodVariable: string
}) => ({
  ...{ kind: 'cross' as const, rows: pointVariable, columns: periodVariable },
})

/** The entity's own floors where step 3 gives them (form version 2), else the usual. */
export function floorOf(third: Answers | undefined): CoverageFloor {
  const read = (field: string) => Number(answerText(third, 'cobertura', field))
  const [share, base] = [read('cobertura_minima'), read('base_minima')]
  return { share: share > 0 ? share / 100 : DEFAULT_FLOOR.share, base: base > 0 ? base : DEFAULT_FLOOR.base }
}

export type LineFault =
  | 'nothing'
  | 'too_many'
  | 'columns'
  | 'text'
  | 'attended'
  | 'refused'
  | 'refused_above'
  | 'repeated'
export type ParsedAttendance = { ok: true; lines: AttendanceLine[] } | { ok: false; fault: LineFault; line: number }

/** Reads `punto; periodo; atendidos; no respondieron` a line, by commas, semicolons or tabs; a header may come first. */
export function parseAttendance(text: string): ParsedAttendance {
  const lines: AttendanceLine[] = []
  const seen = new Set<string>()
  const typed = text.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/)
  for (const [i, raw] of typed.entries()) {
    if (raw.trim() === '') continue
    const read = lineOf(raw)
    // The first line names its columns where it has no number.
    if (lines.length === 0 && typeof read === 'string' && !/\d/.test(raw.slice(raw.search(/[;\t,]/)))) continue
    if (typeof read === 'string') return { ok: false, fault: read, line: i + 1 }
    const key = `${read.point}\n${read.period}`
    if (seen.has(key)) return { ok: false, fault: 'repeated', line: i + 1 }
    if (lines.length === MAX_LINES) return { ok: false, fault: 'too_many', line: i + 1 }
    seen.add(key)
    lines.push(read)
  }
  return lines.length > 0 ? { ok: true, lines } : { ok: false, fault: 'nothing', line: 1 }
}

function lineOf(raw: string): AttendanceLine | LineFault {
  const separator = [';', '\t', ','].find((one) => raw.includes(one)) ?? ';'
  const cells = raw.split(separator).map((cell) => cell.trim().replace(/^"(.*)"$/, '$1'))
  const [point = '', period = '', typedAttended = '', typedRefused = ''] = cells
  if (cells.length < 3 || cells.length > 4) return 'columns'
  if ([point, period].some((one) => one === '' || one.length > MAX_TEXT)) return 'text'
  const [attended, refused] = [wholeNumber(typedAttended), typedRefused === '' ? null : wholeNumber(typedRefused)]
  if (attended === undefined) return 'attended'
  if (refused === undefined) return 'refused'
  return refused !== null && refused > attended ? 'refused_above' : { point, period, attended, refused }
}

/** `1.234` and `1234`; never a broken or negative number. */
function wholeNumber(typed: string): number | undefined {
  const plain = /^\d{1,3}(\.\d{3})+$/.test(typed) ? typed.replaceAll('.', '') : typed
  return /^\d{1,9}$/.test(plain) ? Number(plain) : undefined
}

export interface Covered {
  /** Records of the source; null where they are hidden. */
  captured: number | null
  attended: number
  refused: number | null
}

export interface Coverage {
  lines: (AttendanceLine & Covered)[]
  points: ({ point: string; isUnder: boolean } & Covered)[]
  total: Covered
  /** Points and periods of the office that the source does not have: counted as nobody captured. */
  unknown: { points: string[]; periods: string[] }
}

/** `captured` has points in rows and periods in columns. A point is under the floor by its captured share of those attended. */
export function coverageOf(lines: readonly AttendanceLine[], captured: AggregateTable, floor: CoverageFloor): Coverage {
  const { rows, columns, cells } = captured
  const at = ({ point, period }: AttendanceLine) => {
    const [r, c] = [rows.values.indexOf(point), columns?.values.indexOf(period) ?? -1]
    return r < 0 || c < 0 ? 0 : (cells[r]?.[c]?.value ?? null)
  }
  const covered = lines.map((line) => ({ ...line, captured: at(line) }))
  const names = [...new Set(lines.map(({ point }) => point))]
  const points = names.map((point) => {
    const sums = sumOf(covered.filter((line) => line.point === point))
    return { point, ...sums, isUnder: isUnderFloor(sums, floor) }
  })
  const absent = (wanted: string[], known: string[]) => [...new Set(wanted)].filter((one) => !known.includes(one))
  return {
    ...{ lines: covered, points, total: sumOf(covered) },
    unknown: {
      points: absent(names, rows.values),
      periods: absent(
        lines.map(({ period }) => period),
        columns?.values ?? [],
      ),
    },
  }
}

/** A hidden part makes the sum unknown. */
function sumOf(parts: readonly Covered[]): Covered {
  const add = (numbers: (number | null)[]) =>
    numbers.includes(null) ? null : numbers.reduce<number>((sum, one) => sum + (one ?? 0), 0)
  const refused = parts.map((part) => part.refused)
  return {
    captured: add(parts.map((part) => part.captured)),
    attended: parts.reduce((sum, part) => sum + part.attended, 0),
    refused: refused.every((one) => one === null) ? null : refused.reduce<number>((sum, one) => sum + (one ?? 0), 0),
  }
}

/** Captured of attended, 0 to 1 and above; null where it cannot be said. */
export const shareCovered = ({ captured, attended }: Covered): number | null =>
  captured === null || attended === 0 ? null : captured / attended

function isUnderFloor(covered: Covered, { share }: CoverageFloor): boolean {
  const known = shareCovered(covered)
  return known === null ? covered.captured === null : known < share
}

/** Why a segment is not spoken of without a word beside it. */
export interface Caveat {
  segmentId: string
  name: string
  isUnderBase: boolean
  /** Most of its records come from points under the floor. */
  isUnderCovered: boolean
}

/** What is counted to know a segment's caveat: all its records, and those of points under the floor. */
export interface SegmentBase {
  segment: Pick<Segment, 'id' | 'name'>
  size: number
  fromUnder: number
}

/** The segments that carry a caveat, in the order of step 4. */
export function caveatsOf(bases: readonly SegmentBase[], { base }: CoverageFloor): Caveat[] {
  return bases.flatMap(({ segment, size, fromUnder }) => {
    const [isUnderBase, isUnderCovered] = [size < base, size > 0 && fromUnder * 2 > size]
    return isUnderBase || isUnderCovered
      ? [{ segmentId: segment.id, name: segment.name, isUnderBase, isUnderCovered }]
      : []
  })
}

/** The records of a segment that were captured at these points. */
export function atPoints(rule: SegmentRule, variable: string, points: string[]): SegmentRule {
  return { ...rule, all: [...rule.all, { variable, op: 'in', values: points }] }
}

/** What the report must say of its own base: the entity's floors, the counts where there are any, and who needs a caveat. */
export interface Representativeness {
  floor: CoverageFloor
  /** Null where the office gave no counts. */
  coverage: Coverage | null
  caveats: Caveat[]
}
