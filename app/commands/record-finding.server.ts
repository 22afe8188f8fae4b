import { recordFinding as record } from '../../db/findings.ts'
import type { FindingInput } from '../../domain/improvement-inputs.ts'
import { findingRow } from '../../domain/permission-rows.ts'
import { whyNot } from '../../domain/permissions.ts'
import { refuseIf } from '../../domain/refusals.ts'
import type { AppContext } from '../context.server.ts'
import { recordingRefusals } from '../refusal.server.ts'
import type { Actor } from '../session.server.ts'
import { permitted } from './permitted.server.ts'

/** Writes a finding, which asks somebody for a plan (D12, N15); answers its code. */
export async function recordFinding(context: AppContext, actor: Actor, finding: FindingInput): Promise<string> {
  const { entityId } = actor
  return await recordingRefusals(context, actor, { objectId: entityId }, async (trx, by) => {
    refuseIf(whyNot(permitted(actor), 'record', 'Finding', findingRow(entityId)))
    return await record(trx, by, finding)
  })
}
