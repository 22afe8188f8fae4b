import { entityCalendar as calendarWith } from '../catalog/calendar.ts'
import type { Calendar } from '../domain/calendar.ts'
import { bogotaDate } from '../domain/civil-dates.ts'
import type { StepTemplate } from '../domain/procedures.ts'
import { planNotices, type Term, termFrom } from '../domain/terms.ts'
import type { Cause } from './cause.ts'
import type { Trx } from './client.ts'
import { newId } from './ids.ts'
import { nextPlanned } from './notices.ts'

/** Stands for whoever must act when the notice is sent: resolved then, never frozen (features P22). */
export const IN_CHARGE = 'in_charge'

export interface AttemptKey {
  entityId: string
  cycleId: string
  stepId: string
  attemptId: string
}

/** A deadline that a change of the calendar moves, with both dates: of a step, or of the answer of a dependencia. */
export interface MovedTerm {
  termId: string
  /** Null of a citizen's request, of a run of a control and of the review of a risk, which are of no exercise. */
  cycleId: string | null
  cycleName: string | null
  of: { stepCode: string } | { agency: string } | { request: string } | { control: string } | { review: string }
  before: string
  after: string
}

/** The entity's calendar as of now: national rules plus its own extra and removed days. */
export async function entityCalendar(trx: Trx, entityId: string): Promise<Calendar> {
  const entity = await trx
    .selectFrom('entity')
    .select('calendar_version')
    .where('id', '=', entityId)
    .executeTakeFirstOrThrow()
  const days = await trx
    .selectFrom('calendar_day')
    .select(['day', 'kind', 'name', 'act_reference'])
    .where('entity_id', '=', entityId)
    .execute()
  const extra = days
    .filter((row) => row.kind === 'extra')
    .map((row) => ({ date: row.day, name: row.name, act: row.act_reference }))
  const removed = days.filter((row) => row.kind === 'removed').map((row) => ({ date: row.day, act: row.act_reference }))
  return calendarWith({ extra, removed }, String(entity.calendar_version))
}

/** Starts the term of an attempt on the workflow's civil date and plans its notices (B4, B6). */
export async function startTerm(trx: Trx, key: AttemptKey, template: StepTemplate, cause: Cause): Promise<void> {
  const calendar = await entityCalendar(trx, key.entityId)
  const term = termFrom(bogotaDate(cause.now), template.workingDays, calendar)
  const termId = await insertTerm(trx, key, term)
  await planTermNotices(trx, key, termId, term, template, calendar)
}

/** Inserts a running term; answers its id. */
export async function insertTerm(trx: Trx, key: AttemptKey, term: Term): Promise<string> {
  const id = newId()
  await trx
    .insertInto('term')
    .values({
      id,
      entity_id: key.entityId,
      cycle_id: key.cycleId,
      step_id: key.stepId,
      attempt_id: key.attemptId,
      start_date: term.start,
      working_days: term.workingDays,
      due_date: term.dueDate,
      due_at: term.dueAt,
      calendar_version: term.calendarVersion,
      arithmetic: JSON.stringify(term.days),
    })
    .execute()
  return id
}

/** One ledger row per planned notice; who is told is resolved when it is sent, by duty. */
export async function planTermNotices(
  trx: Trx,
  key: AttemptKey,
  termId: string,
  term: Term,
  template: StepTemplate,
  calendar: Calendar,
): Promise<void> {
  const rows = planNotices(term, calendar).flatMap((notice) => {
    const row = (duty: string) => ({
      id: newId(),
      entity_id: key.entityId,
      cycle_id: key.cycleId,
      step_id: key.stepId,
      attempt_id: key.attemptId,
      term_id: termId,
      kind: notice.code,
      duty,
      planned_on: notice.dueOn,
      planned_at: notice.at,
    })
    // At expiry the superior position is told too; escalation notifies, it gives nobody a right to decide.
    return notice.kind === 'expiry' ? [row(IN_CHARGE), row(template.escalatesTo)] : [row(IN_CHARGE)]
  })
  if (rows.length > 0) await trx.insertInto('notice').values(rows).execute()
}

/** Ends the running term of an attempt; what had still to be told about it is not. */
export async function endTerm(trx: Trx, attemptId: string, status: 'met' | 'superseded', now: Date): Promise<void> {
  await trx
    .updateTable('term')
    .set({ status, ended_at: now })
    .where('attempt_id', '=', attemptId)
    .where('status', '=', 'running')
    .execute()
  await trx
    .updateTable('notice')
    .set({ status: 'superseded', settled_at: now })
    .where('attempt_id', '=', attemptId)
    .where('status', '=', 'planned')
    .execute()
}

/** Instant of the next notice still planned for the open attempt of a step; null when none is. */
export async function nextNoticeAt(trx: Trx, cycleId: string): Promise<Date | null> {
  const row = await nextPlanned(trx)
    .innerJoin('step', 'step.attempt_id', 'notice.attempt_id')
    .where('notice.cycle_id', '=', cycleId)
    .executeTakeFirst()
  return row?.at ?? null
}
