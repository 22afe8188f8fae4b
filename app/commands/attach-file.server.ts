import { addAttachment, removeAttachment } from '../../db/attachments.ts'
import type { Trx } from '../../db/client.ts'
import { findCycle, type LoadedCycle } from '../../db/cycles.ts'
import type { StepCode } from '../../domain/procedures.ts'
import { Refused } from '../../domain/refusals.ts'
import type { AppContext } from '../context.server.ts'
import { recordingRefusals } from '../refusal.server.ts'
import type { Actor } from '../session.server.ts'
import { requireEditable } from '../step-rights.server.ts'
import type { Upload } from '../uploads.server.ts'

export interface StepPlace {
  cycleId: string
  stepCode: StepCode
}

/** Refuses before a file is received whoever may not attach one to this step now. */
export async function requireAttachable(context: AppContext, actor: Actor, place: StepPlace): Promise<void> {
  await onOpenStep(context, actor, place, async () => undefined)
}

/** Attaches a received file to a step whose draft this person may edit now. */
export async function attachFile(context: AppContext, actor: Actor, place: StepPlace, file: Upload): Promise<string> {
  const by = { personId: actor.personId, positionId: actor.position.id }
  const from = { origin: 'web', requestId: context.requestId } as const
  return await onOpenStep(context, actor, place, (trx, cycle) =>
    addAttachment(trx, cycle, place.stepCode, file, by, from),
  )
}

/** Takes a file off a step; taking it off twice changes nothing. */
export async function removeFile(context: AppContext, actor: Actor, place: StepPlace, id: string): Promise<void> {
  const by = { personId: actor.personId, positionId: actor.position.id }
  const from = { origin: 'web', requestId: context.requestId } as const
  await onOpenStep(context, actor, place, (trx, cycle) => removeAttachment(trx, cycle, place.stepCode, id, by, from))
}

/** One transaction on a step this person may edit now; a refusal leaves its event in another. */
async function onOpenStep<T>(
  context: AppContext,
  actor: Actor,
  { cycleId, stepCode }: StepPlace,
  work: (trx: Trx, cycle: LoadedCycle) => Promise<T>,
): Promise<T> {
  return await recordingRefusals(context, actor, { objectId: cycleId, cycleId, stepCode }, async (trx) => {
    const cycle = await findCycle(trx, cycleId)
    if (!cycle?.stepIds[stepCode]) throw new Refused('not_visible')
    await requireEditable(trx, actor, cycle, stepCode)
    return await work(trx, cycle)
  })
}
