import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startCourier } from '../../activities/courier.ts'
import { keepCalendars } from '../../activities/keep-calendars.ts'
import { holdStep } from '../../app/commands/keep-gates.server.ts'
import { runChecks } from '../../app/commands/run-checks.server.ts'
import { loadControl } from '../../app/pages/control.server.ts'
import { refusalSentence } from '../../app/text/refusals.ts'
import { recordEvent } from '../../db/audit.ts'
import { listControlStandings } from '../../db/check-pages.ts'
import { openRound } from '../../db/check-runs.ts'
import { type Database, openDatabase, type Trx, withEntity } from '../../db/client.ts'
import { newId } from '../../db/ids.ts'
import { roleUrl } from '../../db/roles.ts'
import { CONTROL_IDS } from '../../domain/controls.ts'
import { stepOf } from '../../domain/cycle-state.ts'
import { Refused } from '../../domain/refusals.ts'
import { liveRisks } from '../../scripts/demonstration/risks.ts'
import { selfCheckScheduleId } from '../../workflows/messages.ts'
import { TEST_SECRET } from '../support/services.ts'
import { elaborate, openWorld, type World } from '../support/world.ts'

let world: World
let worker: Database
beforeAll(async () => {
  world = await openWorld()
  worker = openDatabase(roleUrl(world.ownerUrl, TEST_SECRET, 'worker'), { max: 2 })
}, 120_000)
afterAll(async () => {
  await worker?.close()
  await world?.close()
}, 60_000)

const rows = <T>(read: (trx: Trx) => Promise<T>): Promise<T> => withEntity(world.owner, world.entityId, read)
/** Straight into the tables, with an event, as everything that is written has one. */
const told = (write: (trx: Trx) => Promise<unknown>) =>
  rows(async (trx) => {
    await write(trx)
    const { entityId } = world
    await recordEvent(trx, { entityId, type: 'entity.changed', objectId: entityId, origin: 'system' })
  })
const standings = () => rows((trx) => listControlStandings(trx, world.entityId))
const rounds = () =>
  rows((trx) => trx.selectFrom('check_round').select(['id', 'asked_by', 'ended_at']).orderBy('asked_at').execute())
const ended = async () => (await rounds()).every((round) => round.ended_at !== null)
const until = (n: number) =>
  expect.poll(async () => (await rounds()).length === n && (await ended()), { timeout: 60_000 }).toBe(true)

describe('a standing check that holds a step', () => {
  it('refuses to send it, in one sentence that names the check, and lets it go once nothing is left', async () => {
    const keeper = await world.actor('jefatura_ogac')
    const cycleId = await world.newCycle()
    await expect
      .poll(async () => stepOf((await world.cycle(cycleId)).state, '1').status, { timeout: 20_000 })
      .toBe('in_progress')
    await liveRisks(world.context, world.entityId)
    const retire = sql`update risk_control set retired_at = app_now(), retired_reason = 'x' where entity_id = ${world.entityId}`
    await told((trx) => retire.execute(trx))
    const gate = { formKey: newId(), step: '1' as const, reason: 'Ningún paso sigue con riesgos sin control.' }
    await holdStep(world.context, keeper, 'risk_without_control', gate)
    const refusal = await elaborate(world, cycleId, '1').catch((failure: Refused) => failure)
    expect(refusal).toBeInstanceOf(Refused)
    const { code, facts } = refusal as Refused
    expect(refusalSentence(code, facts)).toBe(
      'La verificación «Riesgos sin ningún control» retiene este paso: encuentra un pendiente. Resuélvalos en Riesgos, Verificaciones, y vuelva a intentarlo.',
    )
    const restore = sql`update risk_control set retired_at = null, retired_reason = null where entity_id = ${world.entityId}`
    await told((trx) => restore.execute(trx))
    await elaborate(world, cycleId, '1')
    expect(stepOf((await world.cycle(cycleId)).state, '1').status).toBe('in_review')
  }, 60_000)
})

