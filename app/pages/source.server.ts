import { findVariable } from '../../catalog/variables.ts'
import { type CapturedCount, listCapturedSets } from '../../db/capture-coverage.ts'
import { type Trx, withActor } from '../../db/client.ts'
import { findCycleHead } from '../../db/cycle-pages.ts'
import { findCycle, type LoadedCycle } from '../../db/cycles.ts'
import { requireContent } from '../../db/disposal-pages.ts'
import { driftFrom } from '../../db/drift-check.ts'
import { type EarlierSource, lastMapping, listEarlierSources } from '../../db/earlier-sources.ts'
import { type FetchRow, findLatestFetch, isUnderWay } from '../../db/fetches.ts'
import { type ImportRow, listImports } from '../../db/imports.ts'
import { readAs } from '../../db/ingest/head.ts'
import { findRewrite, type Rewrite } from '../../db/snapshot-rewrites.ts'
import { findSource, type SourceRow } from '../../db/sources.ts'
import { findStepContext } from '../../db/step-context.ts'
import { type LikenessReason, likelyContinued } from '../../domain/continuity.ts'
import { stepOf } from '../../domain/cycle-state.ts'
import type { ColumnChange } from '../../domain/drift.ts'
import { proposeMapping } from '../../domain/mapping-proposal.ts'
import { sourceRow } from '../../domain/permission-rows.ts'
import { whyNot } from '../../domain/permissions.ts'
import { Refused } from '../../domain/refusals.ts'
import type { ColumnType, MappedColumn, Mapping } from '../../domain/sources.ts'
import { prioritize } from '../../domain/variables.ts'
import { permitted } from '../commands/permitted.server.ts'
import { sourceObjection } from '../commands/source-work.server.ts'
import type { AppContext } from '../context.server.ts'
import { headOf } from '../received-files.server.ts'
import type { Actor } from '../session.server.ts'
import { sentenceOf } from '../text/refusals.ts'

/** What the pages of a source show, put together once. */

export interface SourcesFrame {
  cycle: LoadedCycle
  cycleId: string
  cycleName: string
  /** Null when the reader may attach and change; else the sentence that stands where the buttons would. */
  whyNot: string | null
  mayAnalyse: boolean
  /** May have data brought through a connection now. */
  mayFetch: boolean
  /** Snapshots are analysed from the approval of step 3 on. */
  isApproved: boolean
}

/** Throws `not_visible` when the cycle is not there for this person. */
export async function sourcesFrame(trx: Trx, actor: Actor, cycleId: string): Promise<SourcesFrame> {
  const [head, cycle] = [await findCycleHead(trx, cycleId), await findCycle(trx, cycleId)]
  if (!head || !cycle) throw new Refused('not_visible')
  await requireContent(trx, cycleId)
  const row = sourceRow(cycle.entityId, cycle.version.procedure)
  const against = sourceObjection(actor, cycle)
  const keeps = whyNot(permitted(actor), 'keep', 'Connection', { entityId: cycle.entityId }) === null
  return {
    cycle,
    cycleId,
    cycleName: head.name,
    whyNot: sentenceOf(against, actor),
    mayFetch: against === null && keeps,
    mayAnalyse: whyNot(permitted(actor), 'analyse', 'Source', row) === null,
    isApproved: stepOf(cycle.state, '3').status === 'approved',
  }
}

export interface SourcePage extends SourcesFrame {
  source: SourceRow
  imports: ImportRow[]
  /** What erasures of citizens made of the file of its snapshot; null while it is the one it was made as. */
  rewrite: Rewrite | null
  /** The last time its data were brought through a connection. */
  fetch: FetchRow | null
  /** What the points of attention captured and this source may bring; nothing for whoever may not change it. */
  captured: CapturedCount[]
  /** The last mapping this source, or the one it continues, was read with; empty before the first. */
  remembered: Mapping
  /** What it may be said to go on with; null where there is nothing, for whoever may not say so, and once a file of its own is in use or read. */
  continuable: Continuable | null
  /** Prioritized variables of step 2: what the file should bring. */
  wanted: { code: string; label: string }[]
}

