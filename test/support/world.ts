/** A municipality with its people on a real database, a real Temporal namespace and a worker, without the web process. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { NativeConnection, type Worker } from '@temporalio/worker'
import pino from 'pino'
import { startCourier } from '../../activities/courier.ts'
import { startMailer } from '../../activities/deliver-mail.ts'
import { createForwarder, createWorker } from '../../activities/worker.ts'
import { answerReopening, askToReopen } from '../../app/commands/reopen-step.server.ts'
import type { AppContext } from '../../app/context.server.ts'
import type { Actor } from '../../app/session.server.ts'
import { type Database, openDatabase, withoutEntity } from '../../db/client.ts'
import type { LoadedCycle } from '../../db/cycles.ts'
import { newId } from '../../db/ids.ts'
import { roleUrl } from '../../db/roles.ts'
import { demoEntityId } from '../../db/seed.ts'
import { stepOf } from '../../domain/cycle-state.ts'
import type { Answers } from '../../domain/forms.ts'
import type { StepCode } from '../../domain/procedures.ts'
import { type Environment, startOurs } from '../../scripts/application.ts'
import * as acts from '../../scripts/demonstration/acts.ts'
import { demonstrationDatabase } from './database.ts'
import { type TestTemporal, testTemporal } from './temporal.ts'

export interface World {
  /** Where files and snapshots are. */
  dataDir: string
  ownerUrl: string
  context: AppContext
  owner: Database
  temporal: TestTemporal
  entityId: string
  actor(duty: string, slug?: string): Promise<Actor>
  newCycle(): Promise<string>
  cycle(id: string): Promise<LoadedCycle>
  /** `kill -9` of the worker, and another one; only where it is a process of its own. */
  worker: { kill(): Promise<void>; start(): Promise<void> }
  close(): Promise<void>
}

export interface WorldOptions {
  courier?: boolean
  smtpUrl?: string
  /** Where probes ask; nobody answers otherwise. */
  webUrl?: string
  /** The worker as a process of its own with this added to its environment, so that it may be killed. */
  workerProcess?: Environment
}

/** Where the servers of the tests stand, to which nobody connects unless the installation says so. */
const HERE = '127.0.0.1'
const NOBODY = 'http://127.0.0.1:9'

