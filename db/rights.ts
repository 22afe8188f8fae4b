/** Requests of citizens about their data as their workflow and every judgement read and write them (domain/rights.ts). */
import { createHash } from 'node:crypto'
import canonicalize from 'canonicalize'
import { sql } from 'kysely'
import type { Purpose } from '../domain/capture-forms.ts'
import { bogotaDate } from '../domain/civil-dates.ts'
import { Refused } from '../domain/refusals.ts'
import type { Delivery, DenialReason, RightsAim, RightsState, RightsStatus } from '../domain/rights.ts'
import {
  answerTerm,
  completeBy,
  extendedTerm,
  isRightsOver,
  MAX_TRIES,
  REST_MINUTES,
  requireBy,
} from '../domain/rights.ts'
import type { DatumCorrection } from '../domain/rights-effects.ts'
import type { RightsFiling } from '../domain/rights-inputs.ts'
import type { Term } from '../domain/terms.ts'
import { mintKey, type Place, seal, unseal, unwrapKey } from './citizen-keys.ts'
import type { KeyRing } from './citizens.ts'
import type { Trx } from './client.ts'
import { newId } from './ids.ts'
import { followCode } from './rights-secrets.ts'
import { entityCalendar } from './terms.ts'

export interface LoadedRights {
  state: RightsState
  entityId: string
  number: string
  code: string
  /** Civil date of its receipt. */
  filedOn: string
  receivedBy: string | null
  completeOn: string | null
}

/** The request, held until the transaction ends where `lock` says so; undefined where there is none. */
export async function findRights(
  trx: Trx,
  id: string,
  { lock = false }: { lock?: boolean } = {},
): Promise<LoadedRights | undefined> {
  const query = trx.selectFrom('rights_request').selectAll().where('id', '=', id)
  const row = await (lock ? query.forUpdate() : query).executeTakeFirst()
  if (!row) return undefined
  const calendar = await entityCalendar(trx, row.entity_id)
  return {
    state: {
      ...{ id: row.id, status: row.status as RightsStatus, aim: row.aim as RightsAim, dueOn: row.due_on },
      ...{ isIdentified: row.identified_at !== null, isExtended: row.extended_at !== null },
      ...{ contentHash: row.content_hash, completeBy: row.complete_by, forgetOn: row.forget_on },
      // More is asked for once, of what was received first.
      requireBy: row.required_at === null ? requireBy(row.filed_on, calendar) : null,
    },
    ...{ entityId: row.entity_id, number: row.number, code: row.code, filedOn: row.filed_on },
    ...{ receivedBy: row.received_by, completeOn: row.complete_on },
  }
}

/** The request, held; only the worker may. */
export async function holdRights(trx: Trx, id: string): Promise<LoadedRights> {
  const request = await findRights(trx, id, { lock: true })
  if (!request) throw new Error(`request ${id} has no row`)
  return request
}

export interface NewRights {
  id: string
  filing: RightsFiling
  /** Who received it at a point of attention; null where it came by the public form. */
  receivedBy: { personId: string; positionId: string } | null
  /** Of the document of whose data it is; null where it can be looked up by none. */
  lookupHash: Buffer | null
}

export interface FiledRights {
  id: string
  number: string
  code: string
  filedOn: string
  isNew: boolean
}

const contentPlace = (id: string): Place => ['rights_request', 'sealed', id]
const textPlace = (id: string): Place => ['rights_text', 'sealed', id]

/** Keeps a request, once: the same again changes nothing. Throws `Refused('body_differs')` where the same form says something else. */
export async function insertRights(trx: Trx, ring: KeyRing, made: NewRights): Promise<FiledRights> {
  const { id, filing, receivedBy, lookupHash } = made
  const { entityId, secret } = ring
  await sql`select pg_advisory_xact_lock(hashtextextended(${entityId}, 36))`.execute(trx)
  const bodyHash = bodyHashOf(ring, id, filing)
  const known = await findFiled(trx, id)
  if (known) {
    if (known.bodyHash !== bodyHash) throw new Refused('body_differs')
    return { ...known, isNew: false }
  }
  const { key, wrapped, masterKeyId } = mintKey(secret, entityId, id)
  const bytes = seal(key, contentPlace(id), filing.content)
  const { year, n } = await nextNumber(trx, entityId)
  await trx
    .insertInto('rights_request')
    .values({
      ...{ id, entity_id: entityId, year, n, number: `DT-${year}-${String(n).padStart(4, '0')}` },
      ...{ code: followCode(secret, id), aim: filing.aim, quality: filing.quality },
      ...{ channel: receivedBy ? 'point' : 'web', received_by: receivedBy?.personId ?? null },
      ...{ received_position: receivedBy?.positionId ?? null, sealed: bytes, wrapped_key: wrapped },
      ...{ master_key_id: masterKeyId, lookup_hash: lookupHash, content_hash: sha256(bytes), body_hash: bodyHash },
    })
    .execute()
  const filed = await findFiled(trx, id)
  if (!filed) throw new Error('what was inserted is there')
  return { ...filed, isNew: true }
}

