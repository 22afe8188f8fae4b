import { type Kysely, sql } from 'kysely'

/**
 * Who asks, in one statement for each request: the session behind a token, and the person with their positions and accesses
 * of today (decision 0048). In PL/pgSQL, which keeps the plan of each part for the connection.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await inForce.execute(db)
  await positions.execute(db)
  await person.execute(db)
  await session.execute(db)
  await whoAsks.execute(db)
}

/** As in 0033_endings_probes_second_factor.ts; what is asked of the holder is asked once, not for each access. */
const inForce = sql`
create or replace function grants_in_force(holder uuid) returns setof access_grant language sql stable as $$
  select g.* from access_grant g
  where g.grantee_id = holder and g.status = 'granted' and app_today() between g.starts_on and g.ends_on
    and exists (select from account a where a.person_id = holder and a.disabled_at is null)
    and exists (select from tenure t join position pos on pos.id = t.position_id join person p on p.id = t.person_id
      where t.person_id = holder and t.from_date <= app_today() and (t.to_date is null or t.to_date >= app_today())
        and (pos.ended_on is null or pos.ended_on >= app_today()) and (p.ended_on is null or p.ended_on >= app_today()))
    and exists (select from service_point s where s.id = g.point_id and (s.ended_on is null or s.ended_on >= app_today()))
    and not exists (select from access_ending e where e.grant_id = g.id and e.settled_at is null
      and e.effective_on <= app_today())
$$;
`

/**
 * Positions somebody acts in today: their own, those held as encargado, then those of absent people they substitute
 * (\`isSubstitutedToday\` says the same). Who holds nothing of their own is not at work, and substitutes nobody.
 */
const positions = sql`
create function positions_today(holder uuid) returns table (id uuid, "tenureId" uuid, name text, duty text, kind text,
  "headsAgency" boolean, "agencyId" uuid, "agencyName" text, "actingFor" jsonb) language sql stable as $$
  with own as (
    select pos.id, t.id as "tenureId", pos.name, pos.duty, t.kind, pos.heads_agency as "headsAgency", a.id as "agencyId",
      a.name as "agencyName", null::jsonb as "actingFor"
    from tenure t join position pos on pos.id = t.position_id join agency a on a.id = pos.agency_id
    where t.person_id = holder and t.from_date <= app_today() and (t.to_date is null or t.to_date >= app_today())
      and (pos.ended_on is null or pos.ended_on >= app_today())
  ), substituted as (
    select pos.id, t.id as "tenureId", pos.name, pos.duty, t.kind, pos.heads_agency as "headsAgency", a.id as "agencyId",
      a.name as "agencyName", jsonb_build_object('substitutionId', sub.id, 'personId', p.id, 'name', p.display_name,
        'scope', sub.scope, 'until', ab.to_date) as "actingFor"
    from substitution sub join absence ab on ab.id = sub.absence_id join position pos on pos.id = ab.position_id
      join tenure t on t.position_id = ab.position_id and t.person_id = ab.person_id
      join person p on p.id = ab.person_id join person deputy on deputy.id = sub.substitute_id
      join agency a on a.id = pos.agency_id
    where sub.substitute_id = holder and ab.cancelled_at is null
      and ab.from_date <= app_today() and ab.to_date >= app_today()
      and t.from_date <= app_today() and (t.to_date is null or t.to_date >= app_today())
      and (pos.ended_on is null or pos.ended_on >= app_today()) and (p.ended_on is null or p.ended_on >= app_today())
      and (deputy.ended_on is null or deputy.ended_on >= app_today())
  )
  select * from (select * from own union all select * from substituted where exists (select from own)) held
  order by "actingFor" is not null, "actingFor" is null and kind = 'encargado', name, "actingFor" ->> 'name',
    "actingFor" ->> 'substitutionId', id
$$;
`

/** A person of today with entity, positions and accesses in force; null where they have left. */
const person = sql`
create function person_at_work(holder uuid, any_office text[]) returns json language plpgsql stable as $$
begin
  return (select json_build_object(
    'displayName', p.display_name,
    'entity', json_build_object('id', e.id, 'name', e.name, 'shortName', e.short_name, 'slogan', e.slogan,
      'shieldHash', e.shield_hash, 'requiresFactor', e.second_factor_required, 'dutyNames', duty_names(e.id, any_office)),
    'hasFactor', exists (select from account_factor f join account c on c.id = f.account_id
      where c.person_id = holder and c.disabled_at is null and f.confirmed_at is not null),
    'scopes', array(select scope_of(g.point_id, g.form, g.vigencia) from grants_in_force(holder) g),
    'positions', (select coalesce(json_agg(held), '[]') from positions_today(holder) held))
  from person p join entity e on e.id = p.entity_id
  where p.id = holder and (p.ended_on is null or p.ended_on >= app_today()));
end $$;
`

/** Reads as its owner, because whose session it is nobody knows yet: of one token's session, and nothing that signs in. */
const session = sql`
create type standing_session as (id uuid, kind text, "accountId" uuid, email text, "entityId" uuid, "personId" uuid,
  "isClosed" boolean, "positionId" uuid, "substitutionId" uuid, proof text, "provedAt" timestamptz,
  "directoryAt" timestamptz, "seenAt" timestamptz, "startedAt" timestamptz, "endsAt" timestamptz);
create function session_behind(token_hash text) returns standing_session language plpgsql stable
  security definer set search_path = pg_catalog, public, pg_temp as $$
declare standing standing_session;
begin
  select s.id, s.kind, a.id, a.email, a.entity_id, a.person_id, a.disabled_at is not null, s.position_id,
      s.substitution_id, s.proof, s.proved_at, s.directory_at, s.seen_at, s.created_at, s.expires_at into standing
    from session s join account a on a.id = s.account_id where s.token = token_hash;
  return standing;
end $$;
revoke execute on function session_behind(text) from public;
grant execute on function session_behind(text) to caracteriza_web;
`

/**
 * The person is read under row-level security as themselves, in the entity of their account. Before the code of the second
 * factor a session is nobody's, so nobody is read for it. \`clock_offset\`: as \`app_now()\` takes it.
 */
const whoAsks = sql`
create function who_asks(token_hash text, any_office text[], clock_offset text)
  returns table (standing standing_session, person json) language plpgsql as $$
begin
  standing := session_behind(token_hash);
  if standing.id is null then return; end if;
  perform set_config('transaction_read_only', 'on', true), set_config('app.clock_offset', clock_offset, true),
    set_config('app.entity', coalesce(standing."entityId"::text, ''), true),
    set_config('app.person', coalesce(standing."personId"::text, ''), true), set_config('app.acting_for', '', true);
  if standing.kind <> 'pending' then person := person_at_work(standing."personId", any_office); end if;
  return next;
end $$;
revoke execute on function who_asks(text, text[], text) from public;
grant execute on function who_asks(text, text[], text) to caracteriza_web;
`
