import type { Trx } from '../../db/client.ts'
import { requireProcedureVersion } from '../../db/procedures.ts'
import { findRelease } from '../../db/release-pages.ts'
import { withdrawRelease as withdraw } from '../../db/releases.ts'
import type { ReleaseWithdrawalInput } from '../../domain/inputs.ts'
import { releaseRow, whyNot } from '../../domain/permissions.ts'
import { Refused, refuseIf } from '../../domain/refusals.ts'
import type { AppContext } from '../context.server.ts'
import { recordingRefusals } from '../refusal.server.ts'
import type { Actor } from '../session.server.ts'
import { permitted } from './permitted.server.ts'

/** Withdraws a release: its page stays and says why, its files answer 410 from then on (model.md §8). */
export async function withdrawRelease(context: AppContext, actor: Actor, input: ReleaseWithdrawalInput): Promise<void> {
  await recordingRefusals(context, actor, { objectId: input.releaseId }, async (trx, by) => {
    await requireRight(trx, actor, input.releaseId)
    await withdraw(trx, by, input)
  })
}

async function requireRight(trx: Trx, actor: Actor, releaseId: string): Promise<void> {
  const release = await findRelease(trx, actor.entityId, releaseId)
  if (!release || release.status === 'draft' || release.status === 'scheduled') throw new Refused('not_visible')
  const { procedure } = await requireProcedureVersion(trx, release.procedureVersionId)
  refuseIf(whyNot(permitted(actor), 'withdraw', 'Release', releaseRow(actor.entityId, procedure)))
}