async function findFiled(trx: Trx, id: string) {
  return await trx
    .selectFrom('rights_request')
    .select(['id', 'number', 'code', 'filed_on as filedOn', 'body_hash as bodyHash'])
    .where('id', '=', id)
    .executeTakeFirst()
}

async function nextNumber(trx: Trx, entityId: string): Promise<{ year: number; n: number }> {
  const found = await sql<{ year: number; n: number }>`
    select extract(year from app_today())::int as year, coalesce(max(n), 0)::int + 1 as n from rights_request
    where entity_id = ${entityId} and year = extract(year from app_today())`.execute(trx)
  const [row] = found.rows
  if (!row) throw new Error('an aggregate has one row')
  return row
}

const sha256 = (bytes: string | Buffer) => createHash('sha256').update(bytes).digest('hex')

/** Keyed by the secret: a hash of what few people could have typed would give it away. */
function bodyHashOf({ secret }: KeyRing, id: string, filing: RightsFiling): string {
  return sha256(`${secret} ${id} ${canonicalize(filing)}`)
}

/** What the citizen typed; undefined once its key is no more. Whoever opens it leaves an event. */
export async function openRightsContent(
  trx: Trx,
  ring: KeyRing,
  id: string,
): Promise<RightsFiling['content'] | undefined> {
  const opened = await openKey(trx, ring, id)
  return opened && unseal(opened.key, contentPlace(id), opened.sealed)
}

