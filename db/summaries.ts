/** The summaries of the dependencias as they were handed over, and what became of each (H9). */
import { createHash } from 'node:crypto'
import canonicalize from 'canonicalize'
import { sql } from 'kysely'
import { bogotaDate } from '../domain/civil-dates.ts'
import { ANSWER_DAYS } from '../domain/dissemination.ts'
import type { Summary } from '../domain/summaries.ts'
import { planNotices, termFrom } from '../domain/terms.ts'
import { recordEvent } from './audit.ts'
import type { Trx } from './client.ts'
import { newId } from './ids.ts'
import { decodeCursor, type Page, pageOf } from './pages.ts'
import { deliveryNotices } from './summary-notices.ts'
import { entityCalendar } from './terms.ts'

export interface Delivered {
  id: string
  agencyId: string
}

/** Whether the results of a cycle were handed over already. */
export async function isDelivered(trx: Trx, cycleId: string): Promise<boolean> {
  const row = await trx.selectFrom('agency_summary').select('id').where('cycle_id', '=', cycleId).executeTakeFirst()
  return row !== undefined
}

/**
 * Hands the summary of a dependencia over: frozen under its hash, with the term of the answer and the notices of it, and
 * its event. `now`: the instant from whose civil date the term runs.
 */
export async function insertSummary(
  trx: Trx,
  entityId: string,
  summary: Summary,
  cause: { now: Date; workflowId: string },
): Promise<Delivered> {
  const calendar = await entityCalendar(trx, entityId)
  const term = termFrom(bogotaDate(cause.now), ANSWER_DAYS, calendar)
  const content = canonicalize(summary) ?? ''
  const sha256 = createHash('sha256').update(content).digest('hex')
  const { cycle, agency } = summary
  const id = newId()
  await trx
    .insertInto('agency_summary')
    .values({
      ...{ id, entity_id: entityId, cycle_id: cycle.id, agency_id: agency.id, content, sha256 },
      ...{ start_date: term.start, working_days: term.workingDays, due_date: term.dueDate },
      ...{ calendar_version: term.calendarVersion, arithmetic: JSON.stringify(term.days) },
    })
    .execute()
  await trx
    .insertInto('notice')
    .values(deliveryNotices({ entityId, cycleId: cycle.id, summaryId: id }, planNotices(term, calendar), cause.now))
    .execute()
  await recordEvent(trx, {
    ...{ entityId, type: 'summary.delivered', objectId: id, cycleId: cycle.id, contentHash: sha256 },
    ...{ origin: 'workflow', workflowId: cause.workflowId },
    changes: [
      { field: 'agency', before: null, after: agency.name },
      { field: 'due_date', before: null, after: term.dueDate },
    ],
  })
  return { id, agencyId: agency.id }
}

/** What a page or an act needs of the summary of one dependencia. */
export interface SummaryRow {
  id: string
  cycleId: string
  vigencia: number
  procedureVersionId: string
  agencyId: string
  agencyName: string
  sha256: string
  dueDate: string
  deliveredAt: Date
  readAt: Date | null
  answeredAt: Date | null
}

/** One summary, by its id or by cycle and dependencia; undefined where there is none, or it is not visible. */
export async function findSummary(
  trx: Trx,
  key: { id: string } | { cycleId: string; agencyId: string },
): Promise<SummaryRow | undefined> {
  const query = summaryRows(trx)
  return await ('id' in key
    ? query.where('s.id', '=', key.id)
    : query.where('s.cycle_id', '=', key.cycleId).where('s.agency_id', '=', key.agencyId)
  ).executeTakeFirst()
}

function summaryRows(trx: Trx) {
  return trx
    .selectFrom('agency_summary as s')
    .innerJoin('cycle', 'cycle.id', 's.cycle_id')
    .innerJoin('agency', 'agency.id', 's.agency_id')
    .leftJoin('summary_reading as r', 'r.summary_id', 's.id')
    .leftJoin('summary_answer as a', 'a.summary_id', 's.id')
    .select(['s.id', 's.cycle_id as cycleId', 'cycle.vigencia', 'cycle.procedure_version_id as procedureVersionId'])
    .select(['s.agency_id as agencyId', 'agency.name as agencyName', 's.sha256', 's.due_date as dueDate'])
    .select(['s.delivered_at as deliveredAt', 'r.read_at as readAt', 'a.answered_at as answeredAt'])
}

/** Held until the transaction ends: two answers of one dependencia come one after the other. */
export async function holdSummary(trx: Trx, id: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${id}, 17))`.execute(trx)
}

export async function requireSummaryContent(trx: Trx, id: string): Promise<Summary> {
  const row = await trx.selectFrom('agency_summary').select('content').where('id', '=', id).executeTakeFirstOrThrow()
  return row.content as unknown as Summary
}

/** What was handed over is still public; results that were withdrawn ask nothing of anybody. */
export const areStillPublic = sql<boolean>`exists (select 1 from release public where public.cycle_id = s.cycle_id
  and public.status in ('published', 'corrected'))`

/** The summaries of dependencias a position heads that still have to be read or answered, those due first. */
export async function listOwnSummaries(trx: Trx, positionId: string, limit: number): Promise<SummaryRow[]> {
  return await summaryRows(trx)
    .innerJoin('position', 'position.agency_id', 's.agency_id')
    .where('position.id', '=', positionId)
    .where('position.heads_agency', '=', true)
    .where('a.answered_at', 'is', null)
    .where(areStillPublic)
    .orderBy('s.due_date')
    .orderBy('s.id')
    .limit(limit)
    .execute()
}

export interface ResultsLine {
  cycleId: string
  cycleName: string
  vigencia: number
  deliveredAt: Date
  /** Dependencias that were given a summary, and those that answered. */
  total: number
  answered: number
}

/** Cycles whose results were handed over, the latest first, 20 a page. */
export async function listResults(trx: Trx, cursor: string | null, limit = 20): Promise<Page<ResultsLine>> {
  const after = decodeCursor(cursor, ['instant', 'id'])
  const found = await sql<ResultsLine & { key: string }>`
    select * from (
      select c.id as "cycleId", c.name as "cycleName", c.vigencia, min(s.delivered_at) as "deliveredAt",
        min(s.delivered_at)::text as key, count(*)::int as total, count(a.summary_id)::int as answered
      from agency_summary s join cycle c on c.id = s.cycle_id left join summary_answer a on a.summary_id = s.id
      group by c.id
    ) line
    where ${after?.[0] ?? null}::text is null
      or ("deliveredAt", "cycleId") < (${after?.[0] ?? null}::timestamptz, ${after?.[1] ?? null}::uuid)
    order by "deliveredAt" desc, "cycleId" desc limit ${limit + 1}`.execute(trx)
  const { rows, next } = pageOf(found.rows, limit, (row) => [row.key, row.cycleId])
  return { next, rows: rows.map(({ key: _key, ...row }) => row) }
}
