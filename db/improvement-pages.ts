/** What pages and reports read of improvement actions (G4, N15). */
import { type RawBuilder, sql } from 'kysely'
import { jsonArrayFrom } from 'kysely/helpers/postgres'
import { type ActionOrigin, type ActionPriority, type ActionStatus, CHECK_WITHIN_DAYS } from '../domain/improvement.ts'
import type { Trx } from './client.ts'
import { appToday } from './clock.ts'
import { holding } from './like.ts'
import { decodeCursor, type Page, pageOf } from './pages.ts'

export interface ActionLine {
  id: string
  code: string
  what: string
  origin: ActionOrigin
  status: ActionStatus
  agency: string | null
  /** Position that answers for it, or its duty where several may. */
  owner: string | null
  duty: string
  /** Civil date by which somebody has to act: the term, or the check of its effect; null once it is over. */
  day: string | null
}

export interface ActionReader {
  entityId: string
  personId: string
  positionId: string
  duty: string
}

export interface ActionFilters {
  status?: ActionStatus
  origin?: ActionOrigin
  /** Those this reader answers for or checks. */
  mine?: ActionReader
  /** Of the plan of one finding. */
  findingId?: string
  overdue?: boolean
  /** Parts of the code and of what is to be done, without regard to case. */
  code?: string
  text?: string
  /** Dependencia that answers for them. */
  agencyId?: string
}

const OPEN = sql`('unreported', 'not_started', 'in_progress')`

/** Day by which the effect of the action `a` has to be checked. */
export const CHECK_BY = sql`a.check_on + ${sql.lit(CHECK_WITHIN_DAYS)}`

/** Of the action `a`, as `nextDayOf` says in domain/improvement.ts; after every date for what is over. */
export const DAY = sql`case when a.status in ${OPEN} then a.due_date
  when a.status in ('done', 'drop_asked') then a.verify_by
  when a.status = 'verified' then ${CHECK_BY}
  else '9999-12-31'::date end`

const OVER = '9999-12-31'

/** Actions of an entity, the day by which somebody has to act first; 25 a page. */
export async function listActions(
  trx: Trx,
  entityId: string,
  filters: ActionFilters & { cursor?: string | null; limit?: number } = {},
): Promise<Page<ActionLine>> {
  const { limit = 25 } = filters
  const after = decodeCursor(filters.cursor, ['date', 'id'])
  const conditions = [sql`a.entity_id = ${entityId}`, ...conditionsOf(filters)]
  if (after) conditions.push(afterKey(after))
  const found = await lines(trx, conditions, limit + 1)
  const { rows, next } = pageOf(found, limit, (row) => [row.key, row.id])
  return { next, rows: rows.map(lineOf) }
}

function conditionsOf({
  status,
  origin,
  mine,
  findingId,
  overdue,
  agencyId,
  code,
  text,
}: ActionFilters): RawBuilder<unknown>[] {
  const conditions: RawBuilder<unknown>[] = []
  if (status !== undefined) conditions.push(sql`a.status = ${status}`)
  if (origin !== undefined) conditions.push(sql`a.origin = ${origin}`)
  if (mine !== undefined) conditions.push(sql`(${answeredBy(mine)} or a.checker_duty = ${mine.duty})`)
  if (findingId !== undefined) conditions.push(sql`a.finding_id = ${findingId}`)
  if (agencyId !== undefined) conditions.push(sql`a.agency_id = ${agencyId}`)
  if (overdue) conditions.push(sql`${DAY} < ${appToday()}::date`)
  if (code !== undefined) conditions.push(sql`a.code ilike ${holding(code)}`)
  if (text !== undefined) conditions.push(sql`a.what ilike ${holding(text)}`)
  return conditions
}

/** Dependencias that answer for some action, by name. */
export async function listActionAgencies(trx: Trx, entityId: string): Promise<{ id: string; name: string }[]> {
  return await trx
    .selectFrom('improvement_action')
    .innerJoin('agency', 'agency.id', 'improvement_action.agency_id')
    .select(['agency.id', 'agency.name'])
    .distinct()
    .where('improvement_action.entity_id', '=', entityId)
    .orderBy('agency.name')
    .execute()
}

/**
 * What this person has to do now, what is overdue first: actions they answer for that are due by a civil date or that they
 * have said nothing of, and checks whose day has come; never what they may not check.
 */
export async function listDueActions(
  trx: Trx,
  reader: ActionReader,
  until: string,
  cursor: string | null = null,
  limit = 10,
): Promise<Page<ActionLine>> {
  const after = decodeCursor(cursor, ['date', 'id'])
  const owed = sql`(a.status in ${OPEN} and ${answeredBy(reader)}
    and (a.due_date <= ${until}::date or a.status = 'unreported'))`
  const toCheck = sql`(a.checker_duty = ${reader.duty}
    and (a.status in ('done', 'drop_asked') or (a.status = 'verified' and a.check_on <= ${appToday()}::date))
    and not exists (select 1 from improvement_entry e
      where e.action_id = a.id and e.kind in ('progress', 'result') and e.person_id = ${reader.personId}))`
  const conditions = [sql`a.entity_id = ${reader.entityId}`, sql`(${owed} or ${toCheck})`]
  if (after) conditions.push(afterKey(after))
  const found = await lines(trx, conditions, limit + 1)
  const { rows, next } = pageOf(found, limit, (row) => [row.key, row.id])
  return { next, rows: rows.map(lineOf) }
}

