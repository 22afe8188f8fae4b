import { type Kysely, sql } from 'kysely'

/** Who acts for whom on a day, once for who asks and for the transactions of acts. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await substitutions.execute(db)
  await positions.execute(db)
}

/**
 * Substitutions that reach a civil date: planned for it and not cancelled, the absent person holds the position still (nobody
 * passes on more than they have), and the substitute has not left. In plain SQL, so that its conditions join those of the
 * statement that asks.
 */
const substitutions = sql`
create function substitutions_on(day date) returns table (id uuid, entity_id uuid, scope text, substitute_id uuid,
  substitute_name text, absent_id uuid, absent_name text, act_reference text, from_date date, to_date date, tenure_id uuid,
  kind text, position_id uuid, position_name text, duty text) language sql stable as $$
  select sub.id, sub.entity_id, sub.scope, sub.substitute_id, deputy.display_name, ab.person_id, p.display_name,
    ab.act_reference, ab.from_date, ab.to_date, t.id, t.kind, pos.id, pos.name, pos.duty
  from substitution sub join absence ab on ab.id = sub.absence_id join position pos on pos.id = ab.position_id
    join tenure t on t.position_id = ab.position_id and t.person_id = ab.person_id
    join person p on p.id = ab.person_id join person deputy on deputy.id = sub.substitute_id
  where ab.cancelled_at is null and day between ab.from_date and ab.to_date
    and t.from_date <= day and (t.to_date is null or t.to_date >= day)
    and (pos.ended_on is null or pos.ended_on >= day) and (p.ended_on is null or p.ended_on >= day)
    and (deputy.ended_on is null or deputy.ended_on >= day)
$$;
`

/** As in 0054_who_asks.ts, by the function above. */
const positions = sql`
create or replace function positions_today(holder uuid) returns table (id uuid, "tenureId" uuid, name text, duty text,
  kind text, "headsAgency" boolean, "agencyId" uuid, "agencyName" text, "actingFor" jsonb) language sql stable as $$
  with held as (
    select t.position_id, t.id as tenure_id, t.kind, null::jsonb as acting_for
    from tenure t join position pos on pos.id = t.position_id
    where t.person_id = holder and t.from_date <= app_today() and (t.to_date is null or t.to_date >= app_today())
      and (pos.ended_on is null or pos.ended_on >= app_today())
  ), substituted as (
    select s.position_id, s.tenure_id, s.kind, jsonb_build_object('substitutionId', s.id, 'personId', s.absent_id,
      'name', s.absent_name, 'scope', s.scope, 'until', s.to_date) as acting_for
    from substitutions_on(app_today()) s where s.substitute_id = holder
  )
  select pos.id, acted.tenure_id, pos.name, pos.duty, acted.kind, pos.heads_agency, a.id, a.name, acted.acting_for
  from (select * from held union all select * from substituted where exists (select from held)) acted
    join position pos on pos.id = acted.position_id join agency a on a.id = pos.agency_id
  order by acted.acting_for is not null, acted.acting_for is null and acted.kind = 'encargado', pos.name,
    acted.acting_for ->> 'name', acted.acting_for ->> 'substitutionId', pos.id
$$;
`
