/** An installation of before goes on: what was asked under rules that are gone is asked of nobody, and nothing is due on a Sunday. */
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { withEntity } from '../../db/client.ts'
import { newId } from '../../db/ids.ts'
import { up } from '../../db/migrations/0073_of_reviewed_rules.ts'
import { asOwner, smallTown, type Town } from '../support/town.ts'

let town: Town
beforeAll(async () => {
  town = await smallTown()
})
afterAll(() => town.close())

it('drops what nobody is asked any more, and moves reviews off the weekend', async () => {
  const asked = (id: string, kind: string, due_on: string) => ({
    ...{ id, entity_id: town.entityId, kind, object_id: newId(), code: 'X-1', duty: 'direccion_tic', due_on },
    signal_wanted: false,
  })
  const [drop, sunday, monday] = [newId(), newId(), newId()]
  const rows = await asOwner(town, (owner) =>
    withEntity(owner, town.entityId, async (trx) => {
      const all = [
        asked(drop, 'action_drop', '2026-12-04'),
        asked(sunday, 'risk_review', '2026-12-06'),
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
  expect(at(monday)).toMatchObject({ due_on: '2026-12-07', signal_wanted: false })
})
