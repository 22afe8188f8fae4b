/** What is typed between the pages of a capture form: sealed, of one person, for one day (model.md §1: a draft is a row and no more). */
import { sql } from 'kysely'
import type { CaptureOrigin, ConsentChannel } from '../domain/capture.ts'
import type { Purpose } from '../domain/capture-forms.ts'
import type { Answers } from '../domain/forms.ts'
import type { CaptureForm } from '../domain/grants.ts'
import { draftKey } from './citizen-keys.ts'
import type { KeyRing } from './citizens.ts'
import { type Database, type Trx, withoutEntity } from './client.ts'
import type { GrantInForce } from './grants-in-force.ts'
import { type Place, seal, unseal } from './sealed-texts.ts'

/** Of whom, apart from the answers, a draft knows: how it came about and what was authorised, by which text, when. */
export interface DraftContent {
  origin: CaptureOrigin
  given: Purpose[]
  channel: ConsentChannel
  textVersion: number
  textHash: string
  /** ISO instant at which the consent was taken. */
  givenAt: string
  answers: Answers
  /** Of the record it corrects, when it was opened; absent for a new one. */
  baseRev?: number
}

export interface CaptureDraft {
  id: string
  grantId: string
  pointId: string
  form: CaptureForm
  formVersion: number
  vigencia: number
  /** The record it corrects; null for a new one. */
  recordId: string | null
  rev: number
  savedAt: Date
  content: DraftContent
}

export interface NewDraft {
  id: string
  personId: string
  grant: GrantInForce
  formVersion: number
  recordId: string | null
  content: DraftContent
}

const DAY_AGO = sql<Date>`app_now() - interval '1 day'`

const placeOf = (id: string, rev: number): Place => ['capture_draft', 'sealed', id, rev]

/** Kept once: the same form sent again changes nothing. Answers whether it is new. */
export async function insertCaptureDraft(trx: Trx, ring: KeyRing, draft: NewDraft): Promise<boolean> {
  const { id, personId, grant, formVersion, recordId, content } = draft
  const added = await trx
    .insertInto('capture_draft')
    .values({
      ...{ id, entity_id: ring.entityId, person_id: personId, grant_id: grant.id, point_id: grant.pointId },
      ...{ form: grant.form, form_version: formVersion, vigencia: grant.vigencia, record_id: recordId },
      sealed: seal(draftKey(ring.secret, ring.entityId), placeOf(id, 1), content),
    })
    .onConflict((oc) => oc.column('id').doNothing())
    .executeTakeFirst()
  return added.numInsertedOrUpdatedRows === 1n
}

/** One's own, of an access that is still in force and not older than a day; undefined otherwise. */
export async function findCaptureDraft(
  trx: Trx,
  ring: KeyRing,
  { id, personId, lock = false }: { id: string; personId: string; lock?: boolean },
): Promise<CaptureDraft | undefined> {
  const query = trx
    .selectFrom('capture_draft')
    .selectAll()
    .where('id', '=', id)
    .where('entity_id', '=', ring.entityId)
    .where('person_id', '=', personId)
    .where('saved_at', '>', DAY_AGO)
  const row = await (lock ? query.forUpdate() : query).executeTakeFirst()
  if (!row) return undefined
  return {
    ...{ id: row.id, grantId: row.grant_id, pointId: row.point_id, form: row.form as CaptureForm },
    ...{ formVersion: row.form_version, vigencia: row.vigencia, recordId: row.record_id },
    ...{ rev: row.rev, savedAt: new Date(row.saved_at) },
    content: unseal(draftKey(ring.secret, ring.entityId), placeOf(row.id, row.rev), row.sealed),
  }
}

/** The draft with other content; ask for it with `lock` first. */
export async function saveCaptureDraft(
  trx: Trx,
  ring: KeyRing,
  draft: CaptureDraft,
  content: DraftContent,
): Promise<void> {
  const rev = draft.rev + 1
  const saved = await trx
    .updateTable('capture_draft')
    .set({ rev, saved_at: sql<Date>`app_now()` })
    .set({ sealed: seal(draftKey(ring.secret, ring.entityId), placeOf(draft.id, rev), content) })
    .where('id', '=', draft.id)
    .where('rev', '=', draft.rev)
    .executeTakeFirst()
  if (saved.numUpdatedRows !== 1n) throw new Error(`draft ${draft.id} is no longer at ${draft.rev}`)
}

export async function deleteCaptureDraft(trx: Trx, id: string): Promise<void> {
  await trx.deleteFrom('capture_draft').where('id', '=', id).execute()
}

export interface DraftLine {
  id: string
  form: CaptureForm
  pointName: string
  isCorrection: boolean
  savedAt: Date
}

/** What a person left unfinished today, the last first; nothing of the citizen. */
export async function listCaptureDrafts(trx: Trx, personId: string): Promise<DraftLine[]> {
  const rows = await trx
    .selectFrom('capture_draft')
    .innerJoin('service_point', 'service_point.id', 'capture_draft.point_id')
    .select(['capture_draft.id', 'form', 'service_point.name as pointName', 'record_id', 'saved_at'])
    .where('person_id', '=', personId)
    .where('saved_at', '>', DAY_AGO)
    .orderBy('saved_at', 'desc')
    .limit(20)
    .execute()
  return rows.map(({ id, form, pointName, record_id, saved_at }) => ({
    ...{ id, form: form as CaptureForm, pointName, isCorrection: record_id !== null, savedAt: new Date(saved_at) },
  }))
}

/** Entities in which something was left unfinished for a day; only the worker sees them all. */
export async function entitiesWithStaleDrafts(database: Database): Promise<string[]> {
  const rows = await withoutEntity(database, (trx) =>
    trx.selectFrom('capture_draft').select('entity_id').distinct().where('saved_at', '<=', DAY_AGO).execute(),
  )
  return rows.map(({ entity_id }) => entity_id)
}

/** Throws away what was left unfinished for a day, and says what it was. */
export async function deleteStaleDrafts(trx: Trx, entityId: string): Promise<{ id: string; form: string }[]> {
  return await trx
    .deleteFrom('capture_draft')
    .where('entity_id', '=', entityId)
    .where('saved_at', '<=', DAY_AGO)
    .returning(['id', 'form'])
    .execute()
}
