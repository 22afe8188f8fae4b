/** Notices of improvement actions stand in the ledger of all notices (features B6, N14): planned whenever a day is set. */
import { bogotaDate } from '../domain/civil-dates.ts'
import { planNotices } from '../domain/terms.ts'
import type { Trx } from './client.ts'
import { newId } from './ids.ts'
import { entityCalendar, IN_CHARGE } from './terms.ts'

/**
 * Plans what will be told of the day by which somebody has to act on an action: reminders before it, its expiry, to the
 * superior duty too, and what stays overdue. What was planned for an earlier day is not told any more; `day` null plans
 * nothing.
 */
export async function planActionNotices(
  trx: Trx,
  about: { entityId: string; actionId: string; day: string | null; superior: string | null; now: Date },
): Promise<void> {
  const { entityId, actionId, day, superior, now } = about
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
    return notice.kind === 'expiry' && superior ? [row(IN_CHARGE), row(superior)] : [row(IN_CHARGE)]
  })
  // The day may return to one whose notices were told before: they stand, and are not told twice.
  await trx
    .insertInto('notice')
    .values(rows)
    .onConflict((oc) => oc.doNothing())
    .execute()
}
