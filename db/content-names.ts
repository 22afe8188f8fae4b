/** Which rows name a file that is kept by its content: it goes only when none does any more (decision 0061). */
import { type RawBuilder, sql } from 'kysely'
import type { ContentKind } from '../domain/disposal.ts'
import type { Trx } from './client.ts'

/** Where the bytes of a kind lie; null for what stands in the rows themselves. */
export type Store = 'files' | 'originals' | 'snapshots'
export const STORE_OF: Record<ContentKind, Store | null> = {
  ...{ content: null, draft: null, proposal: null, attachment: 'files', comment_file: 'files' },
  ...{ received: 'originals', head: 'originals', rejects: 'originals', snapshot: 'snapshots' },
  ...{ document: 'files', document_file: 'files' },
}

/** Rows `(id, entity_id, sha256)` that name files of a store. A file of `files` or `snapshots` may be of several entities. */
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
    union all select s.import_id, s.entity_id, r.file_hash from snapshot_rewrite r join snapshot s
      on s.entity_id = r.entity_id and s.hash = r.snapshot_hash`,
}

export interface NamedFile {
  store: Store
  sha256: string
  /** Where only its rows count: always for what is sealed, whose names are of one entity. */
  entityId?: string
  /** Ids of rows that do not count, as those that are about to go. */
  besides: readonly string[]
}

/** Whether some row names the file, but for those that a disposal took the content of. */
export async function isFileNamed(trx: Trx, { store, sha256, entityId, besides }: NamedFile): Promise<boolean> {
  const { rows } = await sql<{ isNamed: boolean }>`select exists (select from (${NAMING[store]}) f
    where f.sha256 = ${sha256} and f.id <> all(${[...besides]}::uuid[])
      ${entityId ? sql`and f.entity_id = ${entityId}` : sql``}
      and not exists (select from disposal_tombstone t where t.object_id = f.id)) as "isNamed"`.execute(trx)
  return rows[0]?.isNamed === true
}
