/** A municipality with its people on a real database, a real Temporal namespace and a worker, without the web process. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { NativeConnection, Runtime } from '@temporalio/worker'
import pino from 'pino'
import { startCourier } from '../../activities/courier.ts'
import { startMailer } from '../../activities/deliver-mail.ts'
import { createWorker } from '../../activities/worker.ts'
import { decideStep } from '../../app/commands/decide-step.server.ts'
import { answerReopening, askToReopen } from '../../app/commands/reopen-step.server.ts'
import { saveDraft } from '../../app/commands/save-draft.server.ts'
import { startCycle } from '../../app/commands/start-cycle.server.ts'
import { submitStep } from '../../app/commands/submit-step.server.ts'
import type { AppContext } from '../../app/context.server.ts'
import type { Actor } from '../../app/session.server.ts'
import { completeAnswers } from '../../catalog/demo/answers.ts'
import { type Database, openDatabase, type Trx, withActor, withoutEntity } from '../../db/client.ts'
import { appNow } from '../../db/clock.ts'
import { findCycle, type LoadedCycle } from '../../db/cycles.ts'
import { newId } from '../../db/ids.ts'
import { findPersonAtWork } from '../../db/positions.ts'
import { roleUrl } from '../../db/roles.ts'
import { demoEntityId, seedDemonstration } from '../../db/seed.ts'
import { findStepContext } from '../../db/step-context.ts'
import { stepOf } from '../../domain/cycles.ts'
import { type StepCode, stepTemplate } from '../../domain/procedures.ts'
import { freshDatabase } from './database.ts'
import { type TestTemporal, testTemporal } from './temporal.ts'

export interface World {
  context: AppContext
  owner: Database
  temporal: TestTemporal
  entityId: string
  actor(duty: string, slug?: string): Promise<Actor>
  newCycle(): Promise<string>
  cycle(id: string): Promise<LoadedCycle>
  close(): Promise<void>
}

export async function openWorld(options: { courier?: boolean; smtpUrl?: string } = {}): Promise<World> {
  const database = await freshDatabase()
  const temporal = await testTemporal()
  await seedDemonstration(database.ownerUrl, database.secret)
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
    mailFrom: 'pruebas@localhost',
    smtpUrl: options.smtpUrl,
  }
  const worker = await createWorker(connection, temporal.namespace, tools)
  const running = worker.run()
  const courier = options.courier ? startCourier(work, temporal.client, () => {}) : undefined
  const mailer = options.smtpUrl ? startMailer(tools, () => {}) : undefined
  const context = {
    db: web,
    temporal: temporal.client,
    requestId: 'prueba',
    log: pino({ level: 'silent' }),
  } as AppContext
  const entityId = demoEntityId('santamarta')
  const actor = (duty: string, slug = 'santamarta') => actorWith(web, owner, demoEntityId(slug), duty)
  return {
    context,
    owner,
    temporal,
    entityId,
    actor,
    newCycle: async () => await askForCycle(context, await actor('jefatura_ogac'), owner),
    cycle: (id) => withActor(web, { entityId, personId: null }, (trx) => requireCycle(trx, id)),
    close: async () => {
      await Promise.all([courier?.stop(), mailer?.stop()])
      worker.shutdown()
      await running
      await connection.close()
      await Promise.all([web.close(), work.close(), owner.close()])
      await temporal.close()
      await database.drop()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

async function requireCycle(trx: Trx, id: string): Promise<LoadedCycle> {
  const cycle = await findCycle(trx, id)
  if (!cycle) throw new Error(`cycle ${id} is not visible`)
  return cycle
}

async function actorWith(web: Database, owner: Database, entityId: string, duty: string): Promise<Actor> {
  const { person_id: personId } = await withoutEntity(owner, (trx) =>
    trx
      .selectFrom('tenure')
      .innerJoin('position', 'position.id', 'tenure.position_id')
      .select('tenure.person_id')
      .where('position.duty', '=', duty)
      .where('tenure.entity_id', '=', entityId)
      .executeTakeFirstOrThrow(),
  )
  const person = await withActor(web, { entityId, personId }, (trx) => findPersonAtWork(trx, personId))
  const position = person?.positions.find((held) => held.duty === duty)
  if (!person || !position) throw new Error(`nobody holds ${duty}`)
  return {
    ...{ sessionId: newId(), accountId: newId(), entityId, personId, email: '', provedAt: appNow() },
    ...{ displayName: person.displayName, entity: person.entity, positions: person.positions, position },
  }
}

let radicado = 0

async function askForCycle(context: AppContext, actor: Actor, owner: Database): Promise<string> {
  const procedure = await withoutEntity(owner, (trx) =>
    trx.selectFrom('procedure_version').select('id').where('entity_id', '=', actor.entityId).executeTakeFirstOrThrow(),
  )
  radicado += 1
  const request = {
    formKey: newId(),
    procedureVersionId: procedure.id,
    vigencia: 2026,
    name: 'Ejercicio de prueba',
    radicado: `2026-${process.pid}-${radicado}`,
    trd: '100.10',
  }
  const { cycleId } = await startCycle(context, actor, request)
  return cycleId
}

/** Fills in a step with complete answers and submits it, as its first author. */
export async function elaborate(world: World, cycleId: string, code: StepCode, change = ''): Promise<string> {
  const cycle = await world.cycle(cycleId)
  const author = await world.actor(stepTemplate(cycle.version.procedure, code).authors[0] ?? '')
  const step = await withActor(world.context.db, author, (trx) => findStepContext(trx, cycleId, code))
  const answers = completeAnswers(code)
  if (change && code === '1')
    answers.objetivos = { ...answers.objetivos, general: `${String(answers.objetivos?.general)} ${change}` }
  const saved = await saveDraft(world.context, author, { cycleId, stepCode: code, rev: step?.draft.rev ?? 0, answers })
  if (!saved.saved) throw new Error(`draft not saved: ${JSON.stringify(saved)}`)
  await submitStep(world.context, author, { cycleId, stepCode: code, draftRev: saved.rev })
  return stepOf((await world.cycle(cycleId)).state, code).version?.hash ?? ''
}

export async function verdict(
  world: World,
  cycleId: string,
  code: StepCode,
  duty: string,
  role: 'reviewer' | 'approver' | 'consent',
  kind: 'approve' | 'return' = 'approve',
) {
  const { version } = stepOf((await world.cycle(cycleId)).state, code)
  return await decideStep(world.context, await world.actor(duty), {
    ...{
      cycleId,
      stepCode: code,
      versionId: version?.id ?? newId(),
      contentHash: version?.hash ?? '',
      verdict: kind,
      role,
    },
    observations: kind === 'return' ? [{ section: 'objetivos', body: 'Precise el objetivo general.' }] : [],
  })
}

/** Takes a step all the way to approved. */
export async function complete(world: World, cycleId: string, code: StepCode, change = ''): Promise<void> {
  const { procedure } = (await world.cycle(cycleId)).version
  await elaborate(world, cycleId, code, change)
  for (const duty of stepTemplate(procedure, code).reviewers) await verdict(world, cycleId, code, duty, 'reviewer')
  for (const { duty, role } of stepTemplate(procedure, code).approvers) await verdict(world, cycleId, code, duty, role)
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

Runtime.install({
  logger: { ...console, log: () => {}, trace: () => {}, debug: () => {}, info: () => {}, warn: () => {} } as never,
})
