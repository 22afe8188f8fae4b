/**
 * One table of any number of sides, protected by boxes: the corners of a box that runs through a small cell change
 * together and leave every sum as it was, so none of them can be worked out once all are hidden.
 */

export interface Cube {
  /** Number of values of each side, without the sum. */
  sizes: number[]
  /** Row-major over the values of each side and, last, their sum: `(sizes[0] + 1) × (sizes[1] + 1) × …` counts. */
  values: number[]
  /** Distinct persons in the same order, where the source names a person key. */
  people?: number[]
}

export interface CubePolicy {
  /** Smallest count (records, or persons where known) that may be shown. */
  threshold: number
  /** In a sensitive table a 0 is hidden too: it says of everybody that they are not. */
  sensitive: boolean
  /** Which sides are sensitive themselves: a row with all its mass in one of their values says what everybody in it is. */
  sensitiveSides?: boolean[]
}

export type CubeMark = 'primary' | 'complementary' | null

/** Hiding a sum takes more away than hiding any cell. */
const SUM_COST = 1e9
/** Boxes looked at in all, and for one small cell at most and at least. */
const BOXES = { all: 2_000_000, most: 20_000, least: 343 }

interface Work {
  sides: Side[]
  values: number[]
  marks: CubeMark[]
  policy: CubePolicy
  /** What boxes hidden so far have shown to be possible for each cell. */
  low: number[]
  high: number[]
  cost: number[]
  /** Boxes looked at for one small cell. */
  boxes: number
}

interface Side {
  /** Values of the side and its sum. */
  length: number
  stride: number
}

interface Box {
  corners: number[]
  /** How far the corners that move with the small cell can grow, and shrink. */
  up: number
  down: number
  price: number
  /** Corners that move with the small cell; the others move against it. */
  together: boolean[]
}

/**
 * Marks in the order of `values`. Every hidden cell keeps readings at least a threshold apart that touch 0 or reach
 * twice the threshold (promises G28), for somebody who knows the method and every count shown.
 */
export function protectCube({ sizes, values, people }: Cube, policy: CubePolicy): CubeMark[] {
  const sides = sidesOf(sizes)
  const isSmall = (value: number, i: number) =>
    value === 0 ? policy.sensitive : (people?.[i] ?? value) < policy.threshold
  const marks = values.map(
    (value, i): CubeMark =>
      isSmall(value, i) || holdsAll(values, i, sides, policy.sensitiveSides ?? []) ? 'primary' : null,
  )
  const cost = values.map((value, i) => value + 1 + SUM_COST * sides.filter((side) => isSum(i, side)).length)
  // A cell hidden for another one needs its own doubt, so new ones join the queue at its end.
  const queue = marks.flatMap((mark, i) => (mark ? [i] : []))
  const boxes = Math.max(BOXES.least, Math.min(BOXES.most, BOXES.all / queue.length))
  const work: Work = { sides, values, marks, policy, low: [...values], high: [...values], cost, boxes }
  for (const cell of queue) {
    if (isUncertain(work, cell)) continue
    const box = cheapestBox(work, cell)
    for (const corner of box.corners) {
      if (marks[corner]) continue
      marks[corner] = 'complementary'
      queue.push(corner)
    }
    note(work, box)
  }
  return marks
}

function sidesOf(sizes: number[]): Side[] {
  let stride = 1
  const sides = sizes.toReversed().map((size) => {
    const side = { length: size + 1, stride }
    stride *= size + 1
    return side
  })
  return sides.reverse()
}

const placeOf = (cell: number, { length, stride }: Side) => Math.floor(cell / stride) % length
const isSum = (cell: number, side: Side) => placeOf(cell, side) === side.length - 1
const moved = (cell: number, side: Side, place: number) => cell + (place - placeOf(cell, side)) * side.stride

/** All the mass of a row in one value of a sensitive side (promises G27). */
function holdsAll(values: number[], cell: number, sides: Side[], sensitive: boolean[]): boolean {
  const value = values[cell] as number
  return (
    value > 0 &&
    sides.some((side, d) => sensitive[d] && !isSum(cell, side) && values[moved(cell, side, side.length - 1)] === value)
  )
}

