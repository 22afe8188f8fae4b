/** What may be asked of a snapshot, and the shape of every answer: the only form in which figures travel. */
import { z } from 'zod'
import type { AnalysisVersion } from './analysis-version.ts'
import type { Mark } from './disclosure.ts'
import { OPERATORS } from './rules.ts'

/** `interno`: people with the right to analyse this source. `publico`: everything else (model.md §7). */
export type Level = 'interno' | 'publico'

const code = z.string().regex(/^[a-z][a-z0-9_]{0,62}$/)

export const Condition = z.object({
  variable: code,
  op: z.enum(OPERATORS),
  values: z.array(z.string().max(200)).min(1).max(500),
})
export type Condition = z.infer<typeof Condition>

/** The rule of a segment: every condition of `all` holds and, of each group of `any`, one at least. */
export const Rule = z.object({
  all: z.array(Condition).max(20),
  any: z.array(z.array(Condition).min(1).max(20)).max(20).optional(),
})
export type Rule = z.infer<typeof Rule>

/** Edges of a histogram in the variable's unit, rising; below the first and from the last on are classes too. */
export const Bins = z
  .array(z.number())
  .min(1)
  .max(50)
  .refine((edges) => edges.every((edge, i) => i === 0 || edge > (edges[i - 1] as number)))

const TableRequest = z
  .object({
    kind: z.enum(['count', 'cross']),
    rows: code,
    columns: code.optional(),
    /** Third side of a cross: one table of two sides for each of its values. */
    layers: code.optional(),
    filter: Rule.optional(),
    /** For numeric variables; without them, ten round classes. */
    bins: Bins.optional(),
  })
  .refine((request) => (request.kind === 'cross') === (request.columns !== undefined), { path: ['columns'] })
  .refine((request) => request.rows !== request.columns, { path: ['columns'] })
  .refine(({ layers, rows, columns }) => !layers || (columns && ![rows, columns].includes(layers)), {
    path: ['layers'],
  })
export type TableRequest = z.infer<typeof TableRequest>

/** Records that meet a rule against all the others. */
const SegmentRequest = z.object({ kind: z.literal('segment'), rule: Rule })
export type SegmentRequest = z.infer<typeof SegmentRequest>

/** Records that meet a rule, or not, against those that meet another. */
const OverlapRequest = z.object({ kind: z.literal('overlap'), rule: Rule, other: Rule })
export type OverlapRequest = z.infer<typeof OverlapRequest>

export const AggregateRequest = z.union([TableRequest, SegmentRequest, OverlapRequest])
export type AggregateRequest = z.input<typeof AggregateRequest>

/**
 * A count and its mark. At `publico` a marked cell has no value; at `interno` it has, and the mark says that it
 * will be hidden when published.
 */
export interface Cell {
  value: number | null
  mark: Mark | null
}

export interface Axis {
  variable: string
  label: string
  sensitive: boolean
  /** In the order of the mapping's list, or alphabetical; never by count, which would rank hidden cells. */
  values: string[]
}

/** Variables whose values lie on a line. */
export const MEASURE_KINDS = ['integer', 'decimal', 'date'] as const
export type MeasureKind = (typeof MEASURE_KINDS)[number]

/** Codes of the sentences that explain how the figures were made. */
export type MethodCode =
  | 'counts_records'
  | 'threshold_records'
  | 'threshold_persons'
  | 'zero_shown'
  | 'zero_hidden'
  | 'complementary'
  | 'filtered'

/** Counts over two sides with their sums. */
export interface Slice {
  /** `cells[row][column]`; one column where there are no columns. */
  cells: Cell[][]
  rowTotals: Cell[]
  columnTotals: Cell[]
  total: Cell
}

/** The counts of the table itself are those of all its layers together. */
export interface AggregateTable extends Slice {
  kind: 'count' | 'cross' | 'segment' | 'overlap'
  level: Level
  rows: Axis
  columns: Axis | null
  layers: Axis | null
  /** One for each value of `layers`, in its order; none without layers. */
  slices: Slice[]
  threshold: number
  thresholdUnit: 'records' | 'persons'
  snapshotHash: string
  /** Sentence that must stand beside the figures, or null. */
  notice: string | null
  filter: Condition[]
  /** Groups of which one condition at least holds; absent where there is none. */
  filterAny?: Condition[][]
  /** Of the filter or the rule, the variables that are numbers or days; absent where there are none, and in older tables. */
  measures?: Record<string, MeasureKind>
  /** What the filter says, in the names its exercise has for variables and values; absent without one, and in older tables. */
  filterWords?: string
  method: MethodCode[]
  version: AnalysisVersion
}

export type SegmentSize = Cell & { total: Cell }

/** How many records a segment has; hidden also where the rest of the records would be a small cell. */
export function sizeOf(segment: AggregateTable): SegmentSize {
  const isIn = segment.cells[0]?.[0]
  if (segment.kind !== 'segment' || !isIn) throw new Error('only a segment has a size')
  return { ...isIn, total: segment.total }
}

/** How many records belong to both segments. */
export function sharedBy(overlap: AggregateTable): Cell {
  const inBoth = overlap.cells[0]?.[0]
  if (overlap.kind !== 'overlap' || !inBoth) throw new Error('only an overlap is shared')
  return inBoth
}

/** Rows by value, largest first; hidden cells come last, in alphabetical order (ranking of S2.4). */
export function ranking(table: AggregateTable): { value: string; count: number | null }[] {
  const rows = table.rows.values.map((value, i) => ({
    value,
    count: (table.columns ? table.rowTotals[i] : table.cells[i]?.[0])?.value ?? null,
  }))
  return rows.sort((a, b) => (b.count ?? -1) - (a.count ?? -1) || a.value.localeCompare(b.value, 'es'))
}
