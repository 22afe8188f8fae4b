import { requireSample } from '../../db/audit-samples.ts'
import type { Trx } from '../../db/client.ts'
import { recordFinding as record } from '../../db/findings.ts'
import type { FindingInput } from '../../domain/improvement-inputs.ts'
import { findingRow } from '../../domain/permission-rows.ts'
import { whyNot } from '../../domain/permissions.ts'
import { refuseIf } from '../../domain/refusals.ts'
import type { AppContext } from '../context.server.ts'
import { recordingRefusals } from '../refusal.server.ts'
import type { Actor } from '../session.server.ts'
import { permitted, requireRight } from './permitted.server.ts'
import type { SamplePlace } from './write-paper.server.ts'

/**
 * Writes a finding, which asks somebody for a plan (D12, N15); answers its code. `paper`: the item of a sample whose working paper
 * led to it (I5).
 */
export async function recordFinding(
  context: AppContext,
  actor: Actor,
  finding: FindingInput,
  paper: SamplePlace | null = null,
): Promise<string> {
  const { entityId } = actor
  return await recordingRefusals(context, actor, { objectId: entityId }, async (trx, by) => {
    refuseIf(whyNot(permitted(actor), 'record', 'Finding', findingRow(entityId)))
    if (paper) requireRight(actor, 'sample')
    return await record(trx, by, finding, paper && (await placeOf(trx, entityId, paper)))
  })
}

async function placeOf(trx: Trx, entityId: string, { code, ordinal }: SamplePlace) {
  return { sample: await requireSample(trx, entityId, code), ordinal }
}
