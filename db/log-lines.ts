/** An event as the log holds it: one line of canonical JSON (RFC 8785), made of what was read back from its row. */
import { type RawBuilder, sql } from 'kysely'

/** Columns of `event` in the order of the canonical form: by the UTF-16 units of their names. */
const TEXTS_BEFORE = ['act_id', 'acting_for', 'actor_person', 'actor_position', 'at'] as const
const TEXTS_AFTER = [
  ...(['content_hash', 'cycle_id', 'entity_id', 'id', 'object_id', 'object_type', 'object_version', 'origin'] as const),
  ...(['purpose_code', 'reason_code', 'request_id'] as const),
] as const
const TEXTS_LAST = ['step_code', 'type', 'workflow_id', 'xid'] as const

type TextColumn = (typeof TEXTS_BEFORE)[number] | (typeof TEXTS_AFTER)[number] | (typeof TEXTS_LAST)[number]

/** A row as `LINE_COLUMNS` reads it. Instants in UTC with microseconds, as PostgreSQL keeps them. */
export type LineRow = Record<TextColumn, string | null> & {
  schema_v: number
  changes: Json
}

type Json = string | number | boolean | null | Json[] | { [name: string]: Json }

export const LINE_COLUMNS: RawBuilder<unknown> = sql`e.act_id, e.acting_for, e.actor_person, e.actor_position,
  to_char(e.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at, e.changes, e.content_hash, e.cycle_id, e.entity_id,
  e.id, e.object_id, e.object_type, e.object_version, e.origin, e.purpose_code, e.reason_code, e.request_id, e.schema_v,
  e.step_code, e.type, e.workflow_id, e.xid::text as xid`

/** Written out for this one shape: a log of a million lines is read over in seconds. A test holds it against RFC 8785. */
export function lineOf(row: LineRow): string {
  const texts = (columns: readonly TextColumn[]) =>
    columns.map((column) => `"${column}":${JSON.stringify(row[column])}`).join(',')
  return `{${texts(TEXTS_BEFORE)},"changes":${canonical(row.changes)},${texts(TEXTS_AFTER)},"schema_v":${row.schema_v},${texts(TEXTS_LAST)}}`
}

/** RFC 8785 of whatever stands there: a row that was tampered with may hold anything, and has a line all the same. */
function canonical(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const names = Object.keys(value).sort()
  return `{${names.map((name) => `${JSON.stringify(name)}:${canonical(value[name] ?? null)}`).join(',')}}`
}
