/** Which rows name a file that is kept by its content: it goes only when none does any more (decisions 0039 and 0061). */
import { type RawBuilder, sql } from 'kysely'
import type { ContentKind } from '../domain/disposal.ts'
import type { Trx } from './client.ts'

/** Where the bytes of a kind lie; null for what stands in the rows themselves. */
export type Store = 'files' | 'originals' | 'snapshots'
export const STORE_OF: Record<ContentKind, Store | null> = {
  ...{ content: null, draft: null, proposal: null, correction: null, attachment: 'files', comment_file: 'files' },
  ...{ received: 'originals', head: 'originals', rejects: 'originals', snapshot: 'snapshots' },
  ...{ document: 'files', document_file: 'files' },
}

/** A file by the SHA-256 of its content. */
export interface NamedFile {
  store: Store
  sha256: string
}

/**
 * Rows `(id, entity_id, sha256)` that name files of a store. One of `files` or `snapshots` may be of several entities, and so may be
 * what stands for a snapshot since an erasure, of which the last one counts.
 */
const NAMING: Record<Store, RawBuilder<unknown>> = {
  files: sql`select id, entity_id, sha256 from attachment union all select id, entity_id, sha256 from comment_file
    union all select id, entity_id, sha256 from document union all select id, entity_id, sha256 from document_file
    union all select id, entity_id, sha256 from release_file union all select id, entity_id, sha256 from control_evidence
    union all select id, entity_id, sha256 from map_file union all select id, entity_id, sha256 from division_map
    union all select id, id, shield_hash from entity union all select id, entity_id, shield_hash from report_template_version`,
  originals: sql`select id, entity_id, file_sha256 as sha256 from source_import
    union all select id, entity_id, rejects_sha256 from source_import
    union all select id, entity_id, sniff ->> 'headSha256' from source_import`,
  snapshots: sql`select import_id as id, entity_id, hash as sha256 from snapshot
    union all select id, entity_id, snapshot_hash from source_import
    union all select s.import_id, s.entity_id, r.file_hash from snapshot s
      join (select distinct on (snapshot_hash) snapshot_hash, file_hash from snapshot_rewrite
        order by snapshot_hash, rewritten_at desc, erasure_id desc) r on r.snapshot_hash = s.hash`,
}

export interface NamedBy {
  /** Whose files they are. */
  entityId: string
  /** Rows of every entity count, but of what is sealed, whose names are of one entity. */
  everywhere?: boolean
  /** Ids of rows that do not count, as those that are about to go. */
  besides?: readonly string[]
}

/** Which of the files some row names, but for rows that a disposal took the content of. */
export async function listNamedFiles(
  trx: Trx,
  files: readonly NamedFile[],
  { entityId, everywhere = false, besides = [] }: NamedBy,
): Promise<(file: NamedFile) => boolean> {
  const stores = [...new Set(files.map(({ store }) => store))]
  if (stores.length === 0) return () => false
  const naming = stores.map((store) => sql`select ${sql.lit(store)} as store, f.* from (${NAMING[store]}) f`)
  const { rows } = await sql<NamedFile>`
    with wanted as (select distinct store, sha256
      from unnest(${files.map(({ store }) => store)}::text[], ${files.map(({ sha256 }) => sha256)}::text[]) w(store, sha256))
    select distinct store, sha256 from wanted join (${sql.join(naming, sql` union all `)}) f using (store, sha256)
    where (f.entity_id = ${entityId} or (${everywhere} and store <> 'originals'))
      and not exists (select from unnest(${[...besides]}::uuid[]) b(id) where b.id = f.id)
      and not exists (select from disposal_tombstone t where t.object_id = f.id)`.execute(trx)
  const named = new Set(rows.map(keyOf))
  return (file) => named.has(keyOf(file))
}

const keyOf = ({ store, sha256 }: NamedFile) => `${store}/${sha256}`

/** Every file that rows of an entity name, but of rows that a disposal took the content of. */
export async function listFilesOf(trx: Trx, entityId: string): Promise<NamedFile[]> {
  const naming = (Object.keys(NAMING) as Store[]).map(
    (store) => sql`select ${sql.lit(store)} as store, f.* from (${NAMING[store]}) f`,
  )
  const { rows } = await sql<NamedFile>`
    select distinct store, sha256 from (${sql.join(naming, sql` union all `)}) f
    where f.entity_id = ${entityId} and sha256 is not null
      and not exists (select from disposal_tombstone t where t.object_id = f.id)
    order by store, sha256`.execute(trx)
  return rows
}

/** Whether some row of any entity names the file. */
export async function isFileNamed(trx: Trx, entityId: string, file: NamedFile): Promise<boolean> {
  return (await listNamedFiles(trx, [file], { entityId, everywhere: true }))(file)
}
