import { type RawBuilder, sql } from 'kysely'
import type { TaskKind } from '../domain/cycles.ts'
import { INBOX_GROUPS, type InboxGroup, inboxBounds, type WhyMe, whyMe } from '../domain/inbox.ts'
import { abilityFor } from '../domain/permissions.ts'
import { claimStands, ownWork, ownWorkOfMany } from './claims.ts'
import type { Trx } from './client.ts'
import { appToday } from './clock.ts'
import { decodeCursor, type Page, pageOf } from './pages.ts'
import { rulesToCondition } from './permit.ts'

export interface InboxActor {
  entityId: string
  personId: string
  positionId: string
  duty: string
  /** How the position is held; tells "as encargado" from "by duty". */
  kind?: 'titular' | 'encargado'
}

export interface InboxFilters {
  step?: string
  state?: 'mine' | 'free' | 'claimed'
  vigencia?: number
  /** Civil dates, both included. */
  dueFrom?: string
  dueTo?: string
  group?: InboxGroup
}

export interface InboxLine {
  id: string
  kind: TaskKind
  stepCode: string
  cycleId: string
  cycleName: string
  vigencia: number
  why: WhyMe
  /** ISO instant; null for a line without a term. */
  dueAt: string | null
  /** Civil date of the term, from which the chip is made (`termChip`, `workingDaysLeft`). */
  dueDate: string | null
  openedAt: Date
  claimedById: string | null
  claimedBy: string | null
  claimedAt: Date | null
}

interface InboxRow extends Omit<InboxLine, 'why' | 'dueAt' | 'claimedBy'> {
  due_at: Date | null
  key: string
}

/**
 * Lines this person can act on now in the position they hold, by due date, lines without one last; 25 a page.
 * What they may not decide, because they elaborated or already reviewed it, is not listed (experience 1).
 */
export async function listInbox(
  trx: Trx,
  actor: InboxActor,
  filters: InboxFilters = {},
  cursor: string | null = null,
  limit = 25,
): Promise<Page<InboxLine>> {
  const after = decodeCursor(cursor, ['instant', 'id'])
  const conditions = [...conditionsOf(actor, filters), sql`not ${ownWork(actor.personId)}`]
  if (after) conditions.push(sql`(task.due_sort, task.id) > (${after[0]}::timestamptz, ${after[1]}::uuid)`)
  const found = await sql<InboxRow>`
    select task.id, task.kind, task.step_code as "stepCode", task.cycle_id as "cycleId", cycle.name as "cycleName",
      cycle.vigencia, task.due_at, term.due_date as "dueDate", task.opened_at as "openedAt",
      task.claimed_by as "claimedById", task.claimed_at as "claimedAt", task.due_sort::text as key
    from task join cycle on cycle.id = task.cycle_id
      left join term on term.attempt_id = task.attempt_id and term.status = 'running' and task.kind <> 'decide_reopening'
    where ${sql.join(conditions, sql` and `)}
    order by task.due_sort, task.id limit ${limit + 1}`.execute(trx)
  const { rows, next } = pageOf(found.rows, limit, (row) => [row.key, row.id])
  const names = await holders(trx, actor.duty, rows)
  return { next, rows: rows.map((row) => lineOf(row, actor, names)) }
}

/** Names of those whose claims stand. Asked apart, because few lines are claimed and planning costs more than reading. */
async function holders(trx: Trx, duty: string, rows: InboxRow[]): Promise<Map<string, string>> {
  const ids = [...new Set(rows.flatMap((row) => row.claimedById ?? []))]
  if (ids.length === 0) return new Map()
  const found = await sql<{ id: string; name: string }>`
    select task.claimed_by as id, who.display_name as name
    from (select unnest(${ids}::uuid[]) as claimed_by, ${duty}::text as duty) task join person who on who.id = task.claimed_by
    where ${claimStands}`.execute(trx)
  return new Map(found.rows.map(({ id, name }) => [id, name]))
}

export type InboxCounts = Record<InboxGroup, number> & { total: number; more: boolean }

const COUNTED = 1_000

