import { type EventRecord, recordEvents } from '../db/audit.ts'
import type { Trx } from '../db/client.ts'
import { addresseesOf, type InCharge } from '../db/day-addressees.ts'
import { idOf } from '../db/ids.ts'
import { openIncident } from '../db/incidents.ts'
import { leadingTo, writeMail } from '../db/mail.ts'
import { settleNotice } from '../db/notices.ts'
import { IN_CHARGE } from '../db/terms.ts'
import { bogotaDate } from '../domain/civil-dates.ts'
import { chooseNotices, type DueNotice, noticeKind, type Sending, sharesMail, type ToldAs } from '../domain/notices.ts'
import type { NoticeKind } from '../domain/terms.ts'
import type { Tools } from './tools.ts'

export interface Telling {
  /** ISO instant of the next notice; null where none is planned. */
  nextAt: string | null
  /** Nothing can change any more. */
  isOver: boolean
}

/** A day by which somebody has to act, with what is due to be told of it. */
export interface ToldDay {
  entityId: string
  workflowId: string
  cycleId: string | null
  /** Of what it is about, as pages show it. */
  code: string
  inCharge: InCharge
  /** Page on which it is done. */
  path: string
  mail: (kind: NoticeKind, told: ToldAs) => { subject: string; body: string }
  now: Date
}

/** Part of a telling: mail rows, ledger and events of what fell due. */
export async function tellDay(trx: Trx, tools: Tools, about: ToldDay, due: readonly DueNotice[]): Promise<void> {
  const events: EventRecord[] = []
  for (const sending of chooseNotices(due)) {
    for (const older of sending.catchesUp) await settleNotice(trx, older.id, 'superseded', about.now)
    events.push(await send(trx, tools, about, sending))
  }
  await recordEvents(trx, events)
}

async function send(
  trx: Trx,
  { publicUrl }: Tools,
  about: ToldDay,
  { notice, catchesUp }: Sending<DueNotice>,
): Promise<EventRecord> {
  const { entityId, cycleId, workflowId, code, now } = about
  const inCharge = notice.duty === IN_CHARGE
  const people = await addresseesOf(trx, about.inCharge, { entityId, escalates: !inCharge, now })
  const base = { entityId, cycleId, origin: 'workflow' as const, workflowId }
  if (people.length === 0) {
    await settleNotice(trx, notice.id, 'failed', now, catchesUp.length)
    const incident = { entityId, kind: 'nobody_told', objectType: 'notice', objectId: notice.id } as const
    await openIncident(trx, { ...incident, origin: 'workflow' })
    const changes = [{ field: 'code', before: null, after: code }]
    return { ...base, type: 'notice.failed', objectId: notice.id, reasonCode: 'nobody_told', changes }
  }
  for (const { personId, told } of people)
    await writeMail(trx, {
      ...{ id: idOf('mail', notice.id, personId), entityId, noticeId: notice.id, personId },
      ...about.mail(noticeKind(notice.kind), told),
      digestOn: sharesMail(notice.kind, told, 'action') ? bogotaDate(now) : null,
      ...leadingTo(publicUrl, about.path),
    })
  await settleNotice(trx, notice.id, 'sent', now, catchesUp.length)
  const change = (field: string, after: string | number) => ({ field, before: null, after })
  const changes = [change('kind', notice.kind), change('recipients', people.length), change('code', code)]
  if (!inCharge) changes.push(change('duty', notice.duty))
  if (catchesUp.length > 0) changes.push(change('catches_up', catchesUp.length))
  return { ...base, type: 'notice.sent', objectId: notice.id, changes }
}
