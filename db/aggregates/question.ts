/** What is counted: one side, two or three, over the records that meet a filter. */
import { BOOLEAN_VALUES, SEGMENT_AXIS } from '../../catalog/value-words.ts'
import type { AggregateRequest, AggregateTable, OverlapRequest, Rule, TableRequest } from '../../domain/aggregates.ts'
import { conditionsOf } from './conditions.ts'
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
}

/** Throws `UnknownVariable`. */
export function questionOf(from: Opened, asked: AggregateRequest): Promise<Question> | Question {
  if (asked.kind === 'segment')
    return { kind: 'segment', rows: membershipOf(from, asked.rule), filter: { all: [] }, where: 'TRUE' }
  return asked.kind === 'overlap' ? overlapOf(from, asked) : tableOf(from, asked)
}

/** Whether an axis or a condition of it is sensitive; a 0 is not shown then (model.md §7). */
export function isSensitive({ metadata }: Opened, { rows, columns, layers, filter }: Question): boolean {
  const isSide = [rows, columns, layers].some((side) => side?.axis.sensitive)
  return isSide || usesSensitive(metadata, filter)
}

async function tableOf(from: Opened, asked: TableRequest): Promise<Question> {
  const rows = await dimensionOf(from, asked.rows, asked.bins)
  const columns = asked.columns ? await dimensionOf(from, asked.columns, asked.bins) : undefined
  const layers = asked.layers ? await dimensionOf(from, asked.layers, asked.bins) : undefined
  const where = conditionsOf(from.metadata, asked.filter)
  return { kind: asked.kind, rows, columns, layers, filter: asked.filter ?? { all: [] }, where }
}

function overlapOf(from: Opened, { rule, other }: OverlapRequest): Question {
  const [rows, columns] = [membershipOf(from, rule), membershipOf(from, other)]
  return { kind: 'overlap', rows, columns, filter: { all: [] }, where: 'TRUE' }
}

/** A rule as a side of its own: the records it selects, and the others. */
function membershipOf({ metadata }: Opened, rule: Rule): Dimension {
  const axis = {
    variable: 'segmento',
    label: SEGMENT_AXIS,
    sensitive: usesSensitive(metadata, rule),
    values: BOOLEAN_VALUES,
  }
  return { axis, expression: `CASE WHEN ${conditionsOf(metadata, rule)} THEN 0 ELSE 1 END` }
}
