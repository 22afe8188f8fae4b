/** What would be left with nobody when somebody leaves or moves, and to whom it goes (features J3). */
import { type RawBuilder, sql } from 'kysely'
import { addDays } from '../domain/civil-dates.ts'
import { UNDONE_STATUSES } from '../domain/improvement.ts'
import { type ActingPerson, eventBy } from './administration.ts'
import { recordEvents } from './audit.ts'
import type { Trx } from './client.ts'
import { handOverRisks, OWNED_FINDINGS, type RiskWork, STANDING_DUTIES } from './risk-handover.ts'

/** One thing that hangs on a position, or on the person, and that the end of a tenure touches. */
export interface LeftWork {
  kind: 'claim' | 'section' | 'action' | 'asked' | 'substitution' | 'review' | RiskWork
  id: string
  name: string
  /** It needs another position; the rest goes back to those who share the function, or ends by itself. */
  needsOwner: boolean
}

/** Positions a person holds on `day` and nobody else does, by these tenures of theirs or by all. */
const leftVacant = (personId: string, day: string, tenureId: string | null) => sql`
  select t.position_id from tenure t where t.person_id = ${personId} and (${tenureId}::uuid is null or t.id = ${tenureId})
    and (t.to_date is null or t.to_date >= ${day}::date) and not exists (select 1 from tenure o join person p on p.id = o.person_id
      where o.position_id = t.position_id and o.id <> t.id and (o.person_id <> ${personId} or ${tenureId}::uuid is not null)
        and o.from_date <= ${day}::date and (o.to_date is null or o.to_date >= ${day}::date)
        and (p.ended_on is null or p.ended_on >= ${day}::date))`

/** Undone actions, findings and unfinished sections of cycles under way that were given to one position. */
const OWNED = sql`
  select 'action' as kind, a.id, a.code as name, a.position_id, a.duty from improvement_action a
    where a.status in (${sql.join(UNDONE_STATUSES)})
  union all
  select 'section', s.id, s.section || ' · ' || c.name, s.position_id, pos.duty
    from report_section s join cycle c on c.id = s.cycle_id join position pos on pos.id = s.position_id
    where s.finished_at is null and c.status = 'active'
  union all ${OWNED_FINDINGS}`

/** Whether anybody holds a duty on `day` in a position that is not left vacant. */
const sharedOn = (day: string) => sql`exists (select 1 from tenure o join position other on other.id = o.position_id
  where other.duty = owned.duty and other.id <> owned.position_id
    and o.from_date <= ${day}::date and (o.to_date is null or o.to_date >= ${day}::date))`

/**
 * What is open when a tenure (or, without one, a person) ends and `on` is its last day: what was taken, sections and actions
 * of a position left vacant, its findings, risks, controls and indicators, accesses asked for, substitutions, and reviews of accesses still to be answered.
 * All of it, what needs an owner first: whoever ends the tenure hands over by this list.
 */
export async function listLeftWork(
  trx: Trx,
  { personId, tenureId = null, on }: { personId: string; tenureId?: string | null; on: string },
): Promise<LeftWork[]> {
  const day = addDays(on, 1)
  const found = await sql<LeftWork>`
    with vacant as (${leftVacant(personId, day, tenureId)}), owned as (${OWNED})
    select owned.kind, owned.id, owned.name, owned.kind = 'finding' or not ${sharedOn(day)} as "needsOwner" from owned
      where owned.position_id in (select position_id from vacant)
    union all select duty.kind, duty.id, duty.name, false from (${STANDING_DUTIES}) duty
      where duty.position_id in (select position_id from vacant)
    union all select 'claim', t.id, t.step_code || ' · ' || c.name, false from task t join cycle c on c.id = t.cycle_id
      where t.claimed_by = ${personId} and t.status = 'open'
        and (${tenureId}::uuid is null or t.duty = (select pos.duty from tenure h join position pos on pos.id = h.position_id where h.id = ${tenureId}))
    union all select 'asked', g.id, g.code, false from access_grant g
      where g.asked_by = ${personId} and g.status in ('asked', 'accepted')
        and (${tenureId}::uuid is null or g.asked_position = (select h.position_id from tenure h where h.id = ${tenureId}))
    union all select 'substitution', ab.id, pos.name, false from substitution sub join absence ab on ab.id = sub.absence_id
      join position pos on pos.id = ab.position_id
      where sub.substitute_id = ${personId} and ab.cancelled_at is null and ab.to_date > ${on}::date and ${tenureId}::uuid is null
    union all select 'review', l.id, camp.code, false from review_list l join access_campaign camp on camp.id = l.campaign_id
      join position pos on pos.agency_id = l.agency_id and pos.heads_agency join tenure h on h.position_id = pos.id
      where h.person_id = ${personId} and (${tenureId}::uuid is null or h.id = ${tenureId}) and camp.status = 'open'
        and h.from_date <= ${day}::date and (h.to_date is null or h.to_date >= ${day}::date)
        and exists (select from review_item i where i.list_id = l.id and i.left_at is null and i.answer_id is null)
    order by "needsOwner" desc, kind, name`.execute(trx)
  return found.rows
}

