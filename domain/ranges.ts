/** Ranges of numbers and days in a rule: their bounds, always inclusive, and what stands inside (features F1, F2). */
import { isCivilDate } from './civil-dates.ts'
import { numberOf } from './number-notation.ts'

/** `gte`: from a value on; `lte`: up to a value; `between`: from the first value to the second. */
export const RANGE_OPERATORS = ['gte', 'lte', 'between'] as const
export type RangeOperator = (typeof RANGE_OPERATORS)[number]

/** A condition whose values are bounds. */
export interface Range {
  op: RangeOperator
  values: string[]
}

/** What the bounds of a range can be wrong by. */
export type RangeFault = 'bound_unreadable' | 'bounds_mixed' | 'range_reversed'

/** What a range asks of the column it is on. */
export type RangeMisfit = 'range_on_list' | 'bound_not_number' | 'bound_not_date'

/** What is wrong with one of two bounds typed in fields of their own. */
export type BoundFault = Exclude<RangeMisfit, 'range_on_list'> | Extract<RangeFault, 'range_reversed'>

export const isRange = <C extends { op: string; values: string[] }>(condition: C): condition is C & Range =>
  RANGE_OPERATORS.some((op) => op === condition.op)

/** How many values a range has. */
export const boundsOf = (op: RangeOperator): number => (op === 'between' ? 2 : 1)

/** Larger numbers, and finer ones than six decimals, are not written as people write them. */
const MOST = 1e15

/** A bound as rules keep it: `60`, `60,5` or `2026-01-31`; null for what is neither a number nor a day. */
export function writtenBound(typed: string): string | null {
  const [, day = '', month = '', year] = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(typed.trim()) ?? []
  const date = year ? `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}` : typed.trim()
  if (isCivilDate(date)) return date
  const number = numberOf(typed)
  if (number === null || Math.abs(number) >= MOST) return null
  return String(Number(number.toFixed(6)) + 0).replace('.', ',')
}

const numberIn = (bound: string) => Number(bound.replace(',', '.'))

/** A range of the bounds typed in two fields; null where both are empty. */
export function rangeFrom(from: string, to: string): Range | null {
  if (from !== '' && to !== '') return { op: 'between', values: [from, to] }
  if (from !== '') return { op: 'gte', values: [from] }
  return to !== '' ? { op: 'lte', values: [to] } : null
}

/** The two ends of a range as they are typed: an open one is empty. */
export function endsOf({ op, values: [one = '', other = ''] }: Range): [from: string, to: string] {
  return op === 'lte' ? ['', one] : [one, other]
}

/** The same range with its bounds as rules keep them, or what is wrong with it. */
export function readRange<R extends Range>(range: R): R | RangeFault {
  const bounds = range.values.map(writtenBound)
  if (!bounds.every((bound) => bound !== null)) return 'bound_unreadable'
  const [from = '', to = from] = bounds
  if (isCivilDate(from) !== isCivilDate(to)) return 'bounds_mixed'
  const isReversed = isCivilDate(from) ? from > to : numberIn(from) > numberIn(to)
  return isReversed ? 'range_reversed' : { ...range, values: bounds }
}

/** What is wrong with each of the two ends typed for numbers, or for days; an empty one is open. */
export function boundFaults(typed: [from: string, to: string], isDates: boolean): (BoundFault | null)[] {
  const faults = typed.map((bound): BoundFault | null => {
    const kept = writtenBound(bound)
    if (bound === '' || (kept !== null && isCivilDate(kept) === isDates)) return null
    return isDates ? 'bound_not_date' : 'bound_not_number'
  })
  const range = faults.some(Boolean) ? null : rangeFrom(...typed)
  return range && readRange(range) === 'range_reversed' ? [null, 'range_reversed'] : faults
}

/** Whether a range can be asked of columns of these types (`ColumnType`): null where one of them has such values. */
export function rangeMisfit({ values }: Range, types: readonly string[]): RangeMisfit | null {
  const isDates = values.every(isCivilDate)
  const [hasDates, hasNumbers] = [types.includes('date'), types.includes('integer') || types.includes('decimal')]
  if (isDates ? hasDates : hasNumbers) return null
  return hasNumbers ? 'bound_not_number' : hasDates ? 'bound_not_date' : 'range_on_list'
}

/** Whether a value as a file writes it is inside; what is empty or of another kind never is. */
export function isWithin(range: Range, value: string): boolean {
  const [from, to] = endsOf(range)
  const kept = writtenBound(value)
  if (kept === null || range.values.some((bound) => isCivilDate(bound) !== isCivilDate(kept))) return false
  const isUpTo = (one: string, other: string) => (isCivilDate(one) ? one <= other : numberIn(one) <= numberIn(other))
  return (from === '' || isUpTo(from, kept)) && (to === '' || isUpTo(kept, to))
}
