/**
 * Bench `self` (issue 6): every automatic control over 1,000,000 events and 100,000 accesses, each access with its acts and signatures, on
 * everything as it runs in production: from the button until the round is over. The restore of a copy is one of them.
 */
import { dirname } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { runChecks } from '../../app/commands/run-checks.server.ts'
import { listControlStandings } from '../../db/check-pages.ts'
import { findStandingRound } from '../../db/check-runs.ts'
import { openDatabase, withEntity } from '../../db/client.ts'
import { newId } from '../../db/ids.ts'
import { demoEntityId } from '../../db/seed.ts'
import * as acts from '../../scripts/demonstration/acts.ts'
import { query } from '../../scripts/postgres.ts'
import { rehearse } from '../../scripts/rehearse-restore.ts'
import { openProduct } from '../support/lived-in.ts'
import { TEST_SECRET } from '../support/services.ts'
import { type BenchRow, below, timed } from './figures.ts'
import { onRealSystem } from './real-services.ts'

const PEOPLE = 10_000
const POINTS = 10
const EVENTS = 1_000_000
const LIMIT_S = 60
const PATIENCE_S = 1_800

export function self(): Promise<BenchRow[]> {
  return onRealSystem(async (system) => {
    const entityId = demoEntityId('santamarta')
    await fill(system.superuserUrl, entityId)
    const owner = openDatabase(system.ownerUrl, { max: 2 })
    const product = openProduct(system)
    const read = <T>(work: Parameters<typeof withEntity<T>>[2]) => withEntity(owner, entityId, work)
    try {
      const keeper = await acts.actorOf(product.context, entityId, 'profesional_sig')
      const whole = await timed(async () => {
        await runChecks(product.context, keeper, { formKey: newId() })
        for (let left = PATIENCE_S * 10; await read((trx) => findStandingRound(trx, entityId)); left--) {
          if (left === 0) throw new Error('the round is not over')
          await sleep(100)
        }
      })
      const standings = await read((trx) => listControlStandings(trx, entityId))
      // The round's own drill has no cluster where the files of this system stand, and says so: it is measured by itself.
      const red = standings.filter(({ control, state }) => state !== 'passed' && control !== 'backup_restorable')
      if (red.length > 0) throw new Error(`in red: ${red.map(({ control }) => control).join(', ')}`)
      for (const { control, seconds } of await times(system.superuserUrl))
        console.log(`${control}: ${seconds.toFixed(1)} s`)
      const drill = await timed(() => drillOf(system.superuserUrl))
      console.log(`backup_restorable: ${(drill / 1_000).toFixed(1)} s`)
      const name = 'self: all controls and the restore, 1,000,000 events, 100,000 accesses'
      return [below(name, (whole + drill) / 1_000, 's', LIMIT_S)]
    } finally {
      await product.close()
      await owner.close()
    }
  })
}

async function drillOf(url: string): Promise<void> {
  const [row] = await query<{ data_directory: string }>(url, 'show data_directory')
  const dataDir = dirname(row?.data_directory ?? '')
  const drill = await rehearse({ dataDir, secret: TEST_SECRET, database: new URL(url).pathname.slice(1) })
  if (!('found' in drill) || drill.found > 0) throw new Error(JSON.stringify(drill))
}

async function times(url: string): Promise<{ control: string; seconds: number }[]> {
  return await query(
    url,
    `select control, extract(epoch from finished_at - started_at)::float8 as seconds from automatic_check_run
      where control <> 'backup_restorable' order by 2 desc`,
  )
}

