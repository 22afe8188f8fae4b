import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openDatabase, withActor, withEntity } from '../../db/client.ts'
import { listEventsOf } from '../../db/timeline.ts'
import { listTrail } from '../../db/trail.ts'
import { EVENT_KINDS, type TimelineFilters } from '../../domain/event-kinds.ts'
import { EVENT_TYPES } from '../../domain/events.ts'
import { randomOf } from '../support/random.ts'
import { smallTown, type Town } from '../support/town.ts'

const STEPS = [null, null, '1', '3', '7']
const EVENTS = 600
const ASKED = 60

let town: Town
let people: string[]
let positions: string[]
const random = randomOf(80)
const pick = <T>(among: readonly T[]): T => among[Math.floor(random() * among.length)] as T

beforeAll(async () => {
  town = await smallTown()
  const holders = Object.values(town.holders).slice(0, 5)
  people = holders.map(({ personId }) => personId)
  positions = holders.map(({ positionId }) => positionId)
  // Few instants, so that pages end between events of the same one; and a type of no kind that no build knows, which who audits sees too.
  const types = [...Object.keys(EVENT_TYPES), 'unheard.of']
  const drawn = Array.from({ length: EVENTS }, () => ({
    ...{ type: pick(types), at: new Date(Date.UTC(2026, 2, 1, Math.floor(random() * 90))) },
    ...{ person: pick([...people, null]), position: pick([...positions, null]), step: pick(STEPS) },
  }))
  const rows = drawn.map((row) => (row.type === 'unheard.of' ? { ...row, step: null } : row))
  const owner = openDatabase(town.database.ownerUrl, { max: 1 })
  await withEntity(owner, town.entityId, (trx) =>
    sql`
      insert into event (id, entity_id, type, at, actor_person, actor_position, object_type, object_id, origin, step_code)
      select gen_random_uuid(), ${town.entityId}, r.type, r.at, r.person, r.position, 'entity', ${town.entityId}, 'web', r.step
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(type text, at timestamptz, person uuid, position uuid, step text)`.execute(
      trx,
    ),
  )
  await owner.close()
})
afterAll(() => town.close())

/** Every page, of seven events each. */
async function whole(filters: TimelineFilters, list: typeof listTrail | typeof naive): Promise<string[]> {
  const seen: string[] = []
  let cursor: string | null = null
  do {
    const page = await withActor(town.web, town.admin, (trx) =>
      list(trx, town.entityId, { ...filters, cursor, limit: 7 }),
    )
    seen.push(...page.rows.map(({ id }) => id))
    cursor = page.next
  } while (cursor)
  return seen
}

/** Every event looked at: what the quick way must not depart from. */
const naive: typeof listTrail = (trx, entityId, options) =>
  listEventsOf(trx, sql`e.entity_id = ${entityId}`, options ?? {})

it('finds page by page the very events that looking at each of them finds, in the same order', async () => {
  let found = 0
  for (let n = 0; n < ASKED; n++) {
    const filters: TimelineFilters = {
      ...(random() < 0.4 ? { kind: pick(EVENT_KINDS) } : {}),
      ...(random() < 0.4 ? { stepCode: pick(['1', '3', '4']) } : {}),
      ...(random() < 0.4 ? { personId: pick([...people, town.entityId]) } : {}),
      ...(random() < 0.3 ? { positionId: pick(positions) } : {}),
      ...(random() < 0.3 ? { from: '2026-03-02', to: '2026-03-03' } : {}),
    }
    const seen = await whole(filters, listTrail)
    expect(seen, JSON.stringify(filters)).toEqual(await whole(filters, naive))
    found += seen.length
  }
  expect(found).toBeGreaterThan(ASKED)
})

it('reaches to the last day that can be written, and from the first', async () => {
  const all = await whole({}, listTrail)
  expect(await whole({ from: '0001-01-01', to: '9999-12-31' }, listTrail)).toEqual(all)
  expect(await whole({ to: '2026-03-01' }, listTrail)).toHaveLength(
    all.length - (await whole({ from: '2026-03-02' }, listTrail)).length,
  )
})

it.each([
  ['a day that is none', '2026-02-30 00:00:00+00'],
  ['an hour that is none', '2026-02-03 24:30:00+00'],
  ['words after it', '2026-02-03 00:00:00+00 (x)'],
  ['an offset that is none', '2026-02-03 00:00:00+99'],
  ['year 0', '0000-01-01 00:00:00+00'],
])('begins anew where a page would begin at %s', async (_what, at) => {
  const cursor = Buffer.from(JSON.stringify([at, town.entityId])).toString('base64url')
  const read = (from: string | null) =>
    withActor(town.web, town.admin, (trx) => listTrail(trx, town.entityId, { cursor: from, limit: 3 }))
  expect(await read(cursor)).toEqual(await read(null))
})
