/** Improvement actions (G4, N15): made once for what they stem from, each change with its event. */
import { type SqlBool, sql } from 'kysely'
import {
  type ActionOrigin,
  type ActionPriority,
  type ActionStatus,
  actionCode,
  isUndone,
  nextDayOf,
  UNDONE_STATUSES,
} from '../domain/improvement.ts'
import { changesBetween } from './administration.ts'
import { type EventRecord, recordEvent } from './audit.ts'
import type { Trx } from './client.ts'
import { planDayNotices } from './day-notices.ts'
import { newId } from './ids.ts'

/** Who or what makes a change: what every event of it says. */
export type ActionCause = Pick<
  EventRecord,
  'entityId' | 'origin' | 'actorPerson' | 'actorPosition' | 'requestId' | 'workflowId'
>

/** What an action asks, of whom and by when. */
export interface ActionWords {
  what: string
  /** Line of action, policy or step it is for, in words; null where none is named. */
  target: string | null
  /** Name of the segment it attends. */
  segment: string | null
  priority: ActionPriority | null
  agencyId: string | null
  /** Duty that answers for it; with `positionId`, that position alone. */
  duty: string
  positionId: string | null
  indicator: string
  /** Civil date. */
  dueDate: string
}

export interface NewAction extends ActionWords {
  origin: ActionOrigin
  /** Row of the recommendation in the report, or id of the commitment or finding: it makes one action, however often it is sent. */
  originKey: string
  /** Cycle it stems from; null for a finding of none. */
  cycleId: string | null
  /** Signed version of step 6, for a recommendation. */
  stepVersionId: string | null
  /** Year its code carries: the vigencia of the cycle, or that of its writing. */
  year: number
  /** Duty that checks its effect (`checkerFor`). */
  checkerDuty: string
  /** The plan it is part of, and which analysis of causes it answers. */
  plan?: { findingId: string; round: number }
}

export interface MadeAction {
  id: string
  code: string
}

/**
 * Makes the action of a recommendation, commitment or finding, plans its notices and wakes its workflow, with the event;
 * made before, it answers the one that stands. `now`: instant from whose civil date its notices are planned.
 */
export async function createImprovementAction(
  trx: Trx,
  action: NewAction,
  by: ActionCause,
  now: Date,
): Promise<MadeAction> {
  const { entityId } = by
  // Numbers follow one another, and the same origin sent twice at once finds the first.
  await sql`select pg_advisory_xact_lock(hashtextextended(${entityId}, 16))`.execute(trx)
  const standing = await findByOrigin(trx, entityId, action)
  if (standing) return { id: standing.id, code: standing.code }
  const n = (await lastNumber(trx, entityId, action.year)) + 1
  const made = { id: newId(), code: actionCode(action.year, n) }
  await trx
    .insertInto('improvement_action')
    .values({
      ...{ ...made, n, entity_id: entityId, year: action.year, origin: action.origin, origin_key: action.originKey },
      ...{ cycle_id: action.cycleId, step_version_id: action.stepVersionId, checker_duty: action.checkerDuty },
      ...{ ...columnsOf(action), finding_id: action.plan?.findingId ?? null, round: action.plan?.round ?? null },
    })
    .execute()
  await planDayNotices(trx, { entityId, about: { action_id: made.id }, day: action.dueDate, now })
  await recordEvent(trx, {
    ...{ ...by, type: 'improvement.created', objectId: made.id, cycleId: action.cycleId },
    changes: [
      codeOf(made.code),
      { field: 'origin', before: null, after: action.origin },
      { field: 'duty', before: null, after: action.duty },
      { field: 'due_date', before: null, after: action.dueDate },
    ],
  })
  return made
}

/** The action of an origin; undefined where none was made. */
export async function findByOrigin(
  trx: Trx,
  entityId: string,
  { origin, originKey, cycleId }: Pick<NewAction, 'origin' | 'originKey' | 'cycleId'>,
) {
  return await trx
    .selectFrom('improvement_action')
    .selectAll()
    .where('entity_id', '=', entityId)
    .where('origin', '=', origin)
    .where('origin_key', '=', originKey)
    .where(sql<boolean>`coalesce(cycle_id, entity_id) = ${cycleId ?? entityId}::uuid`)
    .executeTakeFirst()
}

