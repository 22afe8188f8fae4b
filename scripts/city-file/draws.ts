/** Seeded chance: the same draws on every machine. */
import { largestRemainder } from './margins.ts'

/** xorshift32: small and seeded; from 0 to 1, without 1. */
export function randomFrom(seed: number): () => number {
  let state = (seed * 2654435761) >>> 0 || 1
  return () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    state >>>= 0
    return state / 4294967296
  }
}

/** Places of 0, 1, 2 … in the numbers given, in a drawn order: exact counts without a pattern. */
export function spread(counts: readonly number[], random: () => number): Uint16Array {
  const places = Uint16Array.from(counts.flatMap((count, i) => Array<number>(count).fill(i)))
  shuffle(places, random)
  return places
}

export function shuffle<T>(values: { readonly length: number; [place: number]: T }, random: () => number) {
  for (let i = values.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1))
    const kept = values[i] as T
    values[i] = values[j] as T
    values[j] = kept
  }
}

/** A table of 1,000 slots per list makes each draw one array read. */
export function picker(list: [string, number][], random: () => number): () => string {
  const slots = largestRemainder(
    list.map(([, weight]) => weight),
    10_000,
  )
  const values = list.flatMap(([value], i) => Array<string>(slots[i] ?? 0).fill(value))
  return () => values[Math.floor(random() * 10_000)] as string
}

/** The year of the published margins, and of a file that names no other. */
export const MARGINS_YEAR = 2024

const known = new Map<number, string[][]>()

/** Every day of a year, quarter by quarter. */
function datesOf(year: number): string[][] {
  const dates =
    known.get(year) ??
    [0, 3, 6, 9].map((month) => {
      const days = (Date.UTC(year, month + 3) - Date.UTC(year, month)) / 86_400_000
      return Array.from({ length: days }, (_, day) =>
        new Date(Date.UTC(year, month, 1 + day)).toISOString().slice(0, 10),
      )
    })
  known.set(year, dates)
  return dates
}

export const dateIn = (quarter: number, random: () => number, year = MARGINS_YEAR): string => {
  const dates = datesOf(year)[quarter] as string[]
  return dates[Math.floor(random() * dates.length)] as string
}
