/** Strings that break careless software, made by kind from a seed: the same seed makes the same list. */

const SCRIPTS = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  '<!--',
  ']]>',
  'javascript:alert(1)',
  `$${'{7*7}'} {{7*7}} <%= 7*7 %> #{7*7}`,
  "' OR 1=1; DROP TABLE person;--",
  '\\',
  '%00%0d%0aSet-Cookie: a=b',
  '&lt;b&gt;&amp;#39;',
  '__proto__',
  'constructor',
  'null',
  'undefined',
  'NaN',
  '0x1F',
  '1e309',
]
const FORMULAS = ['=', '+', '-', '@', '\uff1d', '\uff0b', '\t=', ' =', '\r@']
const RANGES: Record<string, readonly [number, number]> = {
  control: [0x01, 0x1f],
  c1: [0x80, 0x9f],
  combining: [0x0300, 0x036f],
  arabic: [0x0621, 0x064a],
  hebrew: [0x05d0, 0x05ea],
  emoji: [0x1f600, 0x1f64f],
  flags: [0x1f1e6, 0x1f1ff],
  mathematical: [0x1d400, 0x1d4ff],
  invisible: [0x2000, 0x200f],
  direction: [0x202a, 0x202e],
  isolates: [0x2066, 0x2069],
  han: [0x4e00, 0x4fff],
  private: [0xe000, 0xe0ff],
  noncharacter: [0xfdd0, 0xfdef],
  variation: [0xfe00, 0xfe0f],
  fullwidth: [0xff01, 0xff5e],
}

/** The same strings in every run; `npm run proofs -- --only strings` tries others. */
const SEED = Number(process.env.PROPERTY_SEED ?? 11)

/** `n` strings; none holds U+0000 or a lone surrogate, which no database keeps, and none is longer than 300 code units. */
export function naughtyStrings(n: number, seed = SEED): string[] {
  let state = seed
  const below = (limit: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * limit)
  }
  const pick = <T>(list: readonly T[]) => list[below(list.length)] as T
  const kinds = Object.values(RANGES)
  const run = () => {
    const [from, to] = pick(kinds)
    return Array.from({ length: 1 + below(12) }, () => String.fromCodePoint(from + below(to - from + 1))).join('')
  }
  return Array.from({ length: n }, (_, i) => {
    const start = pick([() => pick(SCRIPTS), () => pick(FORMULAS), () => 'palabra'.repeat(1 + below(20)), run])()
    // Something visible and of its own in each, so that none counts as blank and all differ.
    return `${start}${run()}ñ${i}${run()}${pick(SCRIPTS)}`
  }).map((text) => shortened(text, 300))
}

/** The beginning of a text, not longer than `limit` code units and without half a letter at its end. */
export const shortened = (text: string, limit: number): string =>
  text.length <= limit ? text : text.slice(0, limit).replace(/[\ud800-\udbff]$/, '')
