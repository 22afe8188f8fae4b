/** One side of a table: the values of its axis, and the SQL that puts each record on one of them. */
import { BOOLEAN_VALUES, classLabels, NO_DATA } from '../../catalog/value-words.ts'
import type { Axis } from '../../domain/aggregates.ts'
import type { MappedColumn } from '../../domain/sources.ts'
import { quoteName } from '../duckdb.ts'
import type { Opened } from './opened.ts'
import { orderedValues, requireVariable } from './variables.ts'

export interface Dimension {
  axis: Axis
  /** Numbers the values of the axis from 0. */
  expression: string
  /** Place on the axis by stored value, where the two differ. */
  places?: number[]
}

type Unvalued = Omit<Axis, 'values'>

/** Throws `UnknownVariable`. */
export async function dimensionOf(from: Opened, code: string, bins?: number[]): Promise<Dimension> {
  const column = requireVariable(from.metadata, code)
  const axis = { variable: code, label: column.label, sensitive: column.sensitive }
  const name = quoteName(code)
  if (column.type === 'category') return categoryDimension(from, column, axis)
  if (column.type === 'boolean')
    return {
      axis: { ...axis, values: [...BOOLEAN_VALUES, NO_DATA] },
      expression: `CASE ${name} WHEN true THEN 0 WHEN false THEN 1 ELSE 2 END`,
    }
  if (column.type === 'date') return await monthDimension(from, name, axis)
  const edges = bins ?? (await roundEdges(from, name))
  return classDimension(edges, name, { ...axis, values: [...classLabels(edges, column.type === 'integer'), NO_DATA] })
}

function categoryDimension({ metadata }: Opened, column: MappedColumn, axis: Unvalued): Dimension {
  const stored = metadata.categories[column.code] ?? []
  const values = [...orderedValues(column, metadata), NO_DATA]
  // From the file's code (1 for the first value met, 0 for empty) to the place on the axis.
  const places = [values.length - 1, ...stored.map((value) => values.indexOf(value))]
  return { axis: { ...axis, values }, expression: quoteName(column.code), places }
}

function classDimension(edges: number[], name: string, axis: Axis): Dimension {
  const cases = edges.map((edge, i) => `WHEN ${name} < ${edge} THEN ${i}`).join(' ')
  return { axis, expression: `CASE WHEN ${name} IS NULL THEN ${edges.length + 1} ${cases} ELSE ${edges.length} END` }
}

async function monthDimension(from: Opened, name: string, axis: Unvalued): Promise<Dimension> {
  const [range] = await from.database.rows(
    `SELECT year(min(${name})) * 12 + month(min(${name})) - 1, year(max(${name})) * 12 + month(max(${name})) - 1 FROM ${from.from}`,
  )
  const [first, last] = [Number(range?.[0] ?? 0), Number(range?.[1] ?? -1)]
  const months = Array.from({ length: Math.min(600, last - first + 1) }, (_, i) => first + i)
  const label = (month: number) => `${Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}`
  const expression = `coalesce(year(${name}) * 12 + month(${name}) - 1 - ${first}, ${months.length})`
  return { axis: { ...axis, values: [...months.map(label), NO_DATA] }, expression }
}

/** Ten classes with round edges between the 1st and 99th percentile, so that no single value is an edge. */
async function roundEdges(from: Opened, name: string): Promise<number[]> {
  const [row] = await from.database.rows(
    `SELECT quantile_disc(${name}, 0.01)::DOUBLE, quantile_disc(${name}, 0.99)::DOUBLE FROM ${from.from}`,
  )
  const [low, high] = [Number(row?.[0] ?? 0), Number(row?.[1] ?? 0)]
  const raw = Math.max((high - low) / 9, 1e-6)
  const power = 10 ** Math.floor(Math.log10(raw))
  const step = ([1, 2, 5, 10].find((factor) => factor * power >= raw) ?? 10) * power
  const first = Math.floor(low / step) * step + step
  const count = Math.max(1, Math.min(40, Math.ceil((high - first) / step) + 1))
  return Array.from({ length: count }, (_, i) => Number((first + i * step).toPrecision(12)))
}

/** Place on the axis of what a query answered for a record; 0 where the table lacks the side. */
export function placeOn(dimension: Dimension | undefined, stored: unknown): number {
  if (!dimension) return 0
  const number = Number(stored)
  return dimension.places ? (dimension.places[number] ?? dimension.axis.values.length - 1) : number
}
