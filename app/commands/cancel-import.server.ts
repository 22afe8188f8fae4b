import { machineDeadline } from '../../db/clock.ts'
import { askToCancel, failRow } from '../../db/import-changes.ts'
import { findImport } from '../../db/imports.ts'
import { Refused } from '../../domain/refusals.ts'
import { cancelImport as cancelSignal, importWorkflowId } from '../../workflows/messages.ts'
import type { AppContext } from '../context.server.ts'
import type { Actor } from '../session.server.ts'
import { recordSourceWork, requireSource, requireSourceWork, workOnSources } from './source-work.server.ts'

const PATIENCE_MS = 3_000

/** Cancels the reading of a file: at once while nobody reads it, otherwise within a second. Leaves nothing half imported. */
export async function cancelImport(
  context: AppContext,
  actor: Actor,
  { cycleId, sourceId, importId }: { cycleId: string; sourceId: string; importId: string },
): Promise<void> {
  const isUnderWay = await workOnSources(context, actor, { cycleId, objectId: importId }, async (trx) => {
    const cycle = await requireSourceWork(trx, actor, cycleId)
    await requireSource(trx, cycleId, sourceId)
    const row = await findImport(trx, importId)
    if (!row || row.sourceId !== sourceId) throw new Refused('not_visible')
    const event = { type: 'import.cancelled', objectId: importId, objectVersion: sourceId } as const
    const isWaiting = row.status === 'received'
    const done = isWaiting
      ? await failRow(trx, importId, { status: 'cancelled', code: 'cancelled', facts: {} })
      : await askToCancel(trx, importId)
    if (done) await recordSourceWork(trx, context, actor, cycle, event)
    return Boolean(done) && !isWaiting
  })
  if (!isUnderWay) return
  // The wish stands in the row, so a signal that does not arrive only makes it slower.
  await context.temporal
    .withDeadline(machineDeadline(PATIENCE_MS), () =>
      context.temporal.workflow.getHandle(importWorkflowId(importId)).signal(cancelSignal),
    )
    .catch((error) =>
      context.log.warn({ err: error, requestId: context.requestId }, 'cancellation waits for the worker'),
    )
}
