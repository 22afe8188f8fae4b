/** What the dependencias are told of their summaries, in the ledger of all notices (features B6, H9). */
import { sql } from 'kysely'
import { bogotaDate } from '../domain/civil-dates.ts'
import { BY_HAND, DELIVERY, HEAD } from '../domain/dissemination.ts'
import { type DueNotice, SUPERIOR } from '../domain/notices.ts'
import type { Notice } from '../domain/terms.ts'
import type { Trx } from './client.ts'
import { idOf, newId } from './ids.ts'
import { leadingTo, type NewMail } from './mail.ts'
import { dueNotices, nextPlanned } from './notices.ts'

interface Place {
  entityId: string
  cycleId: string
  summaryId: string
}

/** The first word, and what follows it until the dependencia answers. */
export function deliveryNotices(place: Place, planned: readonly Notice[], now: Date) {
  const first = { kind: DELIVERY, duty: HEAD, planned_on: bogotaDate(now), planned_at: now.toISOString() }
  return [{ ...columnsOf(place), ...first }, ...reminderNotices(place, planned)]
}

/** Around the day by which it has to answer; at expiry the head above is told too. */
export function reminderNotices(place: Place, planned: readonly Notice[]) {
  return planned.flatMap(({ kind, code, dueOn, at }) =>
    (kind === 'expiry' ? [HEAD, SUPERIOR] : [HEAD]).map((duty) => ({
      ...{ ...columnsOf(place), kind: code, duty, planned_on: dueOn, planned_at: at },
    })),
  )
}

const columnsOf = ({ entityId, cycleId, summaryId }: Place) => ({
  ...{ id: newId(), entity_id: entityId, cycle_id: cycleId, summary_id: summaryId },
})

export interface SummaryNotice extends DueNotice {
  summaryId: string
  agencyId: string
  agencyName: string
  dueDate: string
  isRead: boolean
}

export async function lockDueSummaryNotices(trx: Trx, cycleId: string, now: Date): Promise<SummaryNotice[]> {
  const rows = await dueNotices(trx, now)
    .innerJoin('agency_summary as s', 's.id', 'notice.summary_id')
    .innerJoin('agency', 'agency.id', 's.agency_id')
    .leftJoin('summary_reading as r', 'r.summary_id', 's.id')
    .select(['s.id as attemptId', 's.id as summaryId', 's.agency_id as agencyId', 'agency.name as agencyName'])
    .select(['s.due_date as dueDate', 'r.read_at'])
    .where('s.cycle_id', '=', cycleId)
    .execute()
  return rows.map(({ read_at, ...row }) => ({ ...row, isRead: read_at !== null }))
}

/** Instant of the next notice still planned for the summaries of a cycle; null when none is. */
export async function nextSummaryNoticeAt(trx: Trx, cycleId: string): Promise<Date | null> {
  const row = await nextPlanned(trx)
    .innerJoin('agency_summary as s', 's.id', 'notice.summary_id')
    .where('s.cycle_id', '=', cycleId)
    .executeTakeFirst()
  return row?.at ?? null
}

/** A dependencia that has answered is reminded of nothing more. */
export async function endSummaryNotices(trx: Trx, summaryId: string): Promise<void> {
  await trx
    .updateTable('notice')
    .set({ status: 'superseded', settled_at: sql<Date>`app_now()` })
    .where('summary_id', '=', summaryId)
    .where('status', '=', 'planned')
    .execute()
}

/** The results of a cycle are no longer public: nobody is reminded of them. */
export async function endNoticesOfCycle(trx: Trx, cycleId: string, now: Date): Promise<void> {
  await trx
    .updateTable('notice')
    .set({ status: 'superseded', settled_at: now })
    .where('cycle_id', '=', cycleId)
    .where('summary_id', 'is not', null)
    .where('status', '=', 'planned')
    .execute()
}

/** Whether the results of a cycle are public, in whichever version. */
export async function areResultsPublic(trx: Trx, cycleId: string): Promise<boolean> {
  const row = await trx
    .selectFrom('release')
    .select('id')
    .where('cycle_id', '=', cycleId)
    .where('status', 'in', ['published', 'corrected'])
    .executeTakeFirst()
  return row !== undefined
}

/** Civil date on which a dependencia was last told of its summary, by itself or by hand; null when it never was. */
export async function lastToldOn(trx: Trx, summaryId: string): Promise<string | null> {
  const row = await trx
    .selectFrom('notice')
    .select(({ fn }) => fn.max('settled_at').as('at'))
    .where('summary_id', '=', summaryId)
    .where('duty', '=', HEAD)
    .where('status', 'in', ['sent', 'attempted'])
    .executeTakeFirst()
  return row?.at ? bogotaDate(row.at) : null
}

/** Notes a reminder somebody sends by hand; answers its id. */
export async function insertReminder(
  trx: Trx,
  { entityId, cycleId, summaryId }: Place,
  at: { day: string; now: Date },
): Promise<string> {
  const id = newId()
  await trx
    .insertInto('notice')
    .values({
      ...{ id, entity_id: entityId, cycle_id: cycleId, summary_id: summaryId, kind: BY_HAND, duty: HEAD },
      ...{ planned_on: at.day, planned_at: at.now, status: 'sent', settled_at: at.now },
    })
    .execute()
  return id
}

/** Where the mail of a notice leads, and under which id: the same notice never writes to a person twice. */
export function summaryMailRow(
  publicUrl: string,
  about: { entityId: string; cycleId: string; agencyId: string; noticeId: string },
  personId: string,
): Omit<NewMail, 'subject' | 'body'> {
  const { entityId, cycleId, agencyId, noticeId } = about
  return {
    ...{ id: idOf('mail', noticeId, personId), entityId, noticeId, personId },
    ...leadingTo(publicUrl, `/resultados/${cycleId}/${agencyId}`),
  }
}
