import { recordRefusal } from '../../db/acts.ts'
import { type Trx, withActor } from '../../db/client.ts'
import { requireProcedureVersion } from '../../db/procedures.ts'
import { findRelease } from '../../db/release-pages.ts'
import { withdrawRelease as withdraw } from '../../db/releases.ts'
import type { ReleaseWithdrawalInput } from '../../domain/inputs.ts'
import { releaseRow, whyNot } from '../../domain/permissions.ts'
import { Refused } from '../../domain/refusals.ts'
import type { AppContext } from '../context.server.ts'
import type { Actor } from '../session.server.ts'
import { permitted } from './permitted.server.ts'

/** Withdraws a release: its page stays and says why, its files answer 410 from then on (model.md §8). */
export async function withdrawRelease(context: AppContext, actor: Actor, input: ReleaseWithdrawalInput): Promise<void> {
  const { entityId, personId, position } = actor
  const by = { entityId, personId, positionId: position.id, requestId: context.requestId }
  try {
    await withActor(context.db, actor, async (trx) => {
      await requireRight(trx, actor, input.releaseId)
      await withdraw(trx, by, input)
    })
  } catch (failure) {
    if (!(failure instanceof Refused)) throw failure
    await withActor(context.db, actor, (trx) =>
      recordRefusal(trx, { ...by, objectId: input.releaseId, code: failure.code, origin: 'web' }),
    )
    throw failure
  }
}

async function requireRight(trx: Trx, actor: Actor, releaseId: string): Promise<void> {
  const release = await findRelease(trx, actor.entityId, releaseId)
  if (!release || release.status === 'draft') throw new Refused('not_visible')
  const { procedure } = await requireProcedureVersion(trx, release.procedureVersionId)
  const reason = whyNot(permitted(actor), 'withdraw', 'Release', releaseRow(actor.entityId, procedure))
  if (reason) throw new Refused(reason, { duties: releaseRow(actor.entityId, procedure).publisherDuties.join(',') })
}
