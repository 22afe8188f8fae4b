import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Database, openDatabase } from '../../db/client.ts'
import { appToday } from '../../db/clock.ts'
import { roleUrl } from '../../db/roles.ts'
import { entityCalendar } from '../../db/terms.ts'
import { isWorkingDay } from '../../domain/calendar.ts'
import { daysBetween, yearOf } from '../../domain/civil-dates.ts'
import { nextPeriod, periodOf } from '../../domain/control-periods.ts'
import { controlScheduleId } from '../../workflows/messages.ts'
import { controlled, keepOnce, rowsIn, runsOf } from '../support/control-runs.ts'
import { TEST_SECRET } from '../support/services.ts'
import { fastForward } from '../support/temporal.ts'
import { openWorld, type World } from '../support/world.ts'

const YEARS = 3
const DAY_S = 86_400
/** The server fires a Schedule about once a second, however fast its time passes. */
const PATIENCE_S = 420

let world: World
let worker: Database
beforeAll(async () => {
  world = await openWorld()
  worker = openDatabase(roleUrl(world.ownerUrl, TEST_SECRET, 'worker'), { max: 2 })
}, 120_000)
afterAll(async () => {
  await worker.close()
  await world.close()
}, 120_000)

describe('three years of a weekly and a monthly control', () => {
  it('have every run once, on working days, across holidays and the ends of the years, and what nobody did as missed', {
    timeout: 900_000,
  }, async () => {
    const owner = await world.actor('direccion_tic')
    const { client } = world.temporal
    const kinds = [
      { control: await controlled(world, 'semanal', owner), rhythm: 52 as const, least: 52 * YEARS },
      { control: await controlled(world, 'mensual', owner), rhythm: 12 as const, least: 12 * YEARS },
    ]
    await keepOnce(worker, world, new Set())
    await Promise.all(
      kinds.map(({ control }) =>
        fastForward(client, `temporal-sys-scheduler:${controlScheduleId(control.id)}`, YEARS * 366 * DAY_S, PATIENCE_S),
      ),
    )
    const calendar = await rowsIn(world, (trx) => entityCalendar(trx, world.entityId))
    for (const { control, rhythm, least } of kinds) {
      await expect.poll(async () => (await runsOf(world, control.id)).length >= least, { timeout: 60_000 }).toBe(true)
      const runs = await runsOf(world, control.id)
      for (const [i, run] of runs.entries()) {
        const period = { start: run.period_start, end: run.period_end }
        expect(periodOf(rhythm, run.period_start)).toEqual(period)
        if (i > 0)
          expect(run.period_start).toBe(nextPeriod(rhythm, periodOf(rhythm, runs[i - 1]?.period_start ?? '')).start)
        for (const day of [run.opens_on, run.due_on]) expect(isWorkingDay(day, calendar)).toBe(true)
      }
      expect(new Set(runs.map((run) => yearOf(run.period_start))).size).toBeGreaterThanOrEqual(YEARS)
    }
    // Some of them, of every year, are let pass: nobody does them.
    const all = await runsOf(world, kinds[1]?.control.id ?? '')
    for (const run of all.filter((_, i) => i % 9 === 0)) {
      await fastForward(client, run.workflow_id, (daysBetween(appToday(), run.due_on) + 1) * DAY_S, 120)
    }
    const after = await runsOf(world, kinds[1]?.control.id ?? '')
    expect(after.map((run) => run.status)).toEqual(after.map((_, i) => (i % 9 === 0 ? 'missed' : 'open')))
  })
})
