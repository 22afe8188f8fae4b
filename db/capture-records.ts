/** Records of citizens as they are captured, read and corrected; what the citizen said is sealed under the citizen's key. */
import { sql } from 'kysely'
import { findConsentText } from '../catalog/capture/consent.ts'
import type { CaptureOrigin } from '../domain/capture.ts'
import { PURPOSES } from '../domain/capture-forms.ts'
import { type CitizenDocument, normalizedDocument } from '../domain/citizens.ts'
import type { Answers } from '../domain/forms.ts'
import type { CaptureForm } from '../domain/grants.ts'
import { Refused } from '../domain/refusals.ts'
import type { DraftContent } from './capture-drafts.ts'
import { lookupHash } from './citizen-keys.ts'
import { type KeyRing, type OpenedCitizen, openCitizen, openKey } from './citizens.ts'
import type { Trx } from './client.ts'
import { holdBackEnding } from './grants.ts'
import { type GrantInForce, holdBackScope } from './grants-in-force.ts'
import { idOf, newId } from './ids.ts'
import { type Place, seal, unseal } from './sealed-texts.ts'

export interface NewRecord {
  id: string
  code: string
  grant: GrantInForce
  formVersion: number
  document: CitizenDocument | null
  answers: Answers
  content: Pick<DraftContent, 'origin' | 'given' | 'channel' | 'textVersion' | 'textHash' | 'givenAt'>
  personId: string
  positionId: string
}

export interface RecordHead {
  id: string
  code: string
  citizenId: string
  scope: string
  form: CaptureForm
  formVersion: number
  rev: number
}

const placeOf = (recordId: string, rev: number): Place => ['capture_version', 'sealed', recordId, rev]

/** The record an unfinished one becomes: the same however often it is sent. */
export function recordIdOf(draftId: string): string {
  return idOf('capture-record', draftId)
}

/**
 * Keeps a record with its consents and counts it, once for each citizen, point, form and vigencia. Answers the id it has:
 * another one than was asked for where this citizen has a record there already.
 */
export async function insertRecord(trx: Trx, ring: KeyRing, made: NewRecord): Promise<{ id: string; isNew: boolean }> {
  const { id, grant, personId, positionId } = made
  const { entityId } = ring
  await holdBackEnding(trx, grant.id)
  const citizen = await openCitizen(trx, ring, made.document)
  const added = await trx
    .insertInto('capture_record')
    .values({
      ...{ id, entity_id: entityId, code: made.code, citizen_id: citizen.id, point_id: grant.pointId },
      ...{ form: grant.form, form_version: made.formVersion, vigencia: grant.vigencia, grant_id: grant.id },
      ...originColumns(made.content.origin),
      ...{ captured_by: personId, captured_position: positionId },
    })
    .onConflict((oc) => oc.columns(['citizen_id', 'point_id', 'form', 'vigencia']).doNothing())
    .executeTakeFirst()
  if (added.numInsertedOrUpdatedRows !== 1n) return { id: await recordOf(trx, citizen.id, grant), isNew: false }
  await insertVersion(trx, { ...made, entityId, recordId: id, rev: 1, key: citizen.key })
  await insertConsents(trx, entityId, citizen.id, made)
  await recordOutcome(trx, { id, entityId, grant, outcome: 'captured', personId })
  return { id, isNew: true }
}

function originColumns({ mode, paper, network, networkBasis }: CaptureOrigin) {
  const from = { paper_code: paper?.code ?? null, paper_version: paper?.version ?? null, paper_on: paper?.on ?? null }
  return { mode, ...from, network, network_basis: networkBasis }
}

async function recordOf(trx: Trx, citizenId: string, { pointId, form, vigencia }: GrantInForce): Promise<string> {
  const row = await trx
    .selectFrom('capture_record')
    .select('id')
    .where('citizen_id', '=', citizenId)
    .where('point_id', '=', pointId)
    .where('form', '=', form)
    .where('vigencia', '=', vigencia)
    .executeTakeFirstOrThrow()
  return row.id
}