/** Each access asked, accepted and granted by its own act, each act with its event; the other events are of anything. */
async function fill(superuserUrl: string, entityId: string): Promise<void> {
  const client = new pg.Client({ connectionString: superuserUrl })
  await client.connect()
  const write = (query: string, values: unknown[] = [entityId]) => client.query(query, values)
  const duty = (
    name: string,
  ) => `(select t.person_id, t.position_id, pos.duty from tenure t join position pos on pos.id = t.position_id
    where pos.entity_id = $1 and pos.duty = '${name}' limit 1)`
  try {
    // Nothing is asked of rows that are right by the way they are made; they come with their events, as all that is written does.
    await write('set session_replication_role = replica', [])
    await write('begin', [])
    await write(`insert into service_point (id, entity_id, agency_id, name) select gen_random_uuid(), $1, a.id, 'Punto medido ' || n
      from (select id from agency where entity_id = $1 order by id limit 1) a, generate_series(1, ${POINTS}) n`)
    await write(`insert into person (id, entity_id, display_name, document_hash) select gen_random_uuid(), $1, 'Persona medida ' || n, 'medida ' || n
      from generate_series(1, ${PEOPLE}) n`)
    await write(`with p as (select id, row_number() over () as n from person where entity_id = $1 and display_name like 'Persona medida %'),
        pos as (insert into position (id, entity_id, agency_id, name, duty, heads_agency) select gen_random_uuid(), $1,
          (select id from agency where entity_id = $1 order by id limit 1), 'Cargo medido ' || n, 'atencion', false from p returning id, name)
      insert into tenure (id, entity_id, person_id, position_id, kind, from_date, act_reference)
        select gen_random_uuid(), $1, p.id, pos.id, 'titular', '2020-01-01', 'x' from p join pos on pos.name = 'Cargo medido ' || n`)
    await write(`insert into access_grant (id, entity_id, year, n, code, vigencia, agency_id, point_id, grantee_id, form, radicado, radicado_on,
        reason, starts_on, ends_on, content_hash, asked_by, asked_position, status, begun_at)
      select gen_random_uuid(), $1, 2020, row_number() over (), 'AD-2020-' || row_number() over (), extract(year from app_today()), s.agency_id, s.id,
        p.id, 'F004', 'x', app_today(), 'x', app_today(), (extract(year from app_today()) || '-12-31')::date, repeat('c', 64), h.person_id,
        h.position_id, 'granted', app_now()
      from service_point s, person p, ${duty('dependencia')} h
      where s.entity_id = $1 and s.name like 'Punto medido %' and p.entity_id = $1 and p.display_name like 'Persona medida %'`)
    await write(`with verdicts as (select gen_random_uuid() as id, g.id as grant_id, k.kind,
          case k.kind when 'ask' then h.person_id when 'accept' then g.grantee_id else l.person_id end as person_id, l.position_id
        from access_grant g, unnest(array['ask', 'accept', 'grant']) k(kind), ${duty('dependencia')} h, ${duty('jefatura_ogac')} l
        where g.entity_id = $1 and g.year = 2020),
        stored as (insert into act (id, entity_id, grant_id, kind, object_type, object_id, person_id, position_id, duty, body_hash, status, receipt_code)
          select id, $1, grant_id, kind, 'access_grant', grant_id, person_id, position_id, 'x', 'x', 'confirmed', 'x' from verdicts),
        told as (insert into event (id, entity_id, type, actor_person, object_type, object_id, act_id, origin)
          select gen_random_uuid(), $1, 'access.granted', person_id, 'access_grant', grant_id, id, 'workflow' from verdicts)
      insert into access_signature (id, entity_id, grant_id, kind, person_id, position_id, person_name, position_name, tenure_kind, duty, statement,
        method, content_hash, receipt_code)
        select id, $1, grant_id, kind, person_id, position_id, 'x', 'x', 'titular', 'x', 'x', 'password', repeat('c', 64), 'x' from verdicts`)
    // As if their histories had been read the night before: what is measured is a night like any other.
    await write(`insert into workflow_reading (entity_id, workflow_id, run_id, status, read_at)
      select $1, 'delegation:' || id, id, 'RUNNING', clock_timestamp() + interval '1 hour' from access_grant where entity_id = $1 and year = 2020`)
    await write(`insert into workflow_update (entity_id, workflow_id, run_id, update_id, name, outcome)
      select $1, 'delegation:' || grant_id, grant_id, id, case kind when 'ask' then 'grantFiled' else 'decideAccess' end, 'done'
      from act where entity_id = $1 and body_hash = 'x'`)
    await write(`insert into event (id, entity_id, type, object_type, object_id, origin) select gen_random_uuid(), $1, 'capture.saved', 'capture_draft',
      gen_random_uuid(), 'web' from generate_series(1, ${EVENTS} - (select count(*)::int from event where entity_id = $1))`)
    await write('commit', [])
    await write('analyze', [])
  } finally {
    await client.end()
  }
}
