/** The terms that ran for a cycle, a delegated access, a review of accesses or a run of a control, the newest first. */
import { sql } from 'kysely'
import type { Calendar, CountedDay } from '../domain/calendar.ts'
import { bogotaDate, daysBetween } from '../domain/civil-dates.ts'
import { explainRun } from '../domain/control-periods.ts'
import type { FieldChange } from '../domain/events.ts'
import type { GrantStatus } from '../domain/grants.ts'
import type { RanTerm, TermSubject } from '../domain/ran-terms.ts'
import * as endings from '../domain/term-endings.ts'
import type { Trx } from './client.ts'
import { findRun } from './control-runs.ts'
import { decodeCursor, type Page, pageOf } from './pages.ts'
import { areStillPublic } from './summaries.ts'
import { entityCalendar } from './terms.ts'

interface Asked {
  cursor?: string | null
  limit?: number
}

interface CycleLine extends Omit<RanTerm, keyof endings.Ending | 'unit' | 'countsStart' | 'isRecounted'> {
  state: Parameters<typeof endings.endingOfStep>[0] | Parameters<typeof endings.endingOfAnswer>[0]
}

/** Of a cycle: of its steps in every attempt, and of the answers of the dependencias. */
async function listTermsOfCycle(trx: Trx, cycleId: string, { cursor, limit = 20 }: Asked): Promise<Page<RanTerm>> {
  const after = decodeCursor(cursor, ['date', 'id'])
  const found = await sql<CycleLine>`
    select * from (
      select t.id, jsonb_build_object('kind', 'step', 'stepCode', s.code, 'attempt', a.n) as of,
        t.start_date::text as "startOn", t.due_date::text as "dueOn", t.working_days as length, t.arithmetic as days,
        t.calendar_version as "calendarVersion",
        jsonb_build_object('status', t.status, 'isReplaced', t.replaced_by is not null) as state,
        (t.ended_at at time zone 'America/Bogota')::date::text as "endedOn",
        (select due_date::text from term next where next.id = t.replaced_by) as "movedTo",
        (select due_date::text from term old where old.replaced_by = t.id) as "movedFrom"
      from term t join step s on s.id = t.step_id join attempt a on a.id = t.attempt_id where t.cycle_id = ${cycleId}
      union all
      select s.id, jsonb_build_object('kind', 'answer', 'agency', g.name),
        s.start_date::text, s.due_date::text, s.working_days, s.arithmetic, s.calendar_version,
        jsonb_build_object('isAnswered', r.answered_at is not null, 'isPublic', ${areStillPublic}),
        (coalesce(r.answered_at, case when not ${areStillPublic} then (
          select max(coalesce(w.withdrawn_at, w.published_at)) from release w where w.cycle_id = s.cycle_id) end)
          at time zone 'America/Bogota')::date::text,
        null, null
      from agency_summary s join agency g on g.id = s.agency_id left join summary_answer r on r.summary_id = s.id
      where s.cycle_id = ${cycleId}
    ) line
    where (${after?.[0] ?? null}::text is null or ("startOn", id) < (${after?.[0] ?? null}, ${after?.[1] ?? null}::uuid))
    order by "startOn" desc, id desc limit ${limit + 1}`.execute(trx)
  const { rows, next } = pageOf(found.rows, limit, (row) => [row.startOn, row.id])
  return { next, rows: rows.map(termOfCycle) }
}

function termOfCycle({ state, ...line }: CycleLine): RanTerm {
  const { ending, cause } = 'isPublic' in state ? endings.endingOfAnswer(state) : endings.endingOfStep(state)
  return { ...line, ending, cause, unit: 'working', countsStart: false, isRecounted: false }
}

/** Of an access that was granted: its days, which are those of the calendar. */
async function listTermsOfGrant(trx: Trx, grantId: string): Promise<RanTerm[]> {
  const row = await trx
    .selectFrom('access_grant')
    .select(['id', 'status', 'starts_on as startOn', 'ends_on as dueOn', 'ended_at as endedAt'])
    .where('id', '=', grantId)
    .executeTakeFirst()
  const ended = row && endings.endingOfGrant(row.status as GrantStatus)
  if (!row || !ended) return []
  const { id, startOn, dueOn, endedAt } = row
  const { ending, cause, lastsToTheEnd } = ended
  return [
    {
      ...{ id, of: { kind: 'access' }, startOn, dueOn, ending, cause },
      endedOn: lastsToTheEnd ? dueOn : endedAt && bogotaDate(endedAt),
      ...{ unit: 'civil', length: daysBetween(startOn, dueOn) + 1, countsStart: true, days: [] },
      ...{ calendarVersion: '', isRecounted: false, movedTo: null, movedFrom: null },
    },
  ]
}