describe('the controls of the product', () => {
  it('run by a Schedule of each entity, and the one that cannot be carried out is told the same day', async () => {
    const { client } = world.temporal
    await keepCalendars(worker, client, new Map())
    const schedule = client.schedule.getHandle(selfCheckScheduleId(world.entityId))
    const described = await schedule.describe()
    expect(described.info.nextActionTimes[0]?.toISOString().slice(10)).toBe('T10:00:00.000Z')
    await schedule.trigger()
    await until(1)
    const known = await standings()
    expect(known.map(({ control }) => control).sort()).toEqual([...CONTROL_IDS].sort())
    // A database of the test's own is not one that this installation backs up.
    expect(known.filter(({ state }) => state !== 'passed').map(({ control, state }) => [control, state])).toEqual([
      ['backup_restorable', 'error'],
    ])
    const mails = await rows((trx) => trx.selectFrom('mail').select(['subject', 'link']).execute())
    expect(mails.map(({ link }) => link)).toEqual(
      Array(2).fill('http://localhost:3000/riesgos/autocontroles/copia-restaurable'),
    )
    await schedule.trigger()
    await until(2)
    expect(await rows((trx) => trx.selectFrom('mail').select('id').execute())).toHaveLength(2)
  }, 120_000)

  it('run when a person asks, once however often the form is sent, and leave who asked in the record', async () => {
    const keeper = await world.actor('profesional_sig')
    const asked = { formKey: newId(), control: 'reminder_untold' } as const
    await Promise.all([0, 1, 2].map(() => runChecks(world.context, keeper, asked)))
    await until(3)
    const events = await rows((trx) =>
      trx.selectFrom('event').select(['type', 'actor_person']).where('object_id', '=', asked.formKey).execute(),
    )
    expect(events).toEqual([{ type: 'check.asked', actor_person: keeper.personId }])
  }, 60_000)

  it('run though Temporal was away when they were asked for: the courier starts the round', async () => {
    const id = newId()
    const { entityId } = world
    const { personId, position } = await world.actor('control_interno')
    const by = { entityId, personId, positionId: position.id }
    await rows((trx) => openRound(trx, { id, entityId, controls: ['reminder_untold'], by }))
    await rows((trx) =>
      trx
        .updateTable('check_round')
        .set({ asked_at: new Date(0) })
        .where('id', '=', id)
        .execute(),
    )
    const courier = startCourier(worker, world.temporal.client, () => {})
    try {
      await until(4)
    } finally {
      await courier.stop()
    }
  }, 60_000)

  it('show the controls of the seed risk, whose demonstrated residual follows the day one of them fails', async () => {
    const { entityId } = world
    const keeper = await world.actor('jefatura_ogac')
    await liveRisks(world.context, entityId)
    const check = () => runChecks(world.context, keeper, { formKey: newId(), control: 'access_unreviewed' })
    const standing = async () => {
      const { rows: found } = await rows((trx) =>
        sql<{
          p: string
          d: string
        }>`select demonstrated_p as p, declared_p as d from risk_standing where entity_id = ${entityId}`.execute(trx),
      )
      return [Number(found[0]?.p), Number(found[0]?.d)]
    }
    const before = (await rounds()).length
    const shownBy = async () => {
      const named = await rows((trx) =>
        trx
          .selectFrom('risk_control as c')
          .innerJoin('risk as r', 'r.id', 'c.risk_id')
          .select(['c.code as control', 'r.code as risk'])
          .where('c.automatic_check', '=', 'access_unreviewed')
          .executeTakeFirstOrThrow(),
      )
      const page = await loadControl(world.context, keeper, named, new URLSearchParams())
      return { state: page.standing.state, says: page.shownBy?.sentence }
    }
    // Nothing was ever reviewed: a green run that looked at nothing proves nothing.
    await check()
    await until(before + 1)
    const [never = 0, declared] = await standing()
    expect(await shownBy()).toEqual({
      ...{ state: 'never', says: expect.stringContaining('no encontró nada que mirar: esa ejecución no demuestra') },
    })
    const reviewed = sql`insert into access_campaign (id, entity_id, year, n, code, kind, vigencia, working_days, status, due_date,
        closed_at, executed_at)
      values (gen_random_uuid(), ${entityId}, 2019, 1, 'RA-2019-0001', 'yearly', 2019, 5, 'closed', '2019-02-06', app_now(), app_now())`
    await rows((trx) => reviewed.execute(trx))
    await check()
    await until(before + 2)
    const [shown = 0] = await standing()
    expect(shown).toBeLessThan(never)
    expect(await shownBy()).toMatchObject({ state: 'current', says: expect.stringContaining(', sin incumplimientos.') })
    const overdue = sql`insert into access_campaign (id, entity_id, year, n, code, kind, vigencia, working_days, status, due_date)
      values (gen_random_uuid(), ${entityId}, 2020, 1, 'RA-2020-0001', 'yearly', 2020, 5, 'open', '2020-02-06')`
    await rows((trx) => overdue.execute(trx))
    await check()
    await until(before + 3)
    const [failed = 0, same] = await standing()
    expect(failed).toBeGreaterThan(shown)
    expect(same).toBe(declared)
    await rows((trx) => sql`delete from access_campaign where code = 'RA-2020-0001'`.execute(trx))
    await check()
    await until(before + 4)
    expect(await standing()).toEqual([shown, declared])
  }, 90_000)
})
