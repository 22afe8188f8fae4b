import { recordRefusal } from '../../db/acts.ts'
import { type Claimant, claimTask as claim, releaseTask as release } from '../../db/claims.ts'
import { type Trx, withActor } from '../../db/client.ts'
import { Refused } from '../../domain/refusals.ts'
import type { AppContext } from '../context.server.ts'
import type { Actor } from '../session.server.ts'

/** Takes an inbox line; whoever comes second is told who has it (A5). */
export function claimTask(context: AppContext, actor: Actor, taskId: string): Promise<void> {
  return change(context, actor, taskId, claim)
}

/** Puts a line back, so that anybody with its duty may take it. */
export function releaseTask(context: AppContext, actor: Actor, taskId: string): Promise<void> {
  return change(context, actor, taskId, release)
}

async function change(
  context: AppContext,
  actor: Actor,
  taskId: string,
  work: (trx: Trx, claimant: Claimant, taskId: string) => Promise<void>,
): Promise<void> {
  const { entityId, personId, position } = actor
  const claimant = { entityId, personId, positionId: position.id, duty: position.duty, requestId: context.requestId }
  try {
    await withActor(context.db, actor, (trx) => work(trx, claimant, taskId))
  } catch (failure) {
    if (!(failure instanceof Refused)) throw failure
    await withActor(context.db, actor, (trx) =>
      recordRefusal(trx, {
        entityId,
        personId,
        positionId: position.id,
        objectId: taskId,
        code: failure.code,
        origin: 'web',
        requestId: context.requestId,
      }),
    )
    throw failure
  }
}
