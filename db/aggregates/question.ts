/** What is counted: one side or two, over the records that meet a filter. */
import { BOOLEAN_VALUES, SEGMENT_AXIS } from '../../catalog/value-words.ts'
import type { AggregateRequest, AggregateTable, Rule, TableRequest } from '../../domain/aggregates.ts'
import { conditionsOf } from './conditions.ts'
import { type Dimension, dimensionOf } from './dimensions.ts'
import type { Opened } from './opened.ts'
import { usesSensitive } from './variables.ts'

export interface Question {
  kind: AggregateTable['kind']
  rows: Dimension
  columns?: Dimension
  filter: Rule
  /** The filter in SQL. */
  where: string
}

/** Throws `UnknownVariable`. */
export function questionOf(from: Opened, asked: AggregateRequest): Promise<Question> | Question {
  return asked.kind === 'segment' ? membershipOf(from, asked.rule) : tableOf(from, asked)
}

/** Whether an axis or a condition of it is sensitive; a 0 is not shown then (model.md §7). */
export function isSensitive({ metadata }: Opened, { rows, columns, filter }: Question): boolean {
  return rows.axis.sensitive || (columns?.axis.sensitive ?? false) || usesSensitive(metadata, filter)
}

async function tableOf(from: Opened, asked: TableRequest): Promise<Question> {
  const rows = await dimensionOf(from, asked.rows, asked.bins)
  const columns = asked.columns ? await dimensionOf(from, asked.columns, asked.bins) : undefined
  const where = conditionsOf(from.metadata, asked.filter)
  return { kind: asked.kind, rows, columns, filter: asked.filter ?? { all: [] }, where }
}

/** A rule as a side of its own: the records it selects, and the others. */
function membershipOf({ metadata }: Opened, rule: Rule): Question {
  const axis = {
    variable: 'segmento',
    label: SEGMENT_AXIS,
    sensitive: usesSensitive(metadata, rule),
    values: BOOLEAN_VALUES,
  }
  const rows = { axis, expression: `CASE WHEN ${conditionsOf(metadata, rule)} THEN 0 ELSE 1 END` }
  return { kind: 'segment', rows, filter: { all: [] }, where: 'TRUE' }
}
