/** Every table of whole numbers that fits what is shown, tried one by one: the reference the fast code is held against. */

/** `parts` add up to `whole`; places in the list of cells. */
export interface Sum {
  whole: number
  parts: number[]
}

export interface ReadCell {
  /** Undefined where it is hidden. */
  shown: number | undefined
  /** Least and most that is tried for a hidden cell. */
  low: number
  high: number
}

/** Smallest and largest value each hidden cell has in any table that fits; undefined when there are too many to try. */
export function readings(cells: ReadCell[], sums: Sum[], most = 400_000): { low: number; high: number }[] | undefined {
  const values = cells.map((cell) => cell.shown)
  const seen = cells.map(() => ({ low: Number.POSITIVE_INFINITY, high: Number.NEGATIVE_INFINITY }))
  let tried = 0
  const fits = (i: number, value: number) => value >= (cells[i] as ReadCell).low && value <= (cells[i] as ReadCell).high
  const set = (done: number[], i: number, value: number) => {
    if (!fits(i, value)) return false
    values[i] = value
    done.push(i)
    return true
  }
  /** Fills in what follows from what is set; false where it contradicts itself. */
  const settle = (done: number[]): boolean => {
    for (let again = true; again; ) {
      again = false
      for (const { whole, parts } of sums) {
        const open = parts.filter((part) => values[part] === undefined)
        const sum = parts.reduce((total, part) => total + (values[part] ?? 0), 0)
        const total = values[whole]
        if (total !== undefined && (sum > total || (open.length === 0 && sum !== total))) return false
        if (open.length === 0 && total === undefined) {
          if (!set(done, whole, sum)) return false
          again = true
        } else if (open.length === 1 && total !== undefined) {
          if (!set(done, open[0] as number, total - sum)) return false
          again = true
        }
      }
    }
    return true
  }
  const visit = (): boolean => {
    tried += 1
    if (tried > most) return false
    const done: number[] = []
    let goesOn = true
    if (settle(done)) {
      const next = values.indexOf(undefined)
      if (next < 0) note()
      else
        for (let value = (cells[next] as ReadCell).low; value <= (cells[next] as ReadCell).high && goesOn; value++) {
          values[next] = value
          goesOn = visit()
          values[next] = undefined
        }
    }
    for (const i of done) values[i] = undefined
    return goesOn
  }
  const note = () => {
    for (const [i, value] of values.entries()) {
      const range = seen[i] as { low: number; high: number }
      range.low = Math.min(range.low, value as number)
      range.high = Math.max(range.high, value as number)
    }
  }
  return visit() ? seen : undefined
}

/** The sums of a table of any number of sides, its cells row-major with the sum last on each side. */
export function sumsOfCube(sizes: number[]): Sum[] {
  const lengths = sizes.map((size) => size + 1)
  const count = lengths.reduce((a, b) => a * b, 1)
  const strides = lengths.map((_, d) => lengths.slice(d + 1).reduce((a, b) => a * b, 1))
  return strides.flatMap((stride, d) => {
    const length = lengths[d] as number
    const wholes = Array.from({ length: count }, (_, i) => i).filter(
      (i) => Math.floor(i / stride) % length === length - 1,
    )
    return wholes.map((whole) => ({
      whole,
      parts: Array.from({ length: length - 1 }, (_, k) => whole - (length - 1 - k) * stride),
    }))
  })
}

/** Inner counts with every sum, in that order. */
export function withSums(sizes: number[], inner: number[]): number[] {
  const [size = 0, ...rest] = sizes
  if (rest.length === 0) return [...inner, inner.reduce((a, b) => a + b, 0)]
  const width = inner.length / size
  const parts = Array.from({ length: size }, (_, i) => withSums(rest, inner.slice(i * width, (i + 1) * width)))
  const [first = []] = parts
  return [...parts.flat(), ...first.map((_, i) => parts.reduce((sum, part) => sum + (part[i] as number), 0))]
}
