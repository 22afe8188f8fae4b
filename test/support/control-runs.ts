/** Runs of controls as people and their Schedules make them, on a real server. */
import { keepControls } from '../../activities/keep-controls.ts'
import { decideRun, executeRun } from '../../app/commands/decide-run.server.ts'
import { addControl, registerRisk } from '../../app/commands/keep-risks.server.ts'
import type { Actor } from '../../app/session.server.ts'
import { DUB_CONTROLS, DUB_RISK } from '../../catalog/demo/risks.ts'
import { type Database, type Trx, withEntity } from '../../db/client.ts'
import { appToday } from '../../db/clock.ts'
import { findRun, type LoadedRun } from '../../db/control-runs.ts'
import { storeFile } from '../../db/files.ts'
import { newId } from '../../db/ids.ts'
import type { ControlInput, RiskInput } from '../../domain/risk-inputs.ts'
import type { World } from './world.ts'

const KEY = { code: 'guia_7', n: 0 }

export interface TestControl {
  id: string
  code: string
  riskId: string
  risk: string
}

/** A risk whose demonstrated zone follows its one control, and the control. `riskOwner`: who answers for the risk, where another. */
export async function controlled(
  world: World,
  periodicity: string,
  owner: Actor,
  riskOwner = owner,
): Promise<TestControl> {
  const keeper = await world.actor('profesional_ogac')
  const answers = { ...DUB_RISK, timesPerYear: 400, reputational: 'leve' }
  const input = { formKey: newId(), ownerId: riskOwner.position.id, reason: '', answers } as RiskInput
  const risk = await registerRisk(world.context, keeper, KEY, input)
  const design = {
    ...(DUB_CONTROLS[0] as (typeof DUB_CONTROLS)[number]),
    type: 'preventivo',
    implementation: 'automatico',
  }
  const control = { ...design, periodicity, formKey: newId(), ownerId: owner.position.id, criteria: {} } as ControlInput
  await addControl(world.context, keeper, risk, control)
  return await withEntity(world.owner, world.entityId, async (trx) => ({
    ...(await trx
      .selectFrom('risk_control')
      .select(['id', 'code', 'risk_id as riskId'])
      .where('id', '=', control.formKey)
      .executeTakeFirstOrThrow()),
    risk,
  }))
}

/** One round of the worker that keeps Schedules. */
export async function keepOnce(worker: Database, world: World, known: Set<string>): Promise<void> {
  await keepControls(worker, world.temporal.client, known)
}

export const rowsIn = <T>(world: World, read: (trx: Trx) => Promise<T>): Promise<T> =>
  withEntity(world.owner, world.entityId, read)

export async function runsOf(world: World, controlId: string) {
  return await rowsIn(world, (trx) =>
    trx.selectFrom('control_run').selectAll().where('control_id', '=', controlId).orderBy('period_start').execute(),
  )
}

export async function loadRun(world: World, id: string): Promise<LoadedRun> {
  const run = await rowsIn(world, (trx) => findRun(trx, id))
  if (!run) throw new Error('there is no such run')
  return run
}

export async function uploadFor(world: World, words: string) {
  const stored = await storeFile(world.dataDir, new TextEncoder().encode(words))
  return { ...stored, name: 'evidencia.txt', mediaType: 'text/plain' }
}

/** Executes a run with a file that covers its period until today. */
export async function execute(
  world: World,
  by: Actor,
  id: string,
  change: { validUntil?: string; words?: string; from?: string; to?: string } = {},
) {
  const { state } = await loadRun(world, id)
  const days = { from: state.period.start, to: appToday(), validUntil: appToday(), ...change }
  const { words = `evidencia de ${id}`, ...typed } = days
  const file = await uploadFor(world, words)
  return await executeRun(world.context, by, {
    ...{ runId: id, read: state.contentHash ?? '', note: '', ...typed, shown: { file } },
  })
}

export async function check(world: World, by: Actor, id: string, verdict: 'verify' | 'reject' = 'verify') {
  const { state } = await loadRun(world, id)
  const read = state.contentHash ?? ''
  const reason = 'No cubre lo que el control dice hacer.'
  if (verdict === 'verify') return await decideRun(world.context, by, { runId: id, verdict, read, reason: '' })
  return await decideRun(world.context, by, { runId: id, verdict, read, reason })
}

export async function standingOf(world: World, riskId: string) {
  return await rowsIn(world, (trx) =>
    trx.selectFrom('risk_standing').selectAll().where('risk_id', '=', riskId).executeTakeFirstOrThrow(),
  )
}
