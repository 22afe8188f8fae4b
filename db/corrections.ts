/** Corrections of what is published, as they stand: prepared beside it, signed by two, published by the worker (H10). */
import { type SqlBool, sql } from 'kysely'
import { objectionToSigning, type SignedCorrection } from '../domain/corrections.ts'
import type { Answers } from '../domain/forms.ts'
import { releaseRow } from '../domain/permission-rows.ts'
import type { Trx } from './client.ts'
import { decodeCursor, firstTheirs, pageOf } from './pages.ts'
import { requireProcedureVersion } from './procedures.ts'

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
  /** What was said by signing, and how the signer was identified. */
  statement: string
  observation: string | null
  round: number
  releaseHash: string
  signedAt: Date
}

/** The correction of a release that is neither public nor discarded; `lock` holds it, and what it corrects as it stands. */
export async function findOpenCorrection(trx: Trx, correctsId: string, lock = false): Promise<Correction | undefined> {
  // What is corrected first, as whoever withdraws it takes nothing else.
  const corrected = trx.selectFrom('release').select('status').where('id', '=', correctsId)
  const standing = await (lock ? corrected.forShare() : corrected).executeTakeFirst()
  const query = openCorrections(trx).where('correction.corrects_id', '=', correctsId)
  const row = await (lock ? query.forUpdate() : query).executeTakeFirst()
  return row && (await withSignatures(trx, { ...row, isWithdrawn: standing?.status === 'withdrawn' }))
}

const openCorrections = (trx: Trx) =>
  trx
    .selectFrom('correction')
    .select(['correction.id', 'correction.cycle_id as cycleId', 'correction.corrects_id as correctsId'])
    .select('release_id as releaseId')
    .select(['reason', 'answers', 'correction.status', 'round', 'authors'])
    .where('correction.status', 'in', ['preparing', 'submitted', 'approved'])

type OpenRow = Awaited<ReturnType<ReturnType<typeof openCorrections>['executeTakeFirstOrThrow']>>

async function withSignatures(trx: Trx, row: OpenRow & { isWithdrawn: boolean }): Promise<Correction> {
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

/** A correction that waits for a signature, as the inbox tells of it. */
export interface CorrectionToSign {
  /** The release it corrects. */
  releaseId: string
  title: string
  version: number
  submittedAt: Date
}

/** The first corrections whose next signature is this person's to give, the longest waiting first. */
export async function listCorrectionsToSign(
  trx: Trx,
  person: { entityId: string; personId: string; duty: string },
  limit: number,
): Promise<CorrectionToSign[]> {
  const theirs = async ({ correctedStatus, procedureVersionId, key: _key, ...line }: SubmittedRow) => {
    const { title, version, submittedAt, ...row } = line
    const correction = await withSignatures(trx, { ...row, isWithdrawn: correctedStatus === 'withdrawn' })
    const { procedure } = await requireProcedureVersion(trx, procedureVersionId)
    const { signerDuties } = releaseRow(person.entityId, procedure)
    if (!submittedAt || objectionToSigning(correction, person, signerDuties) !== null) return undefined
    return { releaseId: row.correctsId, title, version, submittedAt }
  }
  return await firstTheirs((cursor, most) => readSubmitted(trx, person.entityId, cursor, most), theirs, limit)
}

type SubmittedRow = Awaited<ReturnType<typeof readSubmitted>>['rows'][number]

async function readSubmitted(trx: Trx, entityId: string, cursor: string | null, limit: number) {
  const after = decodeCursor(cursor, ['instant', 'id'])
  const rows = await openCorrections(trx)
    .innerJoin('release as corrected', 'corrected.id', 'correction.corrects_id')
    .innerJoin('dataset', 'dataset.id', 'corrected.dataset_id')
    .innerJoin('cycle', 'cycle.id', 'correction.cycle_id')
    .select(['corrected.status as correctedStatus', 'corrected.version', 'dataset.title'])
    .select(['submitted_at as submittedAt', 'cycle.procedure_version_id as procedureVersionId'])
    .select(sql<string>`submitted_at::text`.as('key'))
    .where('correction.status', '=', 'submitted')
    .where('correction.entity_id', '=', entityId)
    .$if(after !== null, (query) =>
      query.where(sql<SqlBool>`(submitted_at, correction.id) > (${after?.[0]}::timestamptz, ${after?.[1]}::uuid)`),
    )
    .orderBy('submitted_at')
    .orderBy('correction.id')
    .limit(limit + 1)
    .execute()
  return pageOf(rows, limit, ({ key, id }) => [key, id])
}

/** Every signature of a correction, of earlier rounds too, in order. */
export async function listCorrectionSignatures(trx: Trx, correctionId: string): Promise<CorrectionSignature[]> {
  const rows = await trx
    .selectFrom('correction_signature')
    .select(['person_id as personId', 'person_name as personName', 'position_name as positionName', 'duty', 'verdict'])
    .select(['observation', 'round', 'release_hash as releaseHash', 'signed_at as signedAt', 'statement'])
    .where('correction_id', '=', correctionId)
    .orderBy('signed_at')
    .execute()
  return rows.map((row) => ({ ...row, verdict: row.verdict as CorrectionSignature['verdict'] }))
}

/** The last correction of a release that was taken back after all had signed it; undefined where none was. */
export async function findLastTakenBack(
  trx: Trx,
  correctsId: string,
): Promise<{ version: number; reason: string; at: Date } | undefined> {
  const row = await trx
    .selectFrom('correction')
    .innerJoin('release', 'release.id', 'correction.release_id')
    .select(['release.version', 'correction.withdrawn_reason as reason', 'settled_at as at'])
    .where('correction.corrects_id', '=', correctsId)
    .where('correction.status', '=', 'withdrawn')
    .orderBy('settled_at', 'desc')
    .executeTakeFirst()
  return row?.reason && row.at ? { version: row.version, reason: row.reason, at: row.at } : undefined
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
