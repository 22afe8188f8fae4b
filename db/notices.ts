import { sql } from 'kysely'
import { bogotaDate } from '../domain/civil-dates.ts'
import type { DueNotice, ToldAs } from '../domain/notices.ts'
import type { Trx } from './client.ts'
import { substitutesOf } from './substitutes.ts'

export interface PlannedNotice extends DueNotice {
  termId: string
  termStatus: string
  stepId: string
  stepCode: string
  dueDate: string
}

/**
 * Notices planned at or before `now`, the workflow's clock, the oldest first; locked, so that two runs cannot both send.
 * The caller says of what.
 */
export const dueNotices = (trx: Trx, now: Date) =>
  plannedNotices(trx)
    .select(['notice.id', 'notice.duty', 'notice.kind', isoInstant.as('plannedAt')])
    .where('notice.planned_at', '<=', now)
    .orderBy('notice.planned_at')
    .orderBy('notice.id')
    .forUpdate('notice')

const plannedNotices = (trx: Trx) => trx.selectFrom('notice').where('notice.status', '=', 'planned')

/** As `Date.toISOString` writes it. */
const isoInstant = sql<string>`to_char(notice.planned_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`

/** Instant of the next notice still planned, of what the caller says; an aggregate, so it is always one row. */
export const nextPlanned = (trx: Trx) => plannedNotices(trx).select(({ fn }) => fn.min('notice.planned_at').as('at'))

export async function lockDueNotices(trx: Trx, cycleId: string, now: Date): Promise<PlannedNotice[]> {
  return await dueNotices(trx, now)
    .innerJoin('step', 'step.id', 'notice.step_id')
    .innerJoin('term', 'term.id', 'notice.term_id')
    .select([
      'term.attempt_id as attemptId',
      'term.id as termId',
      'term.status as termStatus',
      'term.due_date as dueDate',
      'step.id as stepId',
      'step.code as stepCode',
    ])
    .where('notice.cycle_id', '=', cycleId)
    .execute()
}

/** A notice leaves `planned` once; settling it twice throws. */
export async function settleNotice(
  trx: Trx,
  id: string,
  status: 'sent' | 'failed' | 'superseded',
  now: Date,
  catchesUp = 0,
): Promise<void> {
  const settled = await trx
    .updateTable('notice')
    .set({ status, settled_at: now, catches_up: catchesUp })
    .where('id', '=', id)
    .where('status', '=', 'planned')
    .executeTakeFirst()
  if (settled.numUpdatedRows !== 1n) throw new Error(`notice ${id} is no longer planned`)
}

/** Duties that still have an open line on this attempt, and whether whoever elaborated the step is barred from it. */
async function openDuties(trx: Trx, attemptId: string): Promise<{ duty: string; barsAuthors: boolean }[]> {
  const rows = await trx
    .selectFrom('task')
    .select(['duty', 'kind'])
    .where('attempt_id', '=', attemptId)
    .where('status', '=', 'open')
    .orderBy('duty')
    .execute()
  return rows.map(({ duty, kind }) => ({ duty, barsAuthors: ['review', 'approve', 'consent'].includes(kind) }))
}

export interface Told {
  personId: string
  told: ToldAs
  /** The duty that brings the notice; for a vacancy, the vacant one. */
  duty: string
}

/** Who is told of a notice today: resolved when it is sent, so that an encargado named yesterday is told (features P22). */
export async function addressees(
  trx: Trx,
  notice: PlannedNotice,
  key: { entityId: string; inCharge: string; now: Date },
): Promise<Told[]> {
  const inCharge = notice.duty === key.inCharge
  const duties = inCharge ? await openDuties(trx, notice.attemptId) : [{ duty: notice.duty, barsAuthors: false }]
  const day = bogotaDate(key.now)
  const told: Told[] = []
  for (const { duty, barsAuthors } of duties) {
    const holders = await holdersOf(trx, { ...key, duty, day, barredOn: barsAuthors ? notice.stepId : null })
    const kind = inCharge ? 'in_charge' : 'superior'
    if (holders.length > 0) told.push(...holders.map((personId) => ({ personId, told: kind, duty }) as const))
    if (inCharge) told.push(...(await toldForAnother(trx, { ...key, duty, day, barsAuthors, stepId: notice.stepId })))
    if (holders.length === 0)
      told.push(
        ...(await headsFor(trx, key.entityId, duty, day)).map(
          (personId) => ({ personId, told: 'vacancy', duty }) as const,
        ),
      )
  }
  return told.filter((one, i) => told.findIndex((other) => other.personId === one.personId) === i)
}

/** Whoever substitutes is told beside whoever is absent: the task is both's until one of them has done it (features C3). */
async function toldForAnother(
  trx: Trx,
  {
    entityId,
    duty,
    day,
    barsAuthors,
    stepId,
  }: Record<'entityId' | 'duty' | 'day' | 'stepId', string> & {
    barsAuthors: boolean
  },
): Promise<Told[]> {
  const work = barsAuthors ? 'decisions' : 'elaboration'
  const people = await substitutesOf(trx, { entityId, duty, day, work, barredOn: barsAuthors ? stepId : null })
  return people.map((personId) => ({ personId, told: 'substitute', duty }))
}

/** Persons with a tenure in force on `day` in a position of this duty; never those who elaborated the step `barredOn`. */
export async function holdersOf(
  trx: Trx,
  key: { entityId: string; duty: string; day: string; barredOn: string | null },
): Promise<string[]> {
  const found = await sql<{ id: string }>`
    select distinct p.id from person p
    join tenure t on t.person_id = p.id and t.from_date <= ${key.day} and (t.to_date is null or t.to_date >= ${key.day})
    join position pos on pos.id = t.position_id and (pos.ended_on is null or pos.ended_on >= ${key.day})
    where p.entity_id = ${key.entityId} and pos.duty = ${key.duty} and (p.ended_on is null or p.ended_on >= ${key.day})
      and not exists (select 1 from attempt_author a where a.step_id = ${key.barredOn} and a.person_id = p.id)
    order by p.id`.execute(trx)
  return found.rows.map(({ id }) => id)
}

/**
 * A vacant position stops nothing: the head of its agency is told, or the nearest one above that is not vacant
 * (model.md §1); where there is none, the administration, who can register an encargo.
 */
export async function headsFor(trx: Trx, entityId: string, duty: string, day: string): Promise<string[]> {
  const found = await sql<{ id: string }>`
    with recursive up as (
      select a.id, a.parent_id, 0 as height from agency a
      where a.entity_id = ${entityId}
        and a.id in (select agency_id from position where entity_id = ${entityId} and duty = ${duty}
          and (ended_on is null or ended_on >= ${day}))
      union
      select a.id, a.parent_id, up.height + 1 from agency a join up on a.id = up.parent_id where up.height < 20
    ), heads as (
      select up.height, t.person_id from up
      join position pos on pos.agency_id = up.id and pos.heads_agency and pos.duty <> ${duty}
        and (pos.ended_on is null or pos.ended_on >= ${day})
      join tenure t on t.position_id = pos.id and t.from_date <= ${day} and (t.to_date is null or t.to_date >= ${day})
      join person p on p.id = t.person_id and (p.ended_on is null or p.ended_on >= ${day})
    )
    select distinct person_id as id from heads where height = (select min(height) from heads) order by 1`.execute(trx)
  if (found.rows.length > 0) return found.rows.map(({ id }) => id)
  return await holdersOf(trx, { entityId, duty: 'administracion', day, barredOn: null })
}
