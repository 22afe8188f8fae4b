/** What a named field of an event held, in words: an auditor reads no code of ours. */
import type { FieldChange } from '../../domain/events.ts'
import { auditEventText as words } from './audit.ts'
import { tlsNames } from './connections.ts'
import { type DutyNames, dutyName } from './duties.ts'
import { formatDay, formatNumber, MONTH_NAMES } from './format.ts'
import { onSilenceText } from './reviews.ts'

type Value = NonNullable<FieldChange['before']>

export interface Named {
  /** What the entity calls its duties. */
  duties: DutyNames
  /** Dependencias by id. */
  agencies: ReadonlyMap<string, string>
}

const date = (value: Value) => (typeof value === 'string' ? formatDay(value) : formatNumber(Number(value)))
const short = (hash: Value) => `${String(hash).slice(0, 4)}…${String(hash).slice(-4)}`
const oneOf =
  (names: Record<string, string>): Written =>
  (code) =>
    names[String(code)] ?? words.other

type Written = (value: Value, named: Named) => string

/** Fields whose values are codes, ids, dates or hashes. */
const WRITTEN: Record<string, Written> = {
  as_of: date,
  ended_on: date,
  // Of a calendar a date, of the reviews of every year a number.
  day: date,
  month: (n) => MONTH_NAMES[Number(n) - 1] ?? String(n),
  port: String,
  tls: oneOf(tlsNames),
  on_silence: oneOf(onSilenceText),
  shield_hash: short,
  duty: (code, { duties }) => dutyName(String(code), duties),
  rights_duties: (codes, { duties }) =>
    String(codes)
      .split(', ')
      .map((code) => dutyName(code, duties))
      .join(', '),
  parent_id: (id, { agencies }) => agencies.get(String(id)) ?? words.other,
}

/** Both sides of a change. What is on record by name only has no value on either. */
export function eventValues({ field, before, after }: FieldChange, named: Named): { before: string; after: string } {
  if (before === null && after === null) return { before: words.byName, after: words.byName }
  const said = (value: FieldChange['before']) => (value === null ? words.nothing : worded(field, value, named))
  return { before: said(before), after: said(after) }
}

function worded(field: string, value: Value, named: Named): string {
  const written = WRITTEN[field]
  if (written) return written(value, named)
  if (typeof value === 'boolean') return value ? words.yes : words.no
  return typeof value === 'number' ? formatNumber(value) : value
}
