/** QR codes (ISO/IEC 18004): bytes, level L, versions 1 to 9, as much as the address of a key needs. */

/** Of each version, from 1 on: all codewords, those that correct errors in each block, and blocks. */
const VERSIONS = [
  [26, 7, 1],
  [44, 10, 1],
  [70, 15, 1],
  [100, 20, 1],
  [134, 26, 1],
  [172, 18, 2],
  [196, 20, 2],
  [242, 24, 2],
  [292, 30, 2],
] as const

/** Centres of the alignment patterns; version 1 has none. */
const ALIGNED = [[], [6, 18], [6, 22], [6, 26], [6, 30], [6, 34], [6, 22, 38], [6, 24, 42], [6, 26, 46]] as const

type Grid = (boolean | null)[][]

/** Rows of dark (true) and light modules; null where the text is longer than the largest code holds (230 bytes). */
export function qrModules(text: string): boolean[][] | null {
  const bytes = [...new TextEncoder().encode(text)]
  const version = VERSIONS.findIndex(([all, correcting, blocks]) => bytes.length + 2 <= all - correcting * blocks) + 1
  if (version === 0) return null
  const grid = emptyGrid(version)
  const isFixed = grid.map((row) => row.map((module) => module !== null))
  place(grid, codewords(bytes, version))
  const masked = MASKS.map((mask, number) => withMask(grid, isFixed, mask, number))
  return masked.reduce((best, one) => (penalty(one) < penalty(best) ? one : best))
}

/** Path of the dark modules in an SVG whose unit is one module, and its side with the quiet zone of four around it. */
export function qrPath(modules: boolean[][]): { side: number; path: string } {
  const dark = modules.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`M${x + 4} ${y + 4}h1v1h-1z`] : [])))
  return { side: modules.length + 8, path: dark.join('') }
}

function codewords(bytes: number[], version: number): number[] {
  const [all, correcting, blocks] = VERSIONS[version - 1] as (typeof VERSIONS)[number]
  const room = all - correcting * blocks
  // Mode 0100, length in eight bits, the bytes, four zeros to end.
  const nibbles = [4, bytes.length >> 4, bytes.length & 15, ...bytes.flatMap((byte) => [byte >> 4, byte & 15]), 0]
  const data = Array.from(
    { length: bytes.length + 2 },
    (_, i) => ((nibbles[2 * i] ?? 0) << 4) | (nibbles[2 * i + 1] ?? 0),
  )
  for (let pad = 0xec; data.length < room; pad ^= 0xec ^ 0x11) data.push(pad)
  const size = room / blocks
  const parts = Array.from({ length: blocks }, (_, i) => data.slice(i * size, (i + 1) * size))
  const corrections = parts.map((part) => remainder(part, correcting))
  return [...interleaved(parts), ...interleaved(corrections)]
}

const interleaved = (parts: number[][]) => (parts[0] ?? []).flatMap((_, i) => parts.map((part) => part[i] ?? 0))

/** Reed-Solomon over GF(256) with the polynomial 0x11d. */
function remainder(data: number[], degree: number): number[] {
  let divisor = [1]
  for (let i = 0, root = 1; i < degree; i++, root = times(root, 2))
    divisor = [...divisor, 0].map((factor, j) => factor ^ times(divisor[j - 1] ?? 0, root))
  const rest = [...data, ...Array<number>(degree).fill(0)]
  for (let i = 0; i < data.length; i++) {
    const lead = rest[i] ?? 0
    divisor.forEach((factor, j) => {
      rest[i + j] = (rest[i + j] ?? 0) ^ times(factor, lead)
    })
  }
  return rest.slice(data.length)
}

function times(a: number, b: number): number {
  let product = 0
  for (let i = 7; i >= 0; i--) product = ((product << 1) ^ (product & 128 ? 0x11d : 0) ^ ((b >> i) & 1 ? a : 0)) & 255
  return product
}

