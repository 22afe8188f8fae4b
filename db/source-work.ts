import { type EventRecord, recordEvent } from './audit.ts'
import type { Trx } from './client.ts'
import type { LoadedCycle } from './cycles.ts'
import { noteAuthor } from './drafts.ts'
import { syncColumnTasks } from './drifts.ts'

/** Whoever changes a source, and through what: a page, or the workflow that does as they asked. */
export interface SourceWorker extends Pick<EventRecord, 'origin' | 'requestId' | 'workflowId'> {
  personId: string
  positionId: string
}

/** The event of the change; and whoever changes a source elaborates step 3, so they can never approve it. */
export async function recordSourceChange(
  trx: Trx,
  cycle: LoadedCycle,
  by: SourceWorker,
  event: Pick<EventRecord, 'type' | 'objectId' | 'objectVersion' | 'changes' | 'contentHash'>,
): Promise<void> {
  const { personId, positionId, ...through } = by
  await syncColumnTasks(trx, cycle)
  await noteAuthor(trx, cycle, '3', { personId, positionId })
  await recordEvent(trx, {
    ...event,
    ...through,
    entityId: cycle.entityId,
    actorPerson: personId,
    actorPosition: positionId,
    cycleId: cycle.state.id,
    stepCode: '3',
  })
}
