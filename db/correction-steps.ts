/** The steps of a correction: prepared, submitted, signed or returned, or given up; each with its event (H10, model.md §2). */
import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { signatureMethod, statementOf } from '../catalog/statements.ts'
import { nextSigner, objectionToSigning, objectionToTakingBack } from '../domain/corrections.ts'
import type { EventType } from '../domain/events.ts'
import type { Answers } from '../domain/forms.ts'
import type { Proved } from '../domain/proofs.ts'
import { Refused, refuseIf } from '../domain/refusals.ts'
import { recordEvent } from './audit.ts'
import type { Trx } from './client.ts'
import { type Correction, findOpenCorrection } from './corrections.ts'
import { findReplacement } from './held-releases.ts'
import { newId } from './ids.ts'
import { prepareRelease } from './release-drafts.ts'
import { lockDatasetOf } from './release-publication.ts'
import type { ReleaseActor } from './releases.ts'

/**
 * Begins the correction of a published release, or what takes the place of a held one, or changes the one being prepared, and makes its exact files. Throws
 * `Refused('out_of_date')` unless the release stands published or held, `submission_in_flight` while it is being signed.
 */
export async function saveCorrection(
  trx: Trx,
  dataDir: string,
  actor: ReleaseActor,
  input: { releaseId: string; reason: string; answers: Answers },
): Promise<void> {
  const { releaseId: correctsId, reason, answers } = input
  const corrected = await lockReplaceable(trx, correctsId)
  // What took the place of a held release is corrected itself.
  if ((await findReplacement(trx, correctsId))?.isPublic) throw new Refused('already_public')
  const open = await findOpenCorrection(trx, correctsId, true)
  if (open && open.status !== 'preparing') throw new Refused('submission_in_flight')
  const { cycleId, datasetId, slug } = corrected
  const draft = await prepareRelease(trx, dataDir, actor, {
    ...{ cycleId, answers },
    corrects: {
      id: correctsId,
      dataset: { id: datasetId, slug },
      pending: open?.releaseId ? { id: open.releaseId } : undefined,
    },
  })
  const id = open?.id ?? newId()
  const changing = {
    reason,
    answers: JSON.stringify(answers),
    release_id: draft.id,
    authors: [...new Set([...(open?.authors ?? []), actor.personId])],
  }
  await trx
    .insertInto('correction')
    .values({ id, entity_id: actor.entityId, cycle_id: cycleId, corrects_id: correctsId, ...changing })
    .onConflict((oc) => oc.column('id').doUpdateSet(changing))
    .execute()
  const changes = [{ field: 'reason', before: null, after: hashOf(reason) }]
  await tell(trx, actor, 'correction.prepared', { id, cycleId, releaseHash: draft.releaseHash, changes })
}

async function lockReplaceable(trx: Trx, releaseId: string) {
  const row = await trx
    .selectFrom('release')
    .innerJoin('dataset', 'dataset.id', 'release.dataset_id')
    .select(['release.cycle_id as cycleId', 'release.dataset_id as datasetId', 'dataset.slug'])
    .where('release.id', '=', releaseId)
    .where('release.status', 'in', ['published', 'held'])
    .forUpdate('release')
    .executeTakeFirst()
  if (!row) throw new Refused('out_of_date')
  return row
}

/** Hands the prepared files to those who sign; they stay as they are from then on. */
export async function requestSignatures(trx: Trx, actor: ReleaseActor, correctsId: string): Promise<void> {
  const correction = await requireOpen(trx, correctsId)
  if (correction.isWithdrawn) throw new Refused('release_withdrawn')
  if (correction.status !== 'preparing') throw new Refused('submission_in_flight')
  await change(trx, correction, { status: 'submitted', submitted_at: sql<Date>`app_now()` })
  await tell(trx, actor, 'correction.submitted', correction)
}

/** Ends a correction that is not approved; what was prepared disappears, the release stays as it is. */
export async function endCorrection(trx: Trx, actor: ReleaseActor, correctsId: string): Promise<void> {
  const correction = await requireOpen(trx, correctsId)
  if (correction.status === 'approved') throw new Refused('already_decided')
  await change(trx, correction, { status: 'discarded', settled_at: sql<Date>`app_now()` })
  if (correction.releaseId) {
    await trx.deleteFrom('release_file').where('release_id', '=', correction.releaseId).execute()
    await trx.deleteFrom('release').where('id', '=', correction.releaseId).execute()
  }
  await tell(trx, actor, 'correction.discarded', correction)
}

/**
 * Takes back a correction that all have signed while it waits for its hour: it is never published, its files and signatures
 * stay on record, and its workflow is told. Answers who is to know of it: whoever prepared or signed it. Refused by
 * `objectionToTakingBack`.
 */
