import { afterAll, beforeAll, expect, it } from 'vitest'
import { holdStep } from '../../app/commands/keep-gates.server.ts'
import { registerRisk } from '../../app/commands/keep-risks.server.ts'
import { DUB_RISK } from '../../catalog/demo/risks.ts'
import { newId } from '../../db/ids.ts'
import type { RiskInput } from '../../domain/risk-inputs.ts'
import { rowsIn } from '../support/control-runs.ts'
import { elaborate, openWorld, verdict, type World } from '../support/world.ts'

let world: World
beforeAll(async () => {
  world = await openWorld({ workerProcess: {} })
}, 120_000)
afterAll(() => world?.close(), 60_000)

it('a check that comes to hold a step while its approval is on its way refuses it where it is recorded', {
  timeout: 180_000,
}, async () => {
  const cycleId = await world.newCycle()
  // A worker that is a process of its own may begin after the answer.
  const first = async () => (await world.cycle(cycleId)).state.steps.find(({ code }) => code === '1')?.status
  await expect.poll(first, { timeout: 60_000 }).toBe('in_progress')
  await elaborate(world, cycleId, '1')
  const keeper = await world.actor('jefatura_ogac')
  const asked = { formKey: newId(), ownerId: keeper.position.id, reason: '', answers: DUB_RISK } as RiskInput
  await registerRisk(world.context, keeper, { code: 'guia_7', n: 0 }, asked)
  await world.worker.kill()
  await verdict(world, cycleId, '1', 'profesional_sig', 'reviewer').catch(() => {})
  const gate = { formKey: newId(), step: '1' as const, reason: 'Ningún paso sigue con un riesgo sin controles.' }
  await holdStep(world.context, keeper, 'risk_without_control', gate)
  await world.worker.start()
  const approvals = () =>
    rowsIn(world, (trx) =>
      trx
        .selectFrom('act')
        .select(['status', 'reason_code'])
        .where('cycle_id', '=', cycleId)
        .where('kind', '=', 'approve')
        .execute(),
    )
  await expect.poll(approvals, { timeout: 90_000 }).toEqual([{ status: 'refused', reason_code: 'held_by_check' }])
  const signatures = await rowsIn(world, (trx) =>
    trx
      .selectFrom('signature')
      .select('verdict')
      .where('cycle_id', '=', cycleId)
      .where('role', '=', 'reviewer')
      .execute(),
  )
  expect(signatures).toEqual([])
})
