import { endGate, recordGate } from '../../db/check-gates.ts'
import { riskRow } from '../../domain/permission-rows.ts'
import { whyNot } from '../../domain/permissions.ts'
import type { StepCode } from '../../domain/procedures.ts'
import { Refused, refuseIf } from '../../domain/refusals.ts'
import type { GateInput, StandingCheckId } from '../../domain/standing-checks.ts'
import type { AppContext } from '../context.server.ts'
import { recordingRefusals } from '../refusal.server.ts'
import type { Actor } from '../session.server.ts'
import { permitted } from './permitted.server.ts'

/** Has a standing check hold a step until nothing is left of it (D8). */
export async function holdStep(
  context: AppContext,
  actor: Actor,
  check: StandingCheckId,
  gate: GateInput,
): Promise<void> {
  const { entityId } = actor
  await recordingRefusals(context, actor, { objectId: entityId }, async (trx, by) => {
    refuseIf(whyNot(permitted(actor), 'keep', 'Risk', riskRow(entityId)))
    await recordGate(trx, by, check, gate)
  })
}

/** Lets the step go on whatever the check finds. Throws `Refused('gate_lifted')` where somebody did so before. */
export async function releaseStep(
  context: AppContext,
  actor: Actor,
  check: StandingCheckId,
  step: StepCode,
): Promise<void> {
  const { entityId } = actor
  await recordingRefusals(context, actor, { objectId: entityId }, async (trx, by) => {
    refuseIf(whyNot(permitted(actor), 'keep', 'Risk', riskRow(entityId)))
    if (!(await endGate(trx, by, check, step))) throw new Refused('gate_lifted')
  })
}
