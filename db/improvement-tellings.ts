/** What the workflow of an improvement action reads to tell people of its day (features B6, N14, N15). */
import { type ActionStatus, type Asked, askedBy, nextDayOf } from '../domain/improvement.ts'
import type { DueNotice } from '../domain/notices.ts'
import type { Trx } from './client.ts'
import type { InCharge } from './day-addressees.ts'
import { handsOn } from './improvement-entries.ts'
import { dueNotices, nextPlanned } from './notices.ts'

export interface ActionInHand {
  code: string
  cycleId: string | null
  /** What it waits for; null once it is over. */
  asks: Asked | null
  /** Civil date by which somebody has to act; null once it is over. */
  day: string | null
  inCharge: InCharge
}

/** The row of an action, held until the transaction ends: what is told is told once. */
export async function lockActionToTell(trx: Trx, actionId: string): Promise<ActionInHand> {
  const row = await trx
    .selectFrom('improvement_action')
    .select(['code', 'cycle_id as cycleId', 'status', 'duty', 'position_id as positionId', 'agency_id as agencyId'])
    .select(['checker_duty as checkerDuty', 'due_date as dueDate', 'verify_by as verifyBy', 'check_on as checkOn'])
    .where('id', '=', actionId)
    .forUpdate()
    .executeTakeFirstOrThrow()
  const status = row.status as ActionStatus
  const asks = askedBy(status)
  const inCharge =
    asks === 'carry_out' || asks === null
      ? { duty: row.duty, positionId: row.positionId, agencyId: row.agencyId, barred: [], work: 'elaboration' as const }
      : {
          ...{ duty: row.checkerDuty, positionId: null, agencyId: null, work: 'decisions' as const },
          barred: await handsOn(trx, actionId),
        }
  return { code: row.code, cycleId: row.cycleId, asks, day: nextDayOf({ ...row, status }), inCharge }
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
