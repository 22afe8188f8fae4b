/** What a substitute could open of a position's work, asked of the record before it begins and while it lasts (features N12). */
import { sql } from 'kysely'
import { GRANTERS, objectionsToGrant } from '../domain/grants.ts'
import { type ActionStatus, isOpenAction, objectionToChecker } from '../domain/improvement.ts'
import { type Objection, objection } from '../domain/refusals.ts'
import { type RehearsedLine, rehearseCycle, type Understudy } from '../domain/rehearsal.ts'
import { reachesAct, type SubstitutionScope } from '../domain/substitutions.ts'
import type { Trx } from './client.ts'
import { appNow } from './clock.ts'
import { findCycle } from './cycles.ts'
import { findGrant } from './grants.ts'
import { handsOn } from './improvement-entries.ts'

export interface Rehearsal {
  lines: RehearsedLine[]
  /** Open lines of the positions the substitute holds already. */
  load: number
}

export interface Rehearsed {
  entityId: string
  positionId: string
  absentId: string
  substituteId: string
  scope: SubstitutionScope
}

/** Cycles, accesses and actions looked at: a position with more of each is rehearsed on the oldest. */
const MOST = 50

export async function rehearse(trx: Trx, asked: Rehearsed): Promise<Rehearsal> {
  const who = await understudyOf(trx, asked)
  return {
    lines: [...(await cycleLines(trx, who)), ...(await accessLines(trx, who)), ...(await actionLines(trx, who))],
    load: await loadOf(trx, who),
  }
}

async function understudyOf(trx: Trx, asked: Rehearsed): Promise<Understudy> {
  const { entityId, positionId, absentId, substituteId: personId, scope } = asked
  const found = await sql<{ duty: string; ownDuties: string[] }>`
    select pos.duty, array(select distinct own.duty from tenure t join position own on own.id = t.position_id
      where t.person_id = ${personId} and (t.to_date is null or t.to_date >= app_today())) as "ownDuties"
    from position pos where pos.id = ${positionId} and pos.entity_id = ${entityId}`.execute(trx)
  const row = found.rows[0]
  if (!row) throw new Error(`position ${positionId} is not of this entity`)
  return { entityId, personId, absentId, positionId, reach: scope, ...row }
}

async function cycleLines(trx: Trx, who: Understudy): Promise<RehearsedLine[]> {
  const cycles = await trx
    .selectFrom('cycle')
    .select(['id', 'name'])
    .where('entity_id', '=', who.entityId)
    .where('status', '=', 'active')
    .orderBy('started_at')
    .limit(MOST)
    .execute()
  const lines: RehearsedLine[] = []
  for (const { id, name } of cycles) {
    const cycle = await findCycle(trx, id)
    if (!cycle) continue
    const tasks = rehearseCycle(cycle.state, cycle.version.procedure, who)
    lines.push(...tasks.map((task) => ({ ...task, about: 'cycle' as const, id, name })))
  }
  return lines
}

/** Requests of access that whoever leads the process decides. */
async function accessLines(trx: Trx, who: Understudy): Promise<RehearsedLine[]> {
  if (!GRANTERS.includes(who.duty)) return []
  const rows = await trx
    .selectFrom('access_grant')
    .select(['id', 'code', 'status'])
    .where('entity_id', '=', who.entityId)
    .where('status', 'in', ['asked', 'accepted'])
    .orderBy('asked_at')
    .limit(MOST)
    .execute()
  const lines: RehearsedLine[] = []
  for (const { id, code, status } of rows) {
    const grant = await findGrant(trx, id)
    if (!grant) continue
    const { personId, absentId: actingFor, positionId, duty } = who
    const decision = { kind: 'grant', grantId: id, personId, positionId, duty, actingFor, cause: null } as const
    const against = objectionsToGrant(
      { ...grant.state, status: 'accepted' },
      { ...decision, contentHash: grant.state.contentHash },
    )
    lines.push({
      about: 'access',
      id,
      name: code,
      isOpen: status === 'accepted',
      against: reach(who, 'grant') ?? against[0] ?? null,
    })
  }
  return lines
}

/** Improvement actions the position reports on or whose effect its duty checks. */
async function actionLines(trx: Trx, who: Understudy): Promise<RehearsedLine[]> {
  const found = await sql<{ id: string; code: string; status: ActionStatus; checkOn: string | null }>`
    select a.id, a.code, a.status, a.check_on as "checkOn" from improvement_action a
    where a.entity_id = ${who.entityId} and (
      (a.status in ('unreported', 'not_started', 'in_progress') and coalesce(a.position_id = ${who.positionId}, a.duty = ${who.duty}))
      or (a.status in ('done', 'drop_asked', 'verified') and a.checker_duty = ${who.duty}))
    order by a.due_date, a.id limit ${MOST}`.execute(trx)
  const lines: RehearsedLine[] = []
  for (const { id, code, status, checkOn } of found.rows) {
    const isCheck = !isOpenAction(status)
    const hands = isCheck ? await handsOn(trx, id) : []
    const { personId, absentId: actingFor } = who
    const by = { personId, actingFor, now: appNow() }
    const judged = !isCheck ? null : objectionToChecker({ status, checkOn }, hands, by)
    const isEarly = judged?.code === 'check_early'
    const against = reach(who, isCheck ? 'check' : 'submit') ?? (isEarly ? null : judged)
    lines.push({ about: 'action', id, name: code, isOpen: !isEarly, against })
  }
  return lines
}

const reach = (who: Understudy, kind: string): Objection | null =>
  reachesAct(who.reach, kind) ? null : objection('beyond_substitution')

async function loadOf(trx: Trx, { entityId, ownDuties }: Understudy): Promise<number> {
  const found = await sql<{ n: number }>`select count(*)::int as n from task
    where entity_id = ${entityId} and status = 'open' and duty = any(${[...ownDuties]}::text[])`.execute(trx)
  return found.rows[0]?.n ?? 0
}
