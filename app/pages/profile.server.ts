import path from 'node:path'
import { emitAggregates, profileOf } from '../../db/aggregates.ts'
import { type Trx, withActor } from '../../db/client.ts'
import { listReveals } from '../../db/column-reveals.ts'
import { findEntity } from '../../db/entities.ts'
import { findImport, type ImportRow } from '../../db/imports.ts'
import { findSource, listSources } from '../../db/sources.ts'
import { sourceRow } from '../../domain/permission-rows.ts'
import { whyNot } from '../../domain/permissions.ts'
import { type ColumnFacts, isMasked, isPersonal, writtenAlike } from '../../domain/profiles.ts'
import { Refused, refuseIf } from '../../domain/refusals.ts'
import type { MappedColumn } from '../../domain/sources.ts'
import { permitted } from '../commands/permitted.server.ts'
import type { AppContext } from '../context.server.ts'
import { sealOwner } from '../received-files.server.ts'
import type { Actor } from '../session.server.ts'
import { sentenceOf } from '../text/refusals.ts'
import { sourcesFrame } from './source.server.ts'
import { tableWarnings } from './table-warnings.server.ts'

/** Values shown of a category; the rest are counted together. */
const SHOWN_VALUES = 20

export interface Bar {
  value: string
  count: number | null
  /** Will be hidden when published. */
  isSmall: boolean
}

export interface ProfiledColumn extends ColumnFacts {
  column: string
  label: string
  type: MappedColumn['type']
  role: MappedColumn['role']
  isMasked: boolean
  bars: Bar[]
  /** Values that are not among the bars. */
  others: number
  /** Values written in several ways, each group together. */
  alike: string[][]
}

/** A source's profile for whoever may analyse it; `profile` is null before the first snapshot. Throws 404 and 403. */
export async function loadProfile(context: AppContext, actor: Actor, cycleId: string, sourceId: string) {
  const read = await withActor(context.db, actor, async (trx) => {
    const { cycle, ...frame } = await sourcesFrame(trx, actor, cycleId)
    const source = await findSource(trx, cycleId, sourceId)
    if (!source) throw new Refused('not_visible')
    const row = sourceRow(cycle.entityId, cycle.version.procedure)
    refuseIf(whyNot(permitted(actor), 'analyse', 'Source', row))
    return {
      ...{ frame, source: { id: source.id, name: source.name, demoNote: source.demoNote } },
      inUse: source.importId ? await findImport(trx, source.importId) : undefined,
      others: await othersInUse(trx, cycleId, sourceId),
      threshold: (await findEntity(trx, cycle.entityId))?.minimumCell,
      whyNotReveal: sentenceOf(whyNot(permitted(actor), 'reveal', 'Source', row), actor),
      reveals: await listReveals(trx, sourceId),
    }
  })
  const { inUse, others, threshold, ...shown } = read
  const profile = inUse?.snapshotHash ? await profiled(context, actor, inUse, inUse.snapshotHash, threshold) : null
  const personal = (inUse?.mapping ?? []).filter(isPersonal).map(({ column, label }) => ({ column, label }))
  const own = inUse && { name: shown.source.name, row: inUse }
  const warnings = own ? await tableWarnings(context, actor, own, others) : []
  return { ...shown, profile, personal, warnings }
}

async function othersInUse(trx: Trx, cycleId: string, sourceId: string) {
  const others = (await listSources(trx, cycleId)).filter(({ id }) => id !== sourceId)
  const found = await Promise.all(
    others.map(async ({ name, importId }) => ({ name, row: importId ? await findImport(trx, importId) : undefined })),
  )
  return found.flatMap(({ name, row }) => (row ? [{ name, row }] : []))
}

async function profiled(
  context: AppContext,
  actor: Actor,
  inUse: ImportRow,
  hash: string,
  threshold: number | undefined,
) {
  const owner = sealOwner(context, actor)
  const snapshot = { dir: path.join(owner.dataDir, 'snapshots'), hash, ...(threshold !== undefined && { threshold }) }
  const rejects = inUse.rejectsSha256 ? { ...owner, sha256: inUse.rejectsSha256 } : null
  const { rows, columns } = await profileOf(snapshot, rejects)
  const shown: ProfiledColumn[] = []
  for (const facts of columns) {
    const mapped = inUse.mapping.find(({ code }) => code === facts.code)
    if (!mapped) continue
    const { column, label, type, role } = mapped
    const bars = isMasked(mapped) ? { bars: [], others: 0, alike: [] } : await barsOf(snapshot, mapped)
    shown.push({ ...facts, column, label, type, role, isMasked: isMasked(mapped), ...bars })
  }
  return { hash, rows, columns: shown }
}

/** Counts as the analysis gives them at level interno: small ones are marked (model.md §7). */
async function barsOf(snapshot: Parameters<typeof emitAggregates>[2], { code, type }: MappedColumn) {
  const table = await emitAggregates('interno', { kind: 'count', rows: code }, snapshot)
  const bars = table.rows.values.map((value, i): Bar => {
    const cell = table.cells[i]?.[0]
    return { value, count: cell?.value ?? null, isSmall: cell?.mark != null }
  })
  if (type !== 'category') return { bars, others: 0, alike: [] }
  const largest = bars.sort((a, b) => (b.count ?? 0) - (a.count ?? 0)).slice(0, SHOWN_VALUES)
  const alike = writtenAlike(table.rows.values)
  return { bars: largest, others: bars.length - largest.length, alike }
}

export interface RevealValues {
  column: string
  purpose: string
  reason: string
}

export function revealValues(form: FormData): RevealValues {
  const text = (name: string) => String(form.get(name) ?? '')
  return { column: text('columna'), purpose: text('finalidad'), reason: text('motivo') }
}
