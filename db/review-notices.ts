/** What reviewers are told of their lists, in the ledger of all notices (B6, C6). */
import { sql } from 'kysely'
import type { Calendar } from '../domain/calendar.ts'
import { planReviewNotices, REVIEWER } from '../domain/campaigns.ts'
import { bogotaDate } from '../domain/civil-dates.ts'
import { DELIVERY } from '../domain/dissemination.ts'
import { GRANTERS } from '../domain/grants.ts'
import { type DueNotice, SUPERIOR } from '../domain/notices.ts'
import { headsAbove } from './agency-heads.ts'
import type { LoadedCampaign } from './campaigns.ts'
import type { Trx } from './client.ts'
import { newId } from './ids.ts'
import { dueNotices, headsFor, holdersOf, nextPlanned } from './notices.ts'
import type { ReviewListRow } from './review-answers.ts'

/** The first word, two reminders and the escalation of each list; a list that has them is left as it is. */
export async function planListNotices(
  trx: Trx,
  { entityId, startOn, state }: LoadedCampaign,
  listIds: readonly string[],
  { calendar, now }: { calendar: Calendar; now: Date },
): Promise<void> {
  if (startOn === null || state.dueOn === null) throw new Error(`campaign ${state.id} has no term`)
  const rest = planReviewNotices({ start: startOn, dueDate: state.dueOn }, calendar).filter(
    ({ at }) => Date.parse(at) > now.getTime(),
  )
  const first = { code: DELIVERY, duty: REVIEWER, dueOn: bogotaDate(now), at: now.toISOString() }
  const known = await trx
    .selectFrom('notice')
    .select('list_id')
    .distinct()
    .where('list_id', 'in', [...listIds])
    .execute()
  const fresh = listIds.filter((id) => !known.some((row) => row.list_id === id))
  const rows = fresh.flatMap((list_id) =>
    [first, ...rest].map(({ code, duty, dueOn, at }) => ({
      ...{ id: newId(), entity_id: entityId, list_id, kind: code, duty, planned_on: dueOn, planned_at: at },
    })),
  )
  if (rows.length > 0) await trx.insertInto('notice').values(rows).execute()
}

/** Of a list with every answer nobody is told any more; of a campaign that is over, of no list. */
export async function endListNotices(
  trx: Trx,
  campaignId: string,
  { isOver, now }: { isOver: boolean; now: Date },
): Promise<void> {
  const waits = sql`exists (select from review_item i where i.list_id = l.id and i.left_at is null and i.answer_id is null)`
  await sql`update notice set status = 'superseded', settled_at = ${now} from review_list l
    where notice.list_id = l.id and notice.status = 'planned' and l.campaign_id = ${campaignId}
      and (${isOver} or not ${waits})`.execute(trx)
}

export async function lockDueListNotices(trx: Trx, listId: string, now: Date): Promise<DueNotice[]> {
  const rows = await dueNotices(trx, now).where('list_id', '=', listId).execute()
  return rows.map((row) => ({ ...row, attemptId: listId }))
}

/** Instant of the next notice still planned; null when none is. */
export async function nextListNoticeAt(trx: Trx, listId: string): Promise<Date | null> {
  const row = await nextPlanned(trx).where('list_id', '=', listId).executeTakeFirst()
  return row?.at ?? null
}

/**
 * Whom a notice of a list reaches on a civil date: whoever reviews it, or whoever heads above them; of the list of whoever
 * leads the process, whoever heads that office.
 */
export async function reviewersTold(trx: Trx, list: ReviewListRow, duty: string, day: string): Promise<string[]> {
  const { entityId, agencyId } = list
  if (agencyId === null) {
    const read = duty === SUPERIOR ? headsFor : holders
    const found = await Promise.all(GRANTERS.map((one) => read(trx, entityId, one, day)))
    return [...new Set(found.flat())]
  }
  const heads = await headsAbove(trx, entityId, agencyId, day)
  const among = duty === SUPERIOR ? heads.filter(({ height }) => height > 0) : heads
  const nearest = among.filter(({ height }) => height === among[0]?.height).map(({ personId }) => personId)
  return nearest.length > 0 ? nearest : await holders(trx, entityId, 'administracion', day)
}

async function holders(trx: Trx, entityId: string, duty: string, day: string): Promise<string[]> {
  return await holdersOf(trx, { entityId, duty, day, barredOn: null })
}