const afterKey = ([day, id]: string[]) => sql`(${DAY}, a.id) > (${day}::date, ${id}::uuid)`

const answeredBy = ({ positionId, duty }: ActionReader) =>
  sql`(a.position_id = ${positionId} or (a.position_id is null and a.duty = ${duty}))`

type Found = ActionLine & { key: string }

async function lines(trx: Trx, conditions: RawBuilder<unknown>[], limit: number): Promise<Found[]> {
  const found = await sql<Found>`
    select a.id, a.code, a.what, a.origin, a.status, agency.name as agency, post.name as owner, a.duty,
      ${DAY} as day, (${DAY})::text as key
    from improvement_action a left join agency on agency.id = a.agency_id left join position post on post.id = a.position_id
    where ${sql.join(conditions, sql` and `)}
    order by ${DAY}, a.id limit ${limit}`.execute(trx)
  return found.rows
}

const lineOf = ({ key, ...line }: Found): ActionLine => ({ ...line, day: key === OVER ? null : line.day })

export interface ActionPage extends ActionLine {
  target: string | null
  segment: string | null
  priority: ActionPriority | null
  positionId: string | null
  checkerDuty: string
  indicator: string
  /** Civil dates. */
  dueDate: string
  verifyBy: string | null
  checkOn: string | null
  result: string | null
  /** Code of the finding whose plan it is part of, and of the one it led to for want of effect. */
  findingCode: string | null
  followedBy: string | null
  /** Signed version of the report that recommends it. */
  stepVersionId: string | null
  /** Dependencia whose summary the commitment answers. */
  summaryAgencyId: string | null
  cycleId: string | null
  cycleName: string | null
  vigencia: number | null
  createdAt: Date
}

/** One action by its code; undefined when not visible. */
export async function findAction(trx: Trx, entityId: string, code: string): Promise<ActionPage | undefined> {
  const found = await sql<ActionPage & { key: string }>`
    select a.id, a.code, a.what, a.origin, a.status, agency.name as agency, post.name as owner, a.duty, ${DAY} as day,
      (${DAY})::text as key, a.target, a.segment, a.priority, a.position_id as "positionId",
      a.checker_duty as "checkerDuty", a.indicator, a.due_date as "dueDate", a.verify_by as "verifyBy", a.check_on as "checkOn",
      a.result, (select f.code from finding f where f.id = a.finding_id) as "findingCode",
      (select f.code from finding f where f.source_action = a.id) as "followedBy",
      (select s.agency_id from summary_commitment c join agency_summary s on s.id = c.summary_id
        where c.action_id = a.id limit 1) as "summaryAgencyId",
      a.step_version_id as "stepVersionId", a.cycle_id as "cycleId", cycle.name as "cycleName", cycle.vigencia, a.created_at as "createdAt"
    from improvement_action a left join agency on agency.id = a.agency_id left join position post on post.id = a.position_id
      left join cycle on cycle.id = a.cycle_id
    where a.entity_id = ${entityId} and a.code = ${code}`.execute(trx)
  const row = found.rows[0]
  return row && { ...row, ...lineOf(row) }
}

export interface ActionEntry {
  id: string
  kind: 'progress' | 'result' | 'verification' | 'check'
  status: ActionStatus
  body: string
  evidence: string | null
  person: string
  position: string
  at: Date
  files: { id: string; name: string; sha256: string; bytes: number }[]
}

/** What was told of an action, newest first. */
export async function listEntries(trx: Trx, actionId: string): Promise<ActionEntry[]> {
  const rows = await trx
    .selectFrom('improvement_entry')
    .innerJoin('person', 'person.id', 'improvement_entry.person_id')
    .innerJoin('position', 'position.id', 'improvement_entry.position_id')
    .select(['improvement_entry.id', 'kind', 'status', 'body', 'evidence', 'written_at as at'])
    .select(['person.display_name as person', 'position.name as position'])
    .select((eb) =>
      jsonArrayFrom(
        eb
          .selectFrom('attachment')
          .select(['attachment.id', 'attachment.name', 'attachment.sha256', 'attachment.bytes'])
          .whereRef('attachment.entry_id', '=', 'improvement_entry.id')
          .orderBy('attachment.added_at')
          .orderBy('attachment.id'),
      ).as('files'),
    )
    .where('action_id', '=', actionId)
    .orderBy('n', 'desc')
    .execute()
  return rows.map((row) => ({
    ...{ ...row, kind: row.kind as ActionEntry['kind'], status: row.status as ActionStatus },
    files: row.files.map((file) => ({ ...file, bytes: Number(file.bytes) })),
  }))
}
