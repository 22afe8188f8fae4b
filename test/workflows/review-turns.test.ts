import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { keepCalendars } from '../../activities/keep-calendars.ts'
import { setReviewCalendar } from '../../app/commands/change-review-calendar.server.ts'
import type { Actor } from '../../app/session.server.ts'
import { type Database, openDatabase, type Trx, withEntity } from '../../db/client.ts'
import { moveClock } from '../../db/clock.ts'
import { roleUrl } from '../../db/roles.ts'
import { addDays, daysBetween } from '../../domain/civil-dates.ts'
import { USUAL_CALENDAR } from '../../domain/review-calendar.ts'
import { singleReviewsScheduleId, yearlyReviewScheduleId } from '../../workflows/messages.ts'
import { grantedAccess } from '../support/accesses.ts'
import { TEST_SECRET } from '../support/services.ts'
import { fastForward, timeOf } from '../support/temporal.ts'
import { openWorld, type World } from '../support/world.ts'

const DAY_MS = 86_400_000

let world: World
let worker: Database
let lead: Actor
let grantee: Actor
let grantId: string
beforeAll(async () => {
  world = await openWorld()
  worker = openDatabase(roleUrl(world.ownerUrl, TEST_SECRET, 'worker'), { max: 2 })
  const [head, other] = await Promise.all([world.actor('dependencia'), world.actor('jefatura_ogac')])
  grantee = await world.actor('atencion')
  lead = other
  grantId = await grantedAccess(world.context, { head, lead, grantee }, 'F004')
}, 120_000)
afterAll(async () => {
  await worker.close()
  await world.close()
}, 60_000)
afterEach(() => moveClock(0))

const rows = <T>(read: (trx: Trx) => Promise<T>): Promise<T> => withEntity(world.owner, world.entityId, read)
const kept = new Map<string, number>()
const keep = () => keepCalendars(worker, world.temporal.client, kept)
const schedule = (id: string) => world.temporal.client.schedule.getHandle(id)

/** Time passes for a Schedule and for the record, until its day has come. */
async function passTo(scheduleId: string, day: string): Promise<void> {
  const { client } = world.temporal
  const execution = `temporal-sys-scheduler:${scheduleId}`
  const today = new Date((await timeOf(client, execution)) - 5 * 3_600_000).toISOString().slice(0, 10)
  await fastForward(client, execution, (daysBetween(today, day) + 1) * 86_400)
  moveClock(daysBetween(new Date(performance.timeOrigin + performance.now()).toISOString().slice(0, 10), day) * DAY_MS)
}

/** The access once more, of another vigencia. */
const ofVigencia = (vigencia: number) =>
  rows((trx) =>
    trx
      .updateTable('access_grant')
      .set({ vigencia, starts_on: `${vigencia}-01-01`, ends_on: `${vigencia}-12-31` })
      .where('id', '=', grantId)
      .execute(),
  )

const campaigns = () =>
  rows((trx) =>
    trx
      .selectFrom('access_campaign')
      .select(['id', 'code', 'kind', 'cause', 'vigencia', 'status', 'opened_by', 'on_silence', 'working_days'])
      .orderBy('opened_at')
      .execute(),
  )
const turns = () => rows((trx) => trx.selectFrom('review_turn').select(['day', 'outcome']).orderBy('day').execute())
const said = (type: string) =>
  rows((trx) => trx.selectFrom('event').select(['changes', 'origin']).where('type', '=', type).execute())

describe('reviews that open by themselves', () => {
  it('are one Schedule each of every entity, kept as its office says', async () => {
    await keep()
    const id = yearlyReviewScheduleId(world.entityId)
    const first = await schedule(id).describe()
    expect([first.state.paused, first.spec.timezone]).toEqual([false, 'America/Bogota'])
    expect(first.info.nextActionTimes[0]?.toISOString().slice(4)).toBe('-01-01T05:10:00.000Z')
    await setReviewCalendar(world.context, lead, {
      ...{ ...USUAL_CALENDAR, seenN: 0, month: 2, day: 6, yearly: false, workingDays: 15, onSilence: 'suspend' },
      reason: 'Se revisa a mano mientras se reorganiza la planta.',
    })
    await keep()
    const second = await schedule(id).describe()
    expect([second.state.paused, JSON.stringify(second.spec.calendars?.[0]?.month)]).toEqual([
      ...[true, expect.stringContaining('FEBRUARY')],
    ])
    await setReviewCalendar(world.context, lead, {
      ...{ ...USUAL_CALENDAR, seenN: 1, workingDays: 15, onSilence: 'suspend' },
      reason: 'La planta ya quedó organizada.',
    })
    await keep()
    expect((await schedule(id).describe()).state.paused).toBe(false)
    expect(await said('campaign.calendar_changed')).toHaveLength(2)
  })

  it('open at the turn of the year with the terms of the office, and leave a vigencia alone that was reviewed', async () => {
    const id = yearlyReviewScheduleId(world.entityId)
    const year = new Date(performance.timeOrigin).getUTCFullYear() + 1
    await ofVigencia(year)
    await passTo(id, `${year}-01-01`)
    await expect
      .poll(async () => (await campaigns()).map(({ status }) => status), { timeout: 20_000 })
      .toEqual(['open'])
    expect(await campaigns()).toMatchObject([
      { kind: 'yearly', vigencia: year, opened_by: null, on_silence: 'suspend', working_days: 15 },
    ])
    await rows((trx) =>
      trx
        .updateTable('access_campaign')
        .set({ status: 'closed', vigencia: year + 1 })
        .execute(),
    )
    await passTo(id, `${year + 1}-01-01`)
    await expect.poll(turns, { timeout: 20_000 }).toEqual([
      { day: `${year}-01-01`, outcome: 'opened' },
      { day: `${year + 1}-01-01`, outcome: 'reviewed' },
    ])
    expect(await campaigns()).toHaveLength(1)
    expect(await said('campaign.turn_passed')).toMatchObject([{ origin: 'workflow' }])
  })

  it('ask once of a person who left a position in the organismo, and tell them before', async () => {
    const id = singleReviewsScheduleId(world.entityId)
    const today = new Date(performance.timeOrigin + performance.now() - 5 * 3_600_000).toISOString().slice(0, 10)
    await rows((trx) => trx.deleteFrom('review_item').execute())
    await ofVigencia(Number(today.slice(0, 4)))
    await rows((trx) =>
      trx
        .insertInto('tenure')
        .values({
          ...{ id: crypto.randomUUID(), entity_id: world.entityId, person_id: grantee.personId, kind: 'encargado' },
          ...{ position_id: grantee.position.id, from_date: addDays(today, -90), to_date: addDays(today, -1) },
          act_reference: 'Resolución 1',
        })
        .execute(),
    )
    for (let times = 0; times < 2; times++) await schedule(id).trigger()
    const opened = async () =>
      (await campaigns()).filter(({ kind }) => kind === 'event').map(({ cause, status }) => [cause, status])
    await expect.poll(opened, { timeout: 20_000 }).toEqual([['contract_end', 'open']])
    const codes = (await campaigns()).filter(({ kind }) => kind === 'event').map(({ code }) => code)
    const told = () =>
      rows((trx) =>
        trx
          .selectFrom('mail')
          .select('person_id')
          .where('subject', 'like', '%está en revisión')
          .where('body', 'like', `%fin de la vinculación%${codes[0]}%`)
          .execute(),
      )
    await expect.poll(told, { timeout: 20_000 }).toEqual([{ person_id: grantee.personId }])
  })
})
