/** What years of a municipality leave behind: accesses, their acts and signatures, and a log of events. */
import pg from 'pg'

const POINTS = 10

interface Years {
  entityId: string
  people: number
  /** In the log at the end. */
  events: number
  /** That ask for accesses; as many again decide them. */
  transactions: number
}

/**
 * Each access asked, accepted and granted by its own act, each act with its event; the other events are of anything. As in production, acts and accesses
 * are written by one transaction and moved on by another: who reads them reads rows that no longer are as their first transaction left them.
 */
export async function fillYears(url: string, { entityId, people, events, transactions }: Years): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const write = (query: string, values: unknown[] = []) => client.query(query, values)
  try {
    // Nothing is asked of rows that are right by the way they are made; they come with their events, as all that is written does.
    await write('set session_replication_role = replica')
    await write('begin')
    for (const query of PLACES) await write(query, query.includes('$2') ? [entityId, people] : [entityId])
    await write('commit')
    await write('analyze person, position, tenure, service_point')
    const told = await client.query<{ n: number }>('select count(*)::int as n from event where entity_id = $1', [
      entityId,
    ])
    const others = events - (told.rows[0]?.n ?? 0) - people * POINTS * 3
    for (let n = 0; n < transactions; n++) {
      const share = (of: number) => [Math.floor((of * n) / transactions), Math.floor((of * (n + 1)) / transactions)]
      const [first = 0, end = 0] = share(people)
      await write('begin')
      await write(ASKED, [entityId, first, end])
      await write('commit')
      await write('begin')
      for (const query of DECIDED) await write(query, [entityId, first * POINTS, end * POINTS])
      const [before = 0, after = 0] = share(others)
      await write(ANY_EVENT, [entityId, after - before])
      await write('commit')
    }
    await write('begin')
    for (const query of READ) await write(query, [entityId])
    await write('commit')
    await write('analyze')
  } finally {
    await client.end()
  }
}

const duty = (
  name: string,
) => `(select t.person_id, t.position_id, pos.duty from tenure t join position pos on pos.id = t.position_id
    where pos.entity_id = $1 and pos.duty = '${name}' limit 1)`

/** The first of the transactions: where people work, and who. */
const PLACES = [
  `insert into service_point (id, entity_id, agency_id, name) select gen_random_uuid(), $1, a.id, 'Punto medido ' || n
    from (select id from agency where entity_id = $1 order by id limit 1) a, generate_series(1, ${POINTS}) n`,
  `insert into person (id, entity_id, display_name, document_hash) select gen_random_uuid(), $1, 'Persona medida ' || n, 'medida ' || n
    from generate_series(1, $2::int) n`,
  `with p as (select id, row_number() over () as n from person where entity_id = $1 and display_name like 'Persona medida %'),
      pos as (insert into position (id, entity_id, agency_id, name, duty, heads_agency) select gen_random_uuid(), $1,
        (select id from agency where entity_id = $1 order by id limit 1), 'Cargo medido ' || n, 'atencion', false from p returning id, name)
    insert into tenure (id, entity_id, person_id, position_id, kind, from_date, act_reference)
      select gen_random_uuid(), $1, p.id, pos.id, 'titular', '2020-01-01', 'x' from p join pos on pos.name = 'Cargo medido ' || n`,
  `insert into event (id, entity_id, type, object_type, object_id, origin) values (gen_random_uuid(), $1, 'point.opened', 'service_point',
    gen_random_uuid(), 'web')`,
]

/** Accesses of the people from $2 to $3, each with its three acts: that of who asks is told, the others wait. */
const ASKED = `with asked as (
    insert into access_grant (id, entity_id, year, n, code, vigencia, agency_id, point_id, grantee_id, form, radicado, radicado_on,
      reason, starts_on, ends_on, content_hash, asked_by, asked_position, status)
    select gen_random_uuid(), $1, 2020, (p.n - 1) * ${POINTS} + s.n, 'AD-2020-' || ((p.n - 1) * ${POINTS} + s.n), extract(year from app_today()),
      s.agency_id, s.id, p.id, 'F004', 'x', app_today(), 'x', app_today(), (extract(year from app_today()) || '-12-31')::date, repeat('c', 64),
      h.person_id, h.position_id, 'asked'
    from (select id, agency_id, split_part(name, ' ', 3)::int as n from service_point where entity_id = $1 and name like 'Punto medido %') s,
      (select id, split_part(display_name, ' ', 3)::int as n from person where entity_id = $1 and display_name like 'Persona medida %') p,
      ${duty('dependencia')} h
    where p.n > $2::int and p.n <= $3::int returning id, grantee_id),
  stored as (
    insert into act (id, entity_id, grant_id, kind, object_type, object_id, person_id, position_id, duty, body_hash, status, receipt_code)
    select gen_random_uuid(), $1, g.id, k.kind, 'access_grant', g.id,
      case k.kind when 'ask' then h.person_id when 'accept' then g.grantee_id else l.person_id end, l.position_id, 'x', 'x', 'stored', 'x'
    from asked g, unnest(array['ask', 'accept', 'grant']) k(kind), ${duty('dependencia')} h, ${duty('jefatura_ogac')} l
    returning id, grant_id, kind, person_id)
  insert into event (id, entity_id, type, actor_person, object_type, object_id, act_id, origin)
    select gen_random_uuid(), $1, 'access.asked', person_id, 'access_grant', grant_id, id, 'workflow' from stored where kind = 'ask'`

/** The accesses numbered from $2 to $3 are granted, and their acts done. */
const DECIDED = [
  `with own as (select a.* from access_grant g join act a on a.grant_id = g.id where g.entity_id = $1 and g.year = 2020
      and g.n > $2::int and g.n <= $3::int),
    told as (insert into event (id, entity_id, type, actor_person, object_type, object_id, act_id, origin)
      select gen_random_uuid(), $1, case kind when 'accept' then 'access.accepted' else 'access.granted' end, person_id, 'access_grant', grant_id, id,
        'workflow' from own where kind <> 'ask'),
    confirmed as (update act set status = 'confirmed', settled_at = app_now() from own where own.id = act.id)
  insert into access_signature (id, entity_id, grant_id, kind, person_id, position_id, person_name, position_name, tenure_kind, duty, statement,
    method, content_hash, receipt_code)
    select id, $1, grant_id, kind, person_id, position_id, 'x', 'x', 'titular', 'x', 'x', 'password', repeat('c', 64), 'x' from own`,
  `update access_grant set status = 'granted', begun_at = app_now() where entity_id = $1 and year = 2020 and n > $2::int and n <= $3::int`,
]

const ANY_EVENT = `insert into event (id, entity_id, type, object_type, object_id, origin) select gen_random_uuid(), $1, 'capture.saved',
  'capture_draft', gen_random_uuid(), 'web' from generate_series(1, $2::int)`

/** As if their histories had been read the night before: what is measured is a night like any other. */
const READ = [
  `insert into workflow_reading (entity_id, workflow_id, run_id, status, read_at, before_xid)
    select $1, 'delegation:' || id, id, 'RUNNING', clock_timestamp() + interval '1 hour', pg_current_xact_id()
    from access_grant where entity_id = $1 and year = 2020`,
  `insert into workflow_update (entity_id, workflow_id, run_id, update_id, name, outcome)
    select $1, 'delegation:' || grant_id, grant_id, id, case kind when 'ask' then 'grantFiled' else 'decideAccess' end, 'done'
    from act where entity_id = $1 and body_hash = 'x'`,
]