export interface Continuable {
  options: EarlierOption[]
  /** The one it seems to go on with, while nobody has said. */
  likely: { id: string; because: LikenessReason } | null
}

/** Of a source of an earlier exercise, what tells it from others. */
export type EarlierOption = Pick<EarlierSource, 'id' | 'name' | 'vigencia' | 'cycleName'>

export const earlierOption = ({ id, name, vigencia, cycleName }: EarlierSource): EarlierOption => ({
  ...{ id, name, vigencia, cycleName },
})

async function continuableOf(trx: Trx, source: SourceRow, isBusy: boolean): Promise<Continuable | null> {
  if (source.importId !== null || isBusy) return null
  const earlier = await listEarlierSources(trx, source.cycleId)
  if (earlier.length === 0 && source.continues === null) return null
  const likely = source.continues === null ? likelyContinued(source, earlier) : null
  return {
    options: earlier.map(earlierOption),
    likely: likely && { id: likely.source.id, because: likely.because },
  }
}

export async function loadSource(
  context: AppContext,
  actor: Actor,
  cycleId: string,
  sourceId: string,
): Promise<SourcePage> {
  return await withActor(context.db, actor, async (trx) => {
    const frame = await sourcesFrame(trx, actor, cycleId)
    const source = await findSource(trx, cycleId, sourceId)
    if (!source) throw new Refused('not_visible')
    const step = await findStepContext(trx, cycleId, '3')
    const imports = await listImports(trx, sourceId)
    const fetch = (await findLatestFetch(trx, sourceId)) ?? null
    const isBusy = imports.some(isUnderRead) || (fetch !== null && isUnderWay(fetch))
    return {
      ...frame,
      source,
      imports,
      rewrite: (source.snapshotHash && (await findRewrite(trx, source.snapshotHash))) || null,
      fetch,
      captured: frame.whyNot === null ? await listCapturedSets(trx, actor.entityId) : [],
      remembered: await lastMapping(trx, source),
      continuable: frame.whyNot === null ? await continuableOf(trx, source, isBusy) : null,
      wanted: prioritize(step?.upstream['2']).map(({ code, label }) => ({ code, label })),
    }
  })
}

export interface Preview {
  header: string[]
  /** At most 50 records; cells of personal columns are masked before they leave the server. */
  rows: (string | null)[][]
  /** Line of the file, or row of the sheet, of each record. */
  lines: number[]
  /** Names of the columns whose values a workbook computes. */
  formulas: string[]
  mapping: Mapping
  /** What changed in the columns against the file in use; empty when nothing did. */
  drift: ColumnChange[]
  /** Examples per column, none where its first cells are empty; null where the column is personal. */
  examples: (string[] | null)[]
}

/** The first records of a stored file as they are read now, with the mapping to confirm. */
export async function previewOf(context: AppContext, actor: Actor, page: SourcePage, row: ImportRow): Promise<Preview> {
  const { header, sample, formulas } = readAs(await headOf(context, actor, row), row.sniff)
  const rows = sample.map((record) => record.cells)
  const drift = row.isAsked
    ? null
    : await withActor(context.db, actor, (trx) =>
        driftFrom(context.config.DATA_DIR, trx, page.source, { header, sample: rows }),
      )
  const proposed = () => drift?.proposal ?? mappingToConfirm(header, rows, page)
  const mapping = row.isAsked ? row.mapping : asDeclared(proposed(), row.sniff.types)
  const isOpen = header.map((name) => mapping.find((column) => column.column === name)?.role === 'variable')
  const distinct = (i: number) => [...new Set(rows.map((cells) => cells[i] ?? ''))].filter(Boolean).slice(0, 3)
  return {
    header,
    rows: rows.map((cells) => header.map((_, i) => (isOpen[i] ? (cells[i] ?? '') : null))),
    lines: sample.map((record) => record.line),
    formulas: formulas.flatMap((i) => header[i] ?? []),
    mapping,
    drift: drift?.changes ?? [],
    examples: header.map((_, i) => (isOpen[i] ? distinct(i) : null)),
  }
}

