import { drawSample as draw } from '../../db/audit-samples.ts'
import type { SampleInput } from '../../domain/audit-samples.ts'
import type { AppContext } from '../context.server.ts'
import { recordingRefusals } from '../refusal.server.ts'
import type { Actor } from '../session.server.ts'
import { requireRight } from './permitted.server.ts'

/** Draws a sample that anybody can draw again from its seed (I5, N16); answers its code. */
export async function drawSample(context: AppContext, actor: Actor, sample: SampleInput): Promise<string> {
  const { entityId } = actor
  return await recordingRefusals(context, actor, { objectId: entityId }, async (trx, by) => {
    requireRight(actor, 'sample')
    return await draw(trx, by, sample)
  })
}
