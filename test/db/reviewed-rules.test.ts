/** An installation of before goes on: what was asked under rules that are gone is asked of nobody, and nothing is due on a Sunday. */
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { withEntity } from '../../db/client.ts'
import { newId } from '../../db/ids.ts'
import { up } from '../../db/migrations/0073_of_reviewed_rules.ts'
import { asOwner, openCycle, smallTown, type Town } from '../support/town.ts'

let town: Town
beforeAll(async () => {
  town = await smallTown()
})
afterAll(() => town.close())

it('drops what nobody is asked any more, and moves reviews off days that nobody works', async () => {
  const asked = (id: string, kind: string, due_on: string) => ({
    ...{ id, entity_id: town.entityId, kind, object_id: newId(), code: 'X-1', duty: 'direccion_tic', due_on },
    signal_wanted: false,
  })
  const [drop, sunday, bridge, monday] = [newId(), newId(), newId(), newId()]
  const rows = await asOwner(town, (owner) =>
    withEntity(owner, town.entityId, async (trx) => {
      const all = [
        asked(drop, 'action_drop', '2026-12-04'),
        asked(sunday, 'risk_review', '2026-12-06'),
        // The Monday after it is the holiday of the Kings.
        asked(bridge, 'risk_review', '2027-01-09'),
        asked(monday, 'risk_review', '2026-12-07'),
      ]
      await trx.insertInto('follow_up').values(all).execute()
      await sql`insert into notice (id, entity_id, follow_up_id, kind, duty, planned_on, planned_at)
        values (${newId()}, ${town.entityId}, ${drop}, 'reminder-3', 'in_charge', '2026-12-01', '2026-12-01T13:00:00Z')`.execute(
        trx,
      )
      await up(trx as never)
      const found = await trx.selectFrom('follow_up').select(['id', 'status', 'due_on', 'signal_wanted']).execute()
      const notice = await trx.selectFrom('notice').select('status').where('follow_up_id', '=', drop).executeTakeFirst()
      return { found, notice }
    }),
  )
  const at = (id: string) => rows.found.find((one) => one.id === id)
  expect(at(drop)).toMatchObject({ status: 'dropped', signal_wanted: true })
  expect(rows.notice?.status).toBe('superseded')
  expect(at(sunday)).toMatchObject({ status: 'open', due_on: '2026-12-07', signal_wanted: true })
  expect(at(bridge)).toMatchObject({ status: 'open', due_on: '2027-01-12', signal_wanted: true })
  expect(at(monday)).toMatchObject({ due_on: '2026-12-07', signal_wanted: false })
})

it('forgets what was kept of a step by events of something else, and keeps what its own say', async () => {
  const cycleId = await openCycle(town, '2026-11-27T10:00:00Z')
  const kept = await asOwner(town, (owner) =>
    withEntity(owner, town.entityId, async (trx) => {
      const { id } = await trx
        .selectFrom('step')
        .select('id')
        .where('cycle_id', '=', cycleId)
        .where('code', '=', '2')
        .executeTakeFirstOrThrow()
      const of = { entity_id: town.entityId, object_id: id, cycle_id: cycleId, step_code: '2', origin: 'web' }
      for (const [type, after] of [
        ['step.approved', 'approved'],
        ['crosswalk.approved', 'approved'],
      ])
        await sql`insert into event (id, entity_id, type, object_type, object_id, cycle_id, step_code, origin, changes, at)
          values (${newId()}, ${of.entity_id}, ${type}, 'step', ${of.object_id}, ${of.cycle_id}, '2', 'web',
            ${JSON.stringify([{ field: 'status', before: null, after }])}::jsonb, clock_timestamp())`.execute(trx)
      await sql`delete from fact_version where fact = 'step' and row_id = ${id}`.execute(trx)
      // As the first version of 0069 kept them: one of each event that names the step and a status.
      await sql`insert into fact_version (entity_id, fact, row_id, about_id, recorded_at, xid, body)
        select e.entity_id, 'step', ${id}, e.cycle_id, e.at, e.xid, jsonb_build_object('code', e.step_code, 'said_by', e.type) from event e
        where e.cycle_id = ${cycleId} and e.step_code = '2' and e.changes @? '$[*] ? (@.field == "status")'`.execute(
        trx,
      )
      await up(trx as never)
      return (
        await sql<{ type: string }>`select body ->> 'said_by' as type from fact_version where row_id = ${id}`.execute(
          trx,
        )
      ).rows
    }),
  )
  expect(kept.map(({ type }) => type)).toContain('step.approved')
  expect(kept.map(({ type }) => type)).not.toContain('crosswalk.approved')
})
