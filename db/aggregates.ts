/** The only way out for numbers (F3): counts of a snapshot, with small cells hidden before anybody sees them. */
import { BOOLEAN_VALUES, classLabels, NO_DATA, SEGMENT_AXIS } from '../catalog/value-words.ts'
import {
  AggregateRequest,
  type AggregateTable,
  type Axis,
  type Condition,
  type Level,
  type Rule,
  type TableRequest,
} from '../domain/aggregates.ts'
import { type Counts, disclosedTable } from '../domain/disclosed-table.ts'
import { DEFAULT_THRESHOLD, type TablePersons } from '../domain/disclosure.ts'
import type { MappedColumn } from '../domain/sources.ts'
import { type ConfinedDatabase, openConfined, quoteName, quoteText } from './duckdb.ts'
import { readMetadata, type SnapshotMetadata, type SnapshotRef, snapshotPath } from './snapshots.ts'

export interface SnapshotSource extends SnapshotRef {
  /** The entity's threshold; a value below 5 counts as 5. */
  threshold?: number
}

/** Asked for a variable that the snapshot does not offer, or a value of a wrong kind. A programming error or a stale page. */
export class UnknownVariable extends Error {}

/** A table of counts at the given level. Throws `ZodError` or `UnknownVariable` when the request does not fit. */
export async function emitAggregates(
  level: Level,
  request: AggregateRequest,
  source: SnapshotSource,
): Promise<AggregateTable> {
  const asked = AggregateRequest.parse(request)
  const opened = await openSnapshot(source)
  const question = asked.kind === 'segment' ? membershipOf(opened, asked.rule) : await questionOf(opened, asked)
  const { kind, rows, columns, filter } = question
  const threshold = thresholdOf(source)
  return disclosedTable(level, {
    ...{ kind, rows: rows.axis, columns: columns?.axis ?? null, filter, threshold },
    ...(await count(opened, question, threshold)),
    sensitive: rows.axis.sensitive || (columns?.axis.sensitive ?? false) || usesSensitive(opened, { all: filter }),
    snapshotHash: source.hash,
    notice: opened.metadata.notice,
  })
}

/** Variables a snapshot offers for analysis, with the values of its categories; no counts. */
export async function snapshotVariables(source: SnapshotRef) {
  const { metadata } = await openSnapshot(source)
  const variables = metadata.mapping
    .filter((column) => column.role === 'variable' && column.type !== 'text')
    .map((column) => ({ ...column, values: orderedValues(column, metadata) }))
  return { variables, counts: metadata.counts, sourceHash: metadata.sourceHash, notice: metadata.notice }
}

const thresholdOf = (source: SnapshotSource) => Math.max(DEFAULT_THRESHOLD, source.threshold ?? DEFAULT_THRESHOLD)

interface Opened {
  database: ConfinedDatabase
  metadata: SnapshotMetadata
  from: string
}

/** Snapshots never change, so what was read of one stays true; the last few stay open. */
const snapshots = new Map<string, Promise<Opened>>()
const databases = new Map<string, Promise<ConfinedDatabase>>()
const MOST_OPEN = 32

function openSnapshot(ref: SnapshotRef): Promise<Opened> {
  const path = snapshotPath(ref)
  const known = snapshots.get(path)
  if (known) return known
  const opening = read(ref, path)
  snapshots.set(path, opening)
  opening.catch(() => snapshots.delete(path))
  const [oldest] = snapshots.keys()
  if (snapshots.size > MOST_OPEN && oldest) snapshots.delete(oldest)
  return opening
}

async function read(ref: SnapshotRef, path: string): Promise<Opened> {
  const database = await (databases.get(ref.dir) ?? openFolder(ref.dir))
  return { database, metadata: await readMetadata(database, ref), from: `read_parquet(${quoteText(path)})` }
}

function openFolder(dir: string): Promise<ConfinedDatabase> {
  const opening = openConfined(dir)
  databases.set(dir, opening)
  opening.catch(() => databases.delete(dir))
  return opening
}

const answers = new Map<string, Promise<Counted>>()
const MOST_ANSWERS = 500

/** One side of a table: an SQL expression that numbers the values of its axis from 0. */
interface Dimension {
  axis: Axis
  expression: string
  /** Place on the axis by stored value, where the two differ. */
  places?: number[]
}

/** What is counted: one side or two, over the records that meet the filter. */
interface Question {
  kind: AggregateTable['kind']
  rows: Dimension
  columns?: Dimension
  filter: Condition[]
  where: string
}

