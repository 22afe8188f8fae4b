import { askAcceptance as ask } from '../../db/acceptance-requests.ts'
import { addPlanAction as add, recordTreatment as record } from '../../db/risk-treatments.ts'
import type { AcceptanceInput, PlanInput, TreatmentInput } from '../../domain/risk-inputs.ts'
import type { AppContext } from '../context.server.ts'
import type { Actor } from '../session.server.ts'
import { keepingRisk } from './keep-risks.server.ts'

/** Decides what is done about a risk (domain facts §2.7). */
export async function recordTreatment(
  context: AppContext,
  actor: Actor,
  code: string,
  input: TreatmentInput,
): Promise<void> {
  await keepingRisk(context, actor, code, (trx, by, risk) => record(trx, by, risk, input))
}

/** Adds an activity to the plan that reduces a risk. */
export async function addPlanAction(context: AppContext, actor: Actor, code: string, input: PlanInput): Promise<void> {
  await keepingRisk(context, actor, code, (trx, by, risk) => add(trx, by, risk, input))
}

/** Asks that a risk be accepted exactly as it stands (features D9). */
export async function askAcceptance(
  context: AppContext,
  actor: Actor,
  code: string,
  input: AcceptanceInput,
): Promise<void> {
  await keepingRisk(context, actor, code, async (trx, by, risk) => {
    await ask(trx, by, risk, input)
  })
}