/** Lines per group under the same filters; the first thousand by due date are counted, `more` says there are others. */
export async function countInbox(trx: Trx, actor: InboxActor, filters: InboxFilters = {}): Promise<InboxCounts> {
  const bounds = inboxBounds(appToday())
  const conditions = [...conditionsOf(actor, filters), sql`not ${ownWorkOfMany(actor.personId)}`]
  const found = await sql<{ group: InboxGroup; n: number }>`
    select "group", count(*)::int as n from (
      select case when task.due_at < ${bounds.today}::timestamptz then 'overdue'
        when task.due_at < ${bounds.tomorrow}::timestamptz then 'today'
        when task.due_at < ${bounds.nextWeek}::timestamptz then 'week' else 'later' end as "group"
      from task ${filters.vigencia === undefined ? sql`` : sql`join cycle on cycle.id = task.cycle_id`}
      where ${sql.join(conditions, sql` and `)}
      order by task.due_sort, task.id limit ${COUNTED + 1}
    ) lines group by 1`.execute(trx)
  const of = (group: InboxGroup) => found.rows.find((row) => row.group === group)?.n ?? 0
  const counts = Object.fromEntries(INBOX_GROUPS.map((group) => [group, of(group)])) as Record<InboxGroup, number>
  const total = found.rows.reduce((sum, row) => sum + row.n, 0)
  return { ...counts, total, more: total > COUNTED }
}

const TASK_COLUMNS = { entityId: sql.ref('task.entity_id'), duty: sql.ref('task.duty') }

function conditionsOf(actor: InboxActor, filters: InboxFilters): RawBuilder<unknown>[] {
  const { step, state, vigencia, dueFrom, dueTo, group } = filters
  const conditions: RawBuilder<unknown>[] = [
    rulesToCondition(abilityFor(actor), 'read', 'Task', TASK_COLUMNS),
    sql`task.status = 'open'`,
    sql`not ${reviewedAlready(actor.personId)}`,
  ]
  if (step !== undefined) conditions.push(sql`task.step_code = ${step}`)
  if (state === 'mine') conditions.push(sql`task.claimed_by = ${actor.personId}`)
  if (state === 'free') conditions.push(sql`(task.claimed_by is null or not ${claimStands})`)
  if (state === 'claimed') conditions.push(sql`task.claimed_by is not null and ${claimStands}`)
  if (vigencia !== undefined) conditions.push(sql`cycle.vigencia = ${vigencia}`)
  if (dueFrom !== undefined) conditions.push(sql`task.due_at >= ${inboxBounds(dueFrom).today}::timestamptz`)
  if (dueTo !== undefined) conditions.push(sql`task.due_at < ${inboxBounds(dueTo).tomorrow}::timestamptz`)
  if (group !== undefined) conditions.push(inGroup(group))
  return conditions
}

/** Where the procedure blocks reviewer = approver, whoever reviewed this version does not approve it (model.md §4). */
function reviewedAlready(personId: string) {
  return sql<boolean>`(task.kind in ('approve', 'consent') and coalesce((
    select true from step at join signature s on s.step_version_id = at.version_id
    where at.id = task.step_id and s.role = 'reviewer' and s.verdict = 'approve'
      and s.reviewer_is_approver = 'block' and (s.person_id = ${personId} or s.acting_for = ${personId})
    limit 1), false))`
}

function inGroup(group: InboxGroup): RawBuilder<unknown> {
  const { today, tomorrow, nextWeek } = inboxBounds(appToday())
  const due = sql`task.due_sort`
  if (group === 'overdue') return sql`${due} < ${today}::timestamptz`
  if (group === 'today') return sql`${due} >= ${today}::timestamptz and ${due} < ${tomorrow}::timestamptz`
  if (group === 'week') return sql`${due} >= ${tomorrow}::timestamptz and ${due} < ${nextWeek}::timestamptz`
  return sql`${due} >= ${nextWeek}::timestamptz`
}

function lineOf({ due_at, key: _key, ...row }: InboxRow, actor: InboxActor, names: Map<string, string>): InboxLine {
  const claimedBy = names.get(row.claimedById ?? '') ?? null
  const claim = claimedBy === null ? { claimedById: null, claimedAt: null } : {}
  const line = { ...row, ...claim, claimedBy, dueAt: due_at?.toISOString() ?? null }
  return { ...line, why: whyMe(line, actor) }
}
