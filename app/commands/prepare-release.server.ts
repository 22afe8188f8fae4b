import path from 'node:path'
import type { Trx } from '../../db/client.ts'
import { prepareRelease } from '../../db/release-drafts.ts'
import { findStepContext } from '../../db/step-context.ts'
import type { DraftRelease } from '../../db/waiting-drafts.ts'
import { releaseRow } from '../../domain/permission-rows.ts'
import { whyNot } from '../../domain/permissions.ts'
import { Refused, refuseIf } from '../../domain/refusals.ts'
import type { AppContext } from '../context.server.ts'
import { recordingRefusals } from '../refusal.server.ts'
import type { Actor } from '../session.server.ts'
import { requireEditable } from '../step-rights.server.ts'
import { permitted } from './permitted.server.ts'

/** Makes the exact files step 7 will publish from its draft answers; submitting the step then signs these files. */
export async function prepareFiles(context: AppContext, actor: Actor, cycleId: string): Promise<DraftRelease> {
  return await recordingRefusals(context, actor, { objectId: cycleId, cycleId, stepCode: '7' }, (trx) =>
    prepareOnOpenStep(trx, context, actor, cycleId),
  )
}

async function prepareOnOpenStep(trx: Trx, context: AppContext, actor: Actor, cycleId: string): Promise<DraftRelease> {
  const step = await findStepContext(trx, cycleId, '7')
  if (!step) throw new Refused('not_visible')
  const { cycle, draft } = step
  refuseIf(whyNot(permitted(actor), 'prepare', 'Release', releaseRow(cycle.entityId, cycle.version.procedure)))
  await requireEditable(trx, actor, cycle, '7')
  const { entityId, personId, position } = actor
  const by = { entityId, personId, positionId: position.id, requestId: context.requestId }
  return await prepareRelease(trx, path.resolve(context.config.DATA_DIR), by, { cycleId, answers: draft.answers })
}
