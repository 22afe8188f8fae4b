/** The sheet of a workbook that holds a risk map, found by the headings of its columns wherever they stand (domain facts §2.9). */
import { MAP_HEADINGS } from '../catalog/risk-map-headings.ts'
import { headerOf, type SampleRow } from './file-readings.ts'
import { plainWords } from './folded.ts'

export type MapColumn = keyof typeof MAP_HEADINGS
export const MAP_COLUMNS = Object.keys(MAP_HEADINGS) as MapColumn[]

/** Lines below the heading that one file may have: all of them are registered in one transaction. */
export const MAX_MAP_ROWS = 600
export const MAX_MAP_BYTES = 5 * 1024 * 1024
/** Of a sheet as it is read; titles and headings stand above the lines. */
export const MAP_LIMITS = { sheets: 20, rows: MAX_MAP_ROWS + 60, letters: 3_000_000 }

export interface Sheet {
  name: string
  rows: SampleRow[]
  /** Groups of cells shown as one, `B2:B5`. */
  merges: string[]
}

/** A map as it was read: literal cells, and which column each stands in. */
export interface MapSheet {
  name: string
  /** Place of each column that was recognised, 0-based. */
  places: Partial<Record<MapColumn, number>>
  /** Headings as they stand in the file. */
  headings: string[]
  /** Below the heading; blank rows are left out. */
  rows: SampleRow[]
  merges: string[]
}

export type FoundMap = { ok: true; sheet: MapSheet } | { ok: false; fault: 'no_map' | 'no_rows' | 'too_long' }

/** Rows in which a heading is looked for: titles and the shield of the entity stand above it. */
const HEADING_WITHIN = 30
/** A sheet with fewer columns of the map is another table. */
const LEAST_COLUMNS = 4

/** The sheet with most columns of the map; a heading may take two rows, with groups of columns above. */
export function findMap(sheets: readonly Sheet[]): FoundMap {
  const found = sheets.map(headingOf).sort((a, b) => b.count - a.count)[0]
  if (!found || found.count < LEAST_COLUMNS) return { ok: false, fault: 'no_map' }
  const { sheet, places, headings, below } = found
  const rows = below.filter(({ cells }) => cells.some((cell) => cell.trim() !== ''))
  if (rows.length === 0) return { ok: false, fault: 'no_rows' }
  if (rows.length > MAX_MAP_ROWS) return { ok: false, fault: 'too_long' }
  return { ok: true, sheet: { name: sheet.name, places, headings, rows, merges: sheet.merges } }
}

interface Heading {
  sheet: Sheet
  headings: string[]
  places: MapSheet['places']
  /** Columns recognised. */
  count: number
  below: SampleRow[]
}

function headingOf(sheet: Sheet): Heading {
  const tries = sheet.rows.slice(0, HEADING_WITHIN).flatMap((_, at) =>
    [1, 2].map((height) => {
      const headings = headerOf(sheet.rows.slice(at, at + height).map(({ cells }) => cells.map((one) => one.trim())))
      const places = placesOf(headings)
      return { sheet, headings, places, count: Object.keys(places).length, below: sheet.rows.slice(at + height) }
    }),
  )
  const none: Heading = { sheet, headings: [], places: {}, count: 0, below: [] }
  return tries.reduce((best, one) => (one.count > best.count ? one : best), none)
}

/** By the whole heading, or by its lower part alone where that names one column. */
function placesOf(headings: readonly string[]): MapSheet['places'] {
  const places: MapSheet['places'] = {}
  for (const [at, heading] of headings.entries()) {
    const column = columnOf(heading) ?? columnOf(heading.split(' · ').at(-1) ?? '')
    if (column !== undefined && places[column] === undefined) places[column] = at
  }
  return places
}

const BY_WORDS = new Map(
  MAP_COLUMNS.flatMap((column) => MAP_HEADINGS[column].map((name) => [plainWords(name), column] as const)),
)

const columnOf = (heading: string): MapColumn | undefined =>
  heading === '' ? undefined : BY_WORDS.get(plainWords(heading))

/** Whether a line below the heading is the heading again, as sheets that were joined have it. */
export function isHeadingAgain({ places, headings }: MapSheet, { cells }: SampleRow): boolean {
  const same = Object.values(places).filter((at) => plainWords(cells[at] ?? '') === plainWords(headings[at] ?? ''))
  return same.length >= LEAST_COLUMNS
}

/** `B5`: as spreadsheets name a cell. */
export function cellName(line: number, at: number): string {
  return `${columnLetters(at)}${line}`
}

function columnLetters(at: number): string {
  const last = String.fromCharCode(65 + (at % 26))
  return at < 26 ? last : columnLetters(Math.floor(at / 26) - 1) + last
}

interface Rectangle {
  range: string
  top: number
  bottom: number
  left: number
  right: number
}

/** Groups of cells of a sheet shown as one. */
export class MergedCells {
  readonly #rectangles: readonly Rectangle[]
  readonly #ofLine = new Map<number, Rectangle[]>()

  constructor(merges: readonly string[]) {
    this.#rectangles = merges.flatMap((range) => {
      const [, left, top, right, bottom] = /^([A-Z]+)(\d+):([A-Z]+)(\d+)$/.exec(range) ?? []
      if (!left || !top || !right || !bottom) return []
      return { range, top: Number(top), bottom: Number(bottom), left: columnNumber(left), right: columnNumber(right) }
    })
  }

  /** The group that hides this cell; undefined where it is shown by itself. */
  over(line: number, at: number): string | undefined {
    return this.#in(line).find(({ top, left, right }) => at >= left && at <= right && !(line === top && at === left))
      ?.range
  }

  #in(line: number): Rectangle[] {
    const known = this.#ofLine.get(line)
    if (known) return known
    const found = this.#rectangles.filter(({ top, bottom }) => line >= top && line <= bottom)
    this.#ofLine.set(line, found)
    return found
  }
}

function columnNumber(letters: string): number {
  return [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1
}

/** Without them no risk can be rated; the rest may stay blank where the methodology does not ask for it. */
export const NEEDED_COLUMNS = [
  ...(['process', 'objective', 'typology', 'classification', 'factor', 'area', 'immediateCause', 'rootCause'] as const),
  ...(['consequences', 'times', 'economic', 'reputational'] as const),
] as const satisfies MapColumn[]

/** Of a risk whose methodology chooses probability by its words and counts questions, instead of times and impacts. */
export const WORDED_COLUMNS = ['inherentProbability', 'yes'] as const satisfies MapColumn[]
/** Of a risk of an asset, besides. */
export const ASSET_COLUMNS = ['asset', 'assetKind', 'property'] as const satisfies MapColumn[]

/** Results: compared with what the values of the line come to. */
export const COMPUTED_COLUMNS = [
  ...(['inherentProbability', 'inherentImpact', 'inherentZone', 'declaredP', 'declaredI', 'declaredZone'] as const),
] as const satisfies MapColumn[]

/** What is done about a risk. */
export const TREATMENT_COLUMNS = [
  ...(['treatment', 'statement', 'plan', 'planOwner', 'planStart', 'planDue', 'planFollowUp'] as const),
  ...(['planIndicator', 'planState'] as const),
] as const satisfies MapColumn[]
