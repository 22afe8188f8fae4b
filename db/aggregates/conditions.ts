/** Rules as SQL. Values become the codes of the file, or travel bound: nothing typed by a person enters the text of it. */
import { BOOLEAN_VALUES, NO_DATA } from '../../catalog/value-words.ts'
import type { Condition, Rule } from '../../domain/aggregates.ts'
import { isCivilDate } from '../../domain/civil-dates.ts'
import { endsOf, isRange, type Range, rangeMisfit } from '../../domain/ranges.ts'
import { groupsOf } from '../../domain/rules.ts'
import type { MappedColumn } from '../../domain/sources.ts'
import { quoteName, type SqlValue } from '../duckdb.ts'
import type { SnapshotMetadata } from '../snapshots.ts'
import { requireVariable, UnknownVariable } from './variables.ts'

/** Every record. */
export const NO_CONDITION = 'TRUE'

/** Keeps a value for the query to be run with, and names its place: `$1`. */
export type Bind = (value: SqlValue) => string

/** Throws `UnknownVariable`, also for a range of what has neither numbers nor days. */
export function conditionsOf(metadata: SnapshotMetadata, rule: Rule | undefined, bind: Bind): string {
  const groups = rule ? groupsOf(rule) : []
  const parts = groups.map((group) => group.map((condition) => conditionSql(metadata, condition, bind)).join(' OR '))
  return parts.length > 0 ? parts.map((part) => `(${part})`).join(' AND ') : NO_CONDITION
}

function conditionSql(metadata: SnapshotMetadata, condition: Condition, bind: Bind): string {
  const column = requireVariable(metadata, condition.variable)
  const name = quoteName(column.code)
  if (isRange(condition)) return rangeSql(column, condition, bind)
  const values = condition.values.map((value) => conditionValue(metadata, column, value, bind))
  const wanted = values.filter((value) => value !== undefined)
  // An empty value never equals anything, nor differs from it: the meaning of `matchesRule` in domain/rules.ts.
  const isFilled =
    column.type === 'category' && !condition.values.includes(NO_DATA) ? `${name} <> 0` : `${name} IS NOT NULL`
  const isAmong = wanted.length > 0 ? `coalesce(${name} IN (${wanted.join(', ')}), false)` : 'FALSE'
  return `(${isFilled} AND ${condition.op === 'neq' ? 'NOT ' : ''}${isAmong})`
}

function rangeSql(column: MappedColumn, range: Range, bind: Bind): string {
  if (rangeMisfit(range, [column.type])) throw new UnknownVariable(column.code)
  const name = quoteName(column.code)
  const [from, to] = endsOf(range).map((bound) => (bound === '' ? null : boundSql(column, bound, bind)))
  // An empty value is inside no range.
  return `(${name} IS NOT NULL${from ? ` AND ${name} >= ${from}` : ''}${to ? ` AND ${name} <= ${to}` : ''})`
}

/** Left out, an unreadable bound would let everybody in. */
function boundSql(column: MappedColumn, bound: string, bind: Bind): string {
  const sql = measureValue(column, bound, bind)
  if (sql === undefined) throw new UnknownVariable(column.code)
  return sql
}

function conditionValue(
  metadata: SnapshotMetadata,
  column: MappedColumn,
  value: string,
  bind: Bind,
): string | undefined {
  if (column.type === 'category') {
    if (value === NO_DATA) return '0'
    const place = metadata.categories[column.code]?.indexOf(value) ?? -1
    return place < 0 ? undefined : String(place + 1)
  }
  if (column.type === 'boolean') return ['true', 'false'][BOOLEAN_VALUES.indexOf(value)]
  return measureValue(column, value, bind)
}

/** A number or a day; undefined for what is none. */
function measureValue({ type }: MappedColumn, value: string, bind: Bind): string | undefined {
  if (type === 'date') return isCivilDate(value) ? `${bind(value)}::DATE` : undefined
  const plain = Number(value.replace(',', '.'))
  return Number.isFinite(plain) && value.trim() !== '' ? bind(plain) : undefined
}
