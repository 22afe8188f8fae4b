/** Numbers and dates as a cell shows them in Colombia: decimal comma, no thousands, dates as `2024-12-31` (ECMA-376 §18.8.30). */

/** How a style shows a number. */
export type NumberFormat =
  | { kind: 'general' }
  /** `scale` is 100 for a percentage, whose sign is kept; `width` pads a code with zeros. */
  | { kind: 'fixed'; decimals: number; scale: 1 | 100; width: number }
  | { kind: 'date' | 'time' | 'datetime' }

export const GENERAL: NumberFormat = { kind: 'general' }
const fixed = (decimals: number, scale: 1 | 100 = 1): NumberFormat => ({ kind: 'fixed', decimals, scale, width: 0 })

/** Formats every workbook knows without spelling them. */
export function builtInFormat(id: number): NumberFormat {
  if (id === 1 || id === 3 || id === 37 || id === 38) return fixed(0)
  if (id === 2 || id === 4 || id === 39 || id === 40) return fixed(2)
  if (id === 9) return fixed(0, 100)
  if (id === 10) return fixed(2, 100)
  if ((id >= 14 && id <= 17) || (id >= 27 && id <= 31) || id === 36 || (id >= 50 && id <= 58)) return { kind: 'date' }
  if ((id >= 18 && id <= 21) || (id >= 32 && id <= 35) || (id >= 45 && id <= 47)) return { kind: 'time' }
  return id === 22 ? { kind: 'datetime' } : GENERAL
}

/** A format by its code, for example `#,##0.00`, `yyyy\-mm\-dd` or `00000`. */
export function formatOf(code: string): NumberFormat {
  // Only the part for positive numbers, without what it writes literally, its colours and its locales.
  const plain = code
    .replace(/\\.|"[^"]*"|_.|\*./g, '')
    .replace(/\[(?!h+\]|m+\]|s+\])[^\]]*\]/gi, '')
    .split(';', 1)[0] as string
  const hasTime = /[hs]|am\/pm|a\/p/i.test(plain)
  const hasDay = /[dy]/i.test(plain) || (/m/i.test(plain) && !hasTime)
  if (hasDay) return { kind: hasTime ? 'datetime' : 'date' }
  if (hasTime) return { kind: 'time' }
  if (/e[+-]/i.test(plain) || !/[0#?]/.test(plain) || /\?/.test(plain)) return GENERAL
  const [whole = '', fraction = ''] = plain.split('.', 2)
  const width = /^0+$/.test(whole.replace(/[^0#,?]/g, '')) ? whole.replace(/[^0]/g, '').length : 0
  const decimals = fraction.replace(/[^0#]/g, '').length
  // A comma at the end divides by a thousand: what is shown then is not the figure.
  if (/,(?![0#?])/.test(plain)) return GENERAL
  return { kind: 'fixed', decimals, scale: plain.includes('%') ? 100 : 1, width: width > 1 ? width : 0 }
}

/** What stands in the cell; the text itself when it is no number. */
export function shownNumber(text: string, format: NumberFormat, days1904: boolean): string {
  const value = Number(text)
  if (text === '' || !Number.isFinite(value)) return text
  if (format.kind === 'general') return general(value)
  if (format.kind === 'fixed') return fixedText(value, format)
  return shownDate(value + (days1904 ? DAYS_1904 : 0), format.kind) ?? general(value)
}

/** At most 15 digits, as a workbook computes; never with an exponent. */
function general(value: number): string {
  if (Number.isInteger(value) && Math.abs(value) < 1e15) return String(value)
  const digits = Number(value.toPrecision(15))
  const text = String(digits)
  return withComma(text.includes('e') ? withoutExponent(digits) : text)
}

function withoutExponent(value: number): string {
  if (Math.abs(value) >= 1) return BigInt(value).toString()
  return value.toFixed(20).replace(/0+$/, '')
}

const withComma = (text: string) => text.replace('.', ',')

function fixedText(value: number, { decimals, scale, width }: Extract<NumberFormat, { kind: 'fixed' }>): string {
  const shown = Number((value * scale).toPrecision(15))
  // Halves go away from zero, as a workbook shows them; toFixed alone would round 1,005 by its binary neighbour.
  const rounded = Math.abs(shown) < 1e15 && decimals <= 15 ? roundHalfUp(shown, decimals) : String(shown)
  const [whole = '', fraction] = rounded.split('.')
  const padded = whole.startsWith('-') ? `-${whole.slice(1).padStart(width, '0')}` : whole.padStart(width, '0')
  return `${padded}${fraction ? `,${fraction}` : ''}${scale === 100 ? '%' : ''}`
}

function roundHalfUp(value: number, decimals: number): string {
  const moved = Number(`${Math.abs(value)}e${decimals}`)
  if (!Number.isFinite(moved)) return value.toFixed(decimals)
  const digits = Number(`${Math.round(moved)}e-${decimals}`).toFixed(decimals)
  return value < 0 && Number(digits) !== 0 ? `-${digits}` : digits
}

const DAYS_1904 = 1462
const DAY_SECONDS = 86_400
/** 1970-01-01 as a workbook counts days. */
const EPOCH = 25_569
/** 9999-12-31, the last day a workbook knows. */
const LAST_DAY = 2_958_465

function shownDate(serial: number, kind: 'date' | 'time' | 'datetime'): string | undefined {
  if (serial < 0 || serial >= LAST_DAY + 1) return undefined
  const seconds = Math.round((serial - Math.floor(serial)) * DAY_SECONDS)
  const days = Math.floor(serial) + (seconds === DAY_SECONDS ? 1 : 0)
  const time = timeOf(seconds % DAY_SECONDS)
  if (kind === 'time' && days === 0) return time
  // 1900 was no leap year, but workbooks count a 29 February in it.
  const civil = days < 60 ? days + 1 : days
  const day = new Date((civil - EPOCH) * DAY_SECONDS * 1000).toISOString().slice(0, 10)
  return kind === 'date' ? day : `${day} ${time}`
}

function timeOf(seconds: number): string {
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
  return parts.map((part) => String(part).padStart(2, '0')).join(':')
}
