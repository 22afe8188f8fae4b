/** Notices of improvement actions stand in the ledger of all notices (features B6, N14): planned whenever a day is set. */
import { sql } from 'kysely'
import { bogotaDate } from '../domain/civil-dates.ts'
import { SUPERIOR } from '../domain/notices.ts'
import { planNotices } from '../domain/terms.ts'
import type { Trx } from './client.ts'
import { appNow } from './clock.ts'
import { newId } from './ids.ts'
import { DAY } from './improvement-pages.ts'
import { entityCalendar, IN_CHARGE } from './terms.ts'

/**
 * Plans what will be told of the day by which somebody has to act on an action: reminders before it, its expiry, to who
 * directs them too, and what stays overdue. What was planned for an earlier day is not told any more; `day` null plans
 * nothing.
 */
export async function planActionNotices(
  trx: Trx,
  { entityId, actionId, day, now }: { entityId: string; actionId: string; day: string | null; now: Date },
): Promise<void> {
  await trx
    .updateTable('notice')
    .set({ status: 'superseded', settled_at: now })
    .where('action_id', '=', actionId)
    .where('status', '=', 'planned')
    .execute()
  if (day === null) return
  const planned = planNotices({ start: bogotaDate(now), dueDate: day }, await entityCalendar(trx, entityId))
  const rows = planned.flatMap((notice) => {
    const row = (duty: string) => ({
      ...{ id: newId(), entity_id: entityId, action_id: actionId, kind: notice.code, duty },
      ...{ planned_on: notice.dueOn, planned_at: notice.at },
    })
    return notice.kind === 'expiry' ? [row(IN_CHARGE), row(SUPERIOR)] : [row(IN_CHARGE)]
  })
  // The day may return to one whose notices were told before: they stand, and are not told twice.
  await trx
    .insertInto('notice')
    .values(rows)
    .onConflict((oc) => oc.doNothing())
    .execute()
}

/** More than the three working days before a term can ever span. */
const REMINDERS_SPAN = 15

/**
 * A day of the calendar changed: reminders count working days, so those of the actions whose day comes soon after it are
 * planned anew, and their workflows told.
 */
export async function planActionNoticesAnew(trx: Trx, entityId: string, day: string): Promise<void> {
  const found = await sql<{ id: string; day: string }>`
    select a.id, (${DAY})::text as day from improvement_action a
    where a.entity_id = ${entityId} and ${DAY} between ${day}::date and ${day}::date + ${sql.lit(REMINDERS_SPAN)}`.execute(
    trx,
  )
  for (const action of found.rows) {
    await planActionNotices(trx, { entityId, actionId: action.id, day: action.day, now: appNow() })
    await trx.updateTable('improvement_action').set({ signal_wanted: true }).where('id', '=', action.id).execute()
  }
}
