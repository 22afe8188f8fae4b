/** Who somebody was at a moment: their account, their tenures and whom they acted for, from the versions that are kept (decision 0052). */
import { sql } from 'kysely'
import type { HeldThen, PersonThen } from '../domain/as-of.ts'
import type { Moment } from '../domain/moments.ts'
import { KEPT, type Trx } from './client.ts'

/**
 * Dates are those known at `known`; what takes effect when it is written, as a function of a position or a closed account, is what
 * stood at `stood`. The order is that of `positions_today`.
 */
export async function findPersonAt(
  trx: Trx,
  { entityId, personId }: { entityId: string; personId: string },
  { known, stood, day }: Moment,
): Promise<PersonThen> {
  const found = await sql<Omit<PersonThen, 'entityId' | 'personId'>>`${KEPT}
    with asked as (
      select ${personId}::uuid as id, ${known}::timestamptz as known, ${stood}::timestamptz as stood, ${day}::date as day
    ), accounts as materialized (
      select fact_at(a.row_id, asked.stood) as body from asked,
        (select distinct row_id from fact_version where fact = 'account' and about_id = ${personId}::uuid) a
    ), own as materialized (
      select t.row_id as tenure_id, fact_at(t.row_id, asked.known) as body, null::jsonb as acting_for from asked,
        (select distinct row_id from fact_version where fact = 'tenure' and about_id = ${personId}::uuid) t
    ), deputed as materialized (
      select s.row_id as id, fact_at(s.row_id, asked.known) as body from asked,
        (select distinct row_id from fact_version where fact = 'substitution' and about_id = ${personId}::uuid) s
    ), absences as materialized (
      select d.id, d.body ->> 'scope' as scope, ab.id as absence_id, fact_at(ab.id, asked.known) as body,
        described_at(ab.id, asked.stood) ->> 'cancelled_at' is not null as cancelled
      from asked, deputed d cross join lateral (select (d.body ->> 'absence_id')::uuid as id) ab
    ), substituted as materialized (
      select t.row_id as tenure_id, fact_at(t.row_id, asked.known) as body,
        jsonb_build_object('substitutionId', ab.id, 'absenceId', ab.absence_id, 'personId', ab.body ->> 'person_id',
          'scope', ab.scope, 'until', ab.body ->> 'to_date') as acting_for, ab.body ->> 'position_id' as position_id
      from asked, absences ab cross join lateral (select distinct v.row_id from fact_version v
        where v.fact = 'tenure' and v.about_id = (ab.body ->> 'person_id')::uuid) t
      where not ab.cancelled and asked.day between (ab.body ->> 'from_date')::date and (ab.body ->> 'to_date')::date
    ), held as (
      select tenure_id, body, acting_for from own
      union all select tenure_id, body, acting_for from substituted where body ->> 'position_id' = position_id
    ), placed as materialized (
      select h.tenure_id, h.body, h.acting_for, pos.id as position_id, described_at(pos.id, asked.stood) as position,
        (select who.display_name from person who where who.id = (h.acting_for ->> 'personId')::uuid) as absent_name
      from asked, held h cross join lateral (select (h.body ->> 'position_id')::uuid as id) pos
      where (h.body ->> 'from_date')::date <= asked.day
        and (h.body ->> 'to_date' is null or (h.body ->> 'to_date')::date >= asked.day)
        and coalesce((described_at(pos.id, asked.known) ->> 'ended_on')::date, asked.day) >= asked.day
        and (h.acting_for is null or coalesce(
          (described_at((h.acting_for ->> 'personId')::uuid, asked.known) ->> 'ended_on')::date, asked.day) >= asked.day)
    )
    select coalesce((select bool_or(a.body is not null and a.body ->> 'disabled_at' is null) from accounts a), false)
        as "hasAccount",
      coalesce((described_at(asked.id, asked.known) ->> 'ended_on')::date < asked.day, false) as "hasLeft",
      coalesce((select jsonb_agg(jsonb_build_object('positionId', p.position_id, 'name', p.position ->> 'name',
          'duty', p.position ->> 'duty', 'kind', p.body ->> 'kind', 'agencyId', p.position ->> 'agency_id',
          'tenureId', p.tenure_id, 'from', p.body ->> 'from_date', 'to', p.body ->> 'to_date',
          'actReference', p.body ->> 'act_reference', 'actingFor', case when p.acting_for is not null then
            p.acting_for || jsonb_build_object('name', p.absent_name) end)
        order by p.acting_for is not null, p.acting_for is null and p.body ->> 'kind' = 'encargado', p.position ->> 'name',
          p.absent_name, p.acting_for ->> 'substitutionId', p.position_id)
        from placed p), '[]') as held
    from asked`.execute(trx)
  const [row] = found.rows
  if (!row) throw new Error('a select without from has one row')
  // Who holds nothing of their own is not at work, and substitutes nobody.
  const held: HeldThen[] = row.held.some(({ actingFor }) => actingFor === null) ? row.held : []
  return { entityId, personId, ...row, held }
}

/** Positions that headed a dependencia at a moment, held or vacant. */
export async function listHeadsAt(
  trx: Trx,
  agencyId: string,
  { known, stood, day }: Moment,
): Promise<{ id: string; name: string }[]> {
  const found = await sql<{ id: string; name: string }>`${KEPT}
    with headed as materialized (
      select v.row_id, described_at(v.row_id, ${stood}::timestamptz) as body,
        (described_at(v.row_id, ${known}::timestamptz) ->> 'ended_on')::date as ended_on
      from (select distinct row_id from fact_version
        where fact = 'position' and about_id = ${agencyId}::uuid and body ->> 'heads_agency' = 'true') v
    ) select p.row_id as id, p.body ->> 'name' as name from headed p
    where (p.body ->> 'heads_agency')::boolean and (p.ended_on is null or p.ended_on >= ${day}::date) order by 2, 1`.execute(
    trx,
  )
  return found.rows
}
