/** Who saw citizens' data, week by week: what is unusual in it is listed once and told to whoever leads the process. */
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { listUnusualReading } from '../../activities/list-unusual-reading.ts'
import { openDatabase, withActor, withEntity } from '../../db/client.ts'
import { newId } from '../../db/ids.ts'
import { findLastReadingWeek, listPersonalReads, listUnusual } from '../../db/readings.ts'
import { addDays, bogotaInstant } from '../../domain/civil-dates.ts'
import { type Holder, smallTown, type Town } from '../support/town.ts'

const MONDAY = '2026-11-16'
let town: Town
beforeAll(async () => {
  town = await smallTown()
})
afterAll(() => town.close())

const holder = (duty: string): Holder => {
  const found = town.holders[duty]
  if (!found) throw new Error(`nobody holds ${duty}`)
  return found
}

/** As it would have been written at those instants. */
async function saw(who: Holder, at: string[], objectId = newId()): Promise<void> {
  const owner = openDatabase(town.database.ownerUrl, { max: 1 })
  await withEntity(owner, town.entityId, async (trx) => {
    for (const instant of at)
      await sql`
        insert into event (id, entity_id, at, type, object_type, object_id, actor_person, actor_position, origin, changes)
        values (${newId()}, ${town.entityId}, ${instant}, 'capture.read', 'capture_record', ${objectId}, ${who.personId},
          ${who.positionId}, 'web', '[]')`.execute(trx)
  })
  await owner.close()
}
const at = (day: string, clock: string) => bogotaInstant(day, clock)
const many = (n: number, day: string) =>
  Array.from({ length: n }, (_, i) =>
    at(day, `${String(8 + (i % 10)).padStart(2, '0')}:${String(i % 60).padStart(2, '0')}`),
  )

const look = (day: string) =>
  listUnusualReading(town.tools, { entityId: town.entityId, workflowId: `reading-week:${town.entityId}`, day })
const read = <T>(work: Parameters<typeof withActor<T>>[2]) =>
  withActor(town.web, { entityId: town.entityId, personId: holder('jefatura_ogac').personId }, work)
const mails = () =>
  withEntity(town.worker, town.entityId, (trx) =>
    trx.selectFrom('mail').select(['person_id', 'subject', 'body']).where('subject', 'like', 'Lecturas%').execute(),
  )

it('lists who read far more than they use to, at night, on a day off, or one record again and again', async () => {
  const [busy, steady, nightly, fixed] = [
    'profesional_ogac',
    'profesional_tic',
    'profesional_sig',
    'direccion_tic',
  ].map(holder) as [Holder, Holder, Holder, Holder]
  for (const week of [-21, -14, -7]) {
    for (const who of [busy, steady]) await saw(who, many(10, addDays(MONDAY, week)))
  }
  for (let i = 0; i < 31; i++) await saw(busy, many(1, addDays(MONDAY, 1)))
  for (let i = 0; i < 30; i++) await saw(steady, many(1, addDays(MONDAY, 2)))
  // The last minute of the week is in it, the first of the next is not; and Sunday is no day of work.
  await saw(nightly, [at(addDays(MONDAY, 6), '23:59')])
  await saw(fixed, many(6, addDays(MONDAY, 3)))
  await saw(steady, [at(addDays(MONDAY, 7), '03:00')])
  await look(addDays(MONDAY, 7))
  const unusual = await read((trx) => listUnusual(trx, town.entityId, { cursor: null, limit: 10 }))
  const byPerson = Object.fromEntries(
    unusual.rows.map(({ personId, reads, objects, reasons }) => [personId, { reads, objects, reasons }]),
  )
  expect(byPerson).toEqual({
    [busy.personId]: { reads: 31, objects: 31, reasons: ['many'] },
    [nightly.personId]: { reads: 1, objects: 1, reasons: ['day_off', 'night'] },
    [fixed.personId]: { reads: 6, objects: 1, reasons: ['same_object'] },
  })
  expect(await read((trx) => findLastReadingWeek(trx, town.entityId))).toEqual({ week: MONDAY, readers: 4, reads: 68 })
})

it('tells whoever leads the process once, with numbers and no name', async () => {
  await look(addDays(MONDAY, 9))
  const told = await mails()
  expect(told).toHaveLength(1)
  expect(told[0]).toMatchObject({
    person_id: holder('jefatura_ogac').personId,
    subject: 'Lecturas de datos personales: lecturas inusuales de 3 personas',
  })
  const names = ['profesional_ogac', 'profesional_tic', 'profesional_sig', 'direccion_tic']
  for (const name of names) expect(told[0]?.body).not.toContain(name)
})

it('looks over every week of the Mondays that were missed, and tells of each', async () => {
  const late = holder('profesional_ogac')
  await saw(late, many(6, addDays(MONDAY, 15)), newId())
  await look(addDays(MONDAY, 28))
  const weeks = await withEntity(town.worker, town.entityId, (trx) =>
    trx.selectFrom('reading_week').select(['week', 'reads']).orderBy('week').execute(),
  )
  const reads = [68, 1, 6, 0]
  expect(weeks).toEqual(reads.map((n, i) => ({ week: addDays(MONDAY, 7 * i), reads: n })))
  const { rows } = await read((trx) => listUnusual(trx, town.entityId, { cursor: null, limit: 1 }))
  expect(rows).toMatchObject([{ week: addDays(MONDAY, 14), personId: late.personId, reads: 6 }])
  expect(await mails()).toHaveLength(4)
  const events = await withEntity(town.worker, town.entityId, (trx) =>
    trx.selectFrom('event').select('changes').where('type', '=', 'audit.reading_listed').execute(),
  )
  expect(events).toHaveLength(4)
})

it('shows each time, newest first, page by page, of whom and when it is asked for', async () => {
  const { personId } = holder('profesional_tic')
  const asked = { personId, from: MONDAY, to: addDays(MONDAY, 6), limit: 20 }
  const first = await read((trx) => listPersonalReads(trx, town.entityId, { ...asked, cursor: null }))
  expect(first.rows).toHaveLength(20)
  const rest = await read((trx) => listPersonalReads(trx, town.entityId, { ...asked, cursor: first.next }))
  expect(rest.rows).toHaveLength(10)
  expect(rest.next).toBeNull()
})
