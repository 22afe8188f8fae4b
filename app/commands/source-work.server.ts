import { type EventRecord, recordEvent } from '../../db/audit.ts'
import type { Trx } from '../../db/client.ts'
import { findCycle, type LoadedCycle } from '../../db/cycles.ts'
import { noteAuthor } from '../../db/drafts.ts'
import { syncColumnTasks } from '../../db/drifts.ts'
import { findSource, listImports, type SourceRow } from '../../db/sources.ts'
import { holdStepOpen } from '../../db/step-hold.ts'
import { objectionToEditing } from '../../domain/decisions.ts'
import { sourceRow, whyNot } from '../../domain/permissions.ts'
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

/** One file of a source at a time is read. */
export async function requireNoImport(trx: Trx, sourceId: string): Promise<void> {
  const imports = await listImports(trx, sourceId)
  if (imports.some((one) => one.isAsked && (one.status === 'received' || one.status === 'running')))
    throw new Refused('import_running')
}

/** The event of the change; and whoever changes a source elaborates step 3, so they can never approve it. */
export async function recordSourceWork(
  trx: Trx,
  context: AppContext,
  actor: Actor,
  cycle: LoadedCycle,
  event: Pick<EventRecord, 'type' | 'objectId' | 'objectVersion' | 'changes' | 'contentHash'>,
): Promise<void> {
  await syncColumnTasks(trx, cycle)
  await noteAuthor(trx, cycle, '3', { personId: actor.personId, positionId: actor.position.id })
  await recordEvent(trx, {
    ...event,
    entityId: cycle.entityId,
    actorPerson: actor.personId,
    actorPosition: actor.position.id,
    cycleId: cycle.state.id,
    stepCode: '3',
    origin: 'web',
    requestId: context.requestId,
  })
}
