import type { EventRecord } from '../../db/audit.ts'
import type { Trx } from '../../db/client.ts'
import { type ConnectionRow, findConnection } from '../../db/connections.ts'
import { findCycle, type LoadedCycle } from '../../db/cycles.ts'
import type { WorkedSource } from '../../db/drift-check.ts'
import { type EarlierSource, findEarlierSource } from '../../db/earlier-sources.ts'
import { findLatestFetch, isUnderWay } from '../../db/fetches.ts'
import { listImports } from '../../db/imports.ts'
import { recordSourceChange, type SourceWorker } from '../../db/source-work.ts'
import { findSource, type SourceRow } from '../../db/sources.ts'
import { holdStepOpen } from '../../db/step-hold.ts'
import { objectionToEditing } from '../../domain/decisions.ts'
import { sourceRow } from '../../domain/permission-rows.ts'
import { whyNot } from '../../domain/permissions.ts'
import { type Objection, Refused, refuseIf } from '../../domain/refusals.ts'
import type { AppContext } from '../context.server.ts'
import { recordingRefusals } from '../refusal.server.ts'
import type { Actor } from '../session.server.ts'
import { permitted } from './permitted.server.ts'

/** What is common to everything a person does with the sources of step 3 (E1). */

/** One transaction; a refusal inside it becomes one event of its own. */
export async function workOnSources<T>(
  context: AppContext,
  actor: Actor,
  object: { cycleId: string; objectId: string },
  work: (trx: Trx) => Promise<T>,
): Promise<T> {
  return await recordingRefusals(context, actor, { ...object, stepCode: '3' }, work)
}

/** Why this person may not attach, change or replace sources now; null when they may. The page asks it too. */
export function sourceObjection(actor: Actor, cycle: LoadedCycle): Objection | null {
  const row = sourceRow(cycle.entityId, cycle.version.procedure)
  return whyNot(permitted(actor), 'attach', 'Source', row) ?? objectionToEditing(cycle.state, '3')
}

/** Sources change only while step 3 is open: a submitted or approved step names their snapshots (model.md §2). */
export async function requireSourceWork(trx: Trx, actor: Actor, cycleId: string): Promise<LoadedCycle> {
  const cycle = await findCycle(trx, cycleId)
  if (!cycle) throw new Refused('not_visible')
  refuseIf(sourceObjection(actor, cycle))
  if (!(await holdStepOpen(trx, cycleId, '3'))) throw new Refused('submission_in_flight', { step: '3' })
  return cycle
}

export async function requireSource(trx: Trx, cycleId: string, sourceId: string): Promise<SourceRow> {
  const source = await findSource(trx, cycleId, sourceId)
  if (!source) throw new Refused('not_visible')
  return source
}

/** The connection, for those who keep connections; whoever else attaches sources uploads their files. */
export async function requireConnection(trx: Trx, actor: Actor, connectionId: string): Promise<ConnectionRow> {
  refuseIf(whyNot(permitted(actor), 'keep', 'Connection', { entityId: actor.entityId }))
  const connection = await findConnection(trx, connectionId)
  if (!connection) throw new Refused('not_visible')
  return connection
}

/** A source of an earlier vigencia with an accepted file: one that a source of this cycle may go on with. */
export async function requireEarlierSource(trx: Trx, cycleId: string, sourceId: string): Promise<EarlierSource> {
  const earlier = await findEarlierSource(trx, cycleId, sourceId)
  if (!earlier) throw new Refused('not_visible')
  return earlier
}

/** The event of what a source goes on with, from one answer to the next. */
export async function recordContinuation(
  trx: Trx,
  context: AppContext,
  actor: Actor,
  cycle: LoadedCycle,
  { sourceId, before, after }: { sourceId: string; before: Continued | null; after: Continued | null },
): Promise<void> {
  const changes = (['name', 'vigencia'] as const).map((field) => ({
    ...{ field, before: before?.[field] ?? null, after: after?.[field] ?? null },
  }))
  await recordSourceWork(trx, context, actor, cycle, { type: 'source.continued', objectId: sourceId, changes })
}

type Continued = Pick<EarlierSource, 'name' | 'vigencia'>

/** One file of a source at a time is brought or read. */
export async function requireNoImport(trx: Trx, sourceId: string): Promise<void> {
  const imports = await listImports(trx, sourceId)
  if (imports.some((one) => one.isAsked && (one.status === 'received' || one.status === 'running')))
    throw new Refused('import_running')
  const fetch = await findLatestFetch(trx, sourceId)
  if (fetch && isUnderWay(fetch)) throw new Refused('import_running')
}

/** The event of the change, by whoever acts here. */
export async function recordSourceWork(
  trx: Trx,
  context: AppContext,
  actor: Actor,
  cycle: LoadedCycle,
  event: Pick<EventRecord, 'type' | 'objectId' | 'objectVersion' | 'changes' | 'contentHash'>,
): Promise<void> {
  await recordSourceChange(trx, cycle, workerOf(context, actor), event)
}

/** A source as `db/` is told who works on it. */
export function workedBy(
  context: AppContext,
  actor: Actor,
  { cycle, source }: { cycle: LoadedCycle; source: SourceRow },
): WorkedSource {
  return { dataDir: context.config.DATA_DIR, by: workerOf(context, actor), cycle, source }
}

function workerOf({ requestId }: AppContext, { personId, position }: Actor): SourceWorker {
  return { personId, positionId: position.id, origin: 'web', requestId }
}
