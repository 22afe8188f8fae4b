import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pino from 'pino'
import { afterAll, expect, test } from 'vitest'
import { GONE_LIST, readGone } from '../../activities/gone-list.ts'
import { type AppContext, closeContext, openContext } from '../../app/context.server.ts'
import { recordEvent } from '../../db/audit.ts'
import { openKey } from '../../db/citizens.ts'
import { type Database, openDatabase, withEntity } from '../../db/client.ts'
import { appNow } from '../../db/clock.ts'
import { dropCitizen } from '../../db/erasures.ts'
import { newId } from '../../db/ids.ts'
import { demoEntityId } from '../../db/seed.ts'
import { parseConfig } from '../../domain/config.ts'
import { stepOf } from '../../domain/cycle-state.ts'
import { type Environment, startOurs } from '../../scripts/application.ts'
import { backup } from '../../scripts/backup.ts'
import * as acts from '../../scripts/demonstration/acts.ts'
import { startPostgres } from '../../scripts/postgres.ts'
import { restore } from '../../scripts/restore.ts'
import { startTemporal } from '../../scripts/temporal.ts'
import { findTemporal } from '../../scripts/temporal-programs.ts'
import { read } from '../faults/bench.ts'
import { faultsOfRecord, mustAgree, untilSettled } from '../faults/invariants.ts'
import { insertAccessInForce, insertCitizen } from '../support/citizens.ts'
import { TEST_SECRET as secret } from '../support/services.ts'
import { startOwnSystem } from '../support/system.ts'
import { fastForward, timeOf } from '../support/temporal.ts'

