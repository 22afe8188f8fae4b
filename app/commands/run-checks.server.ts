import { findStandingRound, openRound } from '../../db/check-runs.ts'
import { machineDeadline } from '../../db/clock.ts'
import { CONTROL_IDS, type ControlId } from '../../domain/controls.ts'
import { riskRow } from '../../domain/permission-rows.ts'
import { whyNot } from '../../domain/permissions.ts'
import { refuseIf } from '../../domain/refusals.ts'
import { startSelfCheck } from '../../workflows/tellings.ts'
import type { AppContext } from '../context.server.ts'
import { recordingRefusals } from '../refusal.server.ts'
import type { Actor } from '../session.server.ts'
import { permitted } from './permitted.server.ts'

/** A page waits no longer: the courier starts a round whose workflow was not reached. */
const PATIENCE_MS = 5_000

/** Runs the automatic controls now (D6), or one of them; a round under way is that round. `formKey`: the same form is the same round. */
export async function runChecks(
  context: AppContext,
  actor: Actor,
  { formKey, control }: { formKey: string; control?: ControlId },
): Promise<void> {
  const { entityId } = actor
  const opened = await recordingRefusals(context, actor, { objectId: entityId }, async (trx, by) => {
    refuseIf(whyNot(permitted(actor), 'check', 'Risk', riskRow(entityId)))
    if (await findStandingRound(trx, entityId, control)) return null
    await openRound(trx, { id: formKey, entityId, controls: control ? [control] : CONTROL_IDS, by })
    return formKey
  })
  if (opened === null) return
  const { temporal } = context
  await temporal
    .withDeadline(machineDeadline(PATIENCE_MS), () => startSelfCheck(temporal, { entityId, roundId: opened }))
    .catch((error) =>
      context.log.warn({ err: error, requestId: context.requestId }, 'round of controls waits for the courier'),
    )
}
