/**
 * Controls that run for years (features D5, promises P10): a weekly and a monthly one on the real server, whose time passes as
 * fast as it will. Every period has its run, once, across holidays and the ends of the years; what nobody did is missed.
 */
import { openDatabase } from '../../db/client.ts'
import { appToday } from '../../db/clock.ts'
import { roleUrl } from '../../db/roles.ts'
import { entityCalendar } from '../../db/terms.ts'
import { isWorkingDay } from '../../domain/calendar.ts'
import { daysBetween, yearOf } from '../../domain/civil-dates.ts'
import { nextPeriod, periodOf, type Rhythm } from '../../domain/control-periods.ts'
import { eventually } from '../../scripts/processes.ts'
import { controlScheduleId } from '../../workflows/messages.ts'
import { controlled, keepOnce, rowsIn, runsOf, type TestControl } from '../support/control-runs.ts'
import { mustBe } from '../support/must-be.ts'
import { TEST_SECRET } from '../support/services.ts'
import { fastForward } from '../support/temporal.ts'
import { openWorld, type World } from '../support/world.ts'

const DAY_S = 86_400
/** The server fires a Schedule about once a second, however fast its time passes. */
const PATIENCE_S = 420
/** One monthly run in so many is let pass, of every year. */
const MISSED_IN = 9

export interface YearsOfRuns {
  weekly: number
  monthly: number
  missed: number
}

export async function proveYears(years: number): Promise<YearsOfRuns> {
  const world = await openWorld()
  try {
    const [weekly, monthly] = await scheduled(world)
    await Promise.all(
      [weekly, monthly].map(({ id }) =>
        fastForward(
          world.temporal.client,
          `temporal-sys-scheduler:${controlScheduleId(id)}`,
          years * 366 * DAY_S,
          PATIENCE_S,
        ),
      ),
    )
    return {
      weekly: await mustFollow(world, weekly, 52, years),
      monthly: await mustFollow(world, monthly, 12, years),
      missed: await mustMiss(world, monthly),
    }
  } finally {
    await world.close()
  }
}

async function scheduled(world: World): Promise<[TestControl, TestControl]> {
  const owner = await world.actor('direccion_tic')
  const weekly = await controlled(world, 'semanal', owner)
  const monthly = await controlled(world, 'mensual', owner)
  const worker = openDatabase(roleUrl(world.ownerUrl, TEST_SECRET, 'worker'), { max: 2 })
  try {
    await keepOnce(worker, world, new Set())
  } finally {
    await worker.close()
  }
  return [weekly, monthly]
}

/** Its runs follow each other without a hole, each on working days; answers how many there are. */
async function mustFollow(world: World, { id }: TestControl, rhythm: Rhythm, years: number): Promise<number> {
  await eventually(async () => mustBe((await runsOf(world, id)).length >= rhythm * years, 'runs are missing'), 60)
  const calendar = await rowsIn(world, (trx) => entityCalendar(trx, world.entityId))
  const runs = await runsOf(world, id)
  for (const [i, run] of runs.entries()) {
    const { start, end } = periodOf(rhythm, run.period_start)
    mustBe(start === run.period_start && end === run.period_end, `${run.period_start} begins no period`)
    const before = runs[i - 1]
    mustBe(
      !before || nextPeriod(rhythm, periodOf(rhythm, before.period_start)).start === run.period_start,
      `${run.period_start} does not follow ${before?.period_start}`,
    )
    for (const day of [run.opens_on, run.due_on]) mustBe(isWorkingDay(day, calendar), `${day} is no working day`)
  }
  const touched = new Set(runs.map((run) => yearOf(run.period_start))).size
  mustBe(touched >= Math.min(years, 2), `only ${touched} years have runs`)
  return runs.length
}

/** Nobody does some of them: those are missed, and the others wait still. */
async function mustMiss(world: World, { id }: TestControl): Promise<number> {
  const isLetPass = (i: number) => i % MISSED_IN === 0
  for (const run of (await runsOf(world, id)).filter((_, i) => isLetPass(i)))
    await fastForward(world.temporal.client, run.workflow_id, (daysBetween(appToday(), run.due_on) + 1) * DAY_S, 120)
  const after = await runsOf(world, id)
  for (const [i, { period_start, status }] of after.entries())
    mustBe(status === (isLetPass(i) ? 'missed' : 'open'), `the run of ${period_start} is ${status}`)
  return after.filter(({ status }) => status === 'missed').length
}
