import { claimTask as claim, releaseTask as release } from '../../db/claims.ts'
import type { AppContext } from '../context.server.ts'
import { recordingRefusals } from '../refusal.server.ts'
import type { Actor } from '../session.server.ts'

/** Takes an inbox line; whoever comes second is told who has it (A5). */
export function claimTask(context: AppContext, actor: Actor, taskId: string): Promise<void> {
  return recordingRefusals(context, actor, { objectId: taskId }, (trx, claimant) => claim(trx, claimant, taskId))
}

/** Puts a line back, so that anybody with its duty may take it. */
export function releaseTask(context: AppContext, actor: Actor, taskId: string): Promise<void> {
  return recordingRefusals(context, actor, { objectId: taskId }, (trx, claimant) => release(trx, claimant, taskId))
}
