import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Trx, withEntity } from '../../db/client.ts'
import { listHappened } from '../../db/control-runs.ts'
import { newId } from '../../db/ids.ts'
import { up } from '../../db/migrations/0065_happened_runs.ts'
import { addDays } from '../../domain/civil-dates.ts'
import { ONCE_HAPPENED } from '../../domain/control-periods.ts'
import { type Foreign, foreignRows } from './foreign-rows.ts'

let rows: Foreign
beforeAll(async () => {
  rows = await foreignRows()
}, 180_000)
afterAll(() => rows?.world.close())

/** A risk said on some days to have happened on others, with the runs that were opened for the days it was said. Answers their ids. */
async function asBefore(trx: Trx, said: { on: string; happened: string }[]): Promise<string[]> {
  const { entityId, controlId } = rows
  await sql`update risk_control set periodicity = ${ONCE_HAPPENED}, created_at = '2026-01-01' where id = ${controlId}`.execute(
    trx,
  )
  await sql`delete from risk_event`.execute(trx)
  for (const { on, happened } of said)
    await sql`
      insert into risk_event (id, entity_id, risk_id, occurred_on, times, description, consequences, measures, person_id, position_id, body_hash, written_at)
      select ${newId()}, entity_id, risk_id, ${happened}, 1, 'x', 'x', '', ${rows.personId}, ${rows.positionId}, 'x', ${`${on}T15:00:00Z`}
      from risk_control where id = ${controlId}`.execute(trx)
  const ids: string[] = []
  for (const day of new Set(said.map(({ on }) => on))) {
    const runId = newId()
    ids.push(runId)
    await trx
      .insertInto('control_run')
      .values({
        ...{ id: runId, entity_id: entityId, control_id: controlId, workflow_id: `control:${runId}`, status: 'open' },
        ...{ period_start: day, period_end: addDays(day, 7), opens_on: day, due_on: addDays(day, 7) },
        late_until: addDays(day, 17),
      })
      .execute()
  }
  return ids
}

/** What is asked for after the days of runs were moved, and on which day each run stands; nothing of it stays. */
async function moved(said: { on: string; happened: string }[]): Promise<{ asked: string[]; stand: string[] }> {
  let found: { asked: string[]; stand: string[] } | undefined
  const rolledBack = withEntity(rows.world.owner, rows.entityId, async (trx) => {
    const ids = await asBefore(trx, said)
    await up(trx as never)
    const runs = await trx.selectFrom('control_run').select(['id', 'period_start']).where('id', 'in', ids).execute()
    found = {
      asked: (await listHappened(trx)).flatMap((one) => (one.controlId === rows.controlId ? [one.happenedOn] : [])),
      stand: ids.map((id) => runs.find((run) => run.id === id)?.period_start ?? ''),
    }
    throw new RangeError('enough')
  })
  await expect(rolledBack).rejects.toThrow('enough')
  if (!found) throw new Error('nothing was moved')
  return found
}

it('asks nothing a second time of what was said before the day of the event counted', async () => {
  expect(await moved([{ on: '2026-03-03', happened: '2026-03-01' }])).toEqual({ asked: [], stand: ['2026-03-01'] })
})

it('leaves a run where its risk happened on that very day as well', async () => {
  const said = [
    { on: '2026-03-03', happened: '2026-03-01' },
    { on: '2026-03-03', happened: '2026-03-03' },
  ]
  expect(await moved(said)).toEqual({ asked: ['2026-03-01'], stand: ['2026-03-03'] })
})

it('has one run for a day that was said twice', async () => {
  const said = [
    { on: '2026-03-03', happened: '2026-03-01' },
    { on: '2026-03-05', happened: '2026-03-01' },
  ]
  expect(await moved(said)).toEqual({ asked: [], stand: ['2026-03-01', '2026-03-05'] })
})
