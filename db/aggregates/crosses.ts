/**
 * Every cross of two categories of a snapshot at once, by covering tables (promises.md §6): a few tables of three or
 * four variables hold every pair, so each record is counted some forty times and not once for each of two hundred pairs.
 */
import { quoteName } from '../duckdb.ts'
import { recent } from '../recent.ts'
import type { Opened } from './opened.ts'
import { offeredVariables } from './variables.ts'

/** Counts by stored code: `grid[a * width + b]`, code 0 for an empty cell. */
interface Grid {
  width: number
  counts: Uint32Array
}

/** The counts of two variables, in this order; undefined where they are not among those counted together. */
export type Crosses = (a: string, b: string) => ((codeA: number, codeB: number) => number) | undefined

/** Cells of a covering table at most: more would no longer stay in the processor's own memory. */
const MOST_CELLS = 20_000
const MOST_VARIABLES = 24
const MOST_VALUES = 140
const MOST_SIDES = 4

const counted = recent<Crosses>(32)

export const crossesOf = (from: Opened): Promise<Crosses> => counted(from.from, () => countAll(from))

interface Category {
  code: string
  /** Values it takes and the empty cell. */
  size: number
}

async function countAll(from: Opened): Promise<Crosses> {
  const variables = categoriesOf(from)
  const grids = new Map<string, Grid>()
  const covers = coveringTables(variables.map(({ size }) => size)).map((sides) => coverOf(sides, variables))
  if (covers.length > 0) await countInto(from, variables, covers)
  for (const cover of covers) rollUp(cover, variables, grids)
  return (a, b) => {
    const [straight, turned] = [grids.get(`${a} ${b}`), grids.get(`${b} ${a}`)]
    if (straight) return (x, y) => straight.counts[x * straight.width + y] ?? 0
    return turned && ((x, y) => turned.counts[y * turned.width + x] ?? 0)
  }
}

function categoriesOf({ metadata }: Opened): Category[] {
  return offeredVariables(metadata)
    .filter(({ type }) => type === 'category')
    .map(({ code }) => ({ code, size: (metadata.categories[code]?.length ?? 0) + 1 }))
    .filter(({ size }) => size <= MOST_VALUES)
    .slice(0, MOST_VARIABLES)
}

/** Sets of places such that every pair is in one of them: the largest pair left, then what covers most pairs more. */
function coveringTables(sizes: number[]): number[][] {
  const left = new Set(sizes.flatMap((_, a) => sizes.slice(a + 1).map((_, i) => pairKey(a, a + 1 + i))))
  const cells = (sides: number[]) => sides.reduce((product, side) => product * (sizes[side] as number), 1)
  const pairs = [...left].map((key) => key.split(' ').map(Number)).sort((x, y) => cells(y) - cells(x))
  const tables: number[][] = []
  for (const [a, b] of pairs as [number, number][]) {
    if (!left.has(pairKey(a, b))) continue
    const sides = [a, b]
    for (let next = bestSide(sides, sizes, left); next !== undefined; next = bestSide(sides, sizes, left))
      sides.push(next)
    for (const one of sides) for (const other of sides) left.delete(pairKey(one, other))
    tables.push(sides)
  }
  return tables
}

const pairKey = (a: number, b: number) => (a < b ? `${a} ${b}` : `${b} ${a}`)

function bestSide(sides: number[], sizes: number[], left: Set<string>): number | undefined {
  if (sides.length >= MOST_SIDES) return undefined
  const cells = sides.reduce((product, side) => product * (sizes[side] as number), 1)
  let best: { side: number; pairs: number } | undefined
  for (const [side, size] of sizes.entries()) {
    if (sides.includes(side) || cells * size > MOST_CELLS) continue
    const pairs = sides.filter((one) => left.has(pairKey(one, side))).length
    if (pairs > (best?.pairs ?? 0)) best = { side, pairs }
  }
  return best?.side
}

interface Cover {
  /** Places of its variables. */
  sides: number[]
  sizes: number[]
  counts: Uint32Array
}

function coverOf(sides: number[], variables: Category[]): Cover {
  const sizes = sides.map((side) => variables[side]?.size ?? 1)
  return { sides, sizes, counts: new Uint32Array(sizes.reduce((a, b) => a * b, 1)) }
}

async function countInto(from: Opened, variables: Category[], covers: Cover[]): Promise<void> {
  const names = variables.map(({ code }) => quoteName(code)).join(', ')
  await from.database.eachBlock(`SELECT ${names} FROM ${from.from}`, variables.length, (block, rows) => {
    const absent = new Uint16Array(rows)
    for (const cover of covers) countBlock(cover, block, absent, rows)
  })
}

/** All sides of a record in one step: those a table lacks are columns of zeros with a single value. */
function countBlock({ sides, sizes, counts }: Cover, block: Uint16Array[], absent: Uint16Array, rows: number): void {
  const [a = absent, b = absent, c = absent, d = absent] = sides.map((side) => block[side])
  const [, sizeB = 1, sizeC = 1, sizeD = 1] = sizes
  const [stepC, stepB, stepA] = [sizeD, sizeC * sizeD, sizeB * sizeC * sizeD]
  for (let i = 0; i < rows; i++) {
    const place =
      Math.imul(a[i] as number, stepA) +
      Math.imul(b[i] as number, stepB) +
      Math.imul(c[i] as number, stepC) +
      (d[i] as number)
    counts[place] = (counts[place] as number) + 1
  }
}

/** The sums of a covering table over all but two of its sides, for each two that no table before it gave. */
function rollUp({ sides, sizes, counts }: Cover, variables: Category[], grids: Map<string, Grid>): void {
  const sums = pairsOf(sides.length).flatMap(([a, b]) => {
    const [one, other] = [variables[sides[a] as number]?.code, variables[sides[b] as number]?.code]
    if (grids.has(`${one} ${other}`) || grids.has(`${other} ${one}`)) return []
    const [height, width] = [sizes[a] as number, sizes[b] as number]
    const grid = { width, counts: new Uint32Array(height * width) }
    grids.set(`${one} ${other}`, grid)
    return [{ a, b, width, into: grid.counts }]
  })
  const codes = sizes.map(() => 0)
  for (const counted of counts) {
    if (counted > 0)
      for (const { a, b, width, into } of sums) {
        const place = (codes[a] as number) * width + (codes[b] as number)
        into[place] = (into[place] as number) + counted
      }
    advance(codes, sizes)
  }
}

const pairsOf = (sides: number) =>
  Array.from({ length: sides }, (_, a) => a).flatMap((a) =>
    Array.from({ length: sides - a - 1 }, (_, i): [number, number] => [a, a + 1 + i]),
  )

/** To the codes of the next cell, the last side first, like the digits of a counter. */
function advance(codes: number[], sizes: number[]): void {
  for (let side = sizes.length - 1; side >= 0; side--) {
    const next = (codes[side] as number) + 1
    codes[side] = next === sizes[side] ? 0 : next
    if (codes[side] !== 0) return
  }
}
