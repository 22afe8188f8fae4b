/** A GeoJSON file (RFC 7946) with the divisions of a Colombian municipality: what it must be, and what is read of it. */
import { z } from 'zod'
import type { Division, Point, Polygon } from './maps.ts'
import { faultOfPolygon, type RingFault } from './rings.ts'
import { isStorable } from './storable.ts'

export const MAX_MAP_BYTES = 5_000_000
export const MAX_DIVISIONS = 1_000
export const MAX_POINTS = 50_000
export const MAX_RING_POINTS = 10_000
const MAX_PROPERTIES = 60
const MAX_CODE = 60
const MAX_NAME = 200
/** So many are named at once: a file with one fault often has it everywhere. */
const MOST_FAULTS = 20

/** Why a file is no map; the sentences stand in `app/text/maps.ts`. */
export type MapFaultCode =
  | RingFault
  | 'no_json'
  | 'no_collection'
  | 'no_divisions'
  | 'too_many_divisions'
  | 'other_crs'
  | 'no_polygon'
  | 'too_many_points'
  | 'long_ring'
  | 'not_degrees'
  | 'turned_around'
  | 'outside_colombia'
  | 'no_properties'
  | 'code_missing'
  | 'code_repeated'
  | 'name_missing'

export interface MapFault {
  code: MapFaultCode
  /** Place of the division in the file, from 1. */
  feature?: number
  /** What stands there, where it helps to find it. */
  value?: string
}

/** A division before anybody said which property is its code. */
export interface MapFeature {
  properties: Record<string, string>
  polygons: Polygon[]
}

export type ReadMapFile = { ok: true; features: MapFeature[] } | { ok: false; faults: MapFault[] }

const Collection = z.object({
  type: z.literal('FeatureCollection'),
  features: z.array(z.unknown()),
  crs: z.object({ properties: z.object({ name: z.string() }) }).nullish(),
})
const Ring = z.array(z.array(z.number()).min(2)).min(4)
const Feature = z.object({
  properties: z.record(z.string(), z.unknown()).nullish(),
  geometry: z.discriminatedUnion('type', [
    z.object({ type: z.literal('Polygon'), coordinates: z.array(Ring).min(1) }),
    z.object({ type: z.literal('MultiPolygon'), coordinates: z.array(z.array(Ring).min(1)).min(1) }),
  ]),
})

/** WGS 84, and MAGNA-SIRGAS in degrees, which differs from it by centimetres. */
const DEGREES = /(CRS84|EPSG:{1,2}(4326|4686))$/i

/** Reads a file; what it carries beside outlines, texts and numbers is left behind. */
export function readMapFile(text: string): ReadMapFile {
  const parsed = parseJson(text)
  if (parsed === undefined) return failed({ code: 'no_json' })
  const collection = Collection.safeParse(parsed)
  if (!collection.success) return failed({ code: 'no_collection' })
  const { features, crs } = collection.data
  const system = crs?.properties.name
  if (system !== undefined && !DEGREES.test(system)) return failed({ code: 'other_crs', value: system.slice(0, 80) })
  if (features.length === 0) return failed({ code: 'no_divisions' })
  if (features.length > MAX_DIVISIONS) return failed({ code: 'too_many_divisions', value: String(features.length) })
  return readFeatures(features)
}

const failed = (...faults: MapFault[]): ReadMapFile => ({ ok: false, faults })

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch {
    return undefined
  }
}

function readFeatures(features: unknown[]): ReadMapFile {
  const read: MapFeature[] = []
  const faults: MapFault[] = []
  let points = 0
  for (const [i, raw] of features.entries()) {
    const one = readFeature(raw)
    if (typeof one === 'string') faults.push({ code: one, feature: i + 1 })
    else {
      points += one.polygons.flat(2).length
      read.push(one)
    }
    if (points > MAX_POINTS) return failed({ code: 'too_many_points' })
    if (faults.length >= MOST_FAULTS) return failed(...faults)
  }
  if (faults.length > 0) return failed(...faults)
  return propertiesOf(read).length > 0 ? { ok: true, features: read } : failed({ code: 'no_properties' })
}

