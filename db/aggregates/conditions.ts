/** Rules as SQL. Values become the codes of the file: nothing typed by a person enters it. */
import { BOOLEAN_VALUES, NO_DATA } from '../../catalog/value-words.ts'
import type { Condition, Rule } from '../../domain/aggregates.ts'
import { groupsOf } from '../../domain/segments.ts'
import type { MappedColumn } from '../../domain/sources.ts'
import { quoteName, quoteText } from '../duckdb.ts'
import type { SnapshotMetadata } from '../snapshots.ts'
import { requireVariable } from './variables.ts'

/** Every record. */
export const NO_CONDITION = 'TRUE'

/** Throws `UnknownVariable`. */
export function conditionsOf(metadata: SnapshotMetadata, rule: Rule | undefined): string {
  const groups = rule ? groupsOf(rule) : []
  const parts = groups.map((group) => group.map((condition) => conditionSql(metadata, condition)).join(' OR '))
  return parts.length > 0 ? parts.map((part) => `(${part})`).join(' AND ') : NO_CONDITION
}

function conditionSql(metadata: SnapshotMetadata, condition: Condition): string {
  const column = requireVariable(metadata, condition.variable)
  const name = quoteName(column.code)
  const values = condition.values.map((value) => conditionValue(metadata, column, value))
  const wanted = values.filter((value) => value !== undefined)
  // An empty value never equals anything, nor differs from it: the meaning of `matchesRule` in domain/segments.ts.
  const isFilled =
    column.type === 'category' && !condition.values.includes(NO_DATA) ? `${name} <> 0` : `${name} IS NOT NULL`
  const isAmong = wanted.length > 0 ? `coalesce(${name} IN (${wanted.join(', ')}), false)` : 'FALSE'
  return `(${isFilled} AND ${condition.op === 'neq' ? 'NOT ' : ''}${isAmong})`
}

function conditionValue(metadata: SnapshotMetadata, column: MappedColumn, value: string): string | undefined {
  if (column.type === 'category') {
    if (value === NO_DATA) return '0'
    const place = metadata.categories[column.code]?.indexOf(value) ?? -1
    return place < 0 ? undefined : String(place + 1)
  }
  if (column.type === 'boolean') return ['true', 'false'][BOOLEAN_VALUES.indexOf(value)]
  if (column.type === 'date') return /^\d{4}-\d{2}-\d{2}$/.test(value) ? `DATE ${quoteText(value)}` : undefined
  const plain = Number(value.replace(',', '.'))
  return Number.isFinite(plain) && value.trim() !== '' ? String(plain) : undefined
}
