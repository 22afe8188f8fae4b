import type { Trx } from '../../db/client.ts'
import { beginPause, settleAlert } from '../../db/control-pauses.ts'
import { endPause } from '../../db/control-resumptions.ts'
import { listOpenAlerts } from '../../db/control-waiting.ts'
import { findRisk, type RiskKeeper } from '../../db/risks.ts'
import { findControl, type RunControl } from '../../db/run-controls.ts'
import { riskRow } from '../../domain/permission-rows.ts'
import { whyNot } from '../../domain/permissions.ts'
import { Refused, refuseIf } from '../../domain/refusals.ts'
import type { PauseInput, ResumptionInput, StandingAnswerInput } from '../../domain/run-inputs.ts'
import type { AppContext } from '../context.server.ts'
import { recordingRefusals } from '../refusal.server.ts'
import type { Actor } from '../session.server.ts'
import { permitted } from './permitted.server.ts'

type ControlPlace = { risk: string; control: string }

/** Nothing is asked of a control for a while, with the reason and the last day (D5). */
export async function pauseControl(context: AppContext, actor: Actor, place: ControlPlace, input: PauseInput) {
  await keepingControl(context, actor, place, (trx, by, control) => beginPause(trx, by, control, input))
}

/** A pause ends before its last day, with the reason: what comes from then on is asked for (D5). */
export async function resumeControl(context: AppContext, actor: Actor, place: ControlPlace, input: ResumptionInput) {
  await keepingControl(context, actor, place, (trx, by, control) => endPause(trx, by, control, input))
}

/** The one frame of changes to a control that stands, by whoever keeps the risk map. */
async function keepingControl(
  context: AppContext,
  actor: Actor,
  place: ControlPlace,
  work: (trx: Trx, by: RiskKeeper, control: RunControl) => Promise<void>,
): Promise<void> {
  const { entityId } = actor
  await recordingRefusals(context, actor, { objectId: entityId }, async (trx, by) => {
    refuseIf(whyNot(permitted(actor), 'keep', 'Risk', riskRow(entityId)))
    const control = await findControl(trx, entityId, place)
    if (!control) throw new Refused('not_visible')
    if (control.retiredOn !== null) throw new Refused('control_retired')
    await work(trx, by, control)
  })
}

/** Whoever answers for a risk says what they will do, since its demonstrated residual rose (D7, N4). */
export async function answerStanding(
  context: AppContext,
  actor: Actor,
  code: string,
  input: StandingAnswerInput,
): Promise<void> {
  const { entityId } = actor
  await recordingRefusals(context, actor, { objectId: entityId }, async (trx, by) => {
    const risk = await findRisk(trx, entityId, code)
    if (!risk) throw new Refused('not_visible')
    const [open] = await listOpenAlerts(trx, entityId, { risk: code }, 1)
    if (!open) throw new Refused('alert_over')
    const row = { entityId, owners: [open.ownerPosition], ownerNames: [open.ownerName] }
    refuseIf(whyNot(permitted(actor), 'answer', 'Standing', row))
    await settleAlert(trx, by, risk, input)
  })
}
