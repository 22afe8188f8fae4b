/** Maps of the divisions of a municipality, as an entity brings them along: matched to the values of a variable (F1). */

import { NO_DATA } from '../catalog/value-words.ts'
import { folded } from './folded.ts'

/** Longitude and latitude in degrees of WGS 84. */
export type Point = [number, number]
/** An outline and its holes; each begins and ends at the same point. */
export type Polygon = Point[][]

/** A comuna, a corregimiento, a locality: what the map is divided into. */
export interface Division {
  /** Unique in its map. */
  code: string
  name: string
  polygons: Polygon[]
}

/** A map as figures are drawn on it; `hash` is the SHA-256 of its content, and a figure names the map by it. */
export interface DivisionMap {
  hash: string
  name: string
  version: number
  divisions: Division[]
}

export interface Matched {
  /** Place of the value of each division, in the order of the divisions; null where no value is of it. */
  values: (number | null)[]
  /** Values without a place on the map; «Sin dato» is none of them. */
  left: string[]
}

/**
 * Divisions and values of the same code or name, whatever their case and accents; or of the same only number, «Comuna 3»
 * and «3», where no other division and no other value has it.
 */
export function matchDivisions(divisions: readonly Division[], values: readonly string[]): Matched {
  const isFree = values.map(() => true)
  const take = (places: readonly number[] | undefined): number | null => {
    const place = places?.find((one) => isFree[one])
    if (place === undefined) return null
    isFree[place] = false
    return place
  }
  const byKey = placesOf(values, keyOf)
  const places = divisions.map(({ code, name }) => take(byKey.get(keyOf(code))) ?? take(byKey.get(keyOf(name))))
  const byNumber = placesOf(values, onlyNumber)
  const namesakes = placesOf(divisions, numberOf)
  const matched = divisions.map((division, i): number | null => {
    const [known, number] = [places[i] ?? null, numberOf(division)]
    if (known !== null || number === '' || (namesakes.get(number)?.length ?? 0) > 1) return known
    const of = byNumber.get(number)
    return of?.length === 1 ? take(of) : null
  })
  return { values: matched, left: values.filter((value, i) => isFree[i] && value !== NO_DATA) }
}

/** Whether a variable with these values can be drawn: the map has a place for half of them at least, and for two. */
export function canDraw(divisions: readonly Division[], values: readonly string[]): boolean {
  const { values: places } = matchDivisions(divisions, values)
  const found = places.filter((place) => place !== null).length
  return found >= 2 && found * 2 >= values.filter((value) => value !== NO_DATA).length
}

function placesOf<T>(list: readonly T[], keyOf: (one: T) => string): Map<string, number[]> {
  const places = new Map<string, number[]>()
  for (const [i, one] of list.entries()) {
    const key = keyOf(one)
    if (key !== '') places.set(key, [...(places.get(key) ?? []), i])
  }
  return places
}

const keyOf = (text: string) => folded(text).replaceAll(/\s+/g, ' ').trim()

/** The number a text carries, without its leading zeros; empty where it carries none or several. */
function onlyNumber(text: string): string {
  const [first, ...more] = text.match(/\d+/g) ?? []
  return first !== undefined && more.length === 0 ? String(Number(first)) : ''
}

const numberOf = ({ code, name }: Division) => onlyNumber(name) || onlyNumber(code)
