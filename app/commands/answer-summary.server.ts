import { listHeadPositions } from '../../db/agency-heads.ts'
import type { Trx } from '../../db/client.ts'
import { requireProcedureVersion } from '../../db/procedures.ts'
import { findSummary, holdSummary, type SummaryRow } from '../../db/summaries.ts'
import { type ActingHead, recordAnswer, recordReading } from '../../db/summary-acts.ts'
import { objectionToAnswer, objectionToReading, type SummaryAnswer, summaryState } from '../../domain/dissemination.ts'
import { summaryRow } from '../../domain/permission-rows.ts'
import { whyNot } from '../../domain/permissions.ts'
import type { Procedure } from '../../domain/procedures.ts'
import { Refused, refuseIf } from '../../domain/refusals.ts'
import type { AppContext } from '../context.server.ts'
import { recordingRefusals } from '../refusal.server.ts'
import type { Actor } from '../session.server.ts'
import { permitted } from './permitted.server.ts'

/** The head of a dependencia confirms to have read its summary, exactly as it was handed over (features H9). */
export async function confirmReading(
  context: AppContext,
  actor: Actor,
  { summaryId, contentHash }: { summaryId: string; contentHash: string },
): Promise<void> {
  await recordingRefusals(context, actor, { objectId: summaryId }, async (trx, by) => {
    const { summary } = await requireHeaded(trx, actor, summaryId)
    refuseIf(objectionToReading(summary, contentHash))
    await recordReading(trx, headOf(actor, by), summary)
  })
}

/** "¿Qué va a cambiar?": commitments, each of which becomes an improvement action, or nothing and why (features H9). */
export async function answerSummary(context: AppContext, actor: Actor, answer: SummaryAnswer): Promise<void> {
  const { summaryId } = answer
  await recordingRefusals(context, actor, { objectId: summaryId }, async (trx, by) => {
    await holdSummary(trx, summaryId)
    const { summary, procedure } = await requireHeaded(trx, actor, summaryId)
    refuseIf(objectionToAnswer(summaryState(summary)))
    await recordAnswer(trx, headOf(actor, by), { summary, procedure, answer })
  })
}

/** The summary, with the procedure of its cycle, if this person heads its dependencia. */
async function requireHeaded(
  trx: Trx,
  actor: Actor,
  id: string,
): Promise<{ summary: SummaryRow; procedure: Procedure }> {
  const summary = await findSummary(trx, { id })
  if (!summary) throw new Refused('not_visible')
  const { procedure } = await requireProcedureVersion(trx, summary.procedureVersionId)
  const row = summaryRow(actor.entityId, procedure, await listHeadPositions(trx, summary.agencyId))
  refuseIf(whyNot(permitted(actor), 'answer', 'Summary', row))
  return { summary, procedure }
}

function headOf(
  actor: Actor,
  by: { entityId: string; personId: string; positionId: string; requestId: string },
): ActingHead {
  const { displayName, position } = actor
  return { ...by, personName: displayName, positionName: position.name, tenureKind: position.kind }
}