const folder = mkdtempSync(join(tmpdir(), 'caracteriza-drill-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Long enough for the copy, short enough to fall due before the restored Temporal starts. */
const DUE_S = 30

const entityId = demoEntityId('santamarta')
let number = 0

const contextOf = (env: Environment): AppContext => ({
  ...openContext(parseConfig(env), pino({ level: 'silent' })),
  nonce: '',
  requestId: 'simulacro',
})

/** A citizen captured before the copy is taken; answers their id. */
async function captureCitizen(owner: Database): Promise<string> {
  return await withEntity(owner, entityId, async (trx) => {
    const clerk = await trx
      .selectFrom('tenure')
      .innerJoin('position', 'position.id', 'tenure.position_id')
      .select(['tenure.person_id as personId', 'position.id as positionId'])
      .where('position.duty', '=', 'atencion')
      .executeTakeFirstOrThrow()
    const grant = await insertAccessInForce(trx, entityId, clerk)
    // Written by hand, told as the product tells it: nothing may stand without its event.
    await recordEvent(trx, { entityId, type: 'entity.changed', objectId: entityId, origin: 'system' })
    const recordId = await insertCitizen(trx, { secret, entityId }, { grant, by: clerk, number: '1082000111' })
    const row = trx.selectFrom('capture_record').select('citizen_id').where('id', '=', recordId)
    return (await row.executeTakeFirstOrThrow()).citizen_id
  })
}

/** Erased once the copy is taken; the list of it, as it is kept in another place. */
async function eraseCitizen(owner: Database, citizenId: string, list: string): Promise<void> {
  const erase = { entityId, cause: null, at: appNow() }
  await withEntity(owner, entityId, (trx) => dropCitizen(trx, citizenId, erase))
  await expect.poll(() => readGone(list), { timeout: 30_000 }).toMatchObject([{ citizenId }])
  copyFileSync(list, join(folder, GONE_LIST))
}

async function begin(context: AppContext): Promise<string> {
  number += 1
  const cycle = { vigencia: 2026, name: 'Ejercicio del simulacro', radicado: `S-${number}`, trd: '100.10' }
  return await acts.start(context, entityId, { ...cycle, formKey: newId() })
}

/** Acts without pause until told to stop: start, submit, review, approve. */
async function keepActing(context: AppContext, running: { on: boolean }, confirmed: string[]): Promise<void> {
  while (running.on) {
    const cycleId = await begin(context)
    await acts.elaborate(context, entityId, cycleId, '1')
    for (const [duty, role] of [
      ['profesional_sig', 'reviewer'],
      ['jefatura_ogac', 'approver'],
    ] as const) {
      const receipt = await acts.verdict(context, entityId, cycleId, '1', { duty, role })
      if (running.on && receipt.settled) confirmed.push(receipt.actId)
    }
  }
}

/** The first reminder of step 1 falls due this many seconds from now, on the execution's own clock. */
async function bringReminderNear(context: AppContext, cycleId: string, seconds: number): Promise<void> {
  const [first] = await noticesOf(context, cycleId)
  const left = (first?.at.getTime() ?? 0) - (await timeOf(context.temporal, `cycle:${cycleId}`))
  await fastForward(context.temporal, `cycle:${cycleId}`, Math.floor(left / 1000) - seconds)
}

async function noticesOf(context: AppContext, cycleId: string) {
  return await context.db.within({ 'app.entity': entityId }, (trx) =>
    trx
      .selectFrom('notice')
      .select(['kind', 'status', 'planned_at as at'])
      .where('cycle_id', '=', cycleId)
      .orderBy('planned_at')
      .execute(),
  )
}

test('a copy taken while people act restores whole: acts, an old cycle, and a timer that fell due meanwhile', async () => {
  const system = await startOwnSystem()
  const context = contextOf(system.env)
  const file = join(folder, 'copia.tar.gz')
  const living = openDatabase(system.ownerUrl, { max: 1 })
  const citizenId = await captureCitizen(living)
  const oldCycle = await begin(context)
  await acts.elaborate(context, entityId, oldCycle, '1')
  await acts.verdict(context, entityId, oldCycle, '1', { duty: 'profesional_sig', role: 'reviewer' })
  const waiting = await begin(context)
  const [running, confirmed] = [{ on: true }, [] as string[]]
  const people = [keepActing(context, running, confirmed), keepActing(context, running, confirmed)]
  while (confirmed.length < 4) await sleep(50)
  await bringReminderNear(context, waiting, DUE_S)
  const due = performance.now() + DUE_S * 1000
  const before = [...confirmed]
  await backup({ dataDir: system.dataDir, secret, file })
  running.on = false
  await Promise.all(people)
  await eraseCitizen(living, citizenId, join(system.dataDir, GONE_LIST))
  await living.close()
  expect((await noticesOf(context, waiting)).map((notice) => notice.status)).not.toContain('sent')
  await closeContext(context)
  await system.stop()

  const dataDir = join(folder, 'restaurada')
  mkdirSync(dataDir, { mode: 0o755 })
  copyFileSync(join(folder, GONE_LIST), join(dataDir, GONE_LIST))
  await restore({ dataDir, secret, file })
  const postgres = await startPostgres({ dataDir, secret })
  const programs = await findTemporal(() => undefined)
  await sleep(Math.max(0, due - performance.now()))
  const temporal = await startTemporal({
    dataDir,
    programs,
    postgres: postgres.temporal,
    historyShards: 4,
    timeSkipping: true,
  })
  const env = {
    ...system.env,
    DATA_DIR: dataDir,
    DATABASE_URL: postgres.ownerUrl(),
    TEMPORAL_ADDRESS: temporal.address,
  }
  const worker = await startOurs('worker', 'activities/worker.ts', env, dataDir)
  const again = contextOf(env)
  const owner = openDatabase(postgres.ownerUrl(), { max: 2 })
  try {
    const recorded = { owner, client: again.temporal, entityId }
    await untilSettled(recorded)
    expect(await faultsOfRecord(recorded, before)).toEqual([])
    // Whoever was erased since the copy was taken opens in it no more, and the copy says that it was erased there again.
    await expect(read(recorded, (trx) => openKey(trx, { secret, entityId }, citizenId))).rejects.toThrow(
      'citizen_erased',
    )
    const erased = read(recorded, (trx) =>
      trx.selectFrom('event').select('origin').where('type', '=', 'citizen.erased_again').execute(),
    )
    expect(await erased).toEqual([{ origin: 'system' }])
    const cycles = await read(recorded, (trx) => trx.selectFrom('cycle').select('id').execute())
    for (const { id } of cycles) await mustAgree(recorded, id)
    await acts.verdict(again, entityId, oldCycle, '1', { duty: 'jefatura_ogac', role: 'approver' })
    expect(stepOf((await acts.requireCycle(again, entityId, oldCycle)).state, '1').status).toBe('approved')
    const sent = async () =>
      (await noticesOf(again, waiting)).filter((notice) => notice.status === 'sent').map((notice) => notice.kind)
    await expect.poll(sent, { timeout: 60_000, interval: 500 }).toEqual(['reminder-3'])
  } finally {
    await owner.close()
    await closeContext(again)
    await worker.stop()
    await temporal.stop()
    await postgres.stop()
  }
}, 300_000)
