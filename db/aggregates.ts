/** The only way out for numbers (F3): counts of a snapshot, with small cells hidden before anybody sees them. */
import { access } from 'node:fs/promises'
import {
  AggregateRequest,
  type AggregateTable,
  type Level,
  type SegmentRequest,
  type TableRequest,
} from '../domain/aggregates.ts'
import { disclosedTable } from '../domain/disclosed-table.ts'
import type { Dependency } from '../domain/disclosure/tables.ts'
import { DEFAULT_THRESHOLD } from '../domain/disclosure.ts'
import { HIDDEN_NUMBERS, type NumberSummary, shownNumbers } from '../domain/number-summaries.ts'
import { isSameAsPrinted, requestOf } from '../domain/recount.ts'
import { count } from './aggregates/counting.ts'
import { dependenciesAmong } from './aggregates/dependencies.ts'
import { numbersOf } from './aggregates/numbers.ts'
import { openSnapshot } from './aggregates/opened.ts'
import { isSensitive, questionOf } from './aggregates/question.ts'
import { measuresIn, offeredVariables, orderedValues } from './aggregates/variables.ts'
import { recent } from './recent.ts'
import { type SnapshotRef, snapshotPath } from './snapshots.ts'

export { profileOf } from './aggregates/profile.ts'
export { UnknownVariable } from './aggregates/variables.ts'

export interface SnapshotSource extends SnapshotRef {
  /** The entity's threshold; a value below 5 counts as 5. */
  threshold?: number
}

/** A table of counts at the given level. Throws `ZodError` or `UnknownVariable` when the request does not fit. */
export async function emitAggregates(
  level: Level,
  request: AggregateRequest,
  source: SnapshotSource,
): Promise<AggregateTable> {
  const asked = AggregateRequest.parse(request)
  const opened = await openSnapshot(source)
  const question = await questionOf(opened, asked)
  const { kind, rows, columns, layers, filter } = question
  const measures = asked.kind === 'overlap' ? undefined : measuresIn(opened.metadata, ruleIn(asked))
  const threshold = thresholdOf(source)
  return disclosedTable(level, {
    ...{ kind, rows: rows.axis, columns: columns?.axis ?? null, layers: layers?.axis ?? null, threshold },
    ...{ filter: filter.all, ...(filter.any && { filterAny: filter.any }), ...(measures && { measures }) },
    ...(await count(opened, question, threshold)),
    sensitive: isSensitive(opened, question),
    snapshotHash: source.hash,
    notice: opened.metadata.notice,
  })
}

const ruleIn = (asked: TableRequest | SegmentRequest) =>
  (asked.kind === 'segment' ? asked.rule : asked.filter) ?? { all: [] }

/** Mean and quartiles of a number variable over all records, at level `publico`. Throws `UnknownVariable`. */
export async function emitNumbers(variable: string, source: SnapshotSource): Promise<NumberSummary> {
  const found = await numbersOf(await openSnapshot(source), variable)
  return found ? shownNumbers(found, thresholdOf(source)) : HIDDEN_NUMBERS
}

const recounts = recent<boolean>(500)

/**
 * Counts a printed table again from its snapshot and answers only whether every printed number is right (N6). Rejects
 * when the snapshot is no longer kept. The same table has the same answer while it is, so it is counted once.
 */
export async function recountsAsPrinted(printed: AggregateTable, dir: string): Promise<boolean> {
  const { snapshotHash: hash, threshold } = printed
  await access(snapshotPath({ dir, hash }))
  return await recounts(JSON.stringify(printed), async () => {
    const request = requestOf(printed)
    return (
      request !== null && isSameAsPrinted(printed, await emitAggregates('interno', request, { dir, hash, threshold }))
    )
  })
}

/** What among these variables of a snapshot follows from what; no counts. */
export async function snapshotDependencies(source: SnapshotRef, variables: readonly string[]): Promise<Dependency[]> {
  return await dependenciesAmong(await openSnapshot(source), source.hash, variables)
}

/** Variables a snapshot offers for analysis, with the values of its categories; no counts. */
export async function snapshotVariables(source: SnapshotRef) {
  const { metadata } = await openSnapshot(source)
  const variables = offeredVariables(metadata).map((column) => ({ ...column, values: orderedValues(column, metadata) }))
  return { variables, counts: metadata.counts, sourceHash: metadata.sourceHash, notice: metadata.notice }
}

const thresholdOf = (source: SnapshotSource) => Math.max(DEFAULT_THRESHOLD, source.threshold ?? DEFAULT_THRESHOLD)