/** Proposed from names and sample; a column this source had before keeps what was said of it. */
function mappingToConfirm(header: string[], rows: string[][], { source, remembered }: SourcePage): Mapping {
  const proposed = proposeMapping(header, rows)
    .map((column) => ({ ...column, label: findVariable(column.code)?.label ?? column.label }))
    .map((column) => named(column, source.personKey))
  return proposed.map((column) => remembered.find((known) => known.column === column.column) ?? column)
}

/** A table's database says what its columns hold; we wrote its numbers and dates ourselves. */
function asDeclared(mapping: Mapping, types: Record<string, ColumnType> | undefined): Mapping {
  if (!types) return mapping
  return mapping.map((column) => ({
    ...column,
    ...(column.role === 'variable' && column.type !== 'category' && { type: types[column.column] ?? column.type }),
    ...{ dateFormat: 'iso' as const, decimalMark: '.' as const },
  }))
}

/** The column the contract names identifies the person; no other does then. */
function named(column: MappedColumn, personKey: string | null): MappedColumn {
  if (!personKey) return column
  const isKey = [column.column, column.code].some((name) => name.toLowerCase() === personKey.trim().toLowerCase())
  if (isKey) return { ...column, role: 'person_key', type: 'text' }
  return column.role === 'person_key' ? { ...column, role: 'direct_identifier' } : column
}

/** Asked for, and not over. */
const isUnderRead = ({ isAsked, status }: ImportRow) => isAsked && (status === 'received' || status === 'running')

/** Where a source stands, by its files and by what is being brought. */
export function stateOf(imports: ImportRow[], fetch: FetchRow | null, correcting: string | null) {
  const live = imports.filter((one) => one.failureCode !== 'replaced')
  const [latest] = live
  const underWay = live.find(isUnderRead) ?? null
  const done = live.find((one) => one.status === 'done') ?? null
  const waiting = live.find((one) => one.status === 'received' && !one.isAsked) ?? null
  const again = live.find((one) => one.id === correcting && one.isAsked && !one.baseImportId) ?? null
  const failed = latest && (latest.status === 'failed' || latest.status === 'cancelled') && !waiting ? latest : null
  const fetching = fetch && isUnderWay(fetch) ? fetch : null
  const now = fetching
    ? ('fetching' as const)
    : underWay
      ? underWay.status === 'received'
        ? ('asked' as const)
        : ('running' as const)
      : waiting
        ? ('received' as const)
        : done
          ? ('done' as const)
          : failed
            ? (failed.status as 'failed' | 'cancelled')
            : ('empty' as const)
  const fetchFailed = fetch && isSettledWithout(fetch, latest) ? fetch : null
  const base = done && imports.find(({ id }) => id === done.baseImportId)
  return {
    ...{ now, underWay, done, fetching, fetchFailed },
    /** Records that the corrected rejects added; null where the file in use corrects none. */
    joined: done && base ? (done.rows ?? 0) - (base.rows ?? 0) : null,
    failed: fetchFailed ? null : failed,
    toConfirm: underWay || fetching ? null : (again ?? waiting),
    /** The last file, which made no snapshot and is still here. */
    kept: underWay || fetching || !latest || waiting || latest.status === 'done' ? null : latest,
  }
}

/** A fetch that brought nothing, and after which no file came. */
function isSettledWithout({ status, requestedAt }: FetchRow, latest: ImportRow | undefined): boolean {
  if (status !== 'failed' && status !== 'cancelled') return false
  return !latest || latest.requestedAt < requestedAt
}
