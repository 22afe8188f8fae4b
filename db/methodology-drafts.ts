/** Copies of methodologies as they are edited and published: every change with its event, in one transaction. */
import { sql } from 'kysely'
import { editMethodology } from '../domain/methodology-edits.ts'
import type { Fault } from '../domain/methodology-faults.ts'
import type { DraftRead } from '../domain/methodology-inputs.ts'
import { Refused } from '../domain/refusals.ts'
import type { Methodology, MethodologyKey } from '../domain/risk-methodology.ts'
import { eventBy } from './administration.ts'
import { recordEvent } from './audit.ts'
import type { Trx } from './client.ts'
import { hashOf } from './content-hash.ts'
import { newId } from './ids.ts'
import { loadMethodology } from './methodologies.ts'
import type { RiskKeeper } from './risks.ts'

export interface MethodologyDraft {
  id: string
  code: string
  baseN: number
  methodology: Methodology
  /** How often it was saved. */
  version: number
  position: string
  writtenAt: Date
}

/** The copy of a methodology that is being edited; undefined where there is none. `lock`: nobody else changes it meanwhile. */
export async function findMethodologyDraft(
  trx: Trx,
  entityId: string,
  code: string,
  { lock = false }: { lock?: boolean } = {},
): Promise<MethodologyDraft | undefined> {
  const row = await trx
    .selectFrom('methodology_draft as d')
    .innerJoin('position', 'position.id', 'd.written_position')
    .select(['d.id', 'd.code', 'd.base_n as baseN', 'd.content', 'd.version', 'd.written_at as writtenAt'])
    .select('position.name as position')
    .where('d.entity_id', '=', entityId)
    .where('d.code', '=', code)
    .$if(lock, (query) => query.forUpdate('d'))
    .executeTakeFirst()
  if (!row) return undefined
  const { content, ...draft } = row
  return { ...draft, methodology: content as unknown as Methodology }
}

/** Methodologies a copy of which is being edited. */
export async function listMethodologyDrafts(trx: Trx, entityId: string): Promise<string[]> {
  const rows = await trx.selectFrom('methodology_draft').select('code').where('entity_id', '=', entityId).execute()
  return rows.map(({ code }) => code)
}

/** Copies a version to edit it; false where a copy of that methodology is being edited already, which stays as it is. */
export async function copyMethodology(trx: Trx, by: RiskKeeper, base: MethodologyKey): Promise<boolean> {
  const methodology = await loadMethodology(trx, by.entityId, base)
  const made = await trx
    .insertInto('methodology_draft')
    .values({
      ...{ id: newId(), entity_id: by.entityId, code: base.code, base_n: base.n, content: JSON.stringify(methodology) },
      ...{ written_by: by.personId, written_position: by.positionId },
    })
    .onConflict((oc) => oc.columns(['entity_id', 'code']).doNothing())
    .returning('id')
    .executeTakeFirst()
  if (!made) return false
  await tell(trx, by, 'methodology.copied', { id: made.id, code: base.code })
  return true
}

/** Throws `Refused('content_changed')` to whoever read another state of a copy, or another copy of that methodology. */
function requireRead({ id, version }: MethodologyDraft, read: DraftRead): void {
  if (id !== read.copy || version !== read.version) throw new Refused('content_changed')
}

/**
 * Saves what was typed over a copy; answers everything that is wrong with it, and saves nothing then. Throws
 * `Refused('content_changed')` to whoever read another state of it.
 */
export async function saveMethodologyDraft(
  trx: Trx,
  by: RiskKeeper,
  draft: MethodologyDraft,
  { typed, read }: { typed: Record<string, string>; read: DraftRead },
): Promise<Fault[]> {
  requireRead(draft, read)
  const shipped = await loadMethodology(trx, by.entityId, { code: draft.code, n: 0 })
  const edited = editMethodology(draft.methodology, typed, shipped)
  if (!edited.ok) return edited.faults
  const { methodology } = edited
  const hash = hashOf(methodology)
  if (hash === hashOf(draft.methodology)) return []
  await trx
    .updateTable('methodology_draft')
    .set({
      ...{ content: JSON.stringify(methodology), version: draft.version + 1 },
      ...{ written_by: by.personId, written_position: by.positionId, written_at: sql<Date>`app_now()` },
    })
    .where('id', '=', draft.id)
    .execute()
  await tell(trx, by, 'methodology.edited', { id: draft.id, code: draft.code, hash })
  return []
}

/**
 * Publishes a copy as the next version, which nothing changes any more; answers its number. Throws `Refused('content_changed')`
 * to whoever read another state of it, `methodology_unchanged` where it says what its origin says.
 */
export async function publishMethodology(
  trx: Trx,
  by: RiskKeeper,
  draft: MethodologyDraft,
  { reason, read }: { reason: string; read: DraftRead },
): Promise<number> {
  const { code, baseN, methodology } = draft
  requireRead(draft, read)
  const contentHash = hashOf(methodology)
  const base = await loadMethodology(trx, by.entityId, { code, n: baseN })
  if (hashOf(base) === contentHash) throw new Refused('methodology_unchanged')
  const { last } = await trx
    .selectFrom('methodology_version')
    .select(({ fn }) => fn.max('n').as('last'))
    .where('entity_id', '=', by.entityId)
    .where('code', '=', code)
    .executeTakeFirstOrThrow()
  const n = (last ?? 0) + 1
  await trx
    .insertInto('methodology_version')
    .values({
      ...{ id: draft.id, entity_id: by.entityId, code, n, base_n: baseN, content: JSON.stringify(methodology) },
      ...{ content_hash: contentHash, reason, published_by: by.personId, published_position: by.positionId },
    })
    .execute()
  await trx.deleteFrom('methodology_draft').where('id', '=', draft.id).execute()
  await tell(trx, by, 'methodology.published', { id: draft.id, code, n, hash: contentHash })
  return n
}

/** Throws a copy away; what was published stays. Throws `Refused('content_changed')` to whoever read another state of it. */
export async function discardMethodologyDraft(
  trx: Trx,
  by: RiskKeeper,
  draft: MethodologyDraft,
  read: DraftRead,
): Promise<void> {
  requireRead(draft, read)
  await trx.deleteFrom('methodology_draft').where('id', '=', draft.id).execute()
  await tell(trx, by, 'methodology.discarded', { id: draft.id, code: draft.code })
}

type DraftEvent = 'methodology.copied' | 'methodology.edited' | 'methodology.published' | 'methodology.discarded'

async function tell(
  trx: Trx,
  by: RiskKeeper,
  type: DraftEvent,
  { id, code, n, hash }: { id: string; code: string; n?: number; hash?: string },
): Promise<void> {
  const change = (field: string, after: string | number) => ({ field, before: null, after })
  await recordEvent(trx, {
    ...{ ...eventBy(by), type, objectId: id },
    ...(hash !== undefined && { contentHash: hash }),
    ...(n !== undefined && { objectVersion: String(n) }),
    changes: [change('methodology', code), ...(n === undefined ? [] : [change('version', n)])],
  })
}
