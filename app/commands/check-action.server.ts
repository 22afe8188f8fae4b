import { isWritten, recordCheck } from '../../db/improvement-entries.ts'
import type { ActionCheckInput } from '../../domain/improvement-inputs.ts'
import { refuseIf } from '../../domain/refusals.ts'
import type { AppContext } from '../context.server.ts'
import { checkObjection, requireAction } from '../improvement-rights.server.ts'
import { recordingRefusals } from '../refusal.server.ts'
import type { Actor } from '../session.server.ts'

/** Says whether a carried-out action had its effect (N15): months later, and never by whoever carried it out. */
export async function checkAction(
  context: AppContext,
  actor: Actor,
  code: string,
  { entryId, ...entry }: ActionCheckInput,
): Promise<void> {
  await recordingRefusals(context, actor, { objectId: actor.entityId }, async (trx, by) => {
    const action = await requireAction(trx, actor, code)
    const written = { ...entry, id: entryId }
    if (await isWritten(trx, action.id, written)) return
    refuseIf(checkObjection(actor, action))
    await recordCheck(trx, by, action, written)
  })
}
