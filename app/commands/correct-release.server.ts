import path from 'node:path'
import * as corrections from '../../db/correction-steps.ts'
import { idOf } from '../../db/ids.ts'
import { leadingTo, writeMail } from '../../db/mail.ts'
import type { Answers } from '../../domain/forms.ts'
import { Refused } from '../../domain/refusals.ts'
import type { AppContext } from '../context.server.ts'
import { recordingRefusals } from '../refusal.server.ts'
import { requireReleaseRight } from '../release-rights.server.ts'
import { type Actor, isProofRecent } from '../session.server.ts'
import { withdrawnCorrectionMail } from '../text/disclosure-mail.ts'

/** Prepares the correction of a published release, or prepares it again: its exact files, beside what stays public (H10). */
export async function prepareCorrection(
  context: AppContext,
  actor: Actor,
  input: { releaseId: string; reason: string; answers: Answers },
): Promise<void> {
  await recordingRefusals(context, actor, { objectId: input.releaseId }, async (trx, by) => {
    await requireReleaseRight(trx, actor, input.releaseId, 'correct')
    await corrections.saveCorrection(trx, path.resolve(context.config.DATA_DIR), by, input)
  })
}

/** Sends a prepared correction to those who sign it. */
export async function submitCorrection(context: AppContext, actor: Actor, releaseId: string): Promise<void> {
  await recordingRefusals(context, actor, { objectId: releaseId }, async (trx, by) => {
    await requireReleaseRight(trx, actor, releaseId, 'correct')
    await corrections.requestSignatures(trx, by, releaseId)
  })
}

/** Gives a correction up before it is signed; what is published stays as it is. */
export async function discardCorrection(context: AppContext, actor: Actor, releaseId: string): Promise<void> {
  await recordingRefusals(context, actor, { objectId: releaseId }, async (trx, by) => {
    await requireReleaseRight(trx, actor, releaseId, 'correct')
    await corrections.endCorrection(trx, by, releaseId)
  })
}

/**
 * Takes a signed correction back while it waits for its hour: by those who prepare or sign (H10). Everybody else who
 * prepared or signed it is told by mail.
 */
export async function withdrawCorrection(
  context: AppContext,
  actor: Actor,
  input: { releaseId: string; reason: string },
): Promise<void> {
  const { entityId } = actor
  await recordingRefusals(context, actor, { objectId: input.releaseId }, async (trx, by) => {
    await requireReleaseRight(trx, actor, input.releaseId, 'withdraw')
    const { id, people } = await corrections.withdrawCorrection(trx, by, input)
    for (const personId of people)
      await writeMail(trx, {
        ...{ id: idOf('mail', 'correction-withdrawn', id, personId), entityId, noticeId: null, personId },
        ...withdrawnCorrectionMail(),
        ...leadingTo(context.config.PUBLIC_URL, `/publicaciones/${input.releaseId}/correccion`),
      })
  })
}

/** Signs a correction, or returns it with an observation; with the password given again, as step 7 is approved. */
export async function signCorrection(
  context: AppContext,
  actor: Actor,
  verdict: corrections.CorrectionVerdict,
): Promise<void> {
  await recordingRefusals(context, actor, { objectId: verdict.releaseId }, async (trx, by) => {
    const { signerDuties } = await requireReleaseRight(trx, actor, verdict.releaseId, 'sign')
    if (!isProofRecent(actor)) throw new Refused('proof_expired')
    await corrections.recordVerdict(trx, { ...by, provedAt: actor.provedAt, proof: actor.proof }, verdict, signerDuties)
  })
}
