import path from 'node:path'
import { recordRefusal } from '../../db/acts.ts'
import { type Trx, withActor } from '../../db/client.ts'
import { type DraftRelease, prepareRelease } from '../../db/releases.ts'
import { findStepContext } from '../../db/step-context.ts'
import { stepOf } from '../../domain/cycles.ts'
import { releaseRow, whyNot } from '../../domain/permissions.ts'
import { Refused } from '../../domain/refusals.ts'
import type { AppContext } from '../context.server.ts'
import type { Actor } from '../session.server.ts'
import { permitted } from './permitted.server.ts'

/** Makes the exact files step 7 will publish, from its draft answers; the approval then signs their hashes (S1.20). */
export async function prepareFiles(context: AppContext, actor: Actor, cycleId: string): Promise<DraftRelease> {
  try {
    return await withActor(context.db, actor, (trx) => prepare(trx, context, actor, cycleId))
  } catch (failure) {
    if (failure instanceof Refused) await refuse(context, actor, cycleId, failure)
    throw failure
  }
}

async function prepare(trx: Trx, context: AppContext, actor: Actor, cycleId: string): Promise<DraftRelease> {
  const step = await findStepContext(trx, cycleId, '7')
  if (!step) throw new Refused('not_visible')
  const { entityId, state, version } = step.cycle
  const reason = whyNot(permitted(actor), 'prepare', 'Release', releaseRow(entityId, version.procedure))
  if (reason) throw new Refused(reason, { duties: step.template.authors.join(',') })
  const { status } = stepOf(state, '7')
  if (status !== 'in_progress' && status !== 'returned') throw new Refused('not_open', { step: '7', status })
  const by = { entityId, personId: actor.personId, positionId: actor.position.id, requestId: context.requestId }
  return await prepareRelease(trx, path.resolve(context.config.DATA_DIR), by, { cycleId, answers: step.draft.answers })
}

async function refuse(context: AppContext, actor: Actor, cycleId: string, refusal: Refused): Promise<void> {
  await withActor(context.db, actor, (trx) =>
    recordRefusal(trx, {
      entityId: actor.entityId,
      personId: actor.personId,
      positionId: actor.position.id,
      objectId: cycleId,
      code: refusal.code,
      cycleId,
      stepCode: '7',
      origin: 'web',
      requestId: context.requestId,
    }),
  )
}
