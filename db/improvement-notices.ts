/** Notices of improvement actions whose working days are counted anew (features B6, N13). */
import { sql } from 'kysely'
import type { Trx } from './client.ts'
import { appNow } from './clock.ts'
import { planDayNotices } from './day-notices.ts'
import { DAY } from './improvement-pages.ts'

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
    await planDayNotices(trx, { entityId, about: { action_id: action.id }, day: action.day, now: appNow() })
    await trx.updateTable('improvement_action').set({ signal_wanted: true }).where('id', '=', action.id).execute()
  }
}

/** As above, of what somebody has to do by a day. */
export async function planFollowUpNoticesAnew(trx: Trx, entityId: string, day: string): Promise<void> {
  const found = await sql<{ id: string; day: string }>`
    select id, due_on::text as day from follow_up
    where entity_id = ${entityId} and status = 'open' and due_on between ${day}::date and ${day}::date + ${sql.lit(REMINDERS_SPAN)}`.execute(
    trx,
  )
  for (const { id, day: due } of found.rows) {
    await planDayNotices(trx, { entityId, about: { follow_up_id: id }, day: due, now: appNow() })
    await trx.updateTable('follow_up').set({ signal_wanted: true }).where('id', '=', id).execute()
  }
}
