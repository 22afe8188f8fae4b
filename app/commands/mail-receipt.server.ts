import { findActPage } from '../../db/act-pages.ts'
import { eventBy } from '../../db/administration.ts'
import { recordEvent } from '../../db/audit.ts'
import { idOf } from '../../db/ids.ts'
import { leadingTo, writeMail } from '../../db/mail.ts'
import { Refused } from '../../domain/refusals.ts'
import type { AppContext } from '../context.server.ts'
import { recordingRefusals } from '../refusal.server.ts'
import type { Actor } from '../session.server.ts'
import { receiptMail } from '../text/receipt-mail.ts'

/**
 * Sends whoever acted a copy of their receipt, once (experience 16): its code and the way to it, without a word of what was
 * decided. The receipt of somebody else is not there.
 */
export async function mailReceipt(
  context: AppContext,
  actor: Actor,
  { cycleId, actId }: { cycleId: string; actId: string },
): Promise<void> {
  await recordingRefusals(context, actor, { objectId: actId }, async (trx, by) => {
    const act = await findActPage(trx, cycleId, actId)
    if (!act || act.personId !== actor.personId || act.status === 'refused') throw new Refused('not_visible')
    const isNew = await writeMail(trx, {
      id: idOf('mail', 'receipt', actId),
      entityId: actor.entityId,
      noticeId: null,
      personId: actor.personId,
      ...receiptMail(act.receiptCode),
      ...leadingTo(context.config.PUBLIC_URL, `/ejercicios/${cycleId}/actos/${actId}`),
    })
    if (!isNew) return
    await recordEvent(trx, { ...eventBy(by), type: 'receipt.mailed', objectId: actId, cycleId, stepCode: act.stepCode })
  })
}