async function openKey(trx: Trx, { secret, entityId }: KeyRing, id: string) {
  const row = await trx
    .selectFrom('rights_request')
    .select(['wrapped_key', 'master_key_id', 'sealed'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  if (!row.wrapped_key || !row.master_key_id) return undefined
  const kept = { wrapped: row.wrapped_key, masterKeyId: row.master_key_id }
  return { key: unwrapKey(secret, entityId, id, kept), sealed: row.sealed }
}

export interface RightsText {
  kind: string
  writtenAt: Date
  text: string
}

/** What was written on the request since, in order; none once its key is no more. */
export async function openRightsTexts(trx: Trx, ring: KeyRing, id: string): Promise<RightsText[]> {
  const opened = await openKey(trx, ring, id)
  if (!opened) return []
  const rows = await trx
    .selectFrom('rights_text')
    .select(['id', 'kind', 'sealed', 'written_at'])
    .where('request_id', '=', id)
    .orderBy('written_at')
    .execute()
  return rows.map((row) => ({
    ...{ kind: row.kind, writtenAt: row.written_at },
    text: unseal<string>(opened.key, textPlace(row.id), row.sealed),
  }))
}

/** Keeps a text under the key of its request. Throws where the key is no more. */
export async function insertRightsText(
  trx: Trx,
  ring: KeyRing,
  written: { id: string; requestId: string; actId: string | null; kind: string; text: string },
): Promise<void> {
  const opened = await openKey(trx, ring, written.requestId)
  if (!opened) throw new Refused('rights_over')
  await trx
    .insertInto('rights_text')
    .values({
      ...{ id: written.id, entity_id: ring.entityId, request_id: written.requestId, act_id: written.actId },
      ...{ kind: written.kind, sealed: seal(opened.key, textPlace(written.id), written.text) },
    })
    .onConflict((oc) => oc.column('id').doNothing())
    .execute()
}

/** The workflow's clock; what happens on a civil date of Bogotá. */
interface Moment {
  at: Date
}

/** Received, complete: its term to answer begins. */
export async function beginRights(trx: Trx, request: LoadedRights, receivedOn: string): Promise<Term> {
  const calendar = await entityCalendar(trx, request.entityId)
  const term = answerTerm(request.state.aim, receivedOn, calendar)
  await move(trx, request, { status: 'received', complete_on: receivedOn, due_on: term.dueDate, complete_by: null })
  await beginTerm(trx, request, 'answer', term)
  return term
}

/** More time, told before the first term ends: it runs from the end of that. */
export async function addRightsDays(trx: Trx, request: LoadedRights, { at }: Moment): Promise<Term> {
  const calendar = await entityCalendar(trx, request.entityId)
  const term = extendedTerm(request.state.aim, request.state.dueOn ?? bogotaDate(at), calendar)
  await move(trx, request, { due_on: term.dueDate, extended_at: at })
  await endRightsTerm(trx, request.state.id, 'superseded', at)
  await beginTerm(trx, request, 'extension', term)
  return term
}

/** More was asked of the citizen: no term runs until they answer, for two months. */
export async function holdBackRights(trx: Trx, request: LoadedRights, { at }: Moment): Promise<void> {
  const until = completeBy(bogotaDate(at))
  await move(trx, request, { status: 'incomplete', required_at: at, complete_by: until, due_on: null })
  await endRightsTerm(trx, request.state.id, 'superseded', at)
}

export async function settleIdentity(trx: Trx, request: LoadedRights, method: string, { at }: Moment): Promise<void> {
  await move(trx, request, { identified_at: at, identity_method: method })
}

/** Answered, forwarded or given up: final. */
export async function endRights(
  trx: Trx,
  request: LoadedRights,
  to: { status: RightsStatus; denial?: DenialReason | null; delivery?: Delivery | null; forgetOn?: string | null },
  { at }: Moment,
): Promise<void> {
  const { status, denial = null, delivery = null, forgetOn = null } = to
  if (!isRightsOver(status)) throw new Error(`${status} is no end`)
  await move(trx, request, { status, ended_at: at, complete_by: null, denial, delivery, forget_on: forgetOn })
  await endRightsTerm(trx, request.state.id, status === 'lapsed' ? 'superseded' : 'met', at)
}

/** What was typed opens no more: its key is destroyed. */
export async function dropRightsKey(trx: Trx, request: LoadedRights): Promise<void> {
  await move(trx, request, { wrapped_key: null, master_key_id: null, lookup_hash: null, forget_on: null })
}

type Columns = Partial<{
  status: RightsStatus
  complete_on: string | null
  due_on: string | null
  complete_by: string | null
  extended_at: Date
  required_at: Date
  ended_at: Date
  forget_on: string | null
  wrapped_key: null
  master_key_id: null
  lookup_hash: null
  identified_at: Date
  identity_method: string
  denial: string | null
  delivery: string | null
}>

async function move(trx: Trx, { state }: LoadedRights, columns: Columns): Promise<void> {
  const moved = await trx
    .updateTable('rights_request')
    .set(columns)
    .where('id', '=', state.id)
    .where('status', '=', state.status)
    .executeTakeFirst()
  if (moved.numUpdatedRows !== 1n) throw new Error(`request ${state.id} is no longer ${state.status}`)
}

/** The running term by another count of its days: another row, and the request is due on its day. */
export async function changeRightsTerm(
  trx: Trx,
  request: LoadedRights,
  { kind, term, at }: { kind: string; term: Term } & Moment,
): Promise<void> {
  await move(trx, request, { due_on: term.dueDate })
  await endRightsTerm(trx, request.state.id, 'superseded', at)
  await beginTerm(trx, request, kind as TermKind, term)
}

type TermKind = 'answer' | 'extension'

async function beginTerm(trx: Trx, request: LoadedRights, kind: TermKind, term: Term): Promise<void> {
  await trx
    .insertInto('rights_term')
    .values({
      ...{ id: newId(), entity_id: request.entityId, request_id: request.state.id, kind, start_date: term.start },
      ...{ working_days: term.workingDays, due_date: term.dueDate, due_at: term.dueAt },
      ...{ calendar_version: term.calendarVersion, arithmetic: JSON.stringify(term.days) },
    })
    .execute()
}

async function endRightsTerm(trx: Trx, requestId: string, status: 'met' | 'superseded', at: Date): Promise<void> {
  await trx
    .updateTable('rights_term')
    .set({ status, ended_at: at })
    .where('request_id', '=', requestId)
    .where('status', '=', 'running')
    .execute()
}

/** When the citizen completed it and nobody has recorded so; undefined where they did not. */
export async function findCompletion(
  trx: Trx,
  requestId: string,
): Promise<{ id: string; writtenAt: Date } | undefined> {
  return await trx
    .selectFrom('rights_text')
    .select(['id', 'written_at as writtenAt'])
    .where('request_id', '=', requestId)
    .where('kind', '=', 'completion')
    .where('recorded_at', 'is', null)
    .orderBy('written_at')
    .executeTakeFirst()
}

export async function markCompletion(trx: Trx, textId: string, at: Date): Promise<void> {
  await trx.updateTable('rights_text').set({ recorded_at: at }).where('id', '=', textId).execute()
}

/** What was sent with a verdict besides its text. */
export async function findRightsDetail(trx: Trx, actId: string) {
  return await trx
    .selectFrom('rights_detail')
    .select(['method', 'denial', 'delivery', 'purposes', 'sealed'])
    .where('act_id', '=', actId)
    .executeTakeFirstOrThrow()
}

/** Its workflow has something to read: a new request, or one that was completed. Runs over all entities. */
export async function listMovedRights(trx: Trx, limit: number): Promise<{ id: string; entity_id: string }[]> {
  return await trx
    .selectFrom('rights_request')
    .select(['id', 'entity_id'])
    .where('signal_wanted', '=', true)
    .orderBy('filed_at')
    .limit(limit)
    .execute()
}

export async function noteRightsMoved(trx: Trx, id: string): Promise<void> {
  await trx.updateTable('rights_request').set({ signal_wanted: true }).where('id', '=', id).execute()
}

export async function endRightsWish(trx: Trx, id: string): Promise<void> {
  await trx.updateTable('rights_request').set({ signal_wanted: false }).where('id', '=', id).execute()
}

/** Counts a try of the secret; true while the request rests after too many, and then even the right one is refused. */
export async function spendTry(trx: Trx, id: string, isRight: boolean): Promise<boolean> {
  const found = await sql<{ rests: boolean; tries: number }>`
    select coalesce(rests_until > app_now(), false) as rests, tries from rights_request where id = ${id} for update`.execute(
    trx,
  )
  const [row] = found.rows
  if (!row || row.rests) return true
  const isSpent = !isRight && row.tries + 1 >= MAX_TRIES
  await trx
    .updateTable('rights_request')
    .set({
      tries: isRight || isSpent ? 0 : row.tries + 1,
      ...(isSpent && { rests_until: sql<Date>`app_now() + make_interval(mins => ${REST_MINUTES})` }),
    })
    .where('id', '=', id)
    .execute()
  return false
}

export interface RightsDetail {
  method: string | null
  denial: string | null
  delivery: string | null
  purposes: readonly Purpose[]
  corrections: readonly DatumCorrection[]
}

const detailPlace = (actId: string): Place => ['rights_detail', 'sealed', actId]

/** What is to stand in the records, as whoever attended the request typed it; none where nothing was. */
export async function openCorrections(
  trx: Trx,
  ring: KeyRing,
  { requestId, actId, sealed }: { requestId: string; actId: string; sealed: Buffer | null },
): Promise<DatumCorrection[]> {
  const opened = sealed ? await openKey(trx, ring, requestId) : undefined
  return sealed && opened ? unseal<DatumCorrection[]>(opened.key, detailPlace(actId), sealed) : []
}

/** What is said with a verdict besides its text: codes, and under the key of the request what a datum should be. */
export async function insertRightsDetail(
  trx: Trx,
  ring: KeyRing,
  detail: RightsDetail & { actId: string; requestId: string },
): Promise<void> {
  const { actId, requestId, corrections, purposes, ...said } = detail
  const { entityId } = ring
  const opened = corrections.length > 0 ? await openKey(trx, ring, requestId) : undefined
  await trx
    .insertInto('rights_detail')
    .values({
      ...{ act_id: actId, entity_id: entityId, purposes: [...purposes], ...said },
      sealed: opened ? seal(opened.key, detailPlace(actId), corrections) : null,
    })
    .execute()
}
