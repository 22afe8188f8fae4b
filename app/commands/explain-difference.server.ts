import { explainDifference as explain } from '../../db/difference-explanations.ts'
import type { ControlId } from '../../domain/controls.ts'
import type { ExplanationInput } from '../../domain/difference-inputs.ts'
import { riskRow } from '../../domain/permission-rows.ts'
import { whyNot } from '../../domain/permissions.ts'
import { refuseIf } from '../../domain/refusals.ts'
import type { AppContext } from '../context.server.ts'
import { recordingRefusals } from '../refusal.server.ts'
import type { Actor } from '../session.server.ts'
import { permitted } from './permitted.server.ts'

/** Answers for a difference that cannot be undone, a write behind the log for instance (I3; decision 0060). */
export async function explainDifference(
  context: AppContext,
  actor: Actor,
  control: ControlId,
  input: ExplanationInput,
): Promise<void> {
  await recordingRefusals(context, actor, { objectId: actor.entityId }, async (trx, by) => {
    refuseIf(whyNot(permitted(actor), 'check', 'Risk', riskRow(actor.entityId)))
    await explain(trx, by, control, input)
  })
}