async function questionOf(from: Opened, asked: TableRequest): Promise<Question> {
  const rows = await dimensionOf(from, asked.rows, asked.bins)
  const columns = asked.columns ? await dimensionOf(from, asked.columns, asked.bins) : undefined
  return { kind: asked.kind, rows, columns, filter: asked.filter?.all ?? [], where: conditionsOf(from, asked.filter) }
}

/** A rule as a side of its own: the records it selects, and the others. */
function membershipOf(from: Opened, rule: Rule): Question {
  const axis = {
    variable: 'segmento',
    label: SEGMENT_AXIS,
    sensitive: usesSensitive(from, rule),
    values: BOOLEAN_VALUES,
  }
  const rows = { axis, expression: `CASE WHEN ${conditionsOf(from, rule)} THEN 0 ELSE 1 END` }
  return { kind: 'segment', rows, filter: [], where: 'TRUE' }
}

function variable(from: Opened, code: string): MappedColumn {
  const column = from.metadata.mapping.find((mapped) => mapped.code === code)
  if (column?.role !== 'variable' || column.type === 'text') throw new UnknownVariable(code)
  return column
}

const collator = new Intl.Collator('es', { numeric: true })

function orderedValues(column: MappedColumn, metadata: SnapshotMetadata): string[] {
  const known = metadata.categories[column.code] ?? []
  return column.allowed?.length ? known : [...known].sort(collator.compare)
}

async function dimensionOf(from: Opened, code: string, bins?: number[]): Promise<Dimension> {
  const column = variable(from, code)
  const axis = { variable: code, label: column.label, sensitive: column.sensitive }
  const name = quoteName(code)
  if (column.type === 'category') return categoryDimension(from, column, axis)
  if (column.type === 'boolean')
    return {
      axis: { ...axis, values: [...BOOLEAN_VALUES, NO_DATA] },
      expression: `CASE ${name} WHEN true THEN 0 WHEN false THEN 1 ELSE 2 END`,
    }
  if (column.type === 'date') return monthDimension(from, name, axis)
  const edges = bins ?? (await roundEdges(from, name))
  const labels = classLabels(edges, column.type === 'integer')
  const cases = edges.map((edge, i) => `WHEN ${name} < ${edge} THEN ${i}`).join(' ')
  const expression = `CASE WHEN ${name} IS NULL THEN ${edges.length + 1} ${cases} ELSE ${edges.length} END`
  return { axis: { ...axis, values: [...labels, NO_DATA] }, expression }
}

function categoryDimension(from: Opened, column: MappedColumn, axis: Omit<Axis, 'values'>): Dimension {
  const stored = from.metadata.categories[column.code] ?? []
  const values = [...orderedValues(column, from.metadata), NO_DATA]
  // From the file's code (1 for the first value met, 0 for empty) to the place on the axis.
  const places = [values.length - 1, ...stored.map((value) => values.indexOf(value))]
  return { axis: { ...axis, values }, expression: quoteName(column.code), places }
}