async function listTermsOfCampaign(trx: Trx, campaignId: string): Promise<RanTerm[]> {
  const row = await trx
    .selectFrom('access_campaign')
    .select(['id', 'status', 'start_date as startOn', 'due_date as dueOn', 'working_days as length', 'arithmetic'])
    .select(['calendar_version as calendarVersion', 'closed_at as closedAt', 'closed_by as closedBy'])
    .where('id', '=', campaignId)
    .executeTakeFirst()
  if (!row || row.startOn === null || row.dueOn === null) return []
  const { id, startOn, dueOn, length, closedAt, closedBy } = row
  const closed = { isClosed: closedAt !== null, isByPerson: closedBy !== null }
  const { ending, cause, lastsToTheEnd } = endings.endingOfReview(closed)
  return [
    {
      ...{ id, of: { kind: 'review' }, startOn, dueOn, length, unit: 'working', countsStart: false },
      ...{ days: (row.arithmetic ?? []) as unknown as CountedDay[], calendarVersion: row.calendarVersion ?? '' },
      ...{ ending, cause, endedOn: lastsToTheEnd ? dueOn : closedAt && bogotaDate(closedAt) },
      ...{ isRecounted: false, movedTo: null, movedFrom: null },
    },
  ]
}

/** As it was counted when it was asked for, or moved; of runs older than that count, by the calendar of now. */
async function listTermsOfRun(trx: Trx, runId: string, calendar: Calendar): Promise<RanTerm[]> {
  const run = await findRun(trx, runId)
  const row = await trx
    .selectFrom('control_run')
    .select(['arithmetic', 'calendar_version as version', 'executed_at as executedAt', 'closed_at as closedAt'])
    .where('id', '=', runId)
    .executeTakeFirst()
  if (!run || !row) return []
  const { opensOn, dueOn, missedOn } = run.state
  const isHappened = run.control.rhythm === null
  const counted = row.arithmetic as unknown as CountedDay[] | null
  const days = counted ?? explainRun({ opensOn, dueOn, isHappened }, calendar)
  const { ending, cause } = endings.endingOfRun(run.state)
  const day = (at: Date | null) => at && bogotaDate(at)
  const firstOn = day(await firstExecution(trx, runId))
  const endedOn = {
    ...{ running: null, moved: null, omitted: day(row.executedAt), stopped: day(row.closedAt) },
    ...{ not_run: day(row.closedAt), done: firstOn && endings.doneOn({ firstOn, missedOn }) },
  }[ending]
  return [
    {
      ...{ id: runId, of: { kind: 'run' }, startOn: opensOn, dueOn, unit: 'working', countsStart: !isHappened, days },
      ...{ length: days.filter(({ counts }) => counts).length, calendarVersion: row.version ?? calendar.version },
      ...{ isRecounted: counted === null, ending, cause, endedOn },
      ...{ movedTo: null, movedFrom: await lastDueBefore(trx, runId) },
    },
  ]
}

/** When somebody executed it for the first time: the row of a run says the last time only. */
async function firstExecution(trx: Trx, runId: string): Promise<Date | null> {
  const { at } = await trx
    .selectFrom('act')
    .select(({ fn }) => fn.min<Date | null>('stored_at').as('at'))
    .where('run_id', '=', runId)
    .where('kind', '=', 'execute')
    .where('status', 'in', ['done', 'confirmed'])
    .executeTakeFirstOrThrow()
  return at
}

/** Its last day before a change of the calendar moved it; null where none did. */
async function lastDueBefore(trx: Trx, runId: string): Promise<string | null> {
  const event = await trx
    .selectFrom('event')
    .select('changes')
    .where('object_id', '=', runId)
    .where('type', '=', 'control.run_term_moved')
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  const changes = (event?.changes ?? []) as unknown as FieldChange[]
  const due = changes.find(({ field }) => field === 'due_date')?.before
  return typeof due === 'string' ? due : null
}

/** A page of the terms of a subject; only those of a cycle fill more than one. */
export async function listRanTerms(
  trx: Trx,
  { entityId, kind, id }: { entityId: string; kind: TermSubject; id: string },
  asked: Asked = {},
): Promise<Page<RanTerm>> {
  if (kind === 'cycle') return await listTermsOfCycle(trx, id, asked)
  if (kind === 'grant') return { rows: await listTermsOfGrant(trx, id), next: null }
  if (kind === 'campaign') return { rows: await listTermsOfCampaign(trx, id), next: null }
  return { rows: await listTermsOfRun(trx, id, await entityCalendar(trx, entityId)), next: null }
}
