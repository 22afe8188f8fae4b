/** What attending a citizen's request does to their records: found once the identity stands, corrected, no longer used, erased. */
import { captureDefinitionAt } from '../catalog/capture/index.ts'
import { changedFields, documentOf } from '../domain/capture-answers.ts'
import type { Purpose } from '../domain/capture-forms.ts'
import type { Answers } from '../domain/forms.ts'
import { type DatumCorrection, withCorrections } from '../domain/rights-effects.ts'
import { findCaptureRecord, openAnswers, type RecordHead, reviseRecord } from './capture-records.ts'
import type { KeyRing } from './citizens.ts'
import type { Trx } from './client.ts'

/**
 * Ties a request to whose data it is, by the keyed hash of the document that was filed; the identity stands by now. Answers
 * the citizen; null where the entity knows nobody by it.
 */
export async function noteCitizen(trx: Trx, requestId: string): Promise<string | null> {
  const tied = await trx
    .updateTable('rights_request')
    .from('citizen')
    .set((eb) => ({ citizen_id: eb.ref('citizen.id') }))
    .whereRef('citizen.lookup_hash', '=', 'rights_request.lookup_hash')
    .whereRef('citizen.entity_id', '=', 'rights_request.entity_id')
    .where('citizen.key_state', '<>', 'destroyed')
    .where('rights_request.id', '=', requestId)
    .returning('citizen.id')
    .executeTakeFirst()
  return tied?.id ?? null
}

export async function findCitizenOf(trx: Trx, requestId: string): Promise<string | null> {
  const row = await trx.selectFrom('rights_request').select('citizen_id').where('id', '=', requestId).executeTakeFirst()
  return row?.citizen_id ?? null
}

export interface CitizenRecord extends RecordHead {
  pointName: string
  vigencia: number
  capturedAt: Date
}

/** Every record of a citizen, the last captured first; whoever answers sees them while the request is open (0036_rights.ts). */
export async function listCitizenRecords(trx: Trx, citizenId: string): Promise<CitizenRecord[]> {
  const rows = await trx
    .selectFrom('capture_record as r')
    .innerJoin('service_point as s', 's.id', 'r.point_id')
    .select(['r.id', 'r.entity_id', 's.name as pointName', 'r.vigencia', 'r.captured_at as capturedAt'])
    .where('r.citizen_id', '=', citizenId)
    .orderBy('r.captured_at', 'desc')
    .orderBy('r.id')
    .execute()
  const records: CitizenRecord[] = []
  for (const { id, entity_id, ...shown } of rows) {
    const head = await findCaptureRecord(trx, entity_id, id)
    if (head) records.push({ ...head, ...shown })
  }
  return records
}

/** From now on their data are not used for this: the authorisations given for each purpose, in every record. Answers how many. */
export async function withdrawConsents(
  trx: Trx,
  citizenId: string,
  { purposes, at }: { purposes: readonly Purpose[]; at: Date },
): Promise<number> {
  const ended = await trx
    .updateTable('consent')
    .set({ withdrawn_at: at })
    .where('citizen_id', '=', citizenId)
    .where('purpose', 'in', [...purposes])
    .where('given', '=', true)
    .where('withdrawn_at', 'is', null)
    .executeTakeFirst()
  return Number(ended.numUpdatedRows)
}

/** Another version of every record that asks for what was corrected; answers each with the names of its changed fields. */
export async function changeRecords(
  trx: Trx,
  ring: KeyRing,
  citizenId: string,
  { corrections, by }: { corrections: readonly DatumCorrection[]; by: { personId: string; positionId: string } },
): Promise<{ recordId: string; fields: string[] }[]> {
  const changed: { recordId: string; fields: string[] }[] = []
  for (const { id } of await listCitizenRecords(trx, citizenId)) {
    const record = await findCaptureRecord(trx, ring.entityId, id, { lock: true })
    if (!record) continue
    const definition = captureDefinitionAt(record.form, record.formVersion)
    const before = await openAnswers(trx, ring, record)
    const answers: Answers = withCorrections(definition, before, corrections)
    const fields = changedFields(before, answers)
    if (fields.length === 0) continue
    const document = documentOf(definition, answers)
    await reviseRecord(trx, ring, record, { answers, formVersion: record.formVersion, document, ...by })
    changed.push({ recordId: id, fields })
  }
  return changed
}
