import { isWritten, recordResult } from '../../db/improvement-entries.ts'
import type { ActionResultInput } from '../../domain/improvement-inputs.ts'
import { refuseIf } from '../../domain/refusals.ts'
import type { AppContext } from '../context.server.ts'
import { reportObjection, requireAction } from '../improvement-rights.server.ts'
import { recordingRefusals } from '../refusal.server.ts'
import type { Actor } from '../session.server.ts'

/** Says that an improvement action is carried out, with what its indicator says (G4); somebody else checks its effect later. */
export async function closeAction(
  context: AppContext,
  actor: Actor,
  code: string,
  { entryId, ...entry }: ActionResultInput,
): Promise<void> {
  await recordingRefusals(context, actor, { objectId: actor.entityId }, async (trx, by) => {
    const action = await requireAction(trx, actor, code)
    const written = { ...entry, id: entryId }
    if (await isWritten(trx, action.id, written)) return
    refuseIf(reportObjection(actor, action))
    await recordResult(trx, by, action, written)
  })
}
