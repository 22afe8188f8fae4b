import { type MailWords, noticeMail } from '../app/text/mail.ts'
import { type EventRecord, recordEvents } from '../db/audit.ts'
import { type Trx, withEntity } from '../db/client.ts'
import { lockCycle } from '../db/cycles.ts'
import { idOf } from '../db/ids.ts'
import { openIncident } from '../db/incidents.ts'
import { leadingTo, writeMail } from '../db/mail.ts'
import { addressees, lockDueNotices, type PlannedNotice, settleNotice, type Told } from '../db/notices.ts'
import { requireProcedureVersion } from '../db/procedures.ts'
import { IN_CHARGE, nextNoticeAt } from '../db/terms.ts'
import { bogotaDate } from '../domain/civil-dates.ts'
import { chooseNotices, noticeKind, type Sending, sharesMail } from '../domain/notices.ts'
import { type Procedure, type StepCode, stepTemplate } from '../domain/procedures.ts'
import type { Tools } from './tools.ts'

export interface SendDueNotices {
  entityId: string
  cycleId: string
  /** ISO instant of the workflow's clock. */
  now: string
}

interface Sender extends SendDueNotices {
  publicUrl: string
  procedure: Procedure
  vigencia: number
}

/**
 * Tells whoever must be told of the terms of a cycle, in one transaction: mail rows, ledger, events (features B5, B6, N14).
 * Answers the ISO instant of the next planned notice. Running it twice tells nobody twice.
 */
export async function sendDueNotices(tools: Tools, input: SendDueNotices): Promise<string | null> {
  return await withEntity(tools.database, input.entityId, async (trx) => {
    const { procedureVersionId, vigencia } = await lockCycle(trx, input.cycleId)
    const { procedure } = await requireProcedureVersion(trx, procedureVersionId)
    const sender = { ...input, publicUrl: tools.publicUrl, procedure, vigencia }
    await tell(trx, sender)
    return (await nextNoticeAt(trx, input.cycleId))?.toISOString() ?? null
  })
}

async function tell(trx: Trx, sender: Sender): Promise<void> {
  const now = new Date(sender.now)
  const due = await lockDueNotices(trx, sender.cycleId, now)
  const live = due.filter((notice) => notice.termStatus === 'running')
  for (const notice of due.filter((one) => one.termStatus !== 'running'))
    await settleNotice(trx, notice.id, 'superseded', now)
  const events: EventRecord[] = []
  for (const sending of chooseNotices(live)) {
    for (const older of sending.catchesUp) await settleNotice(trx, older.id, 'superseded', now)
    events.push(await send(trx, sender, sending))
  }
  // Sent or superseded by a later one, the expiry notice is settled once: so is the event of the expiry.
  const expired = live.filter((notice) => notice.duty === IN_CHARGE && noticeKind(notice.kind) === 'expiry')
  events.unshift(...expired.map((notice) => expiryEvent(sender, notice)))
  await recordEvents(trx, events)
}

async function send(trx: Trx, sender: Sender, { notice, catchesUp }: Sending<PlannedNotice>): Promise<EventRecord> {
  const now = new Date(sender.now)
  const people = await addressees(trx, notice, { entityId: sender.entityId, inCharge: IN_CHARGE, now })
  const base = eventOf(sender, notice)
  if (people.length === 0) {
    await settleNotice(trx, notice.id, 'failed', now, catchesUp.length)
    const { entityId } = sender
    const incident = { entityId, kind: 'nobody_told', objectType: 'notice', objectId: notice.id } as const
    await openIncident(trx, { ...incident, origin: 'workflow' })
    return { ...base, type: 'notice.failed', objectId: notice.id, reasonCode: 'nobody_told' }
  }
  for (const person of people) await write(trx, sender, notice, person, catchesUp.length)
  await settleNotice(trx, notice.id, 'sent', now, catchesUp.length)
  const change = (field: string, after: string | number) => ({ field, before: null, after })
  const superior = notice.duty === IN_CHARGE ? [] : [change('duty', notice.duty)]
  const changes = [change('kind', notice.kind), change('recipients', people.length), ...superior]
  if (catchesUp.length > 0) changes.push(change('catches_up', catchesUp.length))
  return { ...base, type: 'notice.sent', objectId: notice.id, changes }
}

async function write(trx: Trx, sender: Sender, notice: PlannedNotice, person: Told, catchesUp: number): Promise<void> {
  const { publicUrl, cycleId, entityId } = sender
  await writeMail(trx, {
    id: idOf('mail', notice.id, person.personId),
    entityId,
    noticeId: notice.id,
    personId: person.personId,
    ...wordsFor(sender, notice, person, catchesUp),
    ...leadingTo(publicUrl, `/ejercicios/${cycleId}/pasos/${notice.stepCode}`),
    digestOn: sharesMail(notice.kind, person.told) ? bogotaDate(new Date(sender.now)) : null,
  })
}

function wordsFor(sender: Sender, notice: PlannedNotice, { told, duty }: Told, catchesUp: number): MailWords {
  const { procedure, vigencia } = sender
  return noticeMail({
    code: notice.kind,
    told,
    stepCode: notice.stepCode,
    stepTitle: stepTemplate(procedure, notice.stepCode as StepCode).title,
    vigencia,
    dueDate: notice.dueDate,
    catchesUp,
    dutyName: procedure.duties[duty],
  })
}

function expiryEvent(sender: Sender, notice: PlannedNotice): EventRecord {
  const changes = [{ field: 'due_date', before: null, after: notice.dueDate }]
  return { ...eventOf(sender, notice), type: 'term.expired', objectId: notice.termId, changes }
}

function eventOf(sender: Sender, notice: PlannedNotice): Omit<EventRecord, 'type' | 'objectId'> {
  const { entityId, cycleId } = sender
  return { entityId, cycleId, stepCode: notice.stepCode, origin: 'workflow', workflowId: `cycle:${cycleId}` }
}
