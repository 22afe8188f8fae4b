/** Divisions of a map as shapes of a picture, with the place inside each where a label fits best. */
import type { Division, Point, Polygon } from '../domain/maps.ts'

export interface Frame {
  left: number
  top: number
  width: number
  height: number
}

export interface Shape {
  /** Data of an SVG path. */
  path: string
  /** Middle of the room for a label, and how much of it there is. */
  label: { x: number; y: number; width: number; height: number }
}

interface Bounds {
  west: number
  east: number
  south: number
  north: number
}

/** Height of the frame of this width that the divisions fill, between `least` and `most`. */
export function frameHeight(divisions: readonly Division[], width: number, least: number, most: number): number {
  const { across, up } = extentOf(boundsOf(divisions))
  return Math.round(Math.min(most, Math.max(least, (width * up) / across)))
}

/** In the order of the divisions: equirectangular at the middle latitude, as large as fits and in the middle. */
export function shapesIn(divisions: readonly Division[], frame: Frame): Shape[] {
  const bounds = boundsOf(divisions)
  const { across, up, shrink } = extentOf(bounds)
  const scale = Math.min((frame.width - 4) / across, (frame.height - 4) / up)
  const left = frame.left + (frame.width - across * scale) / 2
  const top = frame.top + (frame.height - up * scale) / 2
  const at = ([lon, lat]: Point): Point => [
    left + (lon - bounds.west) * shrink * scale,
    top + (bounds.north - lat) * scale,
  ]
  return divisions.map(({ polygons }) => shapeOf(polygons.map((polygon) => polygon.map((ring) => ring.map(at)))))
}

function boundsOf(divisions: readonly Division[]): Bounds {
  const bounds = { west: 180, east: -180, south: 90, north: -90 }
  for (const { polygons } of divisions)
    for (const [lon, lat] of polygons.flat(2)) {
      bounds.west = Math.min(bounds.west, lon)
      bounds.east = Math.max(bounds.east, lon)
      bounds.south = Math.min(bounds.south, lat)
      bounds.north = Math.max(bounds.north, lat)
    }
  return bounds
}

function extentOf({ west, east, south, north }: Bounds) {
  const shrink = Math.cos((((south + north) / 2) * Math.PI) / 180)
  return { shrink, across: (east - west) * shrink || 1e-9, up: north - south || 1e-9 }
}

function shapeOf(polygons: Polygon[]): Shape {
  const path = polygons
    .flat()
    .map((ring) => `M${ring.map(([x, y]) => `${x.toFixed(1)} ${y.toFixed(1)}`).join('L')}Z`)
    .join('')
  const rooms = polygons.map(roomIn)
  return { path, label: rooms.reduce((a, b) => (b.width * b.height > a.width * a.height ? b : a)) }
}

const SCANS = 11

/** Where a line across has most room, and how far it is from there up and down. */
function roomIn(polygon: Polygon): Shape['label'] {
  const ys = (polygon[0] ?? []).map(([, y]) => y)
  const [top, bottom] = [Math.min(...ys), Math.max(...ys)]
  let best = { x: 0, y: 0, width: 0, height: 0 }
  for (let i = 1; i < SCANS; i++) {
    const y = top + ((bottom - top) * i) / SCANS
    for (const [from, to] of insides(polygon, y, 1)) {
      const x = (from + to) / 2
      const upright = insides(polygon, x, 0).find(([above, below]) => above <= y && y <= below)
      if (!upright) continue
      const height = 2 * Math.min(y - upright[0], upright[1] - y)
      if (Math.min(to - from, 2 * height) > Math.min(best.width, 2 * best.height))
        best = { x, y, width: to - from, height }
    }
  }
  return best
}

/** The stretches inside a polygon along the line where coordinate `axis` is `at`. */
function insides(polygon: Polygon, at: number, axis: 0 | 1): [number, number][] {
  const other = axis === 0 ? 1 : 0
  const crossings = polygon.flatMap((ring) =>
    ring.slice(1).flatMap((to, i) => {
      const from = ring[i] as Point
      if (from[axis] > at === to[axis] > at) return []
      return [from[other] + ((to[other] - from[other]) * (at - from[axis])) / (to[axis] - from[axis])]
    }),
  )
  crossings.sort((a, b) => a - b)
  return crossings.flatMap((end, i): [number, number][] => (i % 2 === 1 ? [[crossings[i - 1] as number, end]] : []))
}
