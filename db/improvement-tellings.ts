/** What the workflow of an improvement action reads to tell people of its day (features B6, N14, N15). */
import { sql } from 'kysely'
import { bogotaDate } from '../domain/civil-dates.ts'
import { type ActionStatus, isOpenAction, nextDayOf } from '../domain/improvement.ts'
import type { DueNotice } from '../domain/notices.ts'
import { headsAbove } from './agency-heads.ts'
import type { Trx } from './client.ts'
import { handsOn } from './improvement-entries.ts'
import { dueNotices, headsFor, holdersOf, nextPlanned, type Told } from './notices.ts'
import { substitutesOf } from './substitutes.ts'

export interface ActionInHand {
  code: string
  cycleId: string | null
  status: ActionStatus
  /** Civil date by which somebody has to act; null once it is over. */
  day: string | null
  duty: string
  positionId: string | null
  /** Dependencia that answers for it. */
  agencyId: string | null
  checkerDuty: string
  /** Persons who reported on it: they do not check it. */
  hands: string[]
}

/** The row of an action, held until the transaction ends: what is told is told once. */
export async function lockActionToTell(trx: Trx, actionId: string): Promise<ActionInHand> {
  const row = await trx
    .selectFrom('improvement_action')
    .select(['code', 'cycle_id as cycleId', 'status', 'duty', 'position_id as positionId', 'agency_id as agencyId'])
    .select(['checker_duty as checkerDuty', 'due_date as dueDate', 'check_on as checkOn'])
    .where('id', '=', actionId)
    .forUpdate()
    .executeTakeFirstOrThrow()
  const status = row.status as ActionStatus
  return { ...row, status, day: nextDayOf({ ...row, status }), hands: await handsOn(trx, actionId) }
}

export async function lockDueActionNotices(trx: Trx, actionId: string, now: Date): Promise<DueNotice[]> {
  const rows = await dueNotices(trx, now).where('action_id', '=', actionId).execute()
  return rows.map((row) => ({ ...row, attemptId: actionId }))
}

/** Instant of the next notice still planned; null when none is. */
export async function nextActionNoticeAt(trx: Trx, actionId: string): Promise<Date | null> {
  const row = await nextPlanned(trx).where('action_id', '=', actionId).executeTakeFirst()
  return row?.at ?? null
}

/**
 * Who is told today: whoever answers for the action, or checks it and had no hand in it; for an escalation, who directs
 * them; and where nobody holds what is asked, whoever directs the agency (model.md §1).
 */
export async function actionAddressees(
  trx: Trx,
  action: ActionInHand,
  { entityId, escalates, now }: { entityId: string; escalates: boolean; now: Date },
): Promise<Told[]> {
  const day = bogotaDate(now)
  const duty = isOpenAction(action.status) ? action.duty : action.checkerDuty
  const holders = await holdersOf(trx, { entityId, duty, day, barredOn: null })
  const told = await inCharge(trx, action, holders, day)
  if (escalates) {
    const above = await headAbove(trx, action, { entityId, duty, day, told })
    return above.map((personId) => ({ personId, told: 'superior', duty }))
  }
  if (told.length > 0) {
    const deputies = await inTheirStead(trx, action, { entityId, duty, day })
    return [
      ...told.map((personId) => ({ personId, told: 'in_charge', duty }) as const),
      ...deputies.filter((id) => !told.includes(id)).map((id) => ({ personId: id, told: 'substitute', duty }) as const),
    ]
  }
  return (await headsFor(trx, entityId, duty, day)).map((personId) => ({ personId, told: 'vacancy', duty }))
}

/**
 * The nearest head of the dependencia that answers who is not told anyway: told for knowing, which gives nobody the right
 * to report in another's place.
 */
async function headAbove(
  trx: Trx,
  action: ActionInHand,
  { entityId, duty, day, told }: { entityId: string; duty: string; day: string; told: string[] },
): Promise<string[]> {
  const heads =
    action.agencyId !== null && isOpenAction(action.status) ? await headsAbove(trx, entityId, action.agencyId, day) : []
  const others = heads.filter(({ personId }) => !told.includes(personId))
  const nearest = others.filter(({ height }) => height === others[0]?.height).map(({ personId }) => personId)
  if (nearest.length > 0) return nearest
  return (await headsFor(trx, entityId, duty, day)).filter((personId) => !told.includes(personId))
}

/** Who substitutes those told of it; none with a hand in what is to be checked. */
async function inTheirStead(
  trx: Trx,
  { status, positionId, hands }: ActionInHand,
  key: { entityId: string; duty: string; day: string },
): Promise<string[]> {
  if (!isOpenAction(status)) {
    const people = await substitutesOf(trx, { ...key, work: 'decisions' })
    return people.filter((id) => !hands.includes(id))
  }
  return await substitutesOf(trx, { ...key, work: 'elaboration', ...(positionId !== null && { positionId }) })
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
