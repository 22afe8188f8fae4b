/** Reads single cells from bytes: dates, numbers, yes and no. Nothing is decoded unless it must be. */

export const NULL_DATE = -0x80000000

const isDigit = (byte: number | undefined) => byte !== undefined && byte >= 48 && byte <= 57

/** Digits of `bytes[start, end)` as a number; NaN when there is anything else. */
function digits(bytes: Uint8Array, start: number, end: number): number {
  if (start >= end) return Number.NaN
  let value = 0
  for (let i = start; i < end; i++) {
    const byte = bytes[i] as number
    if (byte < 48 || byte > 57) return Number.NaN
    value = value * 10 + byte - 48
  }
  return value
}

const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

/** Days since 1970-01-01 of a civil date, or NaN: `2024-02-29` (iso) or `29/2/2024` (dmy); a time of day is left out. */
export function parseDate(bytes: Uint8Array, start: number, stop: number, format: 'iso' | 'dmy'): number {
  const mark = format === 'iso' ? 45 : 47
  const end = stop - start > 10 ? withoutTime(bytes, start, stop) : stop
  const first = find(bytes, mark, start, end)
  const second = find(bytes, mark, first + 1, end)
  if (second >= end) return Number.NaN
  const parts = [digits(bytes, start, first), digits(bytes, first + 1, second), digits(bytes, second + 1, end)]
  const [year, month, day] = format === 'iso' ? parts : parts.reverse()
  return daysOf(year as number, month as number, day as number)
}

const TIME = /^[ T]([01]?\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d+)?)?Z?$/

/** Where the date of `2024-02-29 10:15` ends; `stop` when what follows is no time. */
function withoutTime(bytes: Uint8Array, start: number, stop: number): number {
  let at = start
  while (at < stop && bytes[at] !== 32 && bytes[at] !== 84) at++
  const rest = String.fromCharCode(...bytes.subarray(at, Math.min(stop, at + 32)))
  return stop - at <= 32 && TIME.test(rest) ? at : stop
}

/** Like `indexOf`, but it stops at `end`: a bad cell must not cost a scan of the whole chunk. */
function find(bytes: Uint8Array, mark: number, start: number, end: number): number {
  let at = start
  while (at < end && bytes[at] !== mark) at++
  return at
}

function daysOf(year: number, month: number, day: number): number {
  if (!(year >= 1900 && year <= 2200 && month >= 1 && month <= 12 && day >= 1)) return Number.NaN
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
  if (day > (DAYS[month - 1] as number) + (month === 2 && isLeap ? 1 : 0)) return Number.NaN
  // Days from civil: years begin in March so that the leap day is the last one.
  const y = month <= 2 ? year - 1 : year
  const era = Math.floor(y / 400)
  const yearOfEra = y - era * 400
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear
  return era * 146_097 + dayOfEra - 719_468
}

/** `1234`, `-1.234,5`, `12,5 %` or with the marks exchanged (S2.15); NaN when malformed or beyond 15 digits. */
export function parseNumber(bytes: Uint8Array, start: number, stop: number, decimalMark: ',' | '.'): number {
  const end = withoutPercent(bytes, start, stop)
  const decimal = decimalMark.charCodeAt(0)
  const thousands = decimal === 44 ? 46 : 44
  const isNegative = bytes[start] === 45
  let p = isNegative ? start + 1 : start
  let value = 0
  let count = 0
  let group = -1
  for (; p < end && bytes[p] !== decimal; p++) {
    const byte = bytes[p] as number
    if (byte === thousands && count > 0 && (group === 3 || (group < 0 && count <= 3))) group = 0
    else if (isDigit(byte)) {
      value = value * 10 + byte - 48
      count++
      if (group >= 0) group++
    } else return Number.NaN
  }
  if (count === 0 || count > 15 || (group >= 0 && group !== 3)) return Number.NaN
  if (p < end) {
    const fraction = digits(bytes, p + 1, end)
    if (Number.isNaN(fraction) || count + end - p - 1 > 15) return Number.NaN
    value = (value * 10 ** (end - p - 1) + fraction) / 10 ** (end - p - 1)
  }
  return isNegative ? -value : value
}

/** A percentage counts as the number that is written. */
function withoutPercent(bytes: Uint8Array, start: number, stop: number): number {
  if (bytes[stop - 1] !== 37) return stop
  return stop - 2 > start && bytes[stop - 2] === 32 ? stop - 2 : stop - 1
}

const YES = new Set(['si', 'sí', 's', 'true', 'verdadero', '1', 'x'])
const NO = new Set(['no', 'n', 'false', 'falso', '0'])

/** 1, 0, or NaN. */
export function parseBoolean(text: string): number {
  const plain = text.toLowerCase()
  return YES.has(plain) ? 1 : NO.has(plain) ? 0 : Number.NaN
}
