/** The running terms that a change of the calendar moves (N13). */
import { sql } from 'kysely'
import type { Calendar } from '../domain/calendar.ts'
import { type StepCode, stepTemplate } from '../domain/procedures.ts'
import { type Term, termFrom } from '../domain/terms.ts'
import { type ActingPerson, eventBy } from './administration.ts'
import { recordEvent } from './audit.ts'
import type { Trx } from './client.ts'
import { appNow } from './clock.ts'
import { planActionNoticesAnew, planFollowUpNoticesAnew } from './improvement-notices.ts'
import { listMovedReviews, moveReviews } from './moved-reviews.ts'
import { listMovedRightsTerms, moveRightsTerms } from './moved-rights.ts'
import { listMovedRunTerms, moveRunTerms } from './moved-runs.ts'
import { listMovedSummaries, moveSummaries } from './moved-summaries.ts'
import { requireProcedureVersion } from './procedures.ts'
import { askRefresh } from './refreshes.ts'
import { type AttemptKey, endTerm, entityCalendar, insertTerm, type MovedTerm, planTermNotices } from './terms.ts'

/** Terms that a change of one day would move, counted by the calendar as it would be then; nothing changes. */
export async function listMovedTerms(
  trx: Trx,
  entityId: string,
  day: string,
  calendar: Calendar,
): Promise<MovedTerm[]> {
  const ofSteps = (await runningTerms(trx, entityId, day)).flatMap((row) => moveOf(row, calendar)?.moved ?? [])
  const ofSummaries = await listMovedSummaries(trx, entityId, day, calendar)
  const ofRights = await listMovedRightsTerms(trx, entityId, day, calendar)
  const ofRuns = await listMovedRunTerms(trx, entityId, day, calendar)
  return [...ofSteps, ...ofSummaries, ...ofRights, ...ofRuns, ...(await listMovedReviews(trx, entityId, day, calendar))]
}

/**
 * Computes again exactly the running terms that cross a day just changed; notices, tasks and workflows follow. The day of
 * an improvement action is a date somebody promised and stays, but the working days before it are counted anew.
 */
export async function moveTerms(trx: Trx, actor: ActingPerson, day: string): Promise<MovedTerm[]> {
  const calendar = await entityCalendar(trx, actor.entityId)
  const moved: MovedTerm[] = []
  for (const row of await runningTerms(trx, actor.entityId, day)) {
    const move = moveOf(row, calendar)
    if (!move) continue
    await moveTerm(trx, actor, row, move.term, calendar)
    moved.push(move.moved)
  }
  moved.push(...(await moveSummaries(trx, actor, day, calendar)))
  moved.push(...(await moveRightsTerms(trx, actor.entityId, day, calendar)))
  moved.push(...(await moveRunTerms(trx, actor.entityId, day, calendar)))
  moved.push(...(await moveReviews(trx, actor.entityId, day, calendar)))
  await planActionNoticesAnew(trx, actor.entityId, day)
  await planFollowUpNoticesAnew(trx, actor.entityId, day)
  return moved
}

type RunningTerm = Awaited<ReturnType<typeof runningTerms>>[number]

/** Running terms with `day` between their start and their end; only those can move. */
async function runningTerms(trx: Trx, entityId: string, day: string) {
  return await trx
    .selectFrom('term')
    .innerJoin('step', 'step.id', 'term.step_id')
    .innerJoin('cycle', 'cycle.id', 'term.cycle_id')
    .select([
      'term.id',
      'term.cycle_id',
      'term.step_id',
      'term.attempt_id',
      'term.start_date',
      'term.working_days',
      'term.due_date',
      'step.code as step_code',
      'cycle.name as cycle_name',
      'cycle.procedure_version_id',
    ])
    .where('term.entity_id', '=', entityId)
    .where('term.status', '=', 'running')
    .where('term.start_date', '<', day)
    .where('term.due_date', '>=', day)
    .orderBy('term.id')
    .execute()
}

function moveOf(row: RunningTerm, calendar: Calendar): { moved: MovedTerm; term: Term } | null {
  const term = termFrom(row.start_date, row.working_days, calendar)
  if (term.dueDate === row.due_date) return null
  const { id: termId, cycle_id: cycleId, cycle_name: cycleName, step_code: stepCode } = row
  return { term, moved: { termId, cycleId, cycleName, of: { stepCode }, before: row.due_date, after: term.dueDate } }
}

async function moveTerm(
  trx: Trx,
  actor: ActingPerson,
  row: RunningTerm,
  term: Term,
  calendar: Calendar,
): Promise<void> {
  const key: AttemptKey = {
    entityId: actor.entityId,
    cycleId: row.cycle_id,
    stepId: row.step_id,
    attemptId: row.attempt_id,
  }
  const { procedure } = await requireProcedureVersion(trx, row.procedure_version_id)
  await endTerm(trx, row.attempt_id, 'superseded', appNow())
  const termId = await insertTerm(trx, key, term)
  await trx.updateTable('term').set({ replaced_by: termId }).where('id', '=', row.id).execute()
  await planTermNotices(trx, key, termId, term, stepTemplate(procedure, row.step_code as StepCode), calendar)
  await forgetTold(trx, row.id, termId)
  await trx
    .updateTable('task')
    .set({ due_at: term.dueAt })
    .where('attempt_id', '=', row.attempt_id)
    .where('status', '=', 'open')
    .where('due_at', 'is not', null)
    .execute()
  await askRefresh(trx, row.cycle_id)
  await recordEvent(trx, {
    ...eventBy(actor),
    type: 'term.moved',
    objectId: termId,
    cycleId: row.cycle_id,
    stepCode: row.step_code,
    changes: [{ field: 'due_date', before: row.due_date, after: term.dueDate }],
  })
}

/** What the old term had already told is not told again; what now lies ahead, or fell due only by the move, is. */
async function forgetTold(trx: Trx, oldTerm: string, newTerm: string): Promise<void> {
  await trx
    .updateTable('notice')
    .set({ status: 'superseded', settled_at: appNow() })
    .where('term_id', '=', newTerm)
    .where('planned_at', '<=', sql<Date>`app_now()`)
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('notice as told')
          .select('told.id')
          .where('told.term_id', '=', oldTerm)
          .whereRef('told.kind', '=', 'notice.kind')
          .whereRef('told.duty', '=', 'notice.duty')
          .where('told.planned_at', '<=', sql<Date>`app_now()`),
      ),
    )
    .execute()
}