async function lastNumber(trx: Trx, entityId: string, year: number): Promise<number> {
  const { last } = await trx
    .selectFrom('improvement_action')
    .select(({ fn }) => fn.max('n').as('last'))
    .where('entity_id', '=', entityId)
    .where('year', '=', year)
    .executeTakeFirstOrThrow()
  return last ?? 0
}

function columnsOf(words: ActionWords) {
  return {
    ...{ what: words.what, target: words.target, segment: words.segment, priority: words.priority },
    ...{ agency_id: words.agencyId, duty: words.duty, position_id: words.positionId },
    ...{ indicator: words.indicator, due_date: words.dueDate },
  }
}

/**
 * The report was signed anew: what it recommends now is what an action asks, as long as it is undone. False, and no event,
 * where nothing changed.
 */
export async function reviseAction(
  trx: Trx,
  id: string,
  words: ActionWords & { stepVersionId: string },
  by: ActionCause,
  now: Date,
): Promise<boolean> {
  const before = await trx
    .selectFrom('improvement_action')
    .selectAll()
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirstOrThrow()
  const columns = columnsOf(words)
  const { what, target, segment, priority, agency_id, duty, position_id, indicator, due_date } = before
  const stood = { what, target, segment, priority, agency_id, duty, position_id, indicator, due_date }
  const changes = changesBetween(stood, columns, WRITTEN)
  const status = before.status as ActionStatus
  if (changes.length === 0 || !isUndone(status)) return false
  await trx
    .updateTable('improvement_action')
    .set({ ...columns, step_version_id: words.stepVersionId, signal_wanted: true })
    .where('id', '=', id)
    .execute()
  const dayBy = (dueDate: string) =>
    nextDayOf({ status, dueDate, verifyBy: before.verify_by, checkOn: before.check_on })
  const day = dayBy(words.dueDate)
  if (day !== dayBy(before.due_date))
    await planDayNotices(trx, { entityId: by.entityId, about: { action_id: id }, day, now })
  await recordEvent(trx, {
    ...{ ...by, type: 'improvement.changed', objectId: id, cycleId: before.cycle_id },
    changes: [codeOf(before.code), ...changes],
  })
  return true
}

/** Which action an event is about, for its sentence. */
const codeOf = (code: string) => ({ field: 'code', before: null, after: code })

/** What people wrote is named, never quoted (model.md §5). */
const WRITTEN = ['what', 'indicator']

/** The report was signed anew without this recommendation: it is dropped as long as it is undone. */
export async function dropAction(trx: Trx, id: string, by: ActionCause, now: Date): Promise<void> {
  const dropped = await trx
    .updateTable('improvement_action')
    .set({ status: 'dropped', signal_wanted: true })
    .where('id', '=', id)
    .where('status', 'in', UNDONE_STATUSES)
    .returning(['code', 'cycle_id'])
    .executeTakeFirst()
  if (!dropped) return
  await planDayNotices(trx, { entityId: by.entityId, about: { action_id: id }, day: null, now })
  await recordEvent(trx, {
    ...{ ...by, type: 'improvement.dropped', objectId: id, cycleId: dropped.cycle_id },
    changes: [codeOf(dropped.code)],
  })
}

/** Actions whose workflow has not been told of what changed. Runs over all entities. */
export async function listMovedActions(trx: Trx, limit: number): Promise<{ id: string; entity_id: string }[]> {
  return await trx
    .selectFrom('improvement_action')
    .select(['id', 'entity_id'])
    .where(sql<SqlBool>`signal_wanted`)
    .limit(limit)
    .execute()
}

/** Takes the wish back and holds the row: a change that comes meanwhile waits, and wishes again. */
export async function endActionWish(trx: Trx, id: string): Promise<void> {
  await trx.updateTable('improvement_action').set({ signal_wanted: false }).where('id', '=', id).execute()
}
