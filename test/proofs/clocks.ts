/** Random accesses at the instants of promises G15 in four time zones: nobody gets in outside their days (C2). */
import fc from 'fast-check'
import { sql } from 'kysely'
import type { Trx } from '../../db/client.ts'
import { newId } from '../../db/ids.ts'
import { addDays, bogotaDate } from '../../domain/civil-dates.ts'
import type { GrantDays } from '../../domain/grant-days.ts'
import { isInForce } from '../../domain/grants.ts'

/** Time zones of a machine and of a session; '' is none said. */
const ZONES = ['', 'UTC', 'America/Bogota', 'Asia/Tokyo']

const MINUTES = 60_000
/** The last moment of a day in Bogotá, which is the next day in UTC; the others of G15; each vigencia's first and last. */
const FROZEN = [
  '2026-11-27T04:59:59.999Z',
  // Friday 17:00.
  '2026-11-27T22:00:00.000Z',
  // Jueves Santo.
  '2026-04-02T15:00:00.000Z',
  // Todos los Santos, moved to Monday.
  '2026-11-02T05:00:00.000Z',
  // 31 December → 1 January.
  '2027-01-01T05:00:00.000Z',
  '2028-02-29T17:00:00.000Z',
  // The worker's clock, ten minutes away from the database's.
  '2026-07-21T05:00:00.000Z',
].flatMap((instant) => [-10 * MINUTES, -1, 0, 1, 10 * MINUTES].map((by) => new Date(Date.parse(instant) + by)))

/** Days of one vigencia, mostly near one of the instants. */
const days: fc.Arbitrary<GrantDays> = fc
  .record({
    near: fc.constantFrom(...FROZEN.map(bogotaDate)),
    from: fc.oneof(fc.integer({ min: -2, max: 2 }), fc.integer({ min: -400, max: 400 })),
    length: fc.oneof(fc.integer({ min: 0, max: 2 }), fc.integer({ min: 0, max: 366 })),
  })
  .map(({ near, from, length }) => {
    const startsOn = addDays(near, from)
    const [endsOn = ''] = [addDays(startsOn, length), `${startsOn.slice(0, 4)}-12-31`].sort()
    return { startsOn, endsOn }
  })

/** Midnight in Bogotá, which keeps UTC−5 all year; by arithmetic of its own. */
function midnight(day: string): number {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number)
  return Date.UTC(year, month - 1, date, 5)
}

const isWithin = ({ startsOn, endsOn }: GrantDays, at: Date) =>
  midnight(startsOn) <= at.getTime() && at.getTime() < midnight(endsOn) + 24 * 60 * MINUTES

/** Throws at the first access that lets somebody in outside its days, or keeps them out within; answers what was judged. */
export async function proveClocks(trx: Trx, runs: number, seed: number): Promise<{ grants: number; judged: number }> {
  const grants = fc.sample(days, { numRuns: runs, seed }).map((one) => ({ id: newId(), ...one }))
  const holder = await insertHolder(trx, grants)
  await freezable(trx)
  const zone = process.env.TZ
  let judged = 0
  try {
    for (const name of ZONES) {
      if (name) process.env.TZ = name
      else delete process.env.TZ
      await sql`select set_config('TimeZone', ${name || 'UTC'}, true)`.execute(trx)
      for (const at of FROZEN) {
        const inside = await insideAt(trx, holder, at)
        for (const grant of grants) {
          const expected = isWithin(grant, at)
          const said = [isInForce({ ...grant, status: 'granted' }, bogotaDate(at)), inside.has(grant.id)]
          if (said.some((one) => one !== expected))
            throw new Error(`${at.toISOString()} in ${name}: ${grant.startsOn} to ${grant.endsOn} said ${said}`)
          judged += 1
        }
      }
    }
  } finally {
    if (zone === undefined) delete process.env.TZ
    else process.env.TZ = zone
  }
  return { grants: grants.length, judged }
}

async function insideAt(trx: Trx, holder: string, at: Date): Promise<Set<string>> {
  await sql`select set_config('app.frozen', ${at.toISOString()}, true)`.execute(trx)
  const { rows } = await sql<{ id: string }>`select id from grants_in_force(${holder})`.execute(trx)
  return new Set(rows.map(({ id }) => id))
}

/** The clock of this database stands where `app.frozen` says; everything that asks it is the product's own. */
async function freezable(trx: Trx): Promise<void> {
  await sql`create or replace function app_now() returns timestamptz language sql stable as
    'select current_setting(''app.frozen'')::timestamptz'`.execute(trx)
}

/** One person at work, with an account, who holds every access at a point of its own. */
async function insertHolder(trx: Trx, grants: (GrantDays & { id: string })[]): Promise<string> {
  const [entity, agency, person, asker, position] = Array.from({ length: 5 }, newId)
  await sql`insert into entity (id, name, short_name, divipola, nit) values (${entity}, 'x', 'x', '47001', '1')`.execute(
    trx,
  )
  await sql`insert into agency (id, entity_id, name) values (${agency}, ${entity}, 'x')`.execute(trx)
  await sql`insert into person (id, entity_id, display_name, document_hash)
    values (${person}, ${entity}, 'x', 'x'), (${asker}, ${entity}, 'y', 'y')`.execute(trx)
  await sql`insert into position (id, entity_id, agency_id, name, duty) values (${position}, ${entity}, ${agency}, 'x', 'atencion')`.execute(
    trx,
  )
  await sql`insert into tenure (id, entity_id, person_id, position_id, kind, from_date, act_reference)
    values (${newId()}, ${entity}, ${person}, ${position}, 'titular', '2000-01-01', 'x')`.execute(trx)
  await sql`insert into account (name, email, entity_id, person_id) values ('x', 'x@x.test', ${entity}, ${person})`.execute(
    trx,
  )
  const all = JSON.stringify(grants)
  await sql`insert into service_point (id, entity_id, agency_id, name)
    select (g ->> 'id')::uuid, ${entity}, ${agency}, g ->> 'id' from jsonb_array_elements(${all}::jsonb) g`.execute(trx)
  await sql`insert into access_grant (id, entity_id, year, n, code, vigencia, agency_id, point_id, grantee_id, form, radicado,
      radicado_on, reason, starts_on, ends_on, content_hash, asked_by, asked_position, status)
    select (g ->> 'id')::uuid, ${entity}, 2026, n, 'AD-' || n, left(g ->> 'startsOn', 4)::int, ${agency}, (g ->> 'id')::uuid,
      ${person}, 'F004', 'x', '2026-01-05', 'x', (g ->> 'startsOn')::date, (g ->> 'endsOn')::date, 'x', ${asker}, ${position},
      'granted'
    from jsonb_array_elements(${all}::jsonb) with ordinality t(g, n)`.execute(trx)
  return person as string
}
