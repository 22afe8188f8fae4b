import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { Actor } from '../../app/session.server.ts'
import { type Database, openDatabase } from '../../db/client.ts'
import { appToday, moveClock } from '../../db/clock.ts'
import { roleUrl } from '../../db/roles.ts'
import { addDays } from '../../domain/civil-dates.ts'
import {
  check,
  controlled,
  execute,
  keepOnce,
  loadRun,
  rowsIn,
  runsOf,
  standingOf,
  type TestControl,
} from '../support/control-runs.ts'
import { TEST_SECRET } from '../support/services.ts'
import { openWorld, type World } from '../support/world.ts'

const _DAY_S = 86_400

let world: World
let worker: Database
let owner: Actor
let sig: Actor
let _head: Actor
const known = new Set<string>()
beforeAll(async () => {
  world = await openWorld({ courier: true })
  worker = openDatabase(roleUrl(world.ownerUrl, TEST_SECRET, 'worker'), { max: 2 })
  ;[owner, sig, _head] = await Promise.all([
    world.actor('direccion_tic'),
    world.actor('profesional_sig'),
    world.actor('jefatura_ogac'),
  ])
}, 120_000)
afterAll(async () => {
  await worker.close()
  await world.close()
}, 60_000)
afterEach(() => moveClock(0))

/** A control with its first run open. */
async function running(periodicity = 'anual'): Promise<TestControl & { runId: string }> {
  const control = await controlled(world, periodicity, owner)
  await keepOnce(worker, world, known)
  await expect.poll(() => runsOf(world, control.id), { timeout: 15_000 }).toHaveLength(1)
  const runId = (await runsOf(world, control.id))[0]?.id ?? ''
  return { ...control, runId }
}

const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => null,
    (failure: { code: string }) => failure.code,
  )

const eventsOf = (...ids: string[]) =>
  rowsIn(world, async (trx) =>
    (await trx.selectFrom('event').select('type').where('object_id', 'in', ids).orderBy('at').execute())
      .map(({ type }) => type)
      .filter((type) => !type.startsWith('notice')),
  )

describe('a control that is executed', () => {
  it('runs from its Schedule over evidence and the check of somebody else to a lower demonstrated residual', async () => {
    const { id, riskId, runId, risk } = await running()
    const before = await standingOf(world, riskId)
    expect(before).toMatchObject({ demonstrated_p: before.demonstrated_p, demonstrated_zone: before.inherent_zone })
    expect(await codeOf(execute(world, sig, runId))).toBe('not_in_charge')
    expect(await codeOf(check(world, sig, runId))).toBe('run_to_do')
    await execute(world, owner, runId, { validUntil: addDays(appToday(), 60) })
    expect((await loadRun(world, runId)).state.status).toBe('executed')
    // Shown, and demonstrated only once it is checked.
    expect((await standingOf(world, riskId)).demonstrated_p).toBe(before.demonstrated_p)
    expect(await codeOf(execute(world, owner, runId))).toBe('run_to_check')
    await check(world, sig, runId)
    const after = await standingOf(world, riskId)
    expect([after.demonstrated_p, after.demonstrated_zone]).toEqual([after.declared_p, after.declared_zone])
    expect([after.declared_p, after.demonstrated_zone]).not.toEqual([
      after.inherent_probability,
      before.demonstrated_zone,
    ])
    expect(await eventsOf(id, runId, riskId)).toEqual([
      ...['risk.registered', 'control.added', 'control.run_opened', 'act.refused', 'act.refused', 'control.executed'],
      ...['act.refused', 'control.verified', 'control.evidence_changed', 'risk.demonstrated_moved'],
    ])
    const told = await rowsIn(world, (trx) =>
      trx.selectFrom('mail').select(['person_id', 'subject']).where('subject', 'like', `%${risk} bajó`).execute(),
    )
    expect(told.map((row) => row.person_id)).toEqual([owner.personId])
  })
})
