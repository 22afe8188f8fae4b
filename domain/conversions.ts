/** How numbers of one unit are written in another, in exact decimal arithmetic: 12 months are 1 year, never 0.999 (N11). */

/** `before` of the old unit are `after` of the new one, to which `offset` is added; as typed, with comma or point. */
export interface Conversion {
  before: string
  after: string
  offset: string
}

/** A ratio of two integers; `under` is above 0. */
export interface Exact {
  over: bigint
  under: bigint
}

const DECIMAL = /^([+-]?)(\d{1,12})(?:[.,](\d{1,9}))?$/

/** Null for what is no plain decimal number of at most 12 figures before the comma and 9 behind it. */
export function exactOf(typed: string): Exact | null {
  const [, sign, whole, part = ''] = DECIMAL.exec(typed.trim()) ?? []
  if (whole === undefined) return null
  const over = BigInt(`${whole}${part}`)
  return { over: sign === '-' ? -over : over, under: 10n ** BigInt(part.length) }
}

/** The number as a computer holds it, to its 15 significant figures. Throws on what is not finite. */
export function exactNumber(value: number): Exact {
  const [figures = '', power = '0'] = value.toExponential(14).split('e')
  const [whole = '', part = ''] = figures.split('.')
  const over = BigInt(`${whole}${part}`)
  const shift = Number(power) - part.length
  return shift >= 0 ? { over: over * 10n ** BigInt(shift), under: 1n } : { over, under: 10n ** BigInt(-shift) }
}

export type ConversionProblem = 'amount_invalid' | 'offset_invalid' | 'conversion_idle'

/** Both amounts are above 0; a conversion that changes nothing is none. Null where it may be proposed. */
export function conversionProblem({ before, after, offset }: Conversion): ConversionProblem | null {
  const [one, other] = [exactOf(before), exactOf(after)]
  if (!one || !other || one.over <= 0n || other.over <= 0n) return 'amount_invalid'
  const added = exactOf(offset)
  if (!added) return 'offset_invalid'
  return one.over * other.under === other.over * one.under && added.over === 0n ? 'conversion_idle' : null
}

/** A value of the old unit in the new one. Throws on a conversion that may not be proposed. */
export function converted(value: Exact, { before, after, offset }: Conversion): Exact {
  const [one, other, added] = [exactOf(before), exactOf(after), exactOf(offset)]
  if (!one || !other || !added) throw new Error('a conversion of no numbers')
  const over = value.over * other.over * one.under
  const under = value.under * other.under * one.over
  return { over: over * added.under + added.over * under, under: under * added.under }
}

/** Rounded half away from zero to `places` behind the point: «12.50». */
export function roundedTo({ over, under }: Exact, places: number): string {
  const scaled = (over < 0n ? -over : over) * 10n ** BigInt(places)
  const figures = ((2n * scaled + under) / (2n * under)).toString().padStart(places + 1, '0')
  const cut = figures.length - places
  const sign = over < 0n && /[1-9]/.test(figures) ? '-' : ''
  return places === 0 ? `${sign}${figures}` : `${sign}${figures.slice(0, cut)}.${figures.slice(cut)}`
}
