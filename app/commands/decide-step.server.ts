import { gateObjection } from '../../db/check-gates.ts'
import type { Trx } from '../../db/client.ts'
import { countUnresolved } from '../../db/comments.ts'
import { findCycle, type LoadedCycle } from '../../db/cycles.ts'
import { earlierObjection } from '../../db/earlier-reports.ts'
import { reviewsObjection } from '../../db/risk-reviews.ts'
import { findStepVersion } from '../../db/step-versions.ts'
import { objectionToOpen } from '../../domain/comments.ts'
import { stepRow } from '../../domain/permission-rows.ts'
import { whyNot } from '../../domain/permissions.ts'
import type { SignatureRole, StepCode } from '../../domain/procedures.ts'
import { type Objection, objection, Refused } from '../../domain/refusals.ts'
import { objectionToTyped, typedInReport } from '../../domain/report-rules.ts'
import type { TypedNumber } from '../../domain/typed-numbers.ts'
import type { AppContext } from '../context.server.ts'
import { reportObjection } from '../report-safety.server.ts'
import type { Actor } from '../session.server.ts'
import { conductAct, type Proposal, type Receipt } from './conduct-act.server.ts'
import { permitted } from './permitted.server.ts'

export interface StepDecision {
  cycleId: string
  stepCode: StepCode
  /** Version and hash of the content the person read; another one standing there now is 409. */
  versionId: string
  contentHash: string
  verdict: 'approve' | 'return'
  /** The role the page offered; the same form sent again is the same act, whatever happened meanwhile. */
  role: Exclude<SignatureRole, 'author'>
  /** Returning needs at least one, by section of the form. */
  observations: { section: string; body: string }[]
  /** Approving a report with figures typed into it needs their list read (features G2). */
  readTyped?: boolean
}

/** Reviews, approves, gives visto bueno or returns a submitted step (MM-GAC-P-008, revisó y aprobó). */
export async function decideStep(context: AppContext, actor: Actor, decision: StepDecision): Promise<Receipt> {
  const unsafe =
    decision.verdict === 'approve' ? await reportObjection(context, actor, { ...decision, action: 'decide' }) : null
  return await conductAct(context, actor, (trx) => propose(trx, actor, decision, unsafe))
}

/**
 * What only the rows know: a return without a reason, an approval over comments nobody resolved (A9), over recommendations
 * of earlier reports nobody reported on (N15), while a standing check holds the step (D8), or over typed figures nobody read (G2).
 */
async function objectionsIn(
  trx: Trx,
  cycle: LoadedCycle,
  decision: StepDecision,
  typed: readonly TypedNumber[],
): Promise<Objection[]> {
  const { stepCode, verdict, observations, readTyped = false } = decision
  if (verdict === 'return') return observations.length === 0 ? [objection('incomplete', { step: stepCode })] : []
  const open = await countUnresolved(trx, cycle.stepIds[stepCode] ?? '')
  const against = [
    objectionToOpen(cycle.version.procedure, stepCode, open),
    await earlierObjection(trx, cycle, { stepCode, signatureRole: decision.role }),
    await gateObjection(trx, { entityId: cycle.entityId, cycleId: decision.cycleId, stepCode }),
    await reviewsObjection(trx, cycle.entityId, { stepCode, signatureRole: decision.role }),
    objectionToTyped(typed, readTyped),
  ]
  return against.filter((one) => one !== null)
}

/** Figures typed into the report this verdict would approve; none where it approves no report. */
async function typedToRead(
  trx: Trx,
  { cycleId, stepCode, versionId, verdict }: Pick<StepDecision, 'cycleId' | 'stepCode' | 'versionId' | 'verdict'>,
): Promise<TypedNumber[]> {
  if (stepCode !== '6' || verdict !== 'approve') return []
  const version = await findStepVersion(trx, cycleId, versionId)
  return version?.stepCode === '6' ? typedInReport(version.answers) : []
}

/** Why nobody gives this verdict before its typed figures are read; the page asks too, and says it beside the box. */
export async function typedObjection(trx: Trx, decision: StepDecision): Promise<Objection | null> {
  return objectionToTyped(await typedToRead(trx, decision), decision.readTyped ?? false)
}

async function propose(trx: Trx, actor: Actor, decision: StepDecision, unsafe: Objection | null): Promise<Proposal> {
  const { cycleId, stepCode, versionId, contentHash, verdict, observations } = decision
  const cycle = await findCycle(trx, cycleId)
  if (!cycle) throw new Refused('not_visible')
  const { procedure } = cycle.version
  const typed = await typedToRead(trx, decision)
  return {
    cycle,
    objectType: 'step_version',
    decision: {
      kind: verdict,
      cycleId,
      stepCode,
      objectId: versionId,
      contentHash,
      signatureRole: decision.role,
    },
    forbidden: whyNot(permitted(actor), 'decide', 'Step', stepRow(cycle.entityId, procedure, stepCode)),
    objections: [...(await objectionsIn(trx, cycle, decision, typed)), ...(unsafe ? [unsafe] : [])],
    observations,
    readTyped: typed.length > 0 && decision.readTyped === true,
    proved: actor,
  }
}