/** Everything but data: finders, timing, alignment, version; room for the format. `null` is free. */
function emptyGrid(version: number): Grid {
  const size = version * 4 + 17
  const grid: Grid = Array.from({ length: size }, () => Array<boolean | null>(size).fill(null))
  const set = (x: number, y: number, isDark: boolean) => {
    if (grid[y]?.[x] !== undefined) (grid[y] as (boolean | null)[])[x] = isDark
  }
  for (let i = 0; i < size; i++) {
    set(6, i, i % 2 === 0)
    set(i, 6, i % 2 === 0)
  }
  const centres = ALIGNED[version - 1] as readonly number[]
  const last = centres.at(-1) ?? 0
  for (const x of centres)
    for (const y of centres) {
      const isFinder = (x === 6 && y === 6) || (x === 6 && y === last) || (x === last && y === 6)
      if (!isFinder) square(x, y, 2, (ring) => ring !== 1)
    }
  for (const [x, y] of [
    [3, 3],
    [size - 4, 3],
    [3, size - 4],
  ] as const)
    square(x, y, 4, (ring) => ring !== 2 && ring !== 4)
  for (const [x, y] of formatPlaces(size).flat()) set(x, y, false)
  set(8, size - 8, true)
  if (version >= 7) {
    const bits = (version << 12) | divided(version, 12, 0x1f25)
    for (let i = 0; i < 18; i++) {
      const [a, b] = [size - 11 + (i % 3), Math.floor(i / 3)]
      set(a, b, ((bits >> i) & 1) === 1)
      set(b, a, ((bits >> i) & 1) === 1)
    }
  }
  return grid

  function square(cx: number, cy: number, reach: number, isDark: (ring: number) => boolean) {
    for (let dy = -reach; dy <= reach; dy++)
      for (let dx = -reach; dx <= reach; dx++) set(cx + dx, cy + dy, isDark(Math.max(Math.abs(dx), Math.abs(dy))))
  }
}

/** Where the fifteen bits of the format stand, twice, the lowest first. */
function formatPlaces(size: number): (readonly [number, number])[][] {
  return Array.from({ length: 15 }, (_, i) => {
    const near = i < 6 ? [8, i] : i < 8 ? [8, i + 1] : i === 8 ? [7, 8] : [14 - i, 8]
    const far = i < 8 ? [size - 1 - i, 8] : [8, size - 15 + i]
    return [near, far] as [number, number][]
  })
}

/** Remainder of a number, moved up by `bits`, by a generator of that degree. */
function divided(value: number, bits: number, generator: number): number {
  let rest = value
  for (let i = 0; i < bits; i++) rest = (rest << 1) ^ ((rest >> (bits - 1)) * generator)
  return rest
}

/** Bits in columns of two from the right, upwards and downwards by turns; what is left over stays light. */
function place(grid: Grid, words: number[]): void {
  const size = grid.length
  let next = 0
  for (let right = size - 1, isUp = true; right >= 1; right -= 2, isUp = !isUp) {
    if (right === 6) right = 5
    for (let step = 0; step < size; step++)
      for (const x of [right, right - 1]) {
        const row = grid[isUp ? size - 1 - step : step] as (boolean | null)[]
        if (row[x] !== null) continue
        row[x] = (((words[next >> 3] ?? 0) >> (7 - (next & 7))) & 1) === 1
        next += 1
      }
  }
}

const MASKS: ((x: number, y: number) => boolean)[] = [
  (x, y) => (x + y) % 2 === 0,
  (_x, y) => y % 2 === 0,
  (x) => x % 3 === 0,
  (x, y) => (x + y) % 3 === 0,
  (x, y) => (Math.floor(x / 3) + Math.floor(y / 2)) % 2 === 0,
  (x, y) => ((x * y) % 2) + ((x * y) % 3) === 0,
  (x, y) => (((x * y) % 2) + ((x * y) % 3)) % 2 === 0,
  (x, y) => (((x + y) % 2) + ((x * y) % 3)) % 2 === 0,
]

function withMask(
  grid: Grid,
  isFixed: boolean[][],
  mask: (x: number, y: number) => boolean,
  number: number,
): boolean[][] {
  const masked = grid.map((row, y) =>
    row.map((module, x) => (isFixed[y]?.[x] ? module === true : (module === true) !== mask(x, y))),
  )
  // Level L is 01.
  const value = (1 << 3) | number
  const bits = ((value << 10) | divided(value, 10, 0x537)) ^ 0x5412
  formatPlaces(grid.length).forEach((places, i) => {
    for (const [x, y] of places) (masked[y] as boolean[])[x] = ((bits >> i) & 1) === 1
  })
  return masked
}

/** How hard a code is to read: long runs, squares, what looks like a finder, too much of one colour. */
function penalty(modules: boolean[][]): number {
  const size = modules.length
  const lines = [...modules, ...modules.map((_, x) => modules.map((row) => row[x] ?? false))]
  let total = 0
  for (const line of lines) {
    const text = line.map(Number).join('')
    for (const run of text.match(/0{5,}|1{5,}/g) ?? []) total += run.length - 2
    total += 40 * (text.match(/(?=10111010000|00001011101)/g)?.length ?? 0)
  }
  for (let y = 1; y < size; y++)
    for (let x = 1; x < size; x++) {
      const at = (dx: number, dy: number) => modules[y - dy]?.[x - dx]
      if (at(0, 0) === at(1, 0) && at(0, 0) === at(0, 1) && at(0, 0) === at(1, 1)) total += 3
    }
  const dark = modules.flat().filter(Boolean).length / size ** 2
  return total + 10 * Math.floor(Math.abs(dark - 0.5) / 0.05)
}
