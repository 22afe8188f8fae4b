/** Chance that can be repeated: the same seed gives the same numbers. */
import { randomOf } from '../support/random.ts'

export interface Chance {
  /** From 0 up to, not including, `below`. */
  whole: (below: number) => number
  /** True in `share` of the cases, 0 to 1. */
  happens: (share: number) => boolean
  shuffled: <T>(list: readonly T[]) => T[]
}

export function chanceOf(seed: number): Chance {
  const next = randomOf(seed)
  const whole = (below: number) => Math.floor(next() * below)
  const shuffled = <T>(list: readonly T[]) => {
    const left = [...list]
    return list.map(() => left.splice(whole(left.length), 1)[0] as T)
  }
  return { whole, happens: (share) => next() < share, shuffled }
}
