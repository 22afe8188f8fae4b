/** What the workflow of an improvement action reads to tell people of its day (features B6, N14, N15). */
import { sql } from 'kysely'
import { bogotaDate } from '../domain/civil-dates.ts'
import { type ActionStatus, isOpenAction, nextDayOf } from '../domain/improvement.ts'
import type { DueNotice } from '../domain/notices.ts'
import type { Trx } from './client.ts'
import { handsOn } from './improvement-entries.ts'
import { headsFor, holdersOf, type Told } from './notices.ts'

export interface ActionInHand {
  code: string
  cycleId: string | null
  status: ActionStatus
  /** Civil date by which somebody has to act; null once it is over. */
  day: string | null
  duty: string
  positionId: string | null
  checkerDuty: string
  /** Persons who reported on it: they do not check it. */
  hands: string[]
}

/** The row of an action, held until the transaction ends: what is told is told once. */
export async function lockActionToTell(trx: Trx, actionId: string): Promise<ActionInHand> {
  const row = await trx
    .selectFrom('improvement_action')
    .select(['code', 'cycle_id as cycleId', 'status', 'duty', 'position_id as positionId'])
    .select(['checker_duty as checkerDuty', 'due_date as dueDate', 'check_on as checkOn'])
    .where('id', '=', actionId)
    .forUpdate()
    .executeTakeFirstOrThrow()
  const status = row.status as ActionStatus
  return { ...row, status, day: nextDayOf({ ...row, status }), hands: await handsOn(trx, actionId) }
}

/** Notices of an action planned at or before `now`, the workflow's clock. */
export async function lockDueActionNotices(trx: Trx, actionId: string, now: Date): Promise<DueNotice[]> {
  const rows = await trx
    .selectFrom('notice')
    .select(['id', 'duty', 'kind', 'planned_at'])
    .where('action_id', '=', actionId)
    .where('status', '=', 'planned')
    .where('planned_at', '<=', now)
    .orderBy('planned_at')
    .orderBy('id')
    .forUpdate()
    .execute()
  return rows.map(({ planned_at, ...row }) => ({ ...row, attemptId: actionId, plannedAt: planned_at.toISOString() }))
}

/** Instant of the next notice still planned; null when none is. */
export async function nextActionNoticeAt(trx: Trx, actionId: string): Promise<Date | null> {
  const row = await trx
    .selectFrom('notice')
    .select(({ fn }) => fn.min('planned_at').as('at'))
    .where('action_id', '=', actionId)
    .where('status', '=', 'planned')
    .executeTakeFirst()
  return row?.at ?? null
}

/**
 * Who is told today: whoever answers for the action, or checks it and had no hand in it; a superior duty; and where
 * nobody holds what is asked, whoever directs the agency (model.md §1).
 */
export async function actionAddressees(
  trx: Trx,
  action: ActionInHand,
  { entityId, superior, now }: { entityId: string; superior: string | null; now: Date },
): Promise<Told[]> {
  const day = bogotaDate(now)
  const duty = superior ?? (isOpenAction(action.status) ? action.duty : action.checkerDuty)
  const holders = await holdersOf(trx, { entityId, duty, day, barredOn: null })
  const told = superior === null ? await inCharge(trx, action, holders, day) : holders
  if (told.length > 0)
    return told.map((personId) => ({ personId, told: superior === null ? 'in_charge' : 'superior', duty }))
  return (await headsFor(trx, entityId, duty, day)).map((personId) => ({ personId, told: 'vacancy', duty }))
}

async function inCharge(trx: Trx, action: ActionInHand, holders: string[], day: string): Promise<string[]> {
  if (!isOpenAction(action.status)) return holders.filter((personId) => !action.hands.includes(personId))
  if (action.positionId === null) return holders
  const own = await trx
    .selectFrom('tenure')
    .select('person_id')
    .distinct()
    .where('position_id', '=', action.positionId)
    .where('from_date', '<=', day)
    .where(sql<boolean>`(to_date is null or to_date >= ${day})`)
    .execute()
  return own.map((row) => row.person_id).filter((personId) => holders.includes(personId))
}
