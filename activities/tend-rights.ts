import { type EventRecord, recordEvent, recordEvents } from '../db/audit.ts'
import { type Trx, withEntity } from '../db/client.ts'
import { moveRightsTerm } from '../db/moved-rights.ts'
import { settleNotice } from '../db/notices.ts'
import { beginRights, dropRightsKey, endRights, holdRights, type LoadedRights } from '../db/rights.ts'
import { rightsEvent } from '../db/rights-acts.ts'
import { endRightsNotices, lockDueRightsNotices, planTermOfRights, toldOfRights } from '../db/rights-notices.ts'
import { findCompletion, markCompletion } from '../db/rights-texts.ts'
import { IN_CHARGE } from '../db/terms.ts'
import { bogotaDate } from '../domain/civil-dates.ts'
import { chooseNotices, type DueNotice, noticeKind, type Sending } from '../domain/notices.ts'
import { isForgotten, isGivenUp } from '../domain/rights.ts'
import { type RightsRecord, rightsRecord } from './rights-record.ts'
import { tellCitizen } from './tell-citizen.ts'
import { tellOfRights } from './tell-of-rights.ts'
import type { Tools } from './tools.ts'

export interface TendRights {
  entityId: string
  requestId: string
  /** Workflow's clock, ISO. */
  now: string
}

/**
 * Does what the calendar and the citizen ask of a request: its term begins when it is received and when it is completed, it is
 * given up where nobody completed it (Ley 1581 de 2012, art. 15), and people are told. Repeating it finds nothing left to do.
 */
export async function tendRights(tools: Tools, input: TendRights): Promise<RightsRecord> {
  return await withEntity(tools.database, input.entityId, async (trx) => {
    const request = await holdRights(trx, input.requestId)
    const now = new Date(input.now)
    if (request.state.status === 'filed') await receive(trx, tools, request, now)
    else if (request.state.status === 'incomplete') await complete(trx, tools, request, now)
    else if (isForgotten(request.state, bogotaDate(now))) await forget(trx, request)
    else if (request.state.status === 'received') await followCalendar(trx, tools, request, now)
    await tellOfTerm(trx, tools, input, now)
    return await rightsRecord(trx, input.requestId)
  })
}

async function receive(trx: Trx, tools: Tools, request: LoadedRights, now: Date): Promise<void> {
  const term = await beginRights(trx, request, request.filedOn)
  await planTermOfRights(trx, request, term, now)
  const due = { field: 'due_date', before: null, after: term.dueDate }
  const event = rightsEvent(request, 'rights.received')
  await recordEvent(trx, { ...event, changes: [...(event.changes ?? []), due] })
  await tell(trx, tools, request, { about: 'received', dueOn: term.dueDate, now })
  await tellCitizen(trx, tools, request, { about: 'received', of: 'first', day: term.dueDate })
}

/** The entity's calendar changed meanwhile: the term ends on another day, and everybody is told by the new one. */
async function followCalendar(trx: Trx, tools: Tools, request: LoadedRights, now: Date): Promise<void> {
  const moved = await moveRightsTerm(trx, request, now)
  if (!moved) return
  const { term, before } = moved
  await planTermOfRights(trx, request, term, now)
  const due = { field: 'due_date', before, after: term.dueDate }
  const event = rightsEvent(request, 'rights.term_moved')
  await recordEvent(trx, { ...event, changes: [...(event.changes ?? []), due] })
  await tellCitizen(trx, tools, request, { about: 'moved', of: `${before} ${term.dueDate}`, day: term.dueDate })
}

/** What the citizen completed counts from the day they did; what they did not complete is given up. */
async function complete(trx: Trx, tools: Tools, request: LoadedRights, now: Date): Promise<void> {
  const completion = await findCompletion(trx, request.state.id)
  if (completion) {
    await markCompletion(trx, completion.id, now)
    const term = await beginRights(trx, request, bogotaDate(completion.writtenAt))
    await planTermOfRights(trx, request, term, now)
    const due = { field: 'due_date', before: null, after: term.dueDate }
    const event = rightsEvent(request, 'rights.completed')
    await recordEvent(trx, { ...event, changes: [...(event.changes ?? []), due] })
    await tell(trx, tools, request, { about: 'completed', dueOn: term.dueDate, now })
    return await tellCitizen(trx, tools, request, { about: 'completed', of: completion.id, day: term.dueDate })
  }
  if (!isGivenUp(request.state, bogotaDate(now))) return
  await endRights(trx, request, { status: 'lapsed' }, { at: now })
  await endRightsNotices(trx, request.state.id, now)
  await recordEvent(trx, rightsEvent(request, 'rights.lapsed'))
  await tellCitizen(trx, tools, request, { about: 'lapsed', of: 'end', day: null })
}

/** Nobody has to deliver the answer of an erasure any more: what was typed to ask for it goes too. */
async function forget(trx: Trx, request: LoadedRights): Promise<void> {
  await dropRightsKey(trx, request)
  await recordEvent(trx, rightsEvent(request, 'rights.forgotten'))
}

async function tell(
  trx: Trx,
  tools: Tools,
  request: LoadedRights,
  told: { about: 'received' | 'completed'; dueOn: string; now: Date },
): Promise<void> {
  for (const person of await toldOfRights(trx, request.entityId, { escalates: false, now: told.now }))
    await tellOfRights(trx, tools, request, { ...person, about: told.about, dueOn: told.dueOn, noticeId: null })
}

async function tellOfTerm(trx: Trx, tools: Tools, { requestId }: TendRights, now: Date): Promise<void> {
  const due = await lockDueRightsNotices(trx, requestId, now)
  const events: EventRecord[] = []
  for (const sending of chooseNotices(due)) {
    for (const older of sending.catchesUp) await settleNotice(trx, older.id, 'superseded', now)
    events.push(await send(trx, tools, await holdRights(trx, requestId), sending, now))
  }
  await recordEvents(trx, events)
}

async function send(
  trx: Trx,
  tools: Tools,
  request: LoadedRights,
  { notice, catchesUp }: Sending<DueNotice>,
  now: Date,
): Promise<EventRecord> {
  const people = await toldOfRights(trx, request.entityId, { escalates: notice.duty !== IN_CHARGE, now })
  const dueOn = request.state.dueOn ?? bogotaDate(now)
  for (const person of people)
    await tellOfRights(trx, tools, request, { ...person, about: noticeKind(notice.kind), dueOn, noticeId: notice.id })
  await settleNotice(trx, notice.id, people.length > 0 ? 'sent' : 'failed', now, catchesUp.length)
  const change = (field: string, after: string | number) => ({ field, before: null, after })
  const changes = [change('kind', notice.kind), change('recipients', people.length), change('code', request.number)]
  if (catchesUp.length > 0) changes.push(change('catches_up', catchesUp.length))
  return {
    ...rightsEvent(request, people.length > 0 ? 'notice.sent' : 'notice.failed'),
    ...{ objectId: notice.id, changes },
    ...(people.length === 0 && { reasonCode: 'nobody_told' }),
  }
}
