/** What of controls waits for somebody: runs to execute or to check, and risks that rose without an answer. */
import { sql } from 'kysely'
import { checkersOfRun, type RunStatus } from '../domain/control-runs.ts'
import { RUN_CHECKERS } from '../domain/permission-rows.ts'
import type { Permitted } from '../domain/permissions.ts'
import type { MethodologyKey } from '../domain/risk-methodology.ts'
import type { StandingCause } from '../domain/standing-moves.ts'
import type { Trx } from './client.ts'
import { listRunHands } from './control-runs.ts'
import { loadMethodology } from './methodologies.ts'
import { listCheckingPositions } from './run-checkers.ts'
import { type SaidPlace, saidOf } from './standing-moves.ts'

export interface WaitingRun {
  control: string
  risk: string
  /** The risk as it was written, and what the control does. */
  riskWords: string
  action: string
  start: string
  end: string
  dueOn: string
  status: RunStatus
  task: 'execute' | 'check'
}

/** Runs that wait for this person: to execute, from the day they are asked for, or to check, the first due first. */
export async function listWaitingRuns(
  trx: Trx,
  actor: Permitted & { actingFor?: string | null },
  today: string,
  limit: number,
): Promise<WaitingRun[]> {
  const hands = actor.actingFor ? [actor.personId, actor.actingFor] : [actor.personId]
  const mayCheck = RUN_CHECKERS.includes(actor.duty) && actor.reach !== 'elaboration'
  const mayExecute = actor.reach !== 'decisions'
  const left = mayCheck ? await listLeftToOthers(trx, actor) : []
  const found = await sql<WaitingRun>`
    select c.code as control, r.code as risk, a.description as "riskWords", c.action, u.period_start as start, u.period_end as end, u.due_on as "dueOn",
      u.status, case when u.status in ('executed', 'omitted') then 'check' else 'execute' end as task
    from control_run u join risk_control c on c.id = u.control_id join risk r on r.id = c.risk_id
      join risk_standing s on s.risk_id = r.id join risk_assessment a on a.id = s.assessment_id
    where u.entity_id = ${actor.entityId} and u.closed_at is null and u.id <> all(${left}::uuid[]) and (
      (${mayExecute} and c.owner_position = ${actor.positionId} and u.status in ('open', 'missed', 'rejected')
        and u.opens_on <= ${today})
      or (${mayCheck} and u.status in ('executed', 'omitted')
        and not (coalesce(u.executed_by = any(${hands}::uuid[]), false) or coalesce(u.executed_for = any(${hands}::uuid[]), false))))
    order by u.due_on, u.id limit ${limit}`.execute(trx)
  return found.rows
}

/** Runs to be checked of risks that this position owns, which others check instead. */
async function listLeftToOthers(trx: Trx, { entityId, positionId }: Permitted): Promise<string[]> {
  const owned = await trx
    .selectFrom('control_run as u')
    .innerJoin('risk_control as c', 'c.id', 'u.control_id')
    .innerJoin('risk as r', 'r.id', 'c.risk_id')
    .select('u.id')
    .where('u.entity_id', '=', entityId)
    .where('u.closed_at', 'is', null)
    .where('u.status', 'in', ['executed', 'omitted'])
    .where('r.owner_position', '=', positionId)
    .execute()
  if (owned.length === 0) return []
  const positions = await listCheckingPositions(trx, entityId)
  const left: string[] = []
  for (const { id } of owned) {
    const checkers = checkersOfRun(positions, { riskOwner: positionId, hands: await listRunHands(trx, id) })
    if (!checkers.some((one) => one.id === positionId)) left.push(id)
  }
  return left
}

export interface OpenAlert {
  id: string
  risk: string
  riskId: string
  cause: StandingCause
  /** Code of the control by which it rose, where it is by one. */
  control: string | null
  before: SaidPlace
  after: SaidPlace
  raisedOn: string
  ownerPosition: string
  ownerName: string
}

/** Risks of a position, or one risk, whose demonstrated residual rose and nobody said yet what they will do. */
export async function listOpenAlerts(
  trx: Trx,
  entityId: string,
  of: { positionId: string } | { risk: string },
  limit: number,
): Promise<OpenAlert[]> {
  const whose = 'risk' in of ? sql`r.code = ${of.risk}` : sql`r.owner_position = ${of.positionId}`
  const found = await sql<OpenAlert & { key: MethodologyKey }>`
    select a.id, r.code as risk, r.id as "riskId", a.cause, c.code as control,
      jsonb_build_object('code', s.methodology, 'n', s.methodology_n) as key,
      jsonb_build_object('p', a.p_before::text, 'i', a.i_before::text, 'zone', a.zone_before) as before,
      jsonb_build_object('p', a.p_after::text, 'i', a.i_after::text, 'zone', a.zone_after) as after, a.raised_on as "raisedOn",
      r.owner_position as "ownerPosition", p.name as "ownerName"
    from standing_alert a join risk r on r.id = a.risk_id left join risk_control c on c.id = a.control_id
      join risk_standing t on t.risk_id = r.id join risk_assessment s on s.id = t.assessment_id
      join position p on p.id = r.owner_position
    where a.entity_id = ${entityId} and a.ended_at is null and ${whose}
    order by a.raised_on, r.n limit ${limit}`.execute(trx)
  const alerts: OpenAlert[] = []
  for (const { key, ...row } of found.rows) {
    const methodology = await loadMethodology(trx, entityId, key)
    alerts.push({ ...row, before: saidOf(methodology, row.before), after: saidOf(methodology, row.after) })
  }
  return alerts
}
