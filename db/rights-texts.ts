/** What is sealed under the key of a citizen's request: what was typed when it was filed, and what was written and decided since. */
import { createHash } from 'node:crypto'
import canonicalize from 'canonicalize'
import { sql } from 'kysely'
import type { Purpose } from '../domain/capture-forms.ts'
import { Refused } from '../domain/refusals.ts'
import type { DatumCorrection } from '../domain/rights-effects.ts'
import type { RightsFiling } from '../domain/rights-inputs.ts'
import { mintKey, unwrapKey } from './citizen-keys.ts'
import type { KeyRing } from './citizens.ts'
import type { Trx } from './client.ts'
import { followCode } from './rights-secrets.ts'
import { type Place, seal, unseal } from './sealed-texts.ts'

const contentPlace = (id: string): Place => ['rights_request', 'sealed', id]
const textPlace = (id: string): Place => ['rights_text', 'sealed', id]

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