export async function withdrawCorrection(
  trx: Trx,
  actor: ReleaseActor,
  { releaseId: correctsId, reason }: { releaseId: string; reason: string },
): Promise<{ id: string; people: string[] }> {
  // The dataset first, as whoever publishes does: one of the two waits here, and finds what the other did.
  await lockDatasetOf(trx, { id: correctsId })
  const correction = await findOpenCorrection(trx, correctsId, true)
  if (!correction) throw new Refused((await wasCorrected(trx, correctsId)) ? 'already_public' : 'out_of_date')
  refuseIf(objectionToTakingBack(correction.status))
  await change(trx, correction, {
    ...{ status: 'withdrawn', withdrawn_reason: reason, start_wanted: false, settled_at: sql<Date>`app_now()` },
  })
  await trx
    .updateTable('release')
    .set({ status: 'recalled', signal_wanted: true })
    .where('id', '=', correction.releaseId)
    .execute()
  const changes = [{ field: 'reason', before: null, after: hashOf(reason) }]
  await tell(trx, actor, 'correction.withdrawn', { ...correction, changes })
  const people = new Set([...correction.authors, ...correction.approvals.map(({ personId }) => personId)])
  return { id: correction.id, people: [...people].filter((personId) => personId !== actor.personId) }
}

async function wasCorrected(trx: Trx, correctsId: string): Promise<boolean> {
  const published = await trx
    .selectFrom('correction')
    .select('id')
    .where('corrects_id', '=', correctsId)
    .where('status', '=', 'published')
    .executeTakeFirst()
  return published !== undefined
}

export interface CorrectionVerdict {
  releaseId: string
  verdict: 'approve' | 'return'
  /** Hash of the files and words the person read. */
  releaseHash: string
  /** Required to return. */
  observation: string
}

/**
 * Signs or returns a submitted correction; the last of `signers` to sign sets it on its way to the public. Refused by
 * `objectionToSigning`, and with `content_changed` when other files stand there now.
 */
export async function recordVerdict(
  trx: Trx,
  actor: ReleaseActor & Proved & { duty: string },
  { releaseId, verdict, releaseHash, observation }: CorrectionVerdict,
  signers: readonly string[],
): Promise<void> {
  const correction = await requireOpen(trx, releaseId)
  refuseIf(objectionToSigning(correction, actor, signers))
  if (correction.releaseHash !== releaseHash) throw new Refused('content_changed')
  await insertSignature(trx, actor, correction, { verdict, releaseHash, observation })
  if (verdict === 'return') {
    await change(trx, correction, { status: 'preparing', round: correction.round + 1, submitted_at: null })
    return await tell(trx, actor, 'correction.returned', correction)
  }
  await tell(trx, actor, 'correction.signed', correction)
  const approvals = [...correction.approvals, actor]
  if (nextSigner({ approvals }, signers) === null)
    await change(trx, correction, { status: 'approved', start_wanted: true, settled_at: sql<Date>`app_now()` })
}

async function insertSignature(
  trx: Trx,
  actor: ReleaseActor & Proved & { duty: string },
  { id, round }: Correction,
  { verdict, releaseHash, observation }: Omit<CorrectionVerdict, 'releaseId'>,
): Promise<void> {
  const { person, position } = await trx
    .selectFrom('person')
    .innerJoin('position', 'position.entity_id', 'person.entity_id')
    .select(['person.display_name as person', 'position.name as position'])
    .where('person.id', '=', actor.personId)
    .where('position.id', '=', actor.positionId)
    .executeTakeFirstOrThrow()
  await trx
    .insertInto('correction_signature')
    .values({
      ...{ id: newId(), entity_id: actor.entityId, correction_id: id, round, duty: actor.duty, verdict },
      ...{ person_id: actor.personId, position_id: actor.positionId, person_name: person, position_name: position },
      ...{ release_hash: releaseHash, observation: observation || null, proved_at: actor.provedAt },
      statement: `${statementOf(verdict, 'approver')} ${signatureMethod(actor.proof)}.`,
    })
    .execute()
}

async function requireOpen(trx: Trx, correctsId: string): Promise<Correction> {
  const correction = await findOpenCorrection(trx, correctsId, true)
  if (!correction) throw new Refused('out_of_date')
  return correction
}

async function change(
  trx: Trx,
  { id, status }: Correction,
  set: Record<string, unknown> & { status: Correction['status'] },
): Promise<void> {
  const changed = await trx
    .updateTable('correction')
    .set(set)
    .where('id', '=', id)
    .where('status', '=', status)
    .executeTakeFirst()
  if (changed.numUpdatedRows !== 1n) throw new Refused('out_of_date')
}

async function tell(
  trx: Trx,
  actor: ReleaseActor,
  type: EventType,
  about: Pick<Correction, 'id' | 'cycleId' | 'releaseHash'> & {
    changes?: { field: string; before: null; after: string }[]
  },
): Promise<void> {
  await recordEvent(trx, {
    ...{ entityId: actor.entityId, type, objectId: about.id, cycleId: about.cycleId, contentHash: about.releaseHash },
    ...{ actorPerson: actor.personId, actorPosition: actor.positionId, origin: 'web', requestId: actor.requestId },
    changes: about.changes ?? [],
  })
}

const hashOf = (text: string) => createHash('sha256').update(text).digest('hex')
