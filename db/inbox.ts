import { type RawBuilder, sql } from 'kysely'
import type { StepStatus } from '../domain/cycle-state.ts'
import {
  INBOX_GROUPS,
  type InboxFilters,
  type InboxGroup,
  type InboxOrder,
  inboxBounds,
  PRIORITIES,
  type Priority,
  type WhyMe,
  whyMe,
} from '../domain/inbox.ts'
import { abilityFor } from '../domain/permissions.ts'
import { handsOf, type SubstitutionScope } from '../domain/substitutions.ts'
import type { TaskKind } from '../domain/tasks.ts'
import { claimStands, ownWork, ownWorkOfMany } from './claims.ts'
import type { Trx } from './client.ts'
import { appToday } from './clock.ts'
import { decodeCursor, type KeyPart, type Page, pageOf } from './pages.ts'
import { rulesToCondition } from './permit.ts'

export interface InboxActor {
  entityId: string
  personId: string
  positionId: string
  duty: string
  /** How the position is held; tells "as encargado" from "by duty". */
  kind?: 'titular' | 'encargado'
  /** Whom they act for, and how far; absent in a position of their own. */
  actingFor?: string | null
  reach?: SubstitutionScope | null
}

export interface InboxLine {
  id: string
  kind: TaskKind
  stepCode: string
  cycleId: string
  cycleName: string
  vigencia: number
  /** State of the step. */
  state: StepStatus
  /** What was submitted last; null before the first submission. */
  versionId: string | null
  priority: Priority
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

interface InboxRow extends Omit<InboxLine, 'why' | 'dueAt' | 'claimedBy' | 'priority'> {
  due_at: Date | null
  rank: number
  due_key: string
  opened_key: string
}

interface Order {
  /** Key a page begins after. */
  parts: KeyPart[]
  key: (row: InboxRow) => string[]
  after: (key: string[]) => RawBuilder<boolean>
  by: RawBuilder<unknown>
}

/** Each has its index (`task_inbox…` in 0001_record.ts). */
const ORDERS: Record<InboxOrder, Order> = {
  due: {
    parts: ['instant', 'id'],
    key: (row) => [row.due_key, row.id],
    after: ([due, id]) => sql`(task.due_sort, task.id) > (${due}::timestamptz, ${id}::uuid)`,
    by: sql`task.due_sort, task.id`,
  },
  priority: {
    parts: ['number', 'instant', 'id'],
    key: (row) => [String(row.rank), row.due_key, row.id],
    after: ([rank, due, id]) =>
      sql`(task.priority, task.due_sort, task.id) > (${rank}::smallint, ${due}::timestamptz, ${id}::uuid)`,
    by: sql`task.priority, task.due_sort, task.id`,
  },
  created: {
    parts: ['instant', 'id'],
    key: (row) => [row.opened_key, row.id],
    after: ([opened, id]) => sql`(task.opened_at, task.id) < (${opened}::timestamptz, ${id}::uuid)`,
    by: sql`task.opened_at desc, task.id desc`,
  },
}

/**
 * Lines this person can act on now in the position they hold, in the order asked, by due date unless said otherwise
 * (lines without one last); 25 a page; with `ids` only of those tasks.
 * What they may not decide, because they elaborated or already reviewed it, is not listed (experience 1).
 */
export async function listInbox(
  trx: Trx,
  actor: InboxActor,
  filters: InboxFilters & { ids?: readonly string[] } = {},
  cursor: string | null = null,
  limit = 25,
): Promise<Page<InboxLine>> {
  const order = ORDERS[filters.order ?? 'due']
  const after = decodeCursor(cursor, order.parts)
  const conditions = [...conditionsOf(actor, filters), sql`not ${ownWork(handsOf(actor))}`]
  if (filters.group !== undefined) conditions.push(inGroup(filters.group))
  if (filters.ids !== undefined) conditions.push(sql`task.id = any(${filters.ids}::uuid[])`)
  if (after) conditions.push(order.after(after))
  const found = await sql<InboxRow>`
    select task.id, task.kind, task.step_code as "stepCode", task.cycle_id as "cycleId", cycle.name as "cycleName",
      cycle.vigencia, step.status as state, step.version_id as "versionId", task.priority as rank, task.due_at, term.due_date as "dueDate",
      task.opened_at as "openedAt", task.claimed_by as "claimedById", task.claimed_at as "claimedAt",
      task.due_sort::text as due_key, task.opened_at::text as opened_key
    from task join cycle on cycle.id = task.cycle_id join step on step.id = task.step_id
      left join term on term.attempt_id = task.attempt_id and term.status = 'running' and task.kind <> 'decide_reopening'
    where ${sql.join(conditions, sql` and `)}
    order by ${order.by} limit ${limit + 1}`.execute(trx)
  const { rows, next } = pageOf(found.rows, limit, order.key)
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

/** Up to a thousand lines are counted in each group; `more` says that there are others. */
export interface InboxCount {
  n: number
  more: boolean
}

export type InboxCounts = Record<InboxGroup | 'total', InboxCount>

const COUNTED = 1_000

/** Lines of every group under the same filters, whichever group is being looked at (experience 1). */
export async function countInbox(trx: Trx, actor: InboxActor, filters: InboxFilters = {}): Promise<InboxCounts> {
  const conditions = [...conditionsOf(actor, filters), sql`not ${ownWorkOfMany(handsOf(actor))}`]
  const counting = INBOX_GROUPS.map((group) => {
    const where = sql.join([...conditions, inGroup(group)], sql` and `)
    const first = sql`select from task where ${where} limit ${COUNTED + 1}`
    return sql`(select count(*)::int from (${first}) lines) as ${sql.ref(group)}`
  })
  const found = await sql<Record<InboxGroup, number>>`select ${sql.join(counting)}`.execute(trx)
  const counts = INBOX_GROUPS.map((group) => [group, counted(found.rows[0]?.[group] ?? 0)] as const)
  const n = counts.reduce((sum, [, count]) => sum + count.n, 0)
  const total = { n, more: counts.some(([, count]) => count.more) }
  return { ...(Object.fromEntries(counts) as Record<InboxGroup, InboxCount>), total }
}

function counted(n: number): InboxCount {
  return { n: Math.min(n, COUNTED), more: n > COUNTED }
}

const TASK_COLUMNS = { entityId: sql.ref('task.entity_id'), duty: sql.ref('task.duty'), kind: sql.ref('task.kind') }

function conditionsOf(actor: InboxActor, filters: InboxFilters): RawBuilder<unknown>[] {
  const { step, agency, state, assignee, priority, vigencia, dueFrom, dueTo } = filters
  const conditions: RawBuilder<unknown>[] = [
    rulesToCondition(abilityFor(actor), 'read', 'Task', TASK_COLUMNS),
    sql`task.status = 'open'`,
    sql`not ${reviewedAlready(handsOf(actor))}`,
  ]
  if (step !== undefined) conditions.push(sql`task.step_code = ${step}`)
  if (agency !== undefined) conditions.push(elaboratedIn(agency))
  if (state !== undefined)
    conditions.push(sql`exists (select 1 from step at where at.id = task.step_id and at.status = ${state})`)
  if (assignee === 'mine') conditions.push(sql`task.claimed_by = ${actor.personId}`)
  if (assignee === 'free') conditions.push(sql`(task.claimed_by is null or not ${claimStands})`)
  if (assignee === 'other') conditions.push(sql`task.claimed_by <> ${actor.personId} and ${claimStands}`)
  if (priority !== undefined) conditions.push(sql`task.priority = ${PRIORITIES.indexOf(priority) + 1}`)
  if (vigencia !== undefined)
    conditions.push(sql`exists (select 1 from cycle c where c.id = task.cycle_id and c.vigencia = ${vigencia})`)
  if (dueFrom !== undefined) conditions.push(sql`task.due_at >= ${inboxBounds(dueFrom).today}::timestamptz`)
  if (dueTo !== undefined) conditions.push(sql`task.due_at < ${inboxBounds(dueTo).tomorrow}::timestamptz`)
  return conditions
}

/** Whoever elaborates the step sits in this agency: a line to review or decide names whose work it is. */
function elaboratedIn(agencyId: string) {
  return sql<boolean>`exists (select 1 from attempt_author who join position post on post.id = who.position_id
    where who.attempt_id = task.attempt_id and post.agency_id = ${agencyId})`
}

/** Where the procedure blocks reviewer = approver, whoever reviewed this version does not approve it (model.md §4). */
function reviewedAlready(hands: string[]) {
  return sql<boolean>`(task.kind in ('approve', 'consent') and coalesce((
    select true from step at join signature s on s.step_version_id = at.version_id
    where at.id = task.step_id and s.role = 'reviewer' and s.verdict = 'approve'
      and s.reviewer_is_approver = 'block' and (s.person_id = any(${hands}::uuid[]) or s.acting_for = any(${hands}::uuid[]))
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

function lineOf(found: InboxRow, actor: InboxActor, names: Map<string, string>): InboxLine {
  const { due_at, rank, due_key: _due, opened_key: _opened, ...row } = found
  const claimedBy = names.get(row.claimedById ?? '') ?? null
  const claim = claimedBy === null ? { claimedById: null, claimedAt: null } : {}
  const priority = PRIORITIES[rank - 1] ?? 'normal'
  const line = { ...row, ...claim, priority, claimedBy, dueAt: due_at?.toISOString() ?? null }
  return { ...line, why: whyMe(line, actor) }
}
