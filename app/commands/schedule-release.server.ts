import { moveReleaseHour } from '../../db/release-hours.ts'
import type { ReleaseHourInput } from '../../domain/inputs.ts'
import { Refused } from '../../domain/refusals.ts'
import type { AppContext } from '../context.server.ts'
import { recordingRefusals } from '../refusal.server.ts'
import { requireReleaseRight } from '../release-rights.server.ts'
import { type Actor, isProofRecent } from '../session.server.ts'

/** Says when a release becomes public, moves that hour or takes it back (features H2, H5); asks for a recent proof as publishing does. */
export async function scheduleRelease(context: AppContext, actor: Actor, input: ReleaseHourInput): Promise<void> {
  await recordingRefusals(context, actor, { objectId: input.releaseId }, async (trx, by) => {
    await requireReleaseRight(trx, actor, input.releaseId, 'schedule')
    if (!isProofRecent(actor)) throw new Refused('proof_expired')
    await moveReleaseHour(trx, by, input)
  })
}