function readFeature(raw: unknown): MapFeature | MapFaultCode {
  const feature = Feature.safeParse(raw)
  if (!feature.success) return 'no_polygon'
  const { properties, geometry } = feature.data
  const polygons = (geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates) as Polygon[]
  const rings = polygons.flat()
  if (rings.some((ring) => ring.length > MAX_RING_POINTS)) return 'long_ring'
  const misplaced = rings.flat().find((point) => !isInColombia(point))
  if (misplaced) return faultOfPlace(misplaced)
  const faults = polygons.map(faultOfPolygon)
  const fault = faults.find((one) => one !== null)
  if (fault) return fault
  return { properties: textsOf(properties ?? {}), polygons: polygons.map((polygon) => polygon.map(ringOf)) }
}

/** With its islands and keys, and a margin. */
const isInColombia = ([lon, lat]: Point) => lon >= -82.5 && lon <= -66.5 && lat >= -4.5 && lat <= 16.5

function faultOfPlace([lon, lat]: Point): MapFaultCode {
  if (Math.abs(lon) > 180 || Math.abs(lat) > 180) return 'not_degrees'
  return isInColombia([lat, lon]) ? 'turned_around' : 'outside_colombia'
}

/** To a metre or so: what is drawn needs no more. */
const ringOf = (ring: Point[]) => ring.map(([lon, lat]): Point => [Number(lon.toFixed(5)), Number(lat.toFixed(5))])

function textsOf(properties: Record<string, unknown>): Record<string, string> {
  const texts = Object.entries(properties).flatMap(([name, value]): [string, string][] => {
    const text = typeof value === 'number' ? String(value) : typeof value === 'string' ? value.trim() : ''
    return text === '' || text.length > MAX_NAME || !isStorable(text) || !isStorable(name) ? [] : [[name, text]]
  })
  return Object.fromEntries(texts.slice(0, MAX_PROPERTIES))
}

export interface MapProperty {
  name: string
  /** How many divisions have it, and how many different values. */
  filled: number
  distinct: number
  samples: string[]
}

/** What the divisions say of themselves, in the order of the file. */
export function propertiesOf(features: readonly MapFeature[]): MapProperty[] {
  const names = [...new Set(features.flatMap(({ properties }) => Object.keys(properties)))].slice(0, MAX_PROPERTIES)
  return names.map((name) => {
    const values = features.flatMap(({ properties }) => properties[name] ?? [])
    const distinct = [...new Set(values)]
    return { name, filled: values.length, distinct: distinct.length, samples: distinct.slice(0, 3) }
  })
}

export interface ChosenProperties {
  code: string
  name: string
}

/** What is most likely the code and the name: by how the property is called, among those that fit. */
export function proposeProperties(features: readonly MapFeature[]): ChosenProperties {
  const properties = propertiesOf(features)
  const whole = properties.filter(({ filled }) => filled === features.length)
  const unique = whole.filter(({ distinct }) => distinct === features.length)
  const first = (list: MapProperty[], called: RegExp) => list.find(({ name }) => called.test(name)) ?? list[0]
  const code = first(unique, /^(cod|id|clave|divipola|num)/i) ?? properties[0]
  const worded = whole.filter(({ samples }) => samples.some((sample) => /\p{L}{3}/u.test(sample)))
  const name = first(worded, /nom|name|comuna|localidad|barrio|correg/i) ?? code
  return { code: code?.name ?? '', name: name?.name ?? '' }
}

export type Divided = { ok: true; divisions: Division[] } | { ok: false; faults: MapFault[] }

/** The divisions by the properties chosen, in the order of the file. */
export function divisionsOf(features: readonly MapFeature[], chosen: ChosenProperties): Divided {
  const faults: MapFault[] = []
  const seen = new Set<string>()
  const divisions = features.map(({ properties, polygons }, i): Division => {
    const [code = '', name = ''] = [own(properties, chosen.code), own(properties, chosen.name)]
    if (code === '' || code.length > MAX_CODE) faults.push({ code: 'code_missing', feature: i + 1 })
    else if (seen.has(code.toLowerCase())) faults.push({ code: 'code_repeated', feature: i + 1, value: code })
    if (name === '') faults.push({ code: 'name_missing', feature: i + 1 })
    seen.add(code.toLowerCase())
    return { code, name, polygons }
  })
  return faults.length > 0 ? { ok: false, faults: faults.slice(0, MOST_FAULTS) } : { ok: true, divisions }
}

const own = (properties: Record<string, string>, name: string) =>
  Object.hasOwn(properties, name) ? properties[name] : undefined
