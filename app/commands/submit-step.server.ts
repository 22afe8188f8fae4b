import { gateObjection } from '../../db/check-gates.ts'
import type { Trx } from '../../db/client.ts'
import { findCycle } from '../../db/cycles.ts'
import { freezable, freezeVersion } from '../../db/freeze.ts'
import { isSubmissionOpen } from '../../db/open-acts.ts'
import { findStepContext } from '../../db/step-context.ts'
import { holdStepOpen } from '../../db/step-hold.ts'
import { findVersionHash } from '../../db/step-versions.ts'
import { stepRow } from '../../domain/permission-rows.ts'
import { whyNot } from '../../domain/permissions.ts'
import type { StepCode } from '../../domain/procedures.ts'
import { missingIn } from '../../domain/readiness.ts'
import { type Objection, objection, Refused } from '../../domain/refusals.ts'
import type { AppContext } from '../context.server.ts'
import { reportObjection } from '../report-safety.server.ts'
import type { Actor } from '../session.server.ts'
import { gapSentence } from '../text/gaps.ts'
import { conductAct, type Proposal, type Receipt } from './conduct-act.server.ts'
import { permitted } from './permitted.server.ts'

export interface StepSubmission {
  cycleId: string
  stepCode: StepCode
  /** Revision of the draft the person reviewed; another one standing there now is 409. */
  draftRev: number
}

/** Submits a step for review: freezes version n of its draft and signs it as author (elaboró). */
export async function submitStep(context: AppContext, actor: Actor, submission: StepSubmission): Promise<Receipt> {
  const unsafe = await reportObjection(context, actor, { ...submission, action: 'submit' })
  return await conductAct(context, actor, (trx) => proposeSubmission(trx, actor, submission, unsafe))
}

async function proposeSubmission(
  trx: Trx,
  actor: Actor,
  { cycleId, stepCode, draftRev }: StepSubmission,
  unsafe: Objection | null,
): Promise<Proposal> {
  // A snapshot that is being replaced in this moment comes before or after the content is frozen, never between.
  await holdStepOpen(trx, cycleId, stepCode)
  const step = await findStepContext(trx, cycleId, stepCode)
  if (!step) throw new Refused('not_visible')
  const frozen = freezable(step)
  const objections: Objection[] = []
  if (step.draft.rev !== draftRev) objections.push(objection('draft_changed', { step: stepCode }))
  const missing = missingIn(stepCode, step.draft.answers, step.readiness, step.definition.version)
  const [first] = missing
  if (first)
    objections.push(objection('incomplete', { step: stepCode, missing: missing.length, first: gapSentence(first) }))
  // Another submission of the step is still on its way.
  if (await isSubmissionOpen(trx, cycleId, stepCode, frozen.id))
    objections.push(objection('submission_in_flight', { step: stepCode }))
  const held = await gateObjection(trx, { entityId: actor.entityId, cycleId, stepCode })
  if (held) objections.push(held)
  if (unsafe) objections.push(unsafe)
  return {
    cycle: step.cycle,
    objectType: 'step_version',
    decision: {
      kind: 'submit',
      cycleId,
      stepCode,
      objectId: frozen.id,
      contentHash: frozen.hash,
      signatureRole: 'author',
    },
    forbidden: whyNot(
      permitted(actor),
      'submit',
      'Step',
      stepRow(step.cycle.entityId, step.cycle.version.procedure, stepCode),
    ),
    objections,
    freeze: (within) => freezeVersion(within, step, actor.personId),
    proved: null,
  }
}

export interface Withdrawal {
  cycleId: string
  stepCode: StepCode
  versionId: string
  reason: string
}

/** Takes a submission back until its last approval; the draft can be edited again. */
export async function withdrawStep(context: AppContext, actor: Actor, withdrawal: Withdrawal): Promise<Receipt> {
  return await conductAct(context, actor, async (trx): Promise<Proposal> => {
    const { cycleId, stepCode, versionId, reason } = withdrawal
    const cycle = await findCycle(trx, cycleId)
    if (!cycle) throw new Refused('not_visible')
    // Of the version the form was about, whatever stands now: the same form sent again is the same act.
    const contentHash = (await findVersionHash(trx, cycleId, versionId)) ?? null
    return {
      cycle,
      objectType: 'step_version',
      decision: { kind: 'withdraw', cycleId, stepCode, objectId: versionId, contentHash, signatureRole: null },
      forbidden: whyNot(permitted(actor), 'submit', 'Step', stepRow(cycle.entityId, cycle.version.procedure, stepCode)),
      observations: [{ section: 'motivo', body: reason }],
      proved: null,
    }
  })
}
