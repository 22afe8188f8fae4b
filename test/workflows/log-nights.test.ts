/** Nights and Mondays of an entity on the real server: the log of the day that ended is published, who read citizens' data is looked over. */
import type { ScheduleHandle } from '@temporalio/client'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { keepCalendars } from '../../activities/keep-calendars.ts'
import { sealAll } from '../../activities/seal-log.ts'
import { type Database, openDatabase, withEntity } from '../../db/client.ts'
import { appToday } from '../../db/clock.ts'
import { roleUrl } from '../../db/roles.ts'
import { addDays, mondayOf } from '../../domain/civil-dates.ts'
import { logScheduleId, readingScheduleId } from '../../workflows/messages.ts'
import { untilSealable } from '../support/sealable.ts'
import { TEST_SECRET } from '../support/services.ts'
import { openWorld, type World } from '../support/world.ts'

let world: World
let worker: Database
let sealer: Database
beforeAll(async () => {
  world = await openWorld()
  worker = openDatabase(roleUrl(world.ownerUrl, TEST_SECRET, 'worker'), { max: 2 })
  sealer = openDatabase(roleUrl(world.ownerUrl, TEST_SECRET, 'sealer'), { max: 2 })
  await keepCalendars(worker, world.temporal.client, new Map())
}, 120_000)
afterAll(async () => {
  await Promise.all([worker?.close(), sealer?.close()])
  await world?.close()
}, 60_000)

/** Runs it once more, to its end. Two that are asked for in one second have one name, and are one run: it is asked until there is another. */
async function run(schedule: ScheduleHandle): Promise<void> {
  const begun = async () =>
    (await schedule.describe()).info.recentActions.map(({ action }) => action.workflow.workflowId)
  const before = await begun()
  const another = await vi.waitUntil(
    async () => {
      await schedule.trigger()
      return (await begun()).find((one) => !before.includes(one))
    },
    { timeout: 60_000, interval: 1_000 },
  )
  await world.temporal.client.workflow.getHandle(another).result()
}

const days = () =>
  withEntity(worker, world.entityId, (trx) =>
    trx.selectFrom('log_day').select(['day', 'first', 'size']).where('entity_id', '=', world.entityId).execute(),
  )
const published = () =>
  withEntity(worker, world.entityId, (trx) =>
    trx
      .selectFrom('event')
      .select(['workflow_id', 'origin'])
      .where('entity_id', '=', world.entityId)
      .where('type', '=', 'log.day_published')
      .execute(),
  )

/** Where the mails lead that whoever has the duty got. */
const mailed = async (duty: string) => {
  const rows = await withEntity(worker, world.entityId, (trx) =>
    trx
      .selectFrom('mail')
      .innerJoin('tenure', 'tenure.person_id', 'mail.person_id')
      .innerJoin('position', 'position.id', 'tenure.position_id')
      .select('mail.link')
      .where('mail.entity_id', '=', world.entityId)
      .where('position.duty', '=', duty)
      .execute(),
  )
  return rows.map(({ link }) => link)
}

it('publishes the day that ended, and nothing where it is asked again', async () => {
  // As it would be had everything happened the day before.
  await withEntity(world.owner, world.entityId, (trx) =>
    sql`update event set at = at - interval '1 day' where entity_id = ${world.entityId}`.execute(trx),
  )
  await untilSealable(world.owner, world.entityId)
  const nightly = world.temporal.client.schedule.getHandle(logScheduleId(world.entityId))
  await expect
    .poll(
      async () => {
        await sealAll(sealer, world.dataDir)
        await run(nightly)
        return (await days()).length
      },
      { timeout: 90_000, interval: 2_000 },
    )
    .toBe(1)
  await run(nightly)
  const [day] = await days()
  expect(await days()).toHaveLength(1)
  expect(day?.first).toBe('0')
  expect(await published()).toEqual([{ origin: 'workflow', workflow_id: expect.stringContaining('log-day:') }])
  expect(await mailed('control_interno')).toEqual([expect.stringMatching(`/historia/${world.entityId}$`)])
}, 180_000)

it('looks over the week that ended, once', async () => {
  const monday = world.temporal.client.schedule.getHandle(readingScheduleId(world.entityId))
  const weeks = () =>
    withEntity(worker, world.entityId, (trx) =>
      trx.selectFrom('reading_week').select(['week', 'reads']).where('entity_id', '=', world.entityId).execute(),
    )
  const looked = () =>
    withEntity(worker, world.entityId, (trx) =>
      trx
        .selectFrom('event')
        .select('id')
        .where('entity_id', '=', world.entityId)
        .where('type', '=', 'audit.reading_listed')
        .execute(),
    )
  for (let n = 0; n < 2; n += 1) {
    await run(monday)
    expect(await weeks()).toEqual([{ week: addDays(mondayOf(appToday()), -7), reads: 0 }])
    expect(await looked()).toHaveLength(1)
  }
  expect(await mailed('jefatura_ogac')).toEqual([expect.stringMatching('/accesos/lecturas$')])
  const { spec } = await monday.describe()
  expect(spec.calendars?.[0]?.dayOfWeek).toEqual([expect.objectContaining({ start: 'MONDAY' })])
})
