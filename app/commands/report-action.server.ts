import { isWritten, recordProgress } from '../../db/improvement-entries.ts'
import type { ActionProgressInput } from '../../domain/improvement-inputs.ts'
import { refuseIf } from '../../domain/refusals.ts'
import type { AppContext } from '../context.server.ts'
import { reportObjection, requireAction } from '../improvement-rights.server.ts'
import { recordingRefusals } from '../refusal.server.ts'
import type { Actor } from '../session.server.ts'

/** Says how an improvement action goes, why it has not begun, or that it is given up (G4). */
export async function reportAction(
  context: AppContext,
  actor: Actor,
  code: string,
  { entryId, ...entry }: ActionProgressInput,
): Promise<void> {
  await recordingRefusals(context, actor, { objectId: actor.entityId }, async (trx, by) => {
    const action = await requireAction(trx, actor, code)
    const written = { ...entry, id: entryId }
    if (await isWritten(trx, action.id, written)) return
    refuseIf(reportObjection(actor, action))
    await recordProgress(trx, by, action, written)
  })
}
