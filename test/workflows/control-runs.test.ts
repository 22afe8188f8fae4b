import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { expireEvidence } from '../../activities/expire-evidence.ts'
import type { Tools } from '../../activities/tools.ts'
import { retireControl } from '../../app/commands/keep-risks.server.ts'
import type { Actor } from '../../app/session.server.ts'
import { type Database, openDatabase } from '../../db/client.ts'
import { appToday, moveClock } from '../../db/clock.ts'
import { listOpenAlerts, listWaitingRuns } from '../../db/control-waiting.ts'
import { listRanTerms } from '../../db/ran-terms.ts'
import { roleUrl } from '../../db/roles.ts'
import { listSentNotices } from '../../db/sent-notices.ts'
import { listTimeline } from '../../db/timeline.ts'
import { addDays, daysBetween } from '../../domain/civil-dates.ts'
import type { TimelineSubject } from '../../domain/timeline.ts'
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
import { fastForward } from '../support/temporal.ts'
import { openWorld, type World } from '../support/world.ts'

const DAY_S = 86_400

let world: World
let worker: Database
let owner: Actor
let sig: Actor
let head: Actor
const known = new Set<string>()
beforeAll(async () => {
  world = await openWorld({ courier: true })
  worker = openDatabase(roleUrl(world.ownerUrl, TEST_SECRET, 'worker'), { max: 2 })
  ;[owner, sig, head] = await Promise.all([
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

const timelineOf = (subject: TimelineSubject) =>
  rowsIn(world, async (trx) => (await listTimeline(trx, subject)).rows.map(({ type }) => type))

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
    const ofRun = await timelineOf({ kind: 'run', id: runId })
    expect(ofRun.filter((type) => type !== 'act.refused' && !type.startsWith('notice'))).toEqual([
      ...['control.verified', 'control.executed', 'control.run_opened'],
    ])
    expect(await timelineOf({ kind: 'risk', id: riskId })).toEqual([
      ...['risk.demonstrated_moved', 'control.evidence_changed', 'control.added', 'risk.registered'],
    ])
    const told = await rowsIn(world, (trx) =>
      trx.selectFrom('mail').select(['person_id', 'subject']).where('subject', 'like', `%${risk} bajó`).execute(),
    )
    expect(told.map((row) => row.person_id)).toEqual([owner.personId])
  })
})

describe('evidence', () => {
  it('that expires raises the demonstrated residual the same day, asks the owner and leaves the declared one', async () => {
    const { id, riskId, runId, risk, code } = await running()
    const until = addDays(appToday(), 3)
    await execute(world, owner, runId, { validUntil: until })
    await check(world, sig, runId)
    const shown = await standingOf(world, riskId)
    const tools = { database: worker, publicUrl: 'http://localhost:3000' } as Tools
    const begin = (day: string) => expireEvidence(tools, { entityId: world.entityId, day })
    await begin(until)
    expect(await standingOf(world, riskId)).toMatchObject({ demonstrated_zone: shown.demonstrated_zone })
    for (let times = 0; times < 2; times++) await begin(addDays(until, 1))
    const expired = await standingOf(world, riskId)
    expect([expired.declared_p, expired.declared_zone]).toEqual([shown.declared_p, shown.declared_zone])
    expect(Number(expired.demonstrated_p)).toBeGreaterThan(Number(shown.demonstrated_p))
    expect(expired.demonstrated_zone).not.toBe(shown.demonstrated_zone)
    const events = await eventsOf(id, riskId)
    expect(events.filter((type) => type === 'risk.demonstrated_moved')).toHaveLength(2)
    const told = await rowsIn(world, (trx) =>
      trx.selectFrom('mail').select('person_id').where('subject', 'like', `%${risk} subió`).execute(),
    )
    expect(told.map((row) => row.person_id)).toEqual([owner.personId])
    const open = await rowsIn(world, (trx) =>
      listOpenAlerts(trx, world.entityId, { positionId: owner.position.id }, 10),
    )
    expect(open.filter((one) => one.risk === risk)).toMatchObject([{ control: code, raisedOn: addDays(until, 1) }])
  })

  it('of a future period, of another one, or in force no longer is refused, and so is its own attester as verifier', async () => {
    const { runId } = await running()
    const refused = (change: Parameters<typeof execute>[3]) => codeOf(execute(world, owner, runId, change))
    expect(await refused({ to: addDays(appToday(), 1), validUntil: addDays(appToday(), 9) })).toBe('evidence_ahead')
    expect(await refused({ from: '2001-01-01', to: '2001-01-31' })).toBe('evidence_beside')
    expect(await refused({ validUntil: addDays(appToday(), -1) })).toBe('evidence_expired')
    expect(await refused({ validUntil: addDays(appToday(), 1_000) })).toBe('evidence_long')
    expect((await loadRun(world, runId)).state.status).toBe('open')
    const { id } = await controlled(world, 'anual', sig, owner)
    await keepOnce(worker, world, known)
    await expect.poll(() => runsOf(world, id), { timeout: 15_000 }).toHaveLength(1)
    const own = (await runsOf(world, id))[0]?.id ?? ''
    await execute(world, sig, own)
    expect(await codeOf(check(world, sig, own))).toBe('own_evidence')
    await check(world, head, own)
    expect((await loadRun(world, own)).state).toMatchObject({ status: 'verified', isClosed: true })
  })
})

