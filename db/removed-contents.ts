/** Takes content out of its rows by a disposal, each with its tombstone and its event in one transaction (decision 0061). */
import { type RawBuilder, sql } from 'kysely'
import type { ContentKind } from '../domain/disposal.ts'
import { recordEvents } from './audit.ts'
import type { Trx } from './client.ts'
import { listNamedFiles, type NamedFile, STORE_OF } from './content-names.ts'
import { disposalEvent, type LoadedDisposal } from './disposals.ts'
import { newId } from './ids.ts'
import { holdFiles } from './snapshot-rewrites.ts'

interface Item {
  n: number
  kind: ContentKind
  objectId: string
  sha256: string
  bytes: string
}

/** A file that a row names now: what was inventoried, and what an erasure put in its place meanwhile. */
interface HeldFile {
  n: number
  file: NamedFile
}

/** How many contents of the inventory are gone already, of all. */
export async function countRemoved(trx: Trx, disposalId: string): Promise<{ removed: number; all: number }> {
  const { rows } = await sql<{ removed: number; all: number }>`
    select (select count(*)::int from disposal_tombstone where disposal_id = ${disposalId}) as removed,
      (select count(*)::int from disposal_item where disposal_id = ${disposalId}) as "all"`.execute(trx)
  return rows[0] ?? { removed: 0, all: 0 }
}

/**
 * The next contents of the inventory that have no tombstone yet go; answers how many did, none when all have. Held against erasures, which
 * would have the rows name other files.
 */
export async function removeContents(trx: Trx, disposal: LoadedDisposal, limit: number): Promise<number> {
  const { entityId, state } = disposal
  await holdFiles(trx, entityId)
  const { rows: items } = await sql<Item>`
    select i.n, i.kind, i.object_id as "objectId", i.sha256, i.bytes::text from disposal_item i
    where i.disposal_id = ${state.id}
      and not exists (select from disposal_tombstone t where t.disposal_id = i.disposal_id and t.n = i.n)
    order by i.n limit ${limit}`.execute(trx)
  if (items.length === 0) return 0
  const held = await listFiles(trx, state.id, sql`i.n between ${items[0]?.n} and ${items.at(-1)?.n}`)
  const besides = await goingIds(trx, state.id)
  const files = held.map(({ file }) => file)
  const isNamed = await listNamedFiles(trx, files, { entityId, everywhere: true, besides })
  const kept = new Set(held.flatMap(({ n, file }) => (isNamed(file) ? n : [])))
  await trx
    .insertInto('disposal_tombstone')
    .values(
      items.map(({ n, kind, objectId, sha256, bytes }) => ({
        ...{ id: newId(), entity_id: entityId, disposal_id: state.id, n, kind, object_id: objectId, sha256, bytes },
        is_file_kept: kept.has(n),
      })),
    )
    .execute()
  for (const [kind, empty] of Object.entries(EMPTIED)) {
    const ids = items.filter((item) => item.kind === kind).map(({ objectId }) => objectId)
    if (ids.length > 0) for (const statement of empty(ids)) await statement.execute(trx)
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

async function goingIds(trx: Trx, disposalId: string): Promise<string[]> {
  const rows = await trx.selectFrom('disposal_item').select('object_id').where('disposal_id', '=', disposalId).execute()
  return rows.map((row) => row.object_id)
}

/** What becomes of a row that stays: who, when and which hash are the record of what was decided; what was in it goes. */
const EMPTIED: Partial<Record<ContentKind, (ids: readonly string[]) => RawBuilder<unknown>[]>> = {
  content: (ids) => [
    sql`update step_version set answers = '{}', canonical = '', snapshot_html = '', look = null where id ${among(ids)}`,
  ],
  draft: (ids) => [
    sql`update step_draft set answers = '{}', left_over = '[]' where step_id ${among(ids)}`,
    sql`delete from draft_save where step_id ${among(ids)}`,
  ],
  proposal: (ids) => [sql`update section_proposal set base = '', value = '', reason = '' where id ${among(ids)}`],
  correction: (ids) => [sql`update correction set answers = '{}' where id ${among(ids)}`],
  attachment: (ids) => [sql`update attachment set name = '' where id ${among(ids)}`],
  comment_file: (ids) => [sql`update comment_file set name = '' where id ${among(ids)}`],
  received: (ids) => [sql`update source_import set file_name = '' where id ${among(ids)}`],
}

const among = (ids: readonly string[]) => sql`= any(${[...ids]}::uuid[])`

/** Files of the contents that went, as they were inventoried and as an erasure made them since. */
export async function listGoneFiles(trx: Trx, disposalId: string): Promise<NamedFile[]> {
  const isGone = sql`exists (select from disposal_tombstone t where t.disposal_id = i.disposal_id and t.n = i.n)`
  return (await listFiles(trx, disposalId, isGone)).map(({ file }) => file)
}

/** Every file that the rows of the inventory named as it was frozen, or name now. */
async function listFiles(trx: Trx, disposalId: string, which: RawBuilder<unknown>): Promise<HeldFile[]> {
  const { rows } = await sql<{ n: number; kind: ContentKind; sha256: string }>`
    select i.n, i.kind, f.sha256 from disposal_item i cross join lateral (
      select i.sha256
      union select case i.kind when 'received' then m.file_sha256 when 'head' then m.sniff ->> 'headSha256' else m.rejects_sha256 end
        from source_import m where m.id = i.object_id and i.kind in ('received', 'head', 'rejects')
      union select r.file_hash from snapshot_rewrite r where r.snapshot_hash = i.sha256 and i.kind = 'snapshot') f
    where i.disposal_id = ${disposalId} and ${which} and f.sha256 is not null order by i.n, f.sha256`.execute(trx)
  return rows.flatMap(({ n, kind, sha256 }) => {
    const store = STORE_OF[kind]
    return store ? [{ n, file: { store, sha256 } }] : []
  })
}
