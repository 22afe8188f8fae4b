import { withdrawRelease as withdraw } from '../../db/releases.ts'
import type { ReleaseWithdrawalInput } from '../../domain/inputs.ts'
import type { AppContext } from '../context.server.ts'
import { recordingRefusals } from '../refusal.server.ts'
import { requireReleaseRight } from '../release-rights.server.ts'
import type { Actor } from '../session.server.ts'

/** Withdraws a release: its page stays and says why, its files answer 410 from then on (model.md §8). */
export async function withdrawRelease(context: AppContext, actor: Actor, input: ReleaseWithdrawalInput): Promise<void> {
  await recordingRefusals(context, actor, { objectId: input.releaseId }, async (trx, by) => {
    await requireReleaseRight(trx, actor, input.releaseId, 'withdraw')
    await withdraw(trx, by, input)
  })
}
