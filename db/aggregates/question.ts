/** What is counted: one side, two or three, over the records that meet a filter. */
import { BOOLEAN_VALUES, SEGMENT_AXIS } from '../../catalog/value-words.ts'
import type { AggregateRequest, AggregateTable, OverlapRequest, Rule, TableRequest } from '../../domain/aggregates.ts'
import type { SqlValue } from '../duckdb.ts'
import { type Bind, conditionsOf, NO_CONDITION } from './conditions.ts'
import { type Dimension, dimensionOf } from './dimensions.ts'
import type { Opened } from './opened.ts'
import { usesSensitive } from './variables.ts'

export interface Question {
  kind: AggregateTable['kind']
  rows: Dimension
  columns?: Dimension
  layers?: Dimension
  filter: Rule
  /** The filter in SQL. */
  where: string
  /** Bound to the query, for the places that its sides and its filter name. */
  values: SqlValue[]
}

/** Throws `UnknownVariable`. */
export async function questionOf(from: Opened, asked: AggregateRequest): Promise<Question> {
  const values: SqlValue[] = []
  const bind = (value: SqlValue) => `$${values.push(value)}`
  return { ...(await unboundOf(from, asked, bind)), values }
}

type Unbound = Omit<Question, 'values'>

function unboundOf(from: Opened, asked: AggregateRequest, bind: Bind): Promise<Unbound> | Unbound {
  if (asked.kind === 'segment')
    return { kind: 'segment', rows: membershipOf(from, asked.rule, bind), filter: { all: [] }, where: NO_CONDITION }
  return asked.kind === 'overlap' ? overlapOf(from, asked, bind) : tableOf(from, asked, bind)
}

/** Whether an axis or a condition of it is sensitive; a 0 is not shown then (model.md §7). */
export function isSensitive({ metadata }: Opened, { rows, columns, layers, filter }: Question): boolean {
  const isSide = [rows, columns, layers].some((side) => side?.axis.sensitive)
  return isSide || usesSensitive(metadata, filter)
}

async function tableOf(from: Opened, asked: TableRequest, bind: Bind): Promise<Unbound> {
  const rows = await dimensionOf(from, asked.rows, asked.bins)
  const columns = asked.columns ? await dimensionOf(from, asked.columns, asked.bins) : undefined
  const layers = asked.layers ? await dimensionOf(from, asked.layers, asked.bins) : undefined
  const where = conditionsOf(from.metadata, asked.filter, bind)
  return { kind: asked.kind, rows, columns, layers, filter: asked.filter ?? { all: [] }, where }
}

function overlapOf(from: Opened, { rule, other }: OverlapRequest, bind: Bind): Unbound {
  const [rows, columns] = [membershipOf(from, rule, bind), membershipOf(from, other, bind)]
  return { kind: 'overlap', rows, columns, filter: { all: [] }, where: NO_CONDITION }
}

/** A rule as a side of its own: the records it selects, and the others. */
function membershipOf({ metadata }: Opened, rule: Rule, bind: Bind): Dimension {
  const axis = {
    variable: 'segmento',
    label: SEGMENT_AXIS,
    sensitive: usesSensitive(metadata, rule),
    values: BOOLEAN_VALUES,
  }
  return { axis, expression: `CASE WHEN ${conditionsOf(metadata, rule, bind)} THEN 0 ELSE 1 END` }
}
