import type { Trx } from '../../db/client.ts'
import {
  closeFinding as close,
  findHeldFinding,
  findPlanned,
  type HeldFinding,
  isAnalysed,
  planAction as plan,
  recordCauses,
} from '../../db/finding-plans.ts'
import { findPositionName } from '../../db/risk-pages.ts'
import { objectionToAnalysing, objectionToClosing, objectionToPlanning } from '../../domain/findings.ts'
import type { CauseAnalysisInput, CloseFindingInput, PlanActionInput } from '../../domain/improvement-inputs.ts'
import { findingRow } from '../../domain/permission-rows.ts'
import type { Rows } from '../../domain/permission-subjects.ts'
import { whyNot } from '../../domain/permissions.ts'
import { Refused, refuseIf } from '../../domain/refusals.ts'
import type { AppContext } from '../context.server.ts'
import { recordingRefusals } from '../refusal.server.ts'
import type { Actor } from '../session.server.ts'
import { permitted } from './permitted.server.ts'

/** Says why a finding happened (D12); asked again where an action had no effect. */
export async function analyseCauses(
  context: AppContext,
  actor: Actor,
  code: string,
  input: CauseAnalysisInput,
): Promise<void> {
  await keeping(context, actor, code, async (trx, by, finding, row) => {
    if (await isAnalysed(trx, finding.id, input)) return
    refuseIf(whyNot(permitted(actor), 'plan', 'Finding', row) ?? objectionToAnalysing(finding))
    await recordCauses(trx, by, finding, input)
  })
}

/** Adds an action to the plan of a finding (D12); answers its code. */
export async function planAction(
  context: AppContext,
  actor: Actor,
  code: string,
  input: PlanActionInput,
): Promise<string> {
  return await keeping(context, actor, code, async (trx, by, finding, row) => {
    const standing = await findPlanned(trx, by, finding.id, input)
    if (standing !== undefined) return standing
    refuseIf(whyNot(permitted(actor), 'plan', 'Finding', row) ?? objectionToPlanning(finding))
    return await plan(trx, by, finding, input)
  })
}

/** Closes a finding whose actions had their effect (D12). */
export async function closeFinding(
  context: AppContext,
  actor: Actor,
  code: string,
  { note }: CloseFindingInput,
): Promise<void> {
  await keeping(context, actor, code, async (trx, by, finding, row) => {
    refuseIf(whyNot(permitted(actor), 'close', 'Finding', row) ?? objectionToClosing(finding))
    await close(trx, by, finding, note)
  })
}

async function keeping<T>(
  context: AppContext,
  actor: Actor,
  code: string,
  work: (trx: Trx, by: Parameters<typeof recordCauses>[1], finding: HeldFinding, row: Rows['Finding']) => Promise<T>,
): Promise<T> {
  const { entityId } = actor
  return await recordingRefusals(context, actor, { objectId: entityId }, async (trx, by) => {
    const finding = await findHeldFinding(trx, entityId, code, { lock: true })
    if (!finding) throw new Refused('not_visible')
    const owner = await findPositionName(trx, finding.ownerPosition)
    return await work(trx, by, finding, findingRow(entityId, { ...finding, owner }))
  })
}
