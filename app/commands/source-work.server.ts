import { type EventRecord, recordEvent } from '../../db/audit.ts'
import type { Trx } from '../../db/client.ts'
import { findCycle, type LoadedCycle } from '../../db/cycles.ts'
import { noteAuthor } from '../../db/drafts.ts'
import { findSource, type SourceRow } from '../../db/sources.ts'
import { lockedBy } from '../../db/step-context.ts'
import { holdStepOpen } from '../../db/step-hold.ts'
import { stepOf } from '../../domain/cycle-state.ts'
import { type Permitted, sourceRow, whyNot } from '../../domain/permissions.ts'
import { stepTemplate } from '../../domain/procedures.ts'
import { type Objection, objection, Refused } from '../../domain/refusals.ts'
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
export function sourceObjection(actor: Permitted, cycle: LoadedCycle): Objection | null {
  const { procedure } = cycle.version
  const reason = whyNot(actor, 'attach', 'Source', sourceRow(cycle.entityId, procedure))
  if (reason) return objection(reason, { duties: stepTemplate(procedure, '3').authors.join(',') })
  if (cycle.state.status !== 'active') return objection('cycle_over', { status: cycle.state.status })
  const locked = lockedBy(cycle, '3')
  if (locked) return objection('step_locked', { step: '3', first: locked })
  const { status } = stepOf(cycle.state, '3')
  return status === 'in_progress' || status === 'returned' ? null : objection('not_open', { step: '3', status })
}

/** Sources change only while step 3 is open: a submitted or approved step names their snapshots (model.md §2). */
export async function requireSourceWork(trx: Trx, actor: Actor, cycleId: string): Promise<LoadedCycle> {
  const cycle = await findCycle(trx, cycleId)
  if (!cycle) throw new Refused('not_visible')
  const found = sourceObjection(permitted(actor), cycle)
  if (found) throw new Refused(found.code, found.facts)
  if (!(await holdStepOpen(trx, cycleId, '3'))) throw new Refused('not_open', { step: '3' })
  return cycle
}

export async function requireSource(trx: Trx, cycleId: string, sourceId: string): Promise<SourceRow> {
  const source = await findSource(trx, cycleId, sourceId)
  if (!source) throw new Refused('not_visible')
  return source
}

/** The event of the change; and whoever changes a source elaborates step 3, so they can never approve it. */
export async function recordSourceWork(
  trx: Trx,
  context: AppContext,
  actor: Actor,
  cycle: LoadedCycle,
  event: Pick<EventRecord, 'type' | 'objectId' | 'objectVersion' | 'changes' | 'contentHash'>,
): Promise<void> {
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