interface NewVersion {
  entityId: string
  recordId: string
  rev: number
  formVersion: number
  key: Buffer
  answers: Answers
  personId: string
  positionId: string
}

async function insertVersion(trx: Trx, version: NewVersion): Promise<void> {
  const { entityId, recordId, rev, formVersion, key, answers, personId, positionId } = version
  await trx
    .insertInto('capture_version')
    .values({
      ...{ record_id: recordId, rev, entity_id: entityId, form_version: formVersion },
      ...{ sealed: seal(key, placeOf(recordId, rev), answers), written_by: personId, written_position: positionId },
    })
    .execute()
}

async function insertConsents(trx: Trx, entityId: string, citizenId: string, made: NewRecord): Promise<void> {
  const { given, channel, textVersion, textHash, givenAt } = made.content
  const asked = findConsentText(textVersion)?.purposes.map(({ code }) => code) ?? PURPOSES
  await trx
    .insertInto('consent')
    .values(
      asked.map((purpose) => ({
        ...{ id: newId(), entity_id: entityId, record_id: made.id, citizen_id: citizenId, purpose, channel },
        ...{ given: given.includes(purpose), text_version: textVersion, text_hash: textHash, given_at: givenAt },
        ...{ person_id: made.personId, position_id: made.positionId },
      })),
    )
    .execute()
}

interface Outcome {
  id: string
  entityId: string
  grant: GrantInForce
  outcome: 'captured' | 'declined'
  personId: string
}

/** Who was attended to, and nothing about whom; once for each id. Answers whether it is new. */
export async function recordOutcome(trx: Trx, { id, entityId, grant, outcome, personId }: Outcome): Promise<boolean> {
  const { pointId: point_id, form, vigencia } = grant
  const added = await trx
    .insertInto('capture_outcome')
    .values({ id: idOf('outcome', id), entity_id: entityId, point_id, form, vigencia, outcome, person_id: personId })
    .onConflict((oc) => oc.column('id').doNothing())
    .executeTakeFirst()
  return added.numInsertedOrUpdatedRows === 1n
}

/** A record within an access in force (row-level security), held until the transaction ends where `lock` says so. */
export async function findCaptureRecord(
  trx: Trx,
  entityId: string,
  id: string,
  { lock = false }: { lock?: boolean } = {},
): Promise<RecordHead | undefined> {
  const query = trx
    .selectFrom('capture_record')
    .select(['id', 'code', 'citizen_id', 'scope', 'form', 'form_version', 'rev'])
    .where('id', '=', id)
    .where('entity_id', '=', entityId)
  const row = await (lock ? query.forUpdate() : query).executeTakeFirst()
  return (
    row && {
      ...{ id: row.id, code: row.code, citizenId: row.citizen_id, scope: row.scope as string },
      ...{ form: row.form as CaptureForm, formVersion: row.form_version, rev: row.rev },
    }
  )
}

/** From what and from where a record was captured. */
export async function originOf(trx: Trx, recordId: string): Promise<CaptureOrigin> {
  const row = await trx
    .selectFrom('capture_record')
    .select(['mode', 'paper_code', 'paper_version', 'paper_on', 'network', 'network_basis'])
    .where('id', '=', recordId)
    .executeTakeFirstOrThrow()
  const { paper_code: code, paper_version: version, paper_on: on } = row
  return {
    mode: row.mode as CaptureOrigin['mode'],
    paper: code && version && on ? { code, version, on } : null,
    network: row.network as CaptureOrigin['network'],
    networkBasis: row.network_basis as CaptureOrigin['networkBasis'],
  }
}

/** What the citizen said, as it stands. Throws `Refused` where it was erased. The caller records that it was read. */
export async function openAnswers(trx: Trx, ring: KeyRing, record: RecordHead): Promise<Answers> {
  const key = await openKey(trx, ring, record.citizenId)
  const { sealed } = await trx
    .selectFrom('capture_version')
    .select('sealed')
    .where('record_id', '=', record.id)
    .where('rev', '=', record.rev)
    .executeTakeFirstOrThrow()
  return unseal(key, placeOf(record.id, record.rev), sealed)
}

