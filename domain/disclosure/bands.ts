/**
 * Stretches of a line of numbers or days, from a place and up to but without another: classes of a measure, months, and what
 * a filter asks of it, so that a range is seen to hold the classes inside it and to leave the others.
 */
import { readClass } from '../../catalog/value-words.ts'
import type { Condition, MeasureKind } from '../aggregates.ts'
import { addMonths, isCivilDate } from '../civil-dates.ts'
import { endsOf, isRange } from '../ranges.ts'

type Band = [from: number, to: number]

/** No text that is stored begins with it, so a band of a filter is never taken for a value of the data. */
const WRITTEN = '\u0000'

/** All numbers, or all days. */
export const WHOLE_LINE = written([Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY])

export const isWritten = (label: string) => label.startsWith(WRITTEN)

/** A condition on a measure as the bands it leaves; none for what no such value can be. */
export function bandsAsked(condition: Condition, measure: MeasureKind): string[] {
  if (isRange(condition)) {
    const [from, to] = endsOf(condition)
    const start = from === '' ? Number.NEGATIVE_INFINITY : firstFrom(placeOf(from, measure), measure)
    const end = to === '' ? Number.POSITIVE_INFINITY : afterLast(placeOf(to, measure), measure)
    return start < end ? [written([start, end])] : []
  }
  const places = condition.values.map((value) => placeOf(value, measure)).filter((place) => !Number.isNaN(place))
  const points = places
    .map((place): Band => [firstFrom(place, measure), afterLast(place, measure)])
    .filter(([from, to]) => from < to)
  return (condition.op === 'neq' ? between(points) : points).map(written)
}

/** What points leave of the line. */
function between(points: Band[]): Band[] {
  const sorted = points.toSorted(([a], [b]) => a - b)
  const starts = [Number.NEGATIVE_INFINITY, ...sorted.map(([, to]) => to)]
  const ends = [...sorted.map(([from]) => from), Number.POSITIVE_INFINITY]
  return starts.map((from, i): Band => [from, ends[i] as number]).filter(([from, to]) => from < to)
}

/** A number as it is, a day by its number; `NaN` for what is neither. */
function placeOf(value: string, measure: MeasureKind): number {
  if (measure === 'date') return isCivilDate(value) ? dayNumber(value) : Number.NaN
  return value.trim() === '' ? Number.NaN : Number(value.replace(',', '.'))
}

const dayNumber = (date: string) => Date.parse(`${date}T00:00:00Z`) / 86_400_000

const firstFrom = (place: number, measure: MeasureKind) => (measure === 'decimal' ? place : Math.ceil(place))

/** Whole numbers and days end where the next one begins; between other numbers there is always one more. */
const afterLast = (place: number, measure: MeasureKind) =>
  measure === 'decimal' ? place + (Math.abs(place) || 1) * Number.EPSILON : Math.floor(place) + 1

function written([from, to]: Band): string {
  return `${WRITTEN}${from}…${to}`
}

/** A band of a filter, a class, or a month (`2026-01`) read back; null for any other label. */
export function readBand(label: string): Band | null {
  if (isWritten(label)) return label.slice(WRITTEN.length).split('…').map(Number) as Band
  return readClass(label) ?? readMonth(label)
}

function readMonth(label: string): Band | null {
  const first = `${label}-01`
  return isCivilDate(first) ? [dayNumber(first), dayNumber(addMonths(first, 1))] : null
}
