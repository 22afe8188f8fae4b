/** Chance that can be repeated: the same seed gives the same numbers. */
export interface Chance {
  /** From 0 up to, not including, `below`. */
  whole: (below: number) => number
  /** True in `share` of the cases, 0 to 1. */
  happens: (share: number) => boolean
  shuffled: <T>(list: readonly T[]) => T[]
}

/** mulberry32. */
export function chanceOf(seed: number): Chance {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const whole = (below: number) => Math.floor(next() * below)
  const shuffled = <T>(list: readonly T[]) => {
    const left = [...list]
    return list.map(() => left.splice(whole(left.length), 1)[0] as T)
  }
  return { whole, happens: (share) => next() < share, shuffled }
}
