/** Maps an entity brings along as GeoJSON (RFC 7946): checked, reduced to names and outlines, matched to values. */
import { z } from 'zod'
import { isStorable } from './storable.ts'

export const MAX_MAP_BYTES = 5_000_000
const MAX_FEATURES = 2_000
const MAX_POINTS = 200_000

/** Longitude and latitude in degrees of WGS 84. */
export type Point = [number, number]
/** An outline and its holes. */
export type Polygon = Point[][]

export interface MapFeature {
  name: string
  polygons: Polygon[]
}

/** Why a file is no map; the sentences stand in `app/text/maps.ts`. */
export type MapFault =
  | 'no_json'
  | 'no_collection'
  | 'no_features'
  | 'too_many_features'
  | 'no_polygon'
  | 'bad_ring'
  | 'not_degrees'
  | 'too_many_points'
  | 'name_missing'
  | 'name_repeated'

export type ReadMap =
  | { ok: true; features: MapFeature[] }
  | { ok: false; fault: MapFault /** Place of the feature in the file, from 1. */; feature?: number }

const Collection = z.object({ type: z.literal('FeatureCollection'), features: z.array(z.unknown()) })
const Ring = z.array(z.array(z.number()).min(2)).min(4)
const Feature = z.object({
  properties: z.record(z.string(), z.unknown()).nullish(),
  geometry: z.discriminatedUnion('type', [
    z.object({ type: z.literal('Polygon'), coordinates: z.array(Ring).min(1) }),
    z.object({ type: z.literal('MultiPolygon'), coordinates: z.array(z.array(Ring).min(1)).min(1) }),
  ]),
})

/** Reads a GeoJSON file whose features are named by `property`; everything else they carry is left behind. */
export function readGeoJson(text: string, property: string): ReadMap {
  const parsed = parseJson(text)
  if (parsed === undefined) return { ok: false, fault: 'no_json' }
  const collection = Collection.safeParse(parsed)
  if (!collection.success) return { ok: false, fault: 'no_collection' }
  const { features } = collection.data
  if (features.length === 0) return { ok: false, fault: 'no_features' }
  if (features.length > MAX_FEATURES) return { ok: false, fault: 'too_many_features' }
  const read: MapFeature[] = []
  let points = 0
  for (const [i, raw] of features.entries()) {
    const one = readFeature(raw, property)
    if (typeof one === 'string') return { ok: false, fault: one, feature: i + 1 }
    points += one.polygons.flat(2).length
    if (points > MAX_POINTS) return { ok: false, fault: 'too_many_points' }
    if (read.some((other) => key(other.name) === key(one.name)))
      return { ok: false, fault: 'name_repeated', feature: i + 1 }
    read.push(one)
  }
  return { ok: true, features: read }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch {
    return undefined
  }
}

function readFeature(raw: unknown, property: string): MapFeature | MapFault {
  const feature = Feature.safeParse(raw)
  if (!feature.success) return 'no_polygon'
  const { properties, geometry } = feature.data
  const found = Object.entries(properties ?? {}).find(([name]) => name === property)?.[1]
  const name = (typeof found === 'number' ? String(found) : typeof found === 'string' ? found : '').trim()
  if (name === '' || name.length > 200 || !isStorable(name)) return 'name_missing'
  const polygons = (geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates) as Polygon[]
  for (const ring of polygons.flat()) {
    const [first, last] = [ring[0], ring.at(-1)]
    if (!first || !last || first[0] !== last[0] || first[1] !== last[1]) return 'bad_ring'
    if (!ring.every(([lon, lat]) => Math.abs(lon) <= 180 && Math.abs(lat) <= 90)) return 'not_degrees'
  }
  return { name, polygons: polygons.map((polygon) => polygon.map((ring) => ring.map(rounded))) }
}

/** To a metre or less: what is drawn needs no more. */
const rounded = ([lon, lat]: Point): Point => [Number(lon.toFixed(5)), Number(lat.toFixed(5))]

export interface Matched {
  /** Place of the value of each feature, in the order of the features; null where none has its name. */
  values: (number | null)[]
  /** Values without a place on the map. */
  left: string[]
}

/** Features and values of the same name, whatever their case and accents; or of the same only number, «Comuna 3» and «3». */
export function matchFeatures(features: readonly MapFeature[], values: readonly string[]): Matched {
  const byName = new Map(values.map((value, i) => [key(value), i]))
  const byNumber = uniqueNumbers(values)
  const numbers = uniqueNumbers(features.map(({ name }) => name))
  const places = features.map(({ name }) => {
    const number = onlyNumber(name)
    const isOnly = number !== null && numbers.has(number)
    return byName.get(key(name)) ?? (isOnly ? (byNumber.get(number) ?? null) : null)
  })
  return { values: places, left: values.filter((_, i) => !places.includes(i)) }
}

const key = (name: string) =>
  name.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase().replaceAll(/\s+/g, ' ').trim()

function onlyNumber(name: string): number | null {
  const [first, ...more] = name.match(/\d+/g) ?? []
  return first !== undefined && more.length === 0 ? Number(first) : null
}

/** Numbers that a single name carries, with its place. */
function uniqueNumbers(names: readonly string[]): Map<number, number> {
  const numbers = names.map(onlyNumber)
  return new Map(
    numbers.flatMap((number, i) =>
      number !== null && numbers.filter((other) => other === number).length === 1 ? [[number, i] as const] : [],
    ),
  )
}
