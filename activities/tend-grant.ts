import { type EventRecord, recordEvent, recordEvents } from '../db/audit.ts'
import { type Trx, withEntity } from '../db/client.ts'
import { grantEvent } from '../db/grant-acts.ts'
import { concernedBy, endGrantNotices, lockDueGrantNotices } from '../db/grant-notices.ts'
import { beginGrant, holdGrant, isEligible, type LoadedGrant, moveGrant } from '../db/grants.ts'
import { settleNotice } from '../db/notices.ts'
import { bogotaDate } from '../domain/civil-dates.ts'
import type { EventType } from '../domain/events.ts'
import { turnOn } from '../domain/grant-days.ts'
import { type Concerned, type GrantStatus, isPending } from '../domain/grants.ts'
import { chooseNotices, type DueNotice, type Sending } from '../domain/notices.ts'
import { type GrantRecord, grantRecord } from './grant-record.ts'
import { tellOfGrant, tellPerson } from './tell-of-grant.ts'
import type { Tools } from './tools.ts'

export interface TendGrant {
  entityId: string
  grantId: string
  /** Workflow's clock, ISO. */
  now: string
}

/**
 * Does what the calendar asks of a delegated access: it begins, if its person can still hold it, tells of its end, expires
 * (C2). Nobody gets in or stays out because of this: it keeps the record and tells people.
 */
export async function tendGrant(tools: Tools, input: TendGrant): Promise<GrantRecord> {
  return await withEntity(tools.database, input.entityId, async (trx) => {
    const grant = await holdGrant(trx, input.grantId)
    const now = new Date(input.now)
    const turn = turnOn(grant.state, grant, bogotaDate(now))
    if (turn === 'begin') await begin(trx, tools, grant, now)
    else if (turn === 'expire')
      await end(trx, tools, grant, isPending(grant.state.status) ? 'unanswered' : 'expired', now)
    await tellOfEnd(trx, tools, input, now)
    return await grantRecord(trx, input.grantId)
  })
}

async function begin(trx: Trx, tools: Tools, grant: LoadedGrant, now: Date): Promise<void> {
  if (!(await isEligible(trx, grant.state.id))) return await end(trx, tools, grant, 'lapsed', now)
  await beginGrant(trx, grant.state.id, now)
  await recordEvent(trx, grantEvent(grant, 'access.began'))
}

async function end(
  trx: Trx,
  tools: Tools,
  grant: LoadedGrant,
  status: 'expired' | 'unanswered' | 'lapsed',
  now: Date,
): Promise<void> {
  const after = { ...grant, state: await moveGrant(trx, grant.state, { status, at: now }) }
  await endGrantNotices(trx, grant.state.id, now)
  await recordEvent(trx, grantEvent(after, ENDINGS[status]))
  await tellOfGrant(trx, tools, after, now)
}

const ENDINGS = {
  expired: 'access.expired',
  unanswered: 'access.unanswered',
  lapsed: 'access.lapsed',
} as const satisfies Partial<Record<GrantStatus, EventType>>

async function tellOfEnd(trx: Trx, tools: Tools, { grantId }: TendGrant, now: Date): Promise<void> {
  const due = await lockDueGrantNotices(trx, grantId, now)
  const events: EventRecord[] = []
  for (const sending of chooseNotices(due)) {
    for (const older of sending.catchesUp) await settleNotice(trx, older.id, 'superseded', now)
    events.push(await send(trx, tools, await holdGrant(trx, grantId), sending, now))
  }
  await recordEvents(trx, events)
}

async function send(
  trx: Trx,
  tools: Tools,
  grant: LoadedGrant,
  { notice, catchesUp }: Sending<DueNotice>,
  now: Date,
): Promise<EventRecord> {
  const who = notice.duty as Concerned
  const people = await concernedBy(trx, grant, who, bogotaDate(now))
  for (const personId of people)
    await tellPerson(trx, tools, grant, { personId, who, about: 'ending', noticeId: notice.id })
  await settleNotice(trx, notice.id, people.length > 0 ? 'sent' : 'failed', now, catchesUp.length)
  const change = (field: string, after: string | number) => ({ field, before: null, after })
  const changes = [change('kind', notice.kind), change('recipients', people.length), change('code', grant.code)]
  if (catchesUp.length > 0) changes.push(change('catches_up', catchesUp.length))
  const type = people.length > 0 ? 'notice.sent' : 'notice.failed'
  return {
    ...grantEvent(grant, type),
    objectId: notice.id,
    changes,
    ...(people.length === 0 && { reasonCode: 'nobody_told' }),
  }
}
