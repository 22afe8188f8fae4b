/** The terms that ran for a cycle, a delegated access, a review of accesses or a run of a control, the newest first. */
import { sql } from 'kysely'
import { type Calendar, type CountedDay, explainDays } from '../domain/calendar.ts'
import { addDays, bogotaDate, daysBetween } from '../domain/civil-dates.ts'
import type { RunState } from '../domain/control-runs.ts'
import type { GrantStatus } from '../domain/grants.ts'
import type { RanTerm, TermEnding, TermSubject } from '../domain/ran-terms.ts'
import type { Trx } from './client.ts'
import { findRun } from './control-runs.ts'
import { decodeCursor, type Page, pageOf } from './pages.ts'
import { areStillPublic } from './summaries.ts'
import { entityCalendar } from './terms.ts'

interface Asked {
  cursor?: string | null
  limit?: number
}

/** Of a cycle: of its steps in every attempt, and of the answers of the dependencias. */
async function listTermsOfCycle(trx: Trx, cycleId: string, { cursor, limit = 20 }: Asked): Promise<Page<RanTerm>> {
  const after = decodeCursor(cursor, ['date', 'id'])
  const found = await sql<RanTerm>`
    select * from (
      select t.id, jsonb_build_object('kind', 'step', 'stepCode', s.code, 'attempt', a.n) as of,
        t.start_date::text as "startOn", t.due_date::text as "dueOn", t.working_days as length, t.arithmetic as days,
        t.calendar_version as "calendarVersion",
        case when t.status = 'running' then 'running' when t.status = 'met' then 'done'
          when t.replaced_by is not null then 'moved' else 'stopped' end as ending,
        (t.ended_at at time zone 'America/Bogota')::date::text as "endedOn",
        (select due_date::text from term next where next.id = t.replaced_by) as "movedTo",
        (select due_date::text from term old where old.replaced_by = t.id) as "movedFrom",
        'working' as unit, false as "countsStart"
      from term t join step s on s.id = t.step_id join attempt a on a.id = t.attempt_id where t.cycle_id = ${cycleId}
      union all
      select s.id, jsonb_build_object('kind', 'answer', 'agency', g.name),
        s.start_date::text, s.due_date::text, s.working_days, s.arithmetic, s.calendar_version,
        case when r.answered_at is not null then 'done' when ${areStillPublic} then 'running' else 'stopped' end,
        (coalesce(r.answered_at, case when not ${areStillPublic} then (
          select max(coalesce(w.withdrawn_at, w.published_at)) from release w where w.cycle_id = s.cycle_id) end)
          at time zone 'America/Bogota')::date::text,
        null, null, 'working', false
      from agency_summary s join agency g on g.id = s.agency_id left join summary_answer r on r.summary_id = s.id
      where s.cycle_id = ${cycleId}
    ) line
    where (${after?.[0] ?? null}::text is null or ("startOn", id) < (${after?.[0] ?? null}, ${after?.[1] ?? null}::uuid))
    order by "startOn" desc, id desc limit ${limit + 1}`.execute(trx)
  return pageOf(found.rows, limit, (row) => [row.startOn, row.id])
}

const GRANT_ENDINGS: Partial<Record<GrantStatus, TermEnding>> = {
  ...{ granted: 'running', expired: 'done' },
  ...{ revoked: 'stopped', retired: 'stopped', suspended: 'stopped' },
}

/** Of an access that was granted: its days, which are those of the calendar. */
async function listTermsOfGrant(trx: Trx, grantId: string): Promise<RanTerm[]> {
  const row = await trx
    .selectFrom('access_grant')
    .select(['id', 'status', 'starts_on as startOn', 'ends_on as dueOn', 'ended_at as endedAt'])
    .where('id', '=', grantId)
    .executeTakeFirst()
  const ending = row && GRANT_ENDINGS[row.status as GrantStatus]
  if (!row || !ending) return []
  const { id, startOn, dueOn } = row
  // It lasts until its last day is over: what ends it so is recorded on the day after.
  const endedOn = ending === 'done' ? dueOn : row.endedAt && bogotaDate(row.endedAt)
  return [
    {
      ...{ id, of: { kind: 'access' }, startOn, dueOn, ending, endedOn },
      ...{ unit: 'civil', length: daysBetween(startOn, dueOn) + 1, countsStart: true, days: [] },
      ...{ calendarVersion: '', movedTo: null, movedFrom: null },
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
  // Left to itself it lasts until its last day is over, and is closed on the day after.
  const closedOn = closedAt && (closedBy ? bogotaDate(closedAt) : dueOn)
  return [
    {
      ...{ id, of: { kind: 'review' }, startOn, dueOn, length, unit: 'working', countsStart: false },
      ...{ days: (row.arithmetic ?? []) as unknown as CountedDay[], calendarVersion: row.calendarVersion ?? '' },
      ...{ ending: closedAt ? 'done' : 'running', endedOn: closedOn },
      ...{ movedTo: null, movedFrom: null },
    },
  ]
}

/** The days of a run are counted when they are asked for, by the calendar of now. */
async function listTermsOfRun(trx: Trx, runId: string, calendar: Calendar): Promise<RanTerm[]> {
  const run = await findRun(trx, runId)
  const row = await trx
    .selectFrom('control_run')
    .select(['executed_at as executedAt', 'closed_at as closedAt'])
    .where('id', '=', runId)
    .executeTakeFirst()
  if (!run || !row) return []
  const { opensOn, dueOn } = run.state
  const countsStart = run.control.rhythm !== null
  const days = explainDays(countsStart ? opensOn : addDays(opensOn, 1), dueOn, calendar)
  const ending = endingOfRun(run.state)
  const endedAt = { running: null, moved: null, done: row.executedAt, omitted: row.executedAt, stopped: row.closedAt }[
    ending
  ]
  return [
    {
      ...{ id: runId, of: { kind: 'run' }, startOn: opensOn, dueOn, unit: 'working', countsStart, days, ending },
      ...{ length: days.filter(({ counts }) => counts).length, calendarVersion: calendar.version },
      ...{ endedOn: endedAt && bogotaDate(endedAt), movedTo: null, movedFrom: null },
    },
  ]
}

function endingOfRun({ status, isClosed }: Pick<RunState, 'status' | 'isClosed'>): TermEnding {
  if (status === 'paused' || status === 'withdrawn') return 'stopped'
  if (status === 'omitted' || status === 'excused') return 'omitted'
  if (status === 'executed' || status === 'verified') return 'done'
  return isClosed ? 'stopped' : 'running'
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
