import { actionMail } from '../app/text/action-mail.ts'
import { withEntity } from '../db/client.ts'
import { lockActionToTell, lockDueActionNotices, nextActionNoticeAt } from '../db/improvement-tellings.ts'
import { type Telling, tellDay } from './day-tellings.ts'
import type { Tools } from './tools.ts'

export interface TellOfAction {
  entityId: string
  actionId: string
  /** ISO instant of the workflow's clock. */
  now: string
}

/**
 * Tells whoever must be told of the day of an improvement action, in one transaction: mail rows, ledger, events (features
 * B6, N14, N15). Running it twice tells nobody twice.
 */
export async function tellOfAction(tools: Tools, { entityId, actionId, now }: TellOfAction): Promise<Telling> {
  return await withEntity(tools.database, entityId, async (trx) => {
    const action = await lockActionToTell(trx, actionId)
    const due = await lockDueActionNotices(trx, actionId, new Date(now))
    const { code, cycleId, inCharge, day, asks } = action
    const about = {
      ...{ entityId, workflowId: `improvement:${actionId}`, cycleId, code, inCharge, now: new Date(now) },
      path: `/mejora/${code}`,
    }
    await tellDay(
      trx,
      tools,
      { ...about, mail: (kind, told) => actionMail({ code, kind, told, day, asks: asks ?? 'carry_out' }) },
      due,
    )
    const next = await nextActionNoticeAt(trx, actionId)
    return { nextAt: next?.toISOString() ?? null, isOver: asks === null }
  })
}
