/** What pages read of absences and of who substitutes (C3). */
import { type RawBuilder, sql } from 'kysely'
import { ABSENCE_READERS } from '../domain/permission-rows.ts'
import { abilityFor, type Permitted } from '../domain/permissions.ts'
import type { AbsenceReason, AbsenceState, SubstitutionScope } from '../domain/substitutions.ts'
import type { Trx } from './client.ts'
import { holding } from './like.ts'
import { decodeCursor, type Page, pageOf } from './pages.ts'
import { rulesToCondition } from './permit.ts'
import { isHeldToday } from './positions.ts'

export interface Substitute {
  id: string
  personId: string
  name: string
  scope: SubstitutionScope
}

export interface AbsenceLine {
  id: string
  personId: string
  personName: string
  positionId: string
  positionName: string
  agencyName: string
  from: string
  to: string
  reason: AbsenceReason
  state: AbsenceState
  substitutes: Substitute[]
}

export interface AbsenceFilters {
  state?: AbsenceState
  /** Who is absent or substitutes. */
  personId?: string
}

/** As `absenceState` judges it (domain/substitutions.ts). */
const STATE = sql<AbsenceState>`case when ab.cancelled_at is not null then 'cancelled' when ab.from_date > app_today() then 'planned'
  when ab.to_date < app_today() then 'over' else 'active' end`

const LINE = sql`ab.id, ab.person_id as "personId", p.display_name as "personName", ab.position_id as "positionId",
  pos.name as "positionName", a.name as "agencyName", ab.from_date as "from", ab.to_date as "to", ab.reason, ${STATE} as state,
  coalesce((select jsonb_agg(jsonb_build_object('id', sub.id, 'personId', sub.substitute_id, 'name', who.display_name,
      'scope', sub.scope) order by sub.scope)
    from substitution sub join person who on who.id = sub.substitute_id where sub.absence_id = ab.id), '[]') as substitutes`
const FROM = sql`absence ab join person p on p.id = ab.person_id join position pos on pos.id = ab.position_id
  join agency a on a.id = pos.agency_id`

/** Whether this actor reads the absence `ab`: the same rule as its page (`absenceRow` in domain/permission-rows.ts). */
function readable(actor: Permitted): RawBuilder<unknown> {
  const columns = { entityId: sql.ref('ab.entity_id'), readers: sql.ref('reader.who') }
  return sql`exists (
    select from (
      select ab.person_id::text union all select unnest(${ABSENCE_READERS}::text[])
      union all select sub.substitute_id::text from substitution sub where sub.absence_id = ab.id
    ) reader(who) where ${rulesToCondition(abilityFor(actor), 'read', 'Absence', columns)})`
}

const involves = (personId: string) => sql`(ab.person_id = ${personId} or exists (
  select from substitution sub where sub.absence_id = ab.id and sub.substitute_id = ${personId}))`

/** Absences this actor may read, the last to begin first; 25 a page. */
export async function listAbsences(
  trx: Trx,
  actor: Permitted,
  filters: AbsenceFilters & { cursor?: string | null; limit?: number } = {},
): Promise<Page<AbsenceLine>> {
  const { state, personId, limit = 25 } = filters
  const after = decodeCursor(filters.cursor, ['date', 'id'])
  const conditions: RawBuilder<unknown>[] = [sql`ab.entity_id = ${actor.entityId}`, readable(actor)]
  if (state !== undefined) conditions.push(sql`${STATE} = ${state}`)
  if (personId !== undefined) conditions.push(involves(personId))
  if (after) conditions.push(sql`(ab.from_date, ab.id) < (${after[0]}::date, ${after[1]}::uuid)`)
  const found = await sql<AbsenceLine>`
    select ${LINE} from ${FROM} where ${sql.join(conditions, sql` and `)}
    order by ab.from_date desc, ab.id desc limit ${limit + 1}`.execute(trx)
  return pageOf(found.rows, limit, (row) => [row.from, row.id])
}

export interface AbsencePage extends AbsenceLine {
  duty: string
  actReference: string
  plannedBy: string
  plannedPosition: string
  plannedAt: Date
  cancelledAt: Date | null
  cancelledBy: string | null
}

export async function findAbsence(trx: Trx, entityId: string, id: string): Promise<AbsencePage | undefined> {
  const found = await sql<AbsencePage>`
    select ${LINE}, pos.duty, ab.act_reference as "actReference", planner.display_name as "plannedBy",
      post.name as "plannedPosition", ab.planned_at as "plannedAt", ab.cancelled_at as "cancelledAt",
      canceller.display_name as "cancelledBy"
    from ${FROM} join person planner on planner.id = ab.planned_by join position post on post.id = ab.planned_position
      left join person canceller on canceller.id = ab.cancelled_by
    where ab.entity_id = ${entityId} and ab.id = ${id}`.execute(trx)
  return found.rows[0]
}

export interface Deputy {
  id: string
  name: string
  positions: string
}

/**
 * Who could substitute: at work today with an open account, those of the same dependencia first; at most `limit`, narrowed
 * by a part of the name.
 */
export async function listDeputies(
  trx: Trx,
  key: { entityId: string; absentId: string; agencyId: string; search: string; limit: number },
): Promise<Deputy[]> {
  const found = await sql<Deputy>`
    select p.id, p.display_name as name, string_agg(distinct pos.name, ' · ') as positions
    from person p join tenure t on t.person_id = p.id join position pos on pos.id = t.position_id
    where ${isHeldToday} and p.entity_id = ${key.entityId} and p.id <> ${key.absentId}
      and exists (select from account c where c.person_id = p.id and c.disabled_at is null)
      and (${key.search} = '' or p.display_name ilike ${holding(key.search)})
    group by p.id, p.display_name
    order by bool_or(pos.agency_id = ${key.agencyId}) desc, p.display_name, p.id limit ${key.limit}`.execute(trx)
  return found.rows
}

export interface DoneFor {
  id: string
  kind: string
  stepCode: string | null
  cycleId: string | null
  grantId: string | null
  /** Name of the exercise, or code of the access. */
  name: string
  by: string
  at: Date
}

/** Acts left in the name of whoever was absent, during this absence and by those it names; the last hundred, newest first. */
export async function listDoneFor(trx: Trx, absenceId: string): Promise<DoneFor[]> {
  const found = await sql<DoneFor>`
    select act.id, act.kind, act.step_code as "stepCode", act.cycle_id as "cycleId", act.grant_id as "grantId",
      coalesce(c.name, g.code) as name, who.display_name as by, act.stored_at as at
    from absence ab join act on act.acting_for = ab.person_id and act.position_id = ab.position_id
        and act.stored_at >= ab.planned_at and act.status in ('done', 'confirmed')
        and act.person_id in (select substitute_id from substitution sub where sub.absence_id = ab.id)
      join person who on who.id = act.person_id left join cycle c on c.id = act.cycle_id
      left join access_grant g on g.id = act.grant_id
    where ab.id = ${absenceId}
      and (act.stored_at at time zone 'America/Bogota')::date between ab.from_date and ab.to_date
    order by act.stored_at desc, act.id limit 100`.execute(trx)
  return found.rows
}
