/** Notices of a day by which somebody has to act, in the ledger of all notices (features B6, N14): planned whenever it is set. */
import { bogotaDate } from '../domain/civil-dates.ts'
import { SUPERIOR } from '../domain/notices.ts'
import { planNotices, TOLD_NOW } from '../domain/terms.ts'
import type { Trx } from './client.ts'
import { newId } from './ids.ts'
import { entityCalendar, IN_CHARGE } from './terms.ts'

/** Of what: one column of the ledger each. */
export type NoticedDay = { action_id: string } | { follow_up_id: string }

interface DayToNotice {
  entityId: string
  about: NoticedDay
  day: string | null
  now: Date
  /** Who must act is told at once too. */
  tellsNow?: boolean
}

/**
 * Plans what will be told of a day: reminders before it, its expiry, to who directs them too, and what stays overdue. What was
 * planned for an earlier day is not told any more; `day` null plans nothing.
 */
export async function planDayNotices(
  trx: Trx,
  { entityId, about, day, now, tellsNow = false }: DayToNotice,
): Promise<void> {
  const [column, id] =
    'action_id' in about ? (['action_id', about.action_id] as const) : (['follow_up_id', about.follow_up_id] as const)
  await trx
    .updateTable('notice')
    .set({ status: 'superseded', settled_at: now })
    .where(column, '=', id)
    .where('status', '=', 'planned')
    .execute()
  if (day === null) return
  const planned = planNotices({ start: bogotaDate(now), dueDate: day }, await entityCalendar(trx, entityId))
  const rows = planned.flatMap((notice) => {
    const row = (duty: string) => ({
      ...{ ...about, id: newId(), entity_id: entityId, kind: notice.code, duty },
      ...{ planned_on: notice.dueOn, planned_at: notice.at },
    })
    return notice.kind === 'expiry' ? [row(IN_CHARGE), row(SUPERIOR)] : [row(IN_CHARGE)]
  })
  if (tellsNow)
    rows.push({
      ...{ ...about, id: newId(), entity_id: entityId, kind: TOLD_NOW, duty: IN_CHARGE },
      ...{ planned_on: bogotaDate(now), planned_at: now.toISOString() },
    })
  // The day may return to one whose notices were told before: they stand, and are not told twice.
  await trx
    .insertInto('notice')
    .values(rows)
    .onConflict((oc) => oc.doNothing())
    .execute()
}
