/** What a cycle finds of the reports before it: their recommendations, and whether the next report may be approved (N15). */
import { sql } from 'kysely'
import { type EarlierAction, objectionToEarlier, UNDONE_STATUSES } from '../domain/improvement.ts'
import type { SignatureRole, StepCode } from '../domain/procedures.ts'
import type { Objection } from '../domain/refusals.ts'
import type { Trx } from './client.ts'
import type { LoadedCycle } from './cycles.ts'

export interface EarlierRecommendation extends EarlierAction {
  what: string
  agency: string | null
  /** Position that answers for it, or its duty where several may. */
  owner: string | null
  duty: string
  dueDate: string
  indicator: string
  result: string | null
  vigencia: number
  /** Code of the plan that was opened because it had no effect; null where none was. */
  plan: string | null
  /** That plan is closed: its actions had the effect this one had not. */
  isMended: boolean
}

/** Recommendations carried out or dropped that are listed still: the newest. */
const SETTLED = 200

export interface EarlierReports {
  /** Every unfinished one, and of the others the newest. */
  recommendations: EarlierRecommendation[]
  /** When the last report of an earlier vigencia was issued; null where none was. */
  lastReportAt: Date | null
}

/**
 * What became of the recommendations of the reports of earlier vigencias (N15), in the order of their codes: exercises of
 * one vigencia run side by side, and none of them comes after another.
 */
export async function findEarlierReports(trx: Trx, cycleId: string, entityId: string): Promise<EarlierReports> {
  const found = await sql<EarlierRecommendation>`
    with earlier as (
      select a.*, f.code as plan, coalesce(f.status = 'closed', false) as "isMended",
        (a.status in (${sql.join(UNDONE_STATUSES)}) or (a.status = 'ineffective' and f.status is distinct from 'closed')) as unfinished
      from improvement_action a left join finding f on f.source_action = a.id
      where a.entity_id = ${entityId} and a.origin = 'recommendation'
        and a.year < (select c.vigencia from cycle c where c.id = ${cycleId})
    ), listed as (
      (select * from earlier where unfinished)
      union all
      (select * from earlier where not unfinished order by year desc, n desc limit ${SETTLED})
    )
    select a.code, a.what, a.status, agency.name as agency, post.name as owner, a.duty, a.plan, a."isMended",
      a.due_date as "dueDate", a.indicator, a.result, a.reported_at as "reportedAt", a.year as vigencia
    from listed a left join agency on agency.id = a.agency_id left join position post on post.id = a.position_id
    order by a.year, a.n`.execute(trx)
  const last = await trx
    .selectFrom('document')
    .innerJoin('cycle', 'cycle.id', 'document.cycle_id')
    .select(({ fn }) => fn.max('document.issued_at').as('at'))
    .where('document.entity_id', '=', entityId)
    .where('cycle.vigencia', '<', ({ selectFrom }) => selectFrom('cycle').select('vigencia').where('id', '=', cycleId))
    .executeTakeFirst()
  return { recommendations: found.rows, lastReportAt: last?.at ?? null }
}

/**
 * Why a step cannot be approved for want of a status of earlier recommendations: that keeps the report from being
 * approved, not from being reviewed. Null when it can.
 */
export async function earlierObjection(
  trx: Trx,
  { state, entityId }: LoadedCycle,
  { stepCode, signatureRole }: { stepCode: StepCode; signatureRole: SignatureRole | null },
): Promise<Objection | null> {
  if (stepCode !== '6' || signatureRole === 'reviewer') return null
  const { recommendations, lastReportAt } = await findEarlierReports(trx, state.id, entityId)
  return objectionToEarlier(recommendations, lastReportAt)
}
