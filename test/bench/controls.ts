/**
 * Bench `controls` (issue 6): a thousand controls whose Schedules are due in one and the same minute, on everything as it runs in
 * production: until each has its run open, and what people wait for their acts meanwhile, beside what they wait while nothing is due.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import type { CalendarSpec, Client } from '@temporalio/client'
import { type Database, openDatabase, withEntity } from '../../db/client.ts'
import { appNow } from '../../db/clock.ts'
import { demoEntityId } from '../../db/seed.ts'
import { controlSchedule } from '../../workflows/control-schedules.ts'
import { controlScheduleId } from '../../workflows/messages.ts'
import { signIn, type Visitor } from '../support/http.ts'
import { openProduct } from '../support/lived-in.ts'
import { manyControls, riskKeeper } from '../support/many-risks.ts'
import { approve, prepared, reviewerEmail, type Waiting } from './approvals.ts'
import { type BenchRow, below, inParallel, percentile, round, timed } from './figures.ts'
import { onRealSystem } from './real-services.ts'

const CONTROLS = 1_000
const OPENED_S = 300
const ACTS_MS = 500
/** A person decides once a second. */
const PACE_MS = 1_000
const QUIET = 30
const ACTS = 200
const MINUTE_MS = 60_000
/** A measure that misses its target goes on to its end all the same. */
const PATIENCE_S = 900

export function controls(): Promise<BenchRow[]> {
  return onRealSystem(async (system) => {
    const entityId = demoEntityId('santamarta')
    const owner = openDatabase(system.ownerUrl, { max: 2 })
    const product = openProduct(system)
    try {
      const waiting = await prepared(product, QUIET + ACTS)
      const ids = await withEntity(owner, entityId, async (trx) => {
        const by = await riskKeeper(trx, entityId, 'direccion_tic')
        return await manyControls(trx, by, { count: CONTROLS, periodicity: 'semanal' })
      })
      const due = await schedule(product.context.temporal, entityId, ids)
      const quiet = await actsUntil(await signIn(system.url, reviewerEmail()), waiting.splice(0, QUIET), () => false)
      await sleep(due - Date.now())
      // Whoever signed in minutes ago would be asked for the password again.
      const visitor = await signIn(system.url, reviewerEmail())
      let isOpen = false
      const meanwhile = actsUntil(visitor, waiting, () => isOpen)
      const opened = await timed(async () => {
        await untilOpen(owner, entityId)
        isOpen = true
      })
      const [before, value] = [percentile(quiet, 95), percentile(await meanwhile, 95)].map(round) as [number, number]
      return [
        below('controls: 1,000 due in one minute, all runs open', opened / 1_000, 's', OPENED_S),
        {
          ...below('controls: acts of people meanwhile, p95', value, 'ms', ACTS_MS),
          ...{ baseline: before, ratio: round(value / before) },
        },
      ]
    } finally {
      await product.close()
      await owner.close()
    }
  })
}

/** As the product schedules them, but all in the minute after the last is made; answers when that begins, in ms. */
async function schedule(client: Client, entityId: string, ids: string[]): Promise<number> {
  // Making them takes less; where it did not, the minute would have passed and the catch-up would be measured.
  const due = Math.ceil(appNow().getTime() / MINUTE_MS) * MINUTE_MS + 3 * MINUTE_MS
  await inParallel(ids, 20, async (controlId) => {
    const { spec, ...rest } = controlSchedule({ entityId, controlId, rhythm: 52 })
    const calendars = [minuteOf(new Date(due))]
    await client.schedule.create({
      ...{ ...rest, scheduleId: controlScheduleId(controlId), spec: { ...spec, calendars, timezone: 'UTC' } },
    })
  })
  if (appNow().getTime() > due - QUIET * PACE_MS) throw new Error('the Schedules were not made in time')
  return due
}

function minuteOf(at: Date): CalendarSpec {
  return { hour: at.getUTCHours(), minute: at.getUTCMinutes(), dayOfMonth: at.getUTCDate() }
}

/** One act a second, until it is over or none is left; milliseconds each took. */
async function actsUntil(visitor: Visitor, waiting: Waiting[], isOver: () => boolean): Promise<number[]> {
  const times: number[] = []
  for (let one = waiting.shift(); one && !isOver(); one = waiting.shift()) {
    const next = one
    const took = await timed(() => approve(visitor, next))
    times.push(took)
    await sleep(Math.max(0, PACE_MS - took))
  }
  return times
}

async function untilOpen(owner: Database, entityId: string): Promise<void> {
  const patience = performance.now() + PATIENCE_S * 1_000
  while (performance.now() < patience) {
    const { n } = await withEntity(owner, entityId, (trx) =>
      trx
        .selectFrom('control_run')
        .select(({ fn }) => fn.countAll<number>().as('n'))
        .executeTakeFirstOrThrow(),
    )
    if (Number(n) >= CONTROLS) return
    // Looking is work too.
    await sleep(1_000)
  }
  throw new Error('not every run opened')
}