describe('the position that owns the risk', () => {
  const waitsFor = async (by: Actor, code: string) => {
    const reader = {
      entityId: world.entityId,
      personId: by.personId,
      positionId: by.position.id,
      duty: by.position.duty,
    }
    const waiting = await rowsIn(world, (trx) => listWaitingRuns(trx, { ...reader, actingFor: null }, appToday(), 100))
    return waiting.some((one) => one.control === code && one.task === 'check')
  }
  const run = async (executor: Actor) => {
    const { id, code } = await controlled(world, 'anual', executor, head)
    await keepOnce(worker, world, known)
    await expect.poll(() => runsOf(world, id), { timeout: 15_000 }).toHaveLength(1)
    const runId = (await runsOf(world, id))[0]?.id ?? ''
    await execute(world, executor, runId)
    return { code, runId }
  }

  it('does not check the runs of its controls while somebody else of the second line can', async () => {
    const { code, runId } = await run(owner)
    expect([await waitsFor(head, code), await waitsFor(sig, code)]).toEqual([false, true])
    const told = await rowsIn(world, (trx) =>
      trx
        .selectFrom('mail')
        .select('person_id')
        .where('subject', '=', `Verifique la evidencia del control ${code}`)
        .execute(),
    )
    expect(told.map((row) => row.person_id)).toEqual([sig.personId])
    expect(await codeOf(check(world, head, runId))).toBe('owns_the_risk')
    await check(world, sig, runId)
    expect((await loadRun(world, runId)).state.status).toBe('verified')
  })

  it('checks them where the only other holder executed the run, or nobody holds the other position', async () => {
    const { code, runId } = await run(sig)
    expect(await waitsFor(head, code)).toBe(true)
    await check(world, head, runId)
    const other = await run(owner)
    expect(await codeOf(check(world, head, other.runId))).toBe('owns_the_risk')
    const ends = (to: string | null) =>
      rowsIn(world, (trx) =>
        trx.updateTable('tenure').set({ to_date: to }).where('position_id', '=', sig.position.id).execute(),
      )
    await ends(addDays(appToday(), -1))
    expect(await waitsFor(head, other.code)).toBe(true)
    await check(world, head, other.runId)
    await ends(null)
    expect((await loadRun(world, other.runId)).state.status).toBe('verified')
  })
})

describe('a run that nobody executes', () => {
  it('is a recorded failure on the day after, may be made up for, and ends with the next period', async () => {
    const { id, riskId, runId, risk, code } = await running()
    const { workflowId, state } = await loadRun(world, runId)
    await fastForward(world.temporal.client, workflowId, (daysBetween(appToday(), state.dueOn) + 1) * DAY_S)
    expect((await loadRun(world, runId)).state).toMatchObject({ status: 'missed', isClosed: false })
    expect(await eventsOf(id, runId)).toContain('control.missed')
    expect((await standingOf(world, riskId)).demonstrated_p).toBe('60')
    await execute(world, owner, runId)
    const about = { entityId: world.entityId, kind: 'run', id: runId } as const
    const termOf = async () => (await rowsIn(world, (trx) => listRanTerms(trx, about))).rows[0]
    expect(await termOf()).toMatchObject({ dueOn: state.dueOn, ending: 'done', countsStart: true })
    await check(world, sig, runId, 'reject')
    expect((await loadRun(world, runId)).state.status).toBe('rejected')
    expect(await termOf()).toMatchObject({ ending: 'running', endedOn: null })
    const path = `/riesgos/${risk}/controles/${code}/ejecuciones/${state.period.start}`
    const told = (await rowsIn(world, (trx) => listSentNotices(trx, { ...about, path }, { limit: 100 }))).rows
    expect(told.map(({ subject }) => subject)).toContain(`Se devolvió la ejecución del control ${code}`)
    expect(told.filter(({ kind }) => kind !== null).map(({ duty }) => duty)).toContain('in_charge')
    await fastForward(world.temporal.client, workflowId, (daysBetween(state.dueOn, state.lateUntil) + 2) * DAY_S)
    expect((await loadRun(world, runId)).state).toMatchObject({ status: 'rejected', isClosed: true })
    expect(await termOf()).toMatchObject({ ending: 'stopped' })
    expect(await codeOf(execute(world, owner, runId))).toBe('run_over')
    const findings = await rowsIn(world, (trx) =>
      trx
        .selectFrom('finding')
        .select(['origin', 'owner_position', 'status', 'person_id'])
        .where('control_id', '=', id)
        .execute(),
    )
    expect(findings).toEqual([
      { origin: 'control', owner_position: owner.position.id, status: 'to_analyse', person_id: null },
    ])
  })

  it('is asked of nobody once its control is retired', async () => {
    const { runId, risk, code } = await running()
    const keeper = await world.actor('profesional_ogac')
    await retireControl(world.context, keeper, risk, { control: code, reason: 'Lo reemplaza otro control.' })
    const isWithdrawn = async () => (await loadRun(world, runId)).state
    await expect.poll(isWithdrawn, { timeout: 15_000 }).toMatchObject({ status: 'withdrawn', isClosed: true })
  })
})
