import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Trx, withActor, withEntity } from '../../db/client.ts'
import { appToday } from '../../db/clock.ts'
import { countOrphans, listLeftWork } from '../../db/handover.ts'
import { newId } from '../../db/ids.ts'
import { endTenure } from '../../db/tenure-changes.ts'
import { asOwner, smallTown, type Town } from '../support/town.ts'

let town: Town
beforeAll(async () => {
  town = await smallTown()
})
afterAll(() => town.close())

const holder = (duty: string) => town.holders[duty] as { personId: string; positionId: string }

/** An open action that one position alone answers for. */
async function actionOf(duty: string, n: number): Promise<string> {
  const id = newId()
  await asOwner(town, (owner) =>
    withEntity(owner, town.entityId, (trx) =>
      sql`insert into improvement_action (id, entity_id, year, n, code, origin, origin_key, what, duty, position_id, checker_duty,
          indicator, due_date)
        values (${id}, ${town.entityId}, 2026, ${n}, ${`AM-2026-90${n}`}, 'finding', ${id}, 'x', ${duty}, ${holder(duty).positionId},
          'control_interno', 'x', '2026-12-01')`.execute(trx),
    ),
  )
  return id
}

const asAdministrator = <T>(
  work: (trx: Trx, by: { entityId: string; personId: string; positionId: string }) => Promise<T>,
) => {
  const by = { entityId: town.entityId, ...holder('administracion') }
  return withActor(town.web, by, (trx) => work(trx, by))
}

it('who alone answers for an action does not leave before it has another owner, and then nothing is left with nobody', async () => {
  const id = await actionOf('direccion_tic', 1)
  const { personId, positionId } = holder('direccion_tic')
  const on = appToday()
  const left = await asAdministrator((trx) => listLeftWork(trx, { personId, on }))
  expect(left).toEqual([{ kind: 'action', id, name: 'AM-2026-901', needsOwner: true }])
  const end = (handTo: string | null) =>
    asAdministrator(async (trx, by) => {
      const { id: tenureId } = await trx
        .selectFrom('tenure')
        .select('id')
        .where('person_id', '=', personId)
        .where('position_id', '=', positionId)
        .executeTakeFirstOrThrow()
      return await endTenure(trx, by, { id: tenureId, on, actReference: 'Resolución 9', handTo })
    })
  expect(await end(null)).toEqual({ problems: [{ field: 'handTo', code: 'work_left' }] })
  expect(await end(positionId)).toEqual({ problems: [{ field: 'handTo', code: 'not_held' }] })
  const next = holder('jefatura_ogac')
  expect(await end(next.positionId)).toHaveProperty('id')
  const after = await asAdministrator(async (trx) => ({
    action: await trx.selectFrom('improvement_action').select(['position_id', 'duty']).where('id', '=', id).execute(),
    told: await trx.selectFrom('event').select('type').where('object_id', '=', id).execute(),
    orphans: await countOrphans(trx, town.entityId),
  }))
  expect(after).toEqual({
    action: [{ position_id: next.positionId, duty: 'jefatura_ogac' }],
    told: [{ type: 'improvement.handed' }],
    orphans: 0,
  })
})

it('what ran out by its days, with nobody asked, is counted', async () => {
  await actionOf('secretaria_general', 2)
  await asOwner(town, (owner) =>
    withEntity(owner, town.entityId, (trx) =>
      sql`update tenure set to_date = app_today() - 1 where position_id = ${holder('secretaria_general').positionId}`.execute(
        trx,
      ),
    ),
  )
  expect(await asAdministrator((trx) => countOrphans(trx, town.entityId))).toBe(1)
})