async function monthDimension(from: Opened, name: string, axis: Omit<Axis, 'values'>): Promise<Dimension> {
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

function conditionsOf(from: Opened, rule: Rule | undefined): string {
  const parts = (rule?.all ?? []).map((condition) => conditionSql(from, condition))
  return parts.length > 0 ? parts.join(' AND ') : 'TRUE'
}

/** Values become the codes of the file: nothing typed by a person enters the SQL. */
function conditionSql(from: Opened, condition: Condition): string {
  const column = variable(from, condition.variable)
  const name = quoteName(column.code)
  const values = condition.values.map((value) => conditionValue(from, column, value))
  const wanted = values.filter((value) => value !== undefined)
  // An empty value never equals anything, nor differs from it: the meaning of `matchesRule` in domain/segments.ts.
  const isFilled =
    column.type === 'category' && !condition.values.includes(NO_DATA) ? `${name} <> 0` : `${name} IS NOT NULL`
  const isAmong = wanted.length > 0 ? `coalesce(${name} IN (${wanted.join(', ')}), false)` : 'FALSE'
  return `(${isFilled} AND ${condition.op === 'neq' ? 'NOT ' : ''}${isAmong})`
}

function conditionValue(from: Opened, column: MappedColumn, value: string): string | undefined {
  if (column.type === 'category') {
    if (value === NO_DATA) return '0'
    const place = from.metadata.categories[column.code]?.indexOf(value) ?? -1
    return place < 0 ? undefined : String(place + 1)
  }
  if (column.type === 'boolean') return ['true', 'false'][BOOLEAN_VALUES.indexOf(value)]
  if (column.type === 'date') return /^\d{4}-\d{2}-\d{2}$/.test(value) ? `DATE ${quoteText(value)}` : undefined
  const plain = Number(value.replace(',', '.'))
  return Number.isFinite(plain) && value.trim() !== '' ? String(plain) : undefined
}

const usesSensitive = (from: Opened, rule: Rule) =>
  rule.all.some(({ variable: code }) => variable(from, code).sensitive)

type Counted = Pick<Counts, 'cells' | 'persons'>

async function count(from: Opened, question: Question, threshold: number): Promise<Counted> {
  const { rows, columns, where } = question
  const asked = JSON.stringify([from.from, rows.expression, columns?.expression, where, threshold])
  const known = answers.get(asked)
  if (known) return known
  const counting = countAfresh(from, question, threshold)
  answers.set(asked, counting)
  counting.catch(() => answers.delete(asked))
  const [oldest] = answers.keys()
  if (answers.size > MOST_ANSWERS && oldest) answers.delete(oldest)
  return counting
}

async function countAfresh(from: Opened, question: Question, threshold: number): Promise<Counted> {
  const { rows, columns } = question
  const key = from.metadata.mapping.find((column) => column.role === 'person_key')
  const [height, width] = [rows.axis.values.length, columns?.axis.values.length ?? 1]
  const grid = () => Array.from({ length: height }, () => new Array<number>(width).fill(0))
  const [cells, people] = [grid(), grid()]
  const inner = innerSql(from, question, key)
  // Records without a key are one group, so they count as one person together.
  const byPerson = key
    ? `SELECT r, c, count(*) AS n FROM (${inner}) GROUP BY r, c, k`
    : `SELECT r, c, 1 AS n FROM (${inner})`
  const sql = `SELECT r, c, sum(n), count(*) FROM (${byPerson}) GROUP BY r, c`
  for (const [r, c, records, persons] of await from.database.rows(sql)) {
    const [row, column] = [place(rows, Number(r)), columns ? place(columns, Number(c)) : 0]
    ;(cells[row] as number[])[column] = Number(records)
    ;(people[row] as number[])[column] = Number(persons)
  }
  if (!key) return { cells }
  const persons = leastPersons(people)
  const isDecided = [...persons.rows, ...persons.columns, persons.total].every(
    (least) => least === 0 || least >= threshold,
  )
  return { cells, persons: isDecided ? persons : await exactPersons(from, persons, question, inner) }
}

/** A total has at least the persons of its largest cell, which settles nearly every table without another scan. */
function leastPersons(people: number[][]): TablePersons {
  const width = people[0]?.length ?? 0
  const rows = people.map((row) => Math.max(0, ...row))
  const columns = Array.from({ length: width }, (_, c) => Math.max(0, ...people.map((row) => row[c] ?? 0)))
  return { cells: people, rows, columns, total: Math.max(0, ...rows) }
}

async function exactPersons(
  from: Opened,
  least: TablePersons,
  { rows, columns }: Question,
  inner: string,
): Promise<TablePersons> {
  const persons = { ...least, rows: [...least.rows], columns: [...least.columns] }
  const people = 'count(DISTINCT k) + CASE WHEN count(*) > count(k) THEN 1 ELSE 0 END'
  const sql = `SELECT r, c, ${people}, grouping(r, c) FROM (${inner}) GROUP BY GROUPING SETS ((r), (c), ())`
  for (const [r, c, counted, shape] of await from.database.rows(sql)) {
    if (Number(shape) === 1) persons.rows[place(rows, Number(r))] = Number(counted)
    if (Number(shape) === 2) persons.columns[columns ? place(columns, Number(c)) : 0] = Number(counted)
    if (Number(shape) === 3) persons.total = Number(counted)
  }
  return persons
}

const place = (dimension: Dimension, stored: number): number =>
  dimension.places ? (dimension.places[stored] ?? dimension.axis.values.length - 1) : stored

function innerSql(from: Opened, { rows, columns, where }: Question, key?: MappedColumn) {
  const person = key ? `, ${quoteName(key.code)} AS k` : ''
  return `SELECT ${rows.expression} AS r, ${columns?.expression ?? '0'} AS c${person} FROM ${from.from} WHERE ${where}`
}
