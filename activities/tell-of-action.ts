import { actionMail } from '../app/text/action-mail.ts'
import { type EventRecord, recordEvents } from '../db/audit.ts'
import { type Trx, withEntity } from '../db/client.ts'
import { idOf } from '../db/ids.ts'
import {
  type ActionInHand,
  actionAddressees,
  lockActionToTell,
  lockDueActionNotices,
  nextActionNoticeAt,
} from '../db/improvement-tellings.ts'
import { openIncident } from '../db/incidents.ts'
import { leadingTo, writeMail } from '../db/mail.ts'
import { settleNotice, type Told } from '../db/notices.ts'
import { IN_CHARGE } from '../db/terms.ts'
import { bogotaDate } from '../domain/civil-dates.ts'
import { isOpenAction } from '../domain/improvement.ts'
import { chooseNotices, type DueNotice, noticeKind, type Sending, sharesMail } from '../domain/notices.ts'
import type { Tools } from './tools.ts'

export interface TellOfAction {
  entityId: string
  actionId: string
  /** ISO instant of the workflow's clock. */
  now: string
}

export interface Telling {
  /** ISO instant of the next notice; null where none is planned. */
  nextAt: string | null
  /** Nothing can change any more. */
  isOver: boolean
}

/**
 * Tells whoever must be told of the day of an improvement action, in one transaction: mail rows, ledger, events (features
 * B6, N14, N15). Running it twice tells nobody twice.
 */
export async function tellOfAction(tools: Tools, input: TellOfAction): Promise<Telling> {
  return await withEntity(tools.database, input.entityId, async (trx) => {
    const action = await lockActionToTell(trx, input.actionId)
    const due = await lockDueActionNotices(trx, input.actionId, new Date(input.now))
    const events: EventRecord[] = []
    for (const sending of chooseNotices(due)) {
      for (const older of sending.catchesUp) await settleNotice(trx, older.id, 'superseded', new Date(input.now))
      events.push(await send(trx, tools, { ...input, action }, sending))
    }
    await recordEvents(trx, events)
    const next = await nextActionNoticeAt(trx, input.actionId)
    const isOver = !isOpenAction(action.status) && action.status !== 'done'
    return { nextAt: next?.toISOString() ?? null, isOver }
  })
}

async function send(
  trx: Trx,
  tools: Tools,
  about: TellOfAction & { action: ActionInHand },
  { notice, catchesUp }: Sending<DueNotice>,
): Promise<EventRecord> {
  const { entityId, actionId, action } = about
  const now = new Date(about.now)
  const inCharge = notice.duty === IN_CHARGE
  const people = await actionAddressees(trx, action, { entityId, escalates: !inCharge, now })
  const base = { entityId, cycleId: action.cycleId, origin: 'workflow' as const, workflowId: `improvement:${actionId}` }
  if (people.length === 0) {
    await settleNotice(trx, notice.id, 'failed', now, catchesUp.length)
    const incident = { entityId, kind: 'nobody_told', objectType: 'notice', objectId: notice.id } as const
    await openIncident(trx, { ...incident, origin: 'workflow' })
    const changes = [{ field: 'code', before: null, after: action.code }]
    return { ...base, type: 'notice.failed', objectId: notice.id, reasonCode: 'nobody_told', changes }
  }
  for (const person of people) await write(trx, tools, about, notice, person)
  await settleNotice(trx, notice.id, 'sent', now, catchesUp.length)
  const change = (field: string, after: string | number) => ({ field, before: null, after })
  const changes = [change('kind', notice.kind), change('recipients', people.length), change('code', action.code)]
  if (!inCharge) changes.push(change('duty', notice.duty))
  if (catchesUp.length > 0) changes.push(change('catches_up', catchesUp.length))
  return { ...base, type: 'notice.sent', objectId: notice.id, changes }
}

async function write(
  trx: Trx,
  { publicUrl }: Tools,
  { entityId, action, now }: TellOfAction & { action: ActionInHand },
  notice: DueNotice,
  { personId, told }: Told,
): Promise<void> {
  await writeMail(trx, {
    ...{ id: idOf('mail', notice.id, personId), entityId, noticeId: notice.id, personId },
    ...actionMail({
      code: action.code,
      kind: noticeKind(notice.kind),
      told,
      day: action.day,
      isCheck: action.status === 'done',
    }),
    digestOn: sharesMail(notice.kind, told, 'action') ? bogotaDate(new Date(now)) : null,
    ...leadingTo(publicUrl, `/mejora/${action.code}`),
  })
}
