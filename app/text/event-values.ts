/** What a named field of an event held, in words: an auditor reads no code of ours. */
import type { FieldChange } from '../../domain/events.ts'
import { auditEventText as words } from './audit.ts'
import { tlsNames } from './connections.ts'
import { type DutyNames, dutyName } from './duties.ts'
import { eventFieldName } from './events.ts'
import { formatDay, formatInstant, formatNumber, MONTH_NAMES } from './format.ts'
import { onSilenceText } from './reviews.ts'

type Value = NonNullable<FieldChange['before']>

export interface Named {
  /** What the entity calls its duties. */
  duties: DutyNames
  /** Dependencias by id. */
  agencies: ReadonlyMap<string, string>
}

/**
 * What else the page of an event names, and its sentence does not repeat. Codes and ids that a sentence tells in words (what it was
 * done to, in which state it is, whose it is) are in the receipt alone.
 */
const FURTHER: Record<string, string> = {
  agency: 'dependencia',
  attempt: 'vez que se abre el paso',
  body_hash: 'huella de lo que se escribió',
  bytes: 'tamaño en bytes',
  campaign: 'revisión',
  central_years: 'años en el archivo central',
  code_property: 'columna con el código',
  column: 'columna',
  controls: 'controles',
  disposal: 'eliminación',
  due_date: 'fecha límite',
  effective_on: 'desde cuándo rige',
  ends_on: 'hasta cuándo',
  file: 'huella del archivo',
  form: 'formulario',
  form_version: 'versión del formulario',
  found: 'casos que no cumplen',
  from_date: 'primer día',
  in_force_from: 'desde cuándo rige',
  items: 'elementos',
  item: 'elemento',
  looked_at: 'lo que se miró',
  minutes: 'número del acta',
  name_property: 'columna con el nombre',
  occurred_on: 'día en que ocurrió',
  office_years: 'años en el archivo de gestión',
  period: 'periodo',
  period_from: 'primer día del periodo',
  period_to: 'último día del periodo',
  procedure_code: 'procedimiento',
  publish_at: 'hora de publicación',
  recipients: 'destinatarios',
  renamed: 'columna',
  resumes_on: 'desde cuándo se reanuda',
  review_months: 'meses entre revisiones',
  risk: 'riesgo',
  round: 'ronda',
  row: 'fila',
  rows: 'filas',
  seed_hash: 'huella de la semilla',
  sha256: 'huella del archivo',
  snapshot_hash: 'huella de los datos',
  text_version: 'versión del texto',
  to_date: 'último día',
  until: 'hasta cuándo',
  valid_until: 'hasta cuándo rige',
  value: 'valor',
  version: 'versión',
  vigencia: 'vigencia',
  week: 'semana',
  zone: 'zona',
}

/** What a field is called on the page of its event; undefined for what only the receipt names. */
export function namedField(field: string): string | undefined {
  return eventFieldName(field) ?? FURTHER[field]
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
  vigencia: String,
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
  if (typeof value === 'number') return formatNumber(value)
  return SHAPES.find(([shape]) => shape.test(value))?.[1](value) ?? value
}

/** Values that are no words whatever field holds them. */
const SHAPES: [RegExp, (value: string) => string][] = [
  [/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/, () => words.other],
  [/^[0-9a-f]{64}$/, short],
  [/^\d{4}-\d{2}-\d{2}$/, formatDay],
  [/^\d{4}-\d{2}-\d{2}T/, formatInstant],
]
