import { followUpMail } from '../app/text/follow-up-mail.ts'
import { withEntity } from '../db/client.ts'
import { lockDueFollowUpNotices, lockFollowUp, nextFollowUpNoticeAt } from '../db/follow-up-tellings.ts'
import { placeOf } from '../domain/follow-ups.ts'
import { type Telling, tellDay } from './day-tellings.ts'
import type { Tools } from './tools.ts'

export interface TellOfFollowUp {
  entityId: string
  followUpId: string
  /** ISO instant of the workflow's clock. */
  now: string
}

/**
 * Tells whoever must be told of the day by which something is to be done, in one transaction: mail rows, ledger, events
 * (features B6, D10, D12). Running it twice tells nobody twice.
 */
export async function tellOfFollowUp(tools: Tools, { entityId, followUpId, now }: TellOfFollowUp): Promise<Telling> {
  return await withEntity(tools.database, entityId, async (trx) => {
    const { kind, code, day, isOver, inCharge } = await lockFollowUp(trx, followUpId)
    const due = await lockDueFollowUpNotices(trx, followUpId, new Date(now))
    const about = {
      ...{ entityId, workflowId: `follow-up:${followUpId}`, cycleId: null, code, inCharge, now: new Date(now) },
      path: placeOf(kind, code),
    }
    await tellDay(
      trx,
      tools,
      { ...about, mail: (notice, told) => followUpMail({ kind, code, day, notice, told }) },
      due,
    )
    const next = await nextFollowUpNoticeAt(trx, followUpId)
    return { nextAt: next?.toISOString() ?? null, isOver }
  })
}
