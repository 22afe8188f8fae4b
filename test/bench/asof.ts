/**
 * Bench `asof` (issue 7): who could read a citizen's record or an access on a past date, with 100,000 accesses and 1,000 versions of the
 * rules: the whole answer with the act behind it, as the page asks for it.
 */
import { sql } from 'kysely'
import { answerAsOf, findActBehind } from '../../db/as-of.ts'
import { openDatabase, type Trx, withActor, withEntity } from '../../db/client.ts'
import { appNow, appToday, moveClock } from '../../db/clock.ts'
import { addDays, bogotaInstant } from '../../domain/civil-dates.ts'
import { momentOf } from '../../domain/moments.ts'
import { randomOf } from '../support/random.ts'
import { smallTown, type Town } from '../support/town.ts'
import { type BenchRow, below, percentile, timed } from './figures.ts'
import { onRealPostgres } from './real-services.ts'

const GRANTS = 100_000
/** Of each person; the points are as many, so that every access is another. */
const OF_EACH = 10
const RULES = 1_000
const RECORDS = 1_000
const WARM = 50
const ASKED = 400
const LIMIT_MS = 50
const DAYS = 300

export function asof(): Promise<BenchRow[]> {
  return onRealPostgres(async () => {
    const town = await smallTown()
    try {
      const people = await fill(town)
      const random = randomOf(7)
      const times: number[] = []
      for (let n = 0; n < WARM + ASKED; n++) {
        const time = await timed(() => ask(town, people, random))
        if (n >= WARM) times.push(time)
      }
      return [below('asof: one answer, p95', percentile(times, 95), 'ms', LIMIT_MS)]
    } finally {
      await town.close()
    }
  })
}

/** Somebody, about one of the records or accesses, on some day since the first was recorded. */
async function ask({ web, admin, entityId }: Town, people: string[], random: () => number): Promise<void> {
  const personId = people[Math.floor(random() * people.length)] ?? ''
  const day = addDays(appToday(), -Math.floor(random() * DAYS))
  const moment = momentOf({ date: day, time: '', known: '' }, appNow())
  if ('fault' in moment) throw new Error(moment.fault)
  const object =
    random() < 0.5
      ? { kind: 'record' as const, code: `R-${1 + Math.floor(random() * RECORDS)}`, stepCode: '' }
      : { kind: 'grant' as const, code: `AD-2099-${1 + Math.floor(random() * GRANTS)}`, stepCode: '' }
  await withActor(web, admin, async (trx) => {
    const answer = await answerAsOf(trx, { entityId, personId }, object, moment)
    if (!answer) throw new Error(`there is no ${object.code}`)
    await findActBehind(trx, entityId, answer)
  })
}

/** Everything asked for at the beginning, granted half way; a version of the rules every few hours. */
async function fill({ database, entityId, holders }: Town): Promise<string[]> {
  const owner = openDatabase(database.ownerUrl, { max: 1 })
  const head = holders.secretaria_general
  if (!head) throw new Error('nobody heads the organismo')
  const at = (daysAgo: number, work: (trx: Trx) => Promise<void>) => {
    moveClock(Date.parse(bogotaInstant(addDays(appTodayReal, -daysAgo), '09:00')) - Date.now())
    return withEntity(owner, entityId, work)
  }
  const appTodayReal = appToday()
  try {
    await at(DAYS, (trx) => settle(trx, entityId))
    await at(DAYS - 1, async (trx) => {
      await sql`insert into access_grant (id, entity_id, year, n, code, vigencia, agency_id, point_id, grantee_id, form, radicado,
          radicado_on, reason, starts_on, ends_on, content_hash, asked_by, asked_position)
        select gen_random_uuid(), ${entityId}, 2099, g.n, 'AD-2099-' || g.n, extract(year from app_today()), g.agency_id,
          g.point_id, g.person_id, 'F004', 'x', app_today(), 'x', make_date(extract(year from app_today())::int, 1, 1),
          make_date(extract(year from app_today())::int, 12, 31), 'x', ${head.personId}, ${head.positionId}
        from (select row_number() over () as n, s.agency_id, s.id as point_id, p.id as person_id
          from service_point s, person p where p.display_name like 'Delegada %') g`.execute(trx)
    })
    await at(DAYS / 2, async (trx) => {
      await sql`update access_grant set status = 'granted'`.execute(trx)
    })
    moveClock(0)
    await withEntity(owner, entityId, (trx) => recordsAndRules(trx, entityId, head))
    const found = await withEntity(owner, entityId, (trx) =>
      trx.selectFrom('person').select('id').where('display_name', 'like', 'Delegada %').execute(),
    )
    return found.map(({ id }) => id)
  } finally {
    moveClock(0)
    await owner.close()
  }
}

async function settle(trx: Trx, entityId: string): Promise<void> {
  await sql`insert into service_point (id, entity_id, agency_id, name)
    select gen_random_uuid(), ${entityId}, a.id, 'Punto ' || n from (select id from agency where entity_id = ${entityId} limit 1) a,
      generate_series(1, ${OF_EACH}::int) n`.execute(trx)
  await sql`insert into person (id, entity_id, display_name, document_hash)
    select gen_random_uuid(), ${entityId}, 'Delegada ' || n, 'd' || n from generate_series(1, ${GRANTS / OF_EACH}::int) n`.execute(
    trx,
  )
  await sql`insert into account (id, name, email, email_verified, entity_id, person_id)
    select gen_random_uuid(), display_name, id || '@prueba.test', true, ${entityId}, id from person
    where display_name like 'Delegada %'`.execute(trx)
  await sql`insert into position (id, entity_id, agency_id, name, duty)
    select gen_random_uuid(), ${entityId}, a.id, p.display_name, 'atencion'
    from person p, (select id from agency where entity_id = ${entityId} limit 1) a where p.display_name like 'Delegada %'`.execute(
    trx,
  )
  await sql`insert into tenure (id, entity_id, person_id, position_id, kind, from_date, act_reference)
    select gen_random_uuid(), ${entityId}, p.id, pos.id, 'titular', '2020-01-01', 'x'
    from person p join position pos on pos.name = p.display_name where p.display_name like 'Delegada %'`.execute(trx)
}

async function recordsAndRules(
  trx: Trx,
  entityId: string,
  { personId, positionId }: { personId: string; positionId: string },
): Promise<void> {
  await sql`with citizens as (
      insert into citizen (id, entity_id) select gen_random_uuid(), ${entityId} from generate_series(1, ${RECORDS}::int) returning id
    ), numbered as (select id, row_number() over () as n from citizens)
    insert into capture_record (id, entity_id, code, citizen_id, point_id, form, form_version, vigencia, grant_id, mode, network,
      network_basis, captured_by, captured_position, captured_at)
    select gen_random_uuid(), ${entityId}, 'R-' || c.n, c.id, g.point_id, 'F004', 1, g.vigencia, g.id, 'online', 'remi', 'address',
      ${personId}, ${positionId}, app_now() - make_interval(days => ${DAYS - 2}::int)
    from numbered c join access_grant g on g.n = c.n`.execute(trx)
  await sql`insert into permission_rules (hash, content, since)
    select encode(sha256(n::text::bytea), 'hex'), content, app_now() - make_interval(hours => ((${RULES}::int - n) * 7)::int)
    from (select content from permission_rules limit 1) r, generate_series(1, ${RULES}::int) n`.execute(trx)
  for (const table of ['fact_version', 'permission_rules', 'event', 'access_grant', 'capture_record'])
    await sql`analyze ${sql.table(table)}`.execute(trx)
}