interface Correction {
  answers: Answers
  formVersion: number
  document: CitizenDocument | null
  personId: string
  positionId: string
}

/**
 * Another version of what the citizen said; ask for the record with `lock` first. The earlier ones stay. With another
 * document the record is another citizen's, and its earlier versions open with that citizen's key from then on. Throws
 * `Refused` where that citizen has a record there already.
 */
export async function reviseRecord(trx: Trx, ring: KeyRing, record: RecordHead, by: Correction): Promise<number> {
  const rev = record.rev + 1
  await holdBackScope(trx, record.scope)
  const before = await openKey(trx, ring, record.citizenId)
  const citizen = (await isOf(trx, ring, record.citizenId, by.document))
    ? { id: record.citizenId, key: before }
    : await openCitizen(trx, ring, by.document)
  if (citizen.id !== record.citizenId) await moveRecord(trx, record, { from: before, to: citizen })
  const moved = await trx
    .updateTable('capture_record')
    .set({ rev, form_version: by.formVersion })
    .where('id', '=', record.id)
    .where('rev', '=', record.rev)
    .executeTakeFirst()
  if (moved.numUpdatedRows !== 1n) throw new Error(`record ${record.id} is no longer at ${record.rev}`)
  await insertVersion(trx, { ...by, entityId: ring.entityId, recordId: record.id, rev, key: citizen.key })
  return rev
}

/** Whether the document is the one this citizen is looked up by; without one, whoever it was stays it. */
async function isOf(trx: Trx, ring: KeyRing, citizenId: string, document: CitizenDocument | null): Promise<boolean> {
  const known = document && normalizedDocument(document)
  const { lookup_hash: hash } = await trx
    .selectFrom('citizen')
    .select('lookup_hash')
    .where('id', '=', citizenId)
    .executeTakeFirstOrThrow()
  if (!known) return hash === null
  return hash?.equals(lookupHash(ring.secret, ring.entityId, known)) === true
}

async function moveRecord(
  trx: Trx,
  record: RecordHead,
  { from, to }: { from: Buffer; to: OpenedCitizen },
): Promise<void> {
  const { id } = record
  const standing = await sql<{ code: string }>`
    select other.code from capture_record r join capture_record other on other.citizen_id = ${to.id}
      and (other.point_id, other.form, other.vigencia) = (r.point_id, r.form, r.vigencia)
    where r.id = ${id}`.execute(trx)
  if (standing.rows[0]) throw new Refused('citizen_recorded', { code: standing.rows[0].code })
  const versions = await trx
    .selectFrom('capture_version')
    .select(['rev', 'sealed'])
    .where('record_id', '=', id)
    .execute()
  for (const { rev, sealed } of versions) {
    const again = seal(to.key, placeOf(id, rev), unseal(from, placeOf(id, rev), sealed))
    await trx
      .updateTable('capture_version')
      .set({ sealed: again })
      .where('record_id', '=', id)
      .where('rev', '=', rev)
      .execute()
  }
  await trx.updateTable('capture_record').set({ citizen_id: to.id }).where('id', '=', id).execute()
  await trx.updateTable('consent').set({ citizen_id: to.id }).where('record_id', '=', id).execute()
}

/** Id of the record of a document within the accesses in force; undefined where there is none, elsewhere or at all. */
export async function findRecordsOf(trx: Trx, ring: KeyRing, document: CitizenDocument): Promise<string[]> {
  const known = normalizedDocument(document)
  if (!known) return []
  const rows = await trx
    .selectFrom('capture_record')
    .innerJoin('citizen', 'citizen.id', 'capture_record.citizen_id')
    .select('capture_record.id')
    .where('citizen.entity_id', '=', ring.entityId)
    .where('citizen.lookup_hash', '=', lookupHash(ring.secret, ring.entityId, known))
    .orderBy('capture_record.captured_at', 'desc')
    .limit(20)
    .execute()
  return rows.map(({ id }) => id)
}