export async function openWorld(options: WorldOptions = {}): Promise<World> {
  const database = await demonstrationDatabase()
  const temporal = await testTemporal()
  const dataDir = mkdtempSync(path.join(tmpdir(), 'caracteriza-world-'))
  const open = (role: 'web' | 'worker') => openDatabase(roleUrl(database.ownerUrl, database.secret, role), { max: 20 })
  const [web, work] = [open('web'), open('worker')]
  const owner = openDatabase(database.ownerUrl, { max: 4 })
  const connection = await NativeConnection.connect({ address: temporal.address })
  const tools = {
    database: work,
    dataDir,
    secret: database.secret,
    publicUrl: 'http://localhost:3000',
    webUrl: options.webUrl ?? NOBODY,
    mailFrom: 'pruebas@localhost',
    smtpUrl: options.smtpUrl,
    connectionHosts: HERE,
  }
  const worker = options.workerProcess
    ? await workerProcess({ ...database, temporal, dataDir, env: options.workerProcess })
    : workerInside([
        await createWorker(connection, temporal.namespace, tools),
        await createForwarder(connection, temporal.namespace, tools),
      ])
  const courier = options.courier ? startCourier(work, temporal.client, () => {}) : undefined
  const mailer = options.smtpUrl ? startMailer(tools, () => {}) : undefined
  const own = { DATA_DIR: dataDir, APP_SECRET: database.secret, PUBLIC_URL: 'http://localhost:3000' }
  const config = { ...own, CONNECTION_HOSTS: HERE }
  const context = {
    ...{ db: web, temporal: temporal.client, requestId: 'prueba', config },
    log: pino({ level: 'silent' }),
  } as unknown as AppContext
  const entityId = demoEntityId('santamarta')
  const actor = (duty: string, slug = 'santamarta') => acts.actorOf(context, demoEntityId(slug), duty)
  return {
    dataDir,
    ownerUrl: database.ownerUrl,
    context,
    owner,
    temporal,
    entityId,
    actor,
    newCycle: () => askForCycle(context, entityId),
    cycle: (id) => acts.requireCycle(context, entityId, id),
    worker,
    close: async () => {
      await Promise.all([courier?.stop(), mailer?.stop()])
      await worker.stop()
      await connection.close()
      await Promise.all([web.close(), work.close(), owner.close()])
      await temporal.close()
      await database.drop()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

function workerInside(workers: Worker[]) {
  const running = workers.map((worker) => worker.run())
  const cannot = () => Promise.reject(new Error('this worker is no process of its own'))
  const stop = async () => {
    for (const worker of workers) worker.shutdown()
    await Promise.all(running)
  }
  return { kill: cannot, start: cannot, stop }
}

interface ProcessOptions {
  ownerUrl: string
  secret: string
  temporal: TestTemporal
  dataDir: string
  env: Environment
}

async function workerProcess({ ownerUrl, secret, temporal, dataDir, env }: ProcessOptions) {
  const all: Environment = {
    ...{ DATABASE_URL: ownerUrl, APP_SECRET: secret, DATA_DIR: dataDir, LOG_LEVEL: 'warn', INSTALLATION: 'demo' },
    ...{ TEMPORAL_ADDRESS: temporal.address, TEMPORAL_NAMESPACE: temporal.namespace, CONNECTION_HOSTS: HERE, ...env },
  }
  let running = await startOurs('worker', 'activities/worker.ts', all, dataDir)
  return {
    kill: async () => {
      running.started.child.kill('SIGKILL')
      await running.started.exited
    },
    start: async () => {
      running = await startOurs('worker', 'activities/worker.ts', all, dataDir)
    },
    stop: () => running.stop(),
  }
}

let radicado = 0

async function askForCycle(context: AppContext, entityId: string): Promise<string> {
  radicado += 1
  const cycle = {
    vigencia: 2026,
    name: 'Ejercicio de prueba',
    radicado: `2026-${process.pid}-${radicado}`,
    trd: '100.10',
  }
  return await acts.start(context, entityId, { ...cycle, formKey: newId() })
}

/** Fills in a step with complete answers and submits it; `change` makes its content another one. */
export async function elaborate(world: World, cycleId: string, code: StepCode, change = ''): Promise<string> {
  const edit = (answers: Answers): Answers =>
    change && code === '1'
      ? { ...answers, objetivos: { ...answers.objetivos, general: `${String(answers.objetivos?.general)} ${change}` } }
      : answers
  return await acts.elaborate(world.context, world.entityId, cycleId, code, {}, edit)
}

export async function verdict(
  world: World,
  cycleId: string,
  code: StepCode,
  duty: string,
  role: 'reviewer' | 'approver' | 'consent',
  kind: 'approve' | 'return' = 'approve',
) {
  return await acts.verdict(world.context, world.entityId, cycleId, code, { duty, role, kind })
}

/** Takes a step all the way to approved. */
export async function complete(world: World, cycleId: string, code: StepCode, change = ''): Promise<void> {
  await elaborate(world, cycleId, code, change)
  await acts.signAll(world.context, world.entityId, cycleId, code)
}

export async function reopen(world: World, cycleId: string, code: StepCode): Promise<void> {
  await askToReopen(world.context, await world.actor('profesional_ogac'), {
    cycleId,
    stepCode: code,
    reason: 'Falta un dato.',
  })
  const { reopening } = stepOf((await world.cycle(cycleId)).state, code)
  const answer = {
    cycleId,
    stepCode: code,
    reopeningId: reopening?.id ?? '',
    verdict: 'reopen' as const,
    reason: 'Se concede.',
  }
  await answerReopening(world.context, await world.actor('jefatura_ogac'), answer)
}

export async function eventTypes(world: World, cycleId: string): Promise<string[]> {
  const rows = await withoutEntity(world.owner, (trx) =>
    trx.selectFrom('event').select('type').where('cycle_id', '=', cycleId).orderBy('at').orderBy('id').execute(),
  )
  return rows.map((row) => row.type)
}
