/** Percentages without rounding: each control takes whole hundredths of what is left, so decimals are all one ever needs. */

/** `digits` / 10^`scale`, in percent: 25.2 % is {digits: 252n, scale: 1}. */
export interface ExactPercent {
  digits: bigint
  scale: number
}

const DECIMAL = /^\d{1,3}(\.\d+)?$/

/** Of a number as it is stored or typed with a point: `25.2`. Throws `RangeError` for anything else. */
export function exactPercent(text: string | number): ExactPercent {
  const written = String(text)
  if (!DECIMAL.test(written)) throw new RangeError(`not a percentage: ${written}`)
  const [whole = '', decimals = ''] = written.split('.')
  return plain({ digits: BigInt(whole + decimals), scale: decimals.length })
}

/** What is left once `weight` whole percent of it are taken away. */
export function lessened({ digits, scale }: ExactPercent, weight: number): ExactPercent {
  return plain({ digits: digits * BigInt(100 - weight), scale: scale + 2 })
}

/** Negative where the first is less. */
export function comparePercent(one: ExactPercent, other: ExactPercent): number {
  const scale = Math.max(one.scale, other.scale)
  const difference = raised(one, scale) - raised(other, scale)
  return difference < 0n ? -1 : difference > 0n ? 1 : 0
}

/** Whole, with a point before its decimals: what is stored. */
export function percentText({ digits, scale }: ExactPercent): string {
  if (scale === 0) return String(digits)
  const padded = String(digits).padStart(scale + 1, '0')
  return `${padded.slice(0, -scale)}.${padded.slice(-scale)}`
}

/** With two decimals at most, as it is shown; half a hundredth goes up. */
export function roundedPercent(text: string): string {
  const { digits, scale } = exactPercent(text)
  if (scale <= 2) return percentText({ digits, scale })
  const unit = 10n ** BigInt(scale - 2)
  return percentText(plain({ digits: (digits + unit / 2n) / unit, scale: 2 }))
}

const raised = ({ digits, scale }: ExactPercent, to: number) => digits * 10n ** BigInt(to - scale)

/** Without zeros at its end. */
function plain({ digits, scale }: ExactPercent): ExactPercent {
  let rest = { digits, scale }
  while (rest.scale > 0 && rest.digits % 10n === 0n) rest = { digits: rest.digits / 10n, scale: rest.scale - 1 }
  return rest
}
