import { listOpenAlerts } from '../../db/control-pages.ts'
import { beginPause, settleAlert } from '../../db/control-pauses.ts'
import { endPause } from '../../db/control-resumptions.ts'
import { findControl } from '../../db/control-runs.ts'
import { findRisk } from '../../db/risks.ts'
import { riskRow } from '../../domain/permission-rows.ts'
import { whyNot } from '../../domain/permissions.ts'
import { Refused, refuseIf } from '../../domain/refusals.ts'
import type { PauseInput, ResumptionInput, StandingAnswerInput } from '../../domain/run-inputs.ts'
import type { AppContext } from '../context.server.ts'
import { recordingRefusals } from '../refusal.server.ts'
import type { Actor } from '../session.server.ts'
import { permitted } from './permitted.server.ts'

/** Nothing is asked of a control for a while, with the reason and the last day (D5). */
export async function pauseControl(
  context: AppContext,
  actor: Actor,
  place: { risk: string; control: string },
  input: PauseInput,
): Promise<void> {
  const { entityId } = actor
  await recordingRefusals(context, actor, { objectId: entityId }, async (trx, by) => {
    refuseIf(whyNot(permitted(actor), 'keep', 'Risk', riskRow(entityId)))
    const control = await findControl(trx, entityId, place)
    if (!control) throw new Refused('not_visible')
    if (control.isRetired) throw new Refused('control_retired')
    await beginPause(trx, by, control, input)
  })
}

/** A pause ends before its last day, with the reason: what comes from then on is asked for (D5). */
export async function resumeControl(
  context: AppContext,
  actor: Actor,
  place: { risk: string; control: string },
  input: ResumptionInput,
): Promise<void> {
  const { entityId } = actor
  await recordingRefusals(context, actor, { objectId: entityId }, async (trx, by) => {
    refuseIf(whyNot(permitted(actor), 'keep', 'Risk', riskRow(entityId)))
    const control = await findControl(trx, entityId, place)
    if (!control) throw new Refused('not_visible')
    if (control.isRetired) throw new Refused('control_retired')
    await endPause(trx, by, control, input)
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
    const [open] = await listOpenAlerts(trx, entityId, { risk: code })
    if (!open) throw new Refused('alert_over')
    const row = { entityId, owners: [open.ownerPosition], ownerNames: [open.ownerName] }
    refuseIf(whyNot(permitted(actor), 'answer', 'Standing', row))
    await settleAlert(trx, by, risk, input)
  })
}
