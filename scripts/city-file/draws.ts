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

export function shuffle(values: Uint16Array, random: () => number) {
  for (let i = values.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1))
    const kept = values[i] as number
    values[i] = values[j] as number
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
