/** Whether an outline of a map is one: closed, with an inside, and without crossing itself. */
import type { Point, Polygon } from './maps.ts'

export type RingFault = 'open_ring' | 'flat_ring' | 'crossed_ring' | 'hole_outside'

/** The first fault of a polygon; null where it has none. */
export function faultOfPolygon([outline = [], ...holes]: Polygon): RingFault | null {
  for (const ring of [outline, ...holes]) {
    const [first, last] = [ring[0], ring.at(-1)]
    if (!first || !last || first[0] !== last[0] || first[1] !== last[1]) return 'open_ring'
    if (Math.abs(areaOf(ring)) < SMALLEST_AREA) return 'flat_ring'
    if (crossesItself(ring)) return 'crossed_ring'
  }
  return holes.every((hole) => hole.some((point) => isInside(point, outline))) ? null : 'hole_outside'
}

/** Square degrees: about one square metre in Colombia. */
const SMALLEST_AREA = 1e-10

function areaOf(ring: readonly Point[]): number {
  let sum = 0
  for (let i = 1; i < ring.length; i++) {
    const [[x1, y1], [x2, y2]] = [ring[i - 1] as Point, ring[i] as Point]
    sum += x1 * y2 - x2 * y1
  }
  return sum / 2
}

interface Segment {
  from: Point
  to: Point
  west: number
  east: number
}

/** From west to east, each segment against those that still reach its west end: seldom all against all. */
function crossesItself(ring: readonly Point[]): boolean {
  const segments = ring.slice(1).map((to, i): Segment => {
    const from = ring[i] as Point
    return { from, to, west: Math.min(from[0], to[0]), east: Math.max(from[0], to[0]) }
  })
  segments.sort((a, b) => a.west - b.west)
  let reaching: Segment[] = []
  for (const segment of segments) {
    reaching = reaching.filter((other) => other.east > segment.west)
    if (reaching.some((other) => cross(segment, other))) return true
    reaching.push(segment)
  }
  return false
}

/** Each ends on both sides of the other; ends that touch are neighbours, not a crossing. */
function cross(a: Segment, b: Segment): boolean {
  const apart = (one: Segment, other: Segment) =>
    side(one.from, one.to, other.from) * side(one.from, one.to, other.to) < 0
  return apart(a, b) && apart(b, a)
}

const side = ([x1, y1]: Point, [x2, y2]: Point, [x, y]: Point) => Math.sign((x2 - x1) * (y - y1) - (y2 - y1) * (x - x1))

function isInside([x, y]: Point, ring: readonly Point[]): boolean {
  let inside = false
  for (let i = 1; i < ring.length; i++) {
    const [[x1, y1], [x2, y2]] = [ring[i - 1] as Point, ring[i] as Point]
    if (y1 > y !== y2 > y && x < ((x2 - x1) * (y - y1)) / (y2 - y1) + x1) inside = !inside
  }
  return inside
}
