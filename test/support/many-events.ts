/** A trail as full as after decades of a large city: events made in SQL with a place in the log each, for measuring how they are read. */
import pg from 'pg'
import { IMPORTED } from '../../db/imported-log.ts'
import { EVENT_TYPES } from '../../domain/events.ts'

export interface ManyEvents {
  entityId: string
  events: number
  people: number
}

/**
 * The events of three years in the order of time. Some types, people and positions are a hundred times as frequent as others; the
 * last person did nothing but a few things in the first days. The log's hashes are not those of the events: nobody verifies it.
 */
export async function manyEvents(superuserUrl: string, { entityId, events, people }: ManyEvents): Promise<void> {
  const client = new pg.Client({ connectionString: superuserUrl })
  await client.connect()
  try {
    await client.query('set session_replication_role = replica')
    const indices = await client.query(
      `select indexname as name, indexdef as made from pg_indexes where tablename = 'event' and indexname <> all($1)`,
      [['event_pkey', ...ASKED_MEANWHILE]],
    )
    for (const { name } of indices.rows) await client.query(`drop index ${name}`)
    await client.query('begin')
    // As long as this transaction runs the sealer finds the entity taken.
    await client.query(`select pg_advisory_xact_lock(hashtextextended($1, 7302))`, [entityId])
    await client.query(staff, [entityId, people])
    await client.query('create temporary table kind (n serial, type text)')
    // An entity comes from elsewhere once or twice in its life, and from then on its transactions count anew.
    const types = Object.keys(EVENT_TYPES).filter((type) => type !== IMPORTED)
    await client.query('insert into kind (type) select unnest($1::text[])', [types])
    await client.query(filling, [entityId, events, people, OF_STEPS])
    await client.query(leaves, [entityId])
    await client.query(subtrees, [entityId])
    await client.query('commit')
    await client.query(`set maintenance_work_mem = '1GB'`)
    for (const { made } of indices.rows) await client.query(made)
    await client.query('vacuum analyze event')
    await client.query('vacuum analyze log_leaf')
  } finally {
    await client.end()
  }
}

/** What the sealer asks every second, also while this fills the table: without them it would read all there is each time. */
const ASKED_MEANWHILE = ['event_sealing', 'event_imported']

const staff = `
insert into person (id, entity_id, display_name, document_hash)
select gen_random_uuid(), $1, 'Profesional ' || i, 'profesional ' || i from generate_series(1, $2::int) i`

/** What happens in a step of a cycle, by the first word of its type; everything else happens outside. */
const OF_STEPS = ['step', 'reopening', 'draft', 'attachment', 'comment', 'task', 'term', 'notice', 'source', 'import']

/** A random number cubed falls eight times in ten into the lower half: what comes first is frequent, what comes last is rare. */
const filling = `
with who as (
  select array_agg(id order by length(display_name), display_name) as people from person
  where entity_id = $1 and display_name like 'Profesional %'
), posts as (
  select array_agg(id order by name) as posts from position where entity_id = $1
), types as (
  select array_agg(type order by md5(type)) as types from kind
), chosen as (
  select i, power(random(), 3) as a, case when i <= 20 then 0.9999999 else power(random(), 3) * 0.996 end as b,
    power(random(), 3) as c, random() as d
  from generate_series(1, $2::int) i
)
insert into event (id, entity_id, type, at, actor_person, actor_position, object_type, object_id, content_hash, origin, step_code, changes)
select uuidv7(), $1, types[1 + floor(a * cardinality(types))::int], now() - interval '3 years' * (1 - i / $2::float8),
  people[1 + floor(b * $3::int)::int], posts[1 + floor(c * cardinality(posts))::int], 'step', uuidv7(), repeat('a1', 32), 'web',
  case when split_part(types[1 + floor(a * cardinality(types))::int], '.', 1) = any($4) then (1 + floor(d * 7))::int::text end,
  jsonb_build_array(jsonb_build_object('field', 'status', 'before', 'open', 'after', 'in_review'))
from chosen, who, posts, types`

const leaves = `
insert into log_leaf (entity_id, n, event_id, xid, leaf)
select $1, (select coalesce(max(n) + 1, 0) from log_leaf where entity_id = $1) + row_number() over (order by id) - 1, id, xid, sha256(uuid_send(id))
from event e where e.entity_id = $1 and not exists (select from log_leaf l where l.event_id = e.id)`

const subtrees = `
insert into log_subtree (entity_id, level, n, hash)
select $1, level, n, sha256(int8send(n))
from generate_series(1, 3) level, (select max(n) + 1 as size from log_leaf where entity_id = $1) log,
  generate_series(0, (size / power(256, level)::bigint) - 1) n
on conflict do nothing`
