import { type CrosswalkVerdict, lockCrosswalk, recordCrosswalkVerdict } from '../../db/crosswalks.ts'
import { findVariable } from '../../db/variables.ts'
import { objectionToDeciding } from '../../domain/crosswalks.ts'
import { Refused, refuseIf } from '../../domain/refusals.ts'
import type { AppContext } from '../context.server.ts'
import { recordingRefusals } from '../refusal.server.ts'
import { type Actor, isProofRecent } from '../session.server.ts'
import { requireVariableRight } from '../variable-rights.server.ts'
import { handsOfActor } from './permitted.server.ts'

export interface CrosswalkToDecide extends CrosswalkVerdict {
  code: string
  crosswalkId: string
}

/** Approves a table of correspondence, or returns it; never by whoever proposed it (model.md §4, N11). */
export async function decideCrosswalk(
  context: AppContext,
  actor: Actor,
  { code, crosswalkId, ...verdict }: CrosswalkToDecide,
): Promise<void> {
  await recordingRefusals(context, actor, { objectId: crosswalkId }, async (trx, by) => {
    const variable = await findVariable(trx, actor.entityId, code)
    const crosswalk = variable && (await lockCrosswalk(trx, variable.id, crosswalkId))
    const after = variable?.versions.find(({ n }) => n === crosswalk?.to)
    if (!crosswalk || !after) throw new Refused('not_visible')
    await requireVariableRight(trx, actor, after.cycleId, 'approve')
    refuseIf(objectionToDeciding(crosswalk, handsOfActor(actor)))
    if (verdict.verdict === 'approve' && !isProofRecent(actor)) throw new Refused('proof_expired')
    await recordCrosswalkVerdict(trx, by, { ...crosswalk, cycleId: after.cycleId }, verdict)
  })
}
