/** What is told of runs of controls: the ledger of their days, and who executes, checks or directs today (features B6, D5). */
import { sql } from 'kysely'
import { bogotaDate, bogotaInstant } from '../domain/civil-dates.ts'
import { type DueNotice, SUPERIOR } from '../domain/notices.ts'
import { planNotices } from '../domain/terms.ts'
import { headsAbove } from './agency-heads.ts'
import type { Trx } from './client.ts'
import type { LoadedRun } from './control-runs.ts'
import { newId } from './ids.ts'
import { dueNotices, headsFor, nextPlanned, type Told } from './notices.ts'
import { listCheckersOf } from './run-checkers.ts'
import { substitutesOf } from './substitutes.ts'
import { entityCalendar, IN_CHARGE } from './terms.ts'

/** Told on the morning from which the run is asked for. */
const ASKED = 'reminder-0'

/**
 * Plans what will be told of a run: that it is asked for, reminders, that its day passed, to who directs them too, and what stays
 * undone. What was planned before is not told any more.
 */
export async function planRunNotices(trx: Trx, { state, control }: LoadedRun, now: Date): Promise<void> {
  await endRunNotices(trx, state.id, now)
  const { opensOn, dueOn, lateUntil } = state
  const planned = planNotices({ start: opensOn, dueDate: dueOn }, await entityCalendar(trx, control.entityId))
  const asked = { kind: 'reminder' as const, code: ASKED, dueOn: opensOn, at: bogotaInstant(opensOn, '08:00') }
  const today = bogotaDate(now)
  const rows = [...(state.status === 'open' ? [asked] : []), ...planned]
    .filter((one) => one.dueOn >= today && one.dueOn <= lateUntil && (one.code === ASKED || one.dueOn > today))
    .flatMap((notice) => {
      const row = (duty: string) => ({
        ...{ id: newId(), entity_id: control.entityId, run_id: state.id, kind: notice.code, duty },
        ...{ planned_on: notice.dueOn, planned_at: notice.at },
      })
      return notice.kind === 'expiry' ? [row(IN_CHARGE), row(SUPERIOR)] : [row(IN_CHARGE)]
    })
  if (rows.length === 0) return
  // Told before it was executed and returned: it stands, and is not told twice.
  await trx
    .insertInto('notice')
    .values(rows)
    .onConflict((oc) => oc.doNothing())
    .execute()
}

export async function endRunNotices(trx: Trx, runId: string, now: Date): Promise<void> {
  await trx
    .updateTable('notice')
    .set({ status: 'superseded', settled_at: now })
    .where('run_id', '=', runId)
    .where('status', '=', 'planned')
    .execute()
}

export async function lockDueRunNotices(trx: Trx, runId: string, now: Date): Promise<DueNotice[]> {
  const rows = await dueNotices(trx, now).where('run_id', '=', runId).execute()
  return rows.map((row) => ({ ...row, attemptId: runId }))
}

/** Instant of the next notice still planned; null when none is. */
export async function nextRunNoticeAt(trx: Trx, runId: string): Promise<Date | null> {
  const row = await nextPlanned(trx).where('run_id', '=', runId).executeTakeFirst()
  return row?.at ?? null
}

interface Post {
  entityId: string
  /** The position that answers. */
  positionId: string
}

/** Who holds a position today and who acts for them; where nobody does, who directs its dependencia is told of the vacancy. */
export async function holdersOfPost(trx: Trx, { entityId, positionId }: Post, now: Date): Promise<Told[]> {
  const day = bogotaDate(now)
  const { duty } = await postOf(trx, positionId)
  const found = await sql<{ id: string }>`
    select distinct p.id from person p
    join tenure t on t.person_id = p.id and t.from_date <= ${day} and (t.to_date is null or t.to_date >= ${day})
    where t.entity_id = ${entityId} and t.position_id = ${positionId} and (p.ended_on is null or p.ended_on >= ${day})
    order by 1`.execute(trx)
  const holders = found.rows.map(({ id }) => id)
  if (holders.length === 0)
    return (await headsFor(trx, entityId, duty, day)).map((personId) => ({ personId, told: 'vacancy', duty }))
  const deputies = await substitutesOf(trx, { entityId, day, positionId, work: 'elaboration' })
  return [
    ...holders.map((personId) => ({ personId, told: 'in_charge', duty }) as const),
    ...deputies
      .filter((id) => !holders.includes(id))
      .map((id) => ({ personId: id, told: 'substitute', duty }) as const),
  ]
}

/** Who directs whoever holds a position: told for knowing. */
export async function headsOfPost(trx: Trx, { entityId, positionId }: Post, now: Date): Promise<Told[]> {
  const day = bogotaDate(now)
  const { agencyId, duty } = await postOf(trx, positionId)
  const holders = (await holdersOfPost(trx, { entityId, positionId }, now)).map(({ personId }) => personId)
  const above = (await headsAbove(trx, entityId, agencyId, day)).filter(({ personId }) => !holders.includes(personId))
  const nearest = above.filter(({ height }) => height === above[0]?.height)
  return nearest.map(({ personId }) => ({ personId, told: 'superior', duty }))
}

async function postOf(trx: Trx, positionId: string): Promise<{ duty: string; agencyId: string }> {
  return await trx
    .selectFrom('position')
    .select(['duty', 'agency_id as agencyId'])
    .where('id', '=', positionId)
    .executeTakeFirstOrThrow()
}

/** Who may check a run today: the second line, and nobody with a hand in it. */
export async function checkersOf(trx: Trx, run: LoadedRun): Promise<Told[]> {
  const found: Told[] = []
  for (const { duty, holders } of await listCheckersOf(trx, run))
    for (const personId of holders)
      if (!run.state.hands.includes(personId) && !found.some((one) => one.personId === personId))
        found.push({ personId, told: 'in_charge', duty })
  return found
}
