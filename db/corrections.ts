/** Corrections of what is published, as they stand: prepared beside it, signed by two, published by the worker (H10). */
import type { SignedCorrection } from '../domain/corrections.ts'
import type { Answers } from '../domain/forms.ts'
import type { Trx } from './client.ts'

export interface Correction extends SignedCorrection {
  id: string
  cycleId: string
  correctsId: string
  /** The release being made; null once it was discarded. */
  releaseId: string | null
  releaseHash: string | null
  version: number | null
  reason: string
  answers: Answers
  round: number
  signatures: CorrectionSignature[]
}

export interface CorrectionSignature {
  personId: string
  personName: string
  positionName: string
  duty: string
  verdict: 'approve' | 'return'
  observation: string | null
  round: number
  releaseHash: string
  signedAt: Date
}

/** The correction of a release that is neither public nor discarded. */
export async function findOpenCorrection(trx: Trx, correctsId: string, lock = false): Promise<Correction | undefined> {
  const query = trx
    .selectFrom('correction')
    .select(['id', 'cycle_id as cycleId', 'corrects_id as correctsId', 'release_id as releaseId', 'reason', 'answers'])
    .select(['status', 'round', 'authors'])
    .where('corrects_id', '=', correctsId)
    .where('status', 'in', ['preparing', 'submitted', 'approved'])
  const row = await (lock ? query.forUpdate() : query).executeTakeFirst()
  if (!row) return undefined
  const release = await trx
    .selectFrom('release')
    .select(['release_hash', 'version'])
    .where('id', '=', row.releaseId)
    .executeTakeFirst()
  const signatures = await listCorrectionSignatures(trx, row.id)
  return {
    ...row,
    ...{ status: row.status as Correction['status'], answers: row.answers as unknown as Answers, signatures },
    ...{ releaseHash: release?.release_hash ?? null, version: release?.version ?? null },
    approvals: signatures.filter((one) => one.round === row.round && one.verdict === 'approve'),
  }
}

/** Every signature of a correction, of earlier rounds too, in order. */
export async function listCorrectionSignatures(trx: Trx, correctionId: string): Promise<CorrectionSignature[]> {
  const rows = await trx
    .selectFrom('correction_signature')
    .select(['person_id as personId', 'person_name as personName', 'position_name as positionName', 'duty', 'verdict'])
    .select(['observation', 'round', 'release_hash as releaseHash', 'signed_at as signedAt'])
    .where('correction_id', '=', correctionId)
    .orderBy('signed_at')
    .execute()
  return rows.map((row) => ({ ...row, verdict: row.verdict as CorrectionSignature['verdict'] }))
}

/** The answers a release was made from: those of step 7, or of the correction it is. */
export async function findReleaseAnswers(trx: Trx, releaseId: string): Promise<Answers | undefined> {
  const row = await trx
    .selectFrom('release')
    .leftJoin('step_version', 'step_version.id', 'release.step_version_id')
    .leftJoin('correction', 'correction.release_id', 'release.id')
    .select(({ fn }) => fn.coalesce('correction.answers', 'step_version.answers').as('answers'))
    .where('release.id', '=', releaseId)
    .executeTakeFirst()
  return (row?.answers ?? undefined) as Answers | undefined
}
