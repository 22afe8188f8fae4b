import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Trx, withEntity } from '../../db/client.ts'
import { listHappened } from '../../db/control-runs.ts'
import { newId } from '../../db/ids.ts'
import { up } from '../../db/migrations/0065_happened_runs.ts'
import { ONCE_HAPPENED } from '../../domain/control-periods.ts'
import { type Foreign, foreignRows } from './foreign-rows.ts'

let rows: Foreign
beforeAll(async () => {
  rows = await foreignRows()
}, 180_000)
afterAll(() => rows?.world.close())

/** A risk said on 3 March to have happened on the 1st, with the run that was opened for the day it was said. */
async function asBefore(trx: Trx): Promise<string> {
  const { entityId, controlId } = rows
  await sql`update risk_control set periodicity = ${ONCE_HAPPENED}, created_at = '2026-01-01' where id = ${controlId}`.execute(
    trx,
  )
  await sql`delete from risk_event`.execute(trx)
  await sql`
    insert into risk_event (id, entity_id, risk_id, occurred_on, times, description, consequences, measures, person_id, position_id, body_hash, written_at)
    select ${newId()}, entity_id, risk_id, '2026-03-01', 1, 'x', 'x', '', ${rows.personId}, ${rows.positionId}, 'x', '2026-03-03T15:00:00Z'
    from risk_control where id = ${controlId}`.execute(trx)
  const runId = newId()
  await trx
    .insertInto('control_run')
    .values({
      ...{ id: runId, entity_id: entityId, control_id: controlId, workflow_id: `control:${runId}`, status: 'open' },
      ...{ period_start: '2026-03-03', period_end: '2026-03-10', opens_on: '2026-03-03' },
      ...{ due_on: '2026-03-10', late_until: '2026-03-20' },
    })
    .execute()
  return runId
}

it('asks nothing a second time of what was said before the day of the event counted', async () => {
  const rolledBack = withEntity(rows.world.owner, rows.entityId, async (trx) => {
    const runId = await asBefore(trx)
    const own = async () => (await listHappened(trx)).filter(({ controlId }) => controlId === rows.controlId)
    expect(await own()).toEqual([{ entityId: rows.entityId, controlId: rows.controlId, happenedOn: '2026-03-01' }])
    await up(trx as never)
    expect(await own()).toEqual([])
    const run = await trx.selectFrom('control_run').select('period_start').where('id', '=', runId).executeTakeFirst()
    expect(run?.period_start).toBe('2026-03-01')
    throw new RangeError('enough')
  })
  await expect(rolledBack).rejects.toThrow('enough')
})