function isUncertain({ low, high, policy }: Work, cell: number): boolean {
  return isWide(low[cell] as number, high[cell] as number, policy.threshold)
}

/** At least a threshold wide, and touching 0 or reaching twice the threshold. */
export function isWide(low: number, high: number, threshold: number): boolean {
  return high - low >= threshold && (low <= 0 || high >= 2 * threshold)
}

/** There is always one: the cell and all the sums it counts in may grow without end. */
function cheapestBox(work: Work, cell: number): Box {
  const best: { found?: Box } = {}
  const choices = work.sides.map((side) => otherPlaces(work, cell, side))
  const visit = (d: number, from: Box) => {
    // Corners only ever add to the price and to what bounds the box.
    if (best.found && from.price >= best.found.price) return
    const side = work.sides[d]
    if (!side) {
      if (serves(work, cell, from)) best.found = from
      return
    }
    for (const place of choices[d] as number[]) {
      const box = doubled(work, from, side, place)
      if (box) visit(d + 1, box)
    }
  }
  const spare = spareOf(work, cell)
  visit(0, { corners: [cell], together: [true], up: Number.POSITIVE_INFINITY, down: spare, price: priceOf(work, cell) })
  if (!best.found) throw new Error('a cell and its sums always make a box')
  return best.found
}

/** The same box along one side more; undefined where one of its new corners cannot be hidden. */
function doubled(work: Work, { corners, together, up, down, price }: Box, side: Side, place: number): Box | undefined {
  const others = corners.map((corner) => moved(corner, side, place))
  if (!others.every((corner) => isHideable(work, corner))) return undefined
  const withSum = place === side.length - 1 || isSum(corners[0] as number, side)
  const alike = together.map((same) => same === withSum)
  const box = { corners: [...corners, ...others], together: [...together, ...alike], up, down, price }
  for (const [i, corner] of others.entries()) {
    const spare = spareOf(work, corner)
    if (alike[i]) box.down = Math.min(box.down, spare)
    else box.up = Math.min(box.up, spare)
    box.price += priceOf(work, corner)
  }
  return box
}

/** The cheapest places to look at on a side, cheapest first, and the sum. */
function otherPlaces(work: Work, cell: number, side: Side): number[] {
  const most = Math.max(4, Math.floor(work.boxes ** (1 / work.sides.length)))
  const own = placeOf(cell, side)
  const places = Array.from({ length: side.length }, (_, place) => place).filter(
    (place) => place !== own && isHideable(work, moved(cell, side, place)),
  )
  const price = places.map((place) => [place, priceOf(work, moved(cell, side, place))] as const)
  const sorted = price.sort((a, b) => a[1] - b[1]).map(([place]) => place)
  const sum = side.length - 1
  const cheapest = sorted.slice(0, most)
  return cheapest.includes(sum) || own === sum ? cheapest : [...cheapest, sum]
}

/** A 0 stands where it is not sensitive (model.md §7), so it cannot help to hide anything. */
const isHideable = ({ values, marks }: Work, cell: number) => marks[cell] !== null || values[cell] !== 0
const priceOf = ({ marks, cost }: Work, cell: number) => (marks[cell] ? 0 : (cost[cell] as number))

/** Least that anybody knows of a hidden cell: a 0 would have been shown. */
const floorOf = ({ policy, values }: Work, cell: number) => (policy.sensitive || values[cell] === 0 ? 0 : 1)

/** How far a hidden cell can shrink. */
const spareOf = (work: Work, cell: number) => (work.values[cell] as number) - floorOf(work, cell)

function serves({ values, low, high, policy }: Work, cell: number, { up, down }: Box): boolean {
  const value = values[cell] as number
  return isWide(
    Math.min(low[cell] as number, value - down),
    Math.max(high[cell] as number, value + up),
    policy.threshold,
  )
}

function note({ values, low, high }: Work, { corners, together, up, down }: Box): void {
  for (const [i, corner] of corners.entries()) {
    const value = values[corner] as number
    const [grows, shrinks] = together[i] ? [up, down] : [down, up]
    high[corner] = Math.max(high[corner] as number, value + grows)
    low[corner] = Math.min(low[corner] as number, value - shrinks)
  }
}