/** Gives what needs an owner to another position, or back to those who share its function; each with its event. */
export async function handOver(
  trx: Trx,
  actor: ActingPerson,
  left: readonly LeftWork[],
  to: { id: string; duty: string } | null,
): Promise<void> {
  const ids = (kind: LeftWork['kind']) => left.filter((one) => one.kind === kind).map(({ id }) => id)
  const position = to?.id ?? null
  const actions = await sql<{ id: string; code: string; before: string }>`
    update improvement_action a set position_id = ${position}, duty = coalesce(${to?.duty ?? null}, a.duty), signal_wanted = true
    from improvement_action old where old.id = a.id and a.id = any(${ids('action')}::uuid[])
    returning a.id, a.code, old.position_id as before`.execute(trx)
  const sections = await sql<{ id: string; before: string; cycleId: string }>`
    update report_section s set position_id = ${position} from report_section old
    where old.id = s.id and s.id = any(${ids('section')}::uuid[])
    returning s.id, old.position_id as before, s.cycle_id as "cycleId"`.execute(trx)
  if (to) await handOverRisks(trx, actor, left, to)
  const moved = (before: string) => [{ field: 'position_id', before, after: position }]
  await recordEvents(trx, [
    ...actions.rows.map(({ id, code, before }) => ({
      ...{ ...eventBy(actor), type: 'improvement.handed' as const, objectId: id },
      changes: [{ field: 'code', before: null, after: code }, ...moved(before)],
    })),
    ...sections.rows.map(({ id, cycleId, before }) => ({
      ...{ ...eventBy(actor), type: 'section.assigned' as const, objectId: id, cycleId, stepCode: '6' },
      changes: moved(before),
    })),
  ])
}

/** A position somebody holds on `day` by a tenure other than those that end; undefined where there is none. */
export async function findHeldPosition(
  trx: Trx,
  key: { entityId: string; positionId: string; personId: string; day: string },
): Promise<{ id: string; duty: string } | undefined> {
  const found = await sql<{ id: string; duty: string }>`
    select pos.id, pos.duty from position pos where pos.id = ${key.positionId} and pos.entity_id = ${key.entityId}
      and (pos.ended_on is null or pos.ended_on >= ${key.day}::date)
      and exists (select 1 from tenure t where t.position_id = pos.id and t.person_id <> ${key.personId}
        and t.from_date <= ${key.day}::date and (t.to_date is null or t.to_date >= ${key.day}::date))`.execute(trx)
  return found.rows[0]
}

/** Had an account and has none that opens. */
const hasClosedAccount = (
  person: RawBuilder<unknown>,
) => sql`(exists (select from account shut where shut.person_id = ${person})
  and not exists (select from account open where open.person_id = ${person} and open.disabled_at is null))`

export interface CutShort {
  absenceId: string
  position: string
  /** Who is told: whoever would have substituted, or whoever is left without a substitute. */
  personId: string
  who: 'absent' | 'substitute'
}

/** Substitutions that were to last beyond `on` and end with this person, who is absent in them or substitutes. */
export async function listCutShort(trx: Trx, { personId, on }: { personId: string; on: string }): Promise<CutShort[]> {
  const found = await sql<CutShort>`
    select distinct ab.id as "absenceId", pos.name as position,
      case when ab.person_id = ${personId} then sub.substitute_id else ab.person_id end as "personId",
      case when ab.person_id = ${personId} then 'substitute' else 'absent' end as who
    from absence ab join substitution sub on sub.absence_id = ab.id join position pos on pos.id = ab.position_id
    where ${personId} in (ab.person_id, sub.substitute_id) and ab.cancelled_at is null and ab.to_date > ${on}::date
    order by 1, 3`.execute(trx)
  return found.rows
}

/**
 * Work with nobody (features J3): actions and sections given to a position nobody holds today whose function nobody shares,
 * and substitutions in force whose substitute cannot enter. None, unless something ran out by its days.
 */
export async function countOrphans(trx: Trx, entityId: string): Promise<number> {
  const found = await sql<{ n: number }>`
    with owned as (select owned.* from (${OWNED}) owned join position pos on pos.id = owned.position_id
      where pos.entity_id = ${entityId})
    select (select count(*) from owned where not exists (select 1 from tenure t join person p on p.id = t.person_id
        where t.position_id = owned.position_id and t.from_date <= app_today() and (t.to_date is null or t.to_date >= app_today())
          and not ${hasClosedAccount(sql`t.person_id`)}
          and (p.ended_on is null or p.ended_on >= app_today())))::int
      + (select count(*) from substitutions_on(app_today()) s where s.entity_id = ${entityId}
        and (not exists (select 1 from account c where c.person_id = s.substitute_id and c.disabled_at is null)
          or not exists (select 1 from tenure own where own.person_id = s.substitute_id and own.from_date <= app_today()
            and (own.to_date is null or own.to_date >= app_today()))))::int as n`.execute(trx)
  return found.rows[0]?.n ?? 0
}
