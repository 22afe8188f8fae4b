/** Takes content out of its rows by a disposal, each with its tombstone and its event in one transaction (decision 0061). */
import { type RawBuilder, sql } from 'kysely'
import type { ContentKind } from '../domain/disposal.ts'
import { recordEvents } from './audit.ts'
import type { Trx } from './client.ts'
import { isFileNamed, STORE_OF, type Store } from './content-names.ts'
import { disposalEvent, type LoadedDisposal } from './disposals.ts'
import { newId } from './ids.ts'

interface Item {
  n: number
  kind: ContentKind
  objectId: string
  sha256: string
  bytes: string
}

/** How many contents of the inventory are gone already, of all. */
export async function countRemoved(trx: Trx, disposalId: string): Promise<{ removed: number; all: number }> {
  const { rows } = await sql<{ removed: number; all: number }>`
    select (select count(*)::int from disposal_tombstone where disposal_id = ${disposalId}) as removed,
      (select count(*)::int from disposal_item where disposal_id = ${disposalId}) as "all"`.execute(trx)
  return rows[0] ?? { removed: 0, all: 0 }
}

/** The next contents of the inventory that have no tombstone yet go; answers how many did, none when all have. */
export async function removeContents(trx: Trx, disposal: LoadedDisposal, limit: number): Promise<number> {
  const { entityId } = disposal
  const { rows: items } = await sql<Item>`
    select i.n, i.kind, i.object_id as "objectId", i.sha256, i.bytes::text from disposal_item i
    where i.disposal_id = ${disposal.state.id}
      and not exists (select from disposal_tombstone t where t.disposal_id = i.disposal_id and t.n = i.n)
    order by i.n limit ${limit}`.execute(trx)
  if (items.length === 0) return 0
  const besides = await goingIds(trx, disposal.state.id)
  for (const item of items) {
    const store = STORE_OF[item.kind]
    const isFileKept = store !== null && (await isFileNamed(trx, { ...whereOf(store, entityId), ...item, besides }))
    await trx
      .insertInto('disposal_tombstone')
      .values({
        ...{ id: newId(), entity_id: entityId, disposal_id: disposal.state.id, n: item.n, kind: item.kind },
        ...{ object_id: item.objectId, sha256: item.sha256, bytes: item.bytes, is_file_kept: isFileKept },
      })
      .execute()
    await EMPTIED[item.kind]?.(item.objectId).execute(trx)
    if (item.kind === 'draft') await sql`delete from draft_save where step_id = ${item.objectId}`.execute(trx)
  }
  const about = disposalEvent(disposal, 'disposal.content_removed')
  await recordEvents(
    trx,
    items.map(({ n, kind, sha256, bytes }) => ({
      ...{ ...about, contentHash: sha256 },
      changes: [
        ...(about.changes ?? []),
        { field: 'item', before: null, after: n },
        { field: 'kind', before: kind, after: null },
        { field: 'bytes', before: Number(bytes), after: null },
      ],
    })),
  )
  return items.length
}

/** Sealed files have their names of one entity; the others are shared by all. */
export const whereOf = (store: Store, entityId: string) =>
  store === 'originals' ? ({ store, entityId } as const) : ({ store } as const)

async function goingIds(trx: Trx, disposalId: string): Promise<string[]> {
  const rows = await trx.selectFrom('disposal_item').select('object_id').where('disposal_id', '=', disposalId).execute()
  return rows.map((row) => row.object_id)
}

/** What becomes of a row that stays: who, when and which hash are the record of what was decided; what was in it goes. */
const EMPTIED: Partial<Record<ContentKind, (id: string) => RawBuilder<unknown>>> = {
  content: (id) =>
    sql`update step_version set answers = '{}', canonical = '', snapshot_html = '', look = null where id = ${id}`,
  draft: (id) => sql`update step_draft set answers = '{}', left_over = '[]' where step_id = ${id}`,
  proposal: (id) => sql`update section_proposal set base = '', value = '', reason = '' where id = ${id}`,
  attachment: (id) => sql`update attachment set name = '' where id = ${id}`,
  comment_file: (id) => sql`update comment_file set name = '' where id = ${id}`,
  received: (id) => sql`update source_import set file_name = '' where id = ${id}`,
}

export interface GoneFile {
  store: Store
  sha256: string
}

/** Files of the contents that went, and those that stand for a snapshot since an erasure. */
export async function listGoneFiles(trx: Trx, disposalId: string): Promise<GoneFile[]> {
  const rows = await trx
    .selectFrom('disposal_tombstone')
    .select(['kind', 'sha256'])
    .where('disposal_id', '=', disposalId)
    .orderBy('n')
    .execute()
  const { rows: rewritten } = await sql<{ sha256: string }>`
    select distinct r.file_hash as sha256 from disposal_tombstone t join snapshot_rewrite r
      on r.entity_id = t.entity_id and r.snapshot_hash = t.sha256
    where t.disposal_id = ${disposalId} and t.kind = 'snapshot'`.execute(trx)
  const kept = rows.flatMap(({ kind, sha256 }) => {
    const store = STORE_OF[kind as ContentKind]
    return store ? [{ store, sha256 }] : []
  })
  return [...kept, ...rewritten.map(({ sha256 }) => ({ store: 'snapshots' as const, sha256 }))]
}
