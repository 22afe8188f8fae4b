/** What a disposal of a cycle will take away, content by content, and the one hash that is signed (decision 0061). */
import { sql } from 'kysely'
import type { InventoryItem } from '../domain/disposal.ts'
import type { Trx } from './client.ts'
import { hashOf } from './content-hash.ts'
import { listNamedFiles, type NamedFile, STORE_OF } from './content-names.ts'

/** Every content of the cycle that was not taken away before, in an order that never changes. */
export async function listInventory(trx: Trx, entityId: string, cycleId: string): Promise<InventoryItem[]> {
  const { rows } = await sql<Omit<InventoryItem, 'isShared' | 'bytes'> & { bytes: string }>`
    with items as (
      select 1 as rank, 'content' as kind, id as object_id, step_code || '.' || n as place, hash as sha256,
        octet_length(canonical) + octet_length(snapshot_html) as bytes from step_version where cycle_id = ${cycleId}
      union all select 2, 'draft', s.id, s.code, encode(sha256(convert_to(said, 'UTF8')), 'hex'), octet_length(said)
        from step s cross join lateral (select coalesce((select d.answers::text || d.left_over::text from step_draft d
            where d.step_id = s.id and (d.answers <> '{}' or d.left_over <> '[]')), '')
          || coalesce((select string_agg(v.answers::text, '' order by v.rev) from draft_save v where v.step_id = s.id), '') as said) t
        where s.cycle_id = ${cycleId} and said <> ''
      union all select 3, 'proposal', id, section, encode(sha256(convert_to(said, 'UTF8')), 'hex'), octet_length(said)
        from section_proposal cross join lateral (select base || value || reason as said) t where cycle_id = ${cycleId}
      union all select 4, 'attachment', a.id, coalesce(s.code, ''), a.sha256, a.bytes from attachment a
        left join step s on s.id = a.step_id where a.cycle_id = ${cycleId}
      union all select 5, 'comment_file', id, '', sha256, bytes from comment_file where cycle_id = ${cycleId}
      union all select 6, 'received', i.id, '3', i.file_sha256, i.bytes from source_import i
        join source s on s.id = i.source_id where s.cycle_id = ${cycleId}
      union all select 7, 'head', i.id, '3', i.sniff ->> 'headSha256', 0 from source_import i
        join source s on s.id = i.source_id where s.cycle_id = ${cycleId} and i.sniff ? 'headSha256'
      union all select 8, 'rejects', i.id, '3', i.rejects_sha256, 0 from source_import i
        join source s on s.id = i.source_id where s.cycle_id = ${cycleId} and i.rejects_sha256 is not null
      union all select 9, 'snapshot', p.import_id, '3', p.hash, p.bytes from snapshot p
        join source s on s.id = p.source_id where s.cycle_id = ${cycleId}
      union all select 10, 'correction', id, '', encode(sha256(convert_to(answers::text, 'UTF8')), 'hex'), octet_length(answers::text)
        from correction where cycle_id = ${cycleId} and status in ('discarded', 'withdrawn') and answers <> '{}'
      union all select 11, 'document', id, 'pdf', sha256, bytes from document where cycle_id = ${cycleId}
      union all select 12, 'document_file', f.id, f.format, f.sha256, f.bytes from document_file f
        join document d on d.id = f.document_id where d.cycle_id = ${cycleId})
    select kind, object_id as "objectId", place, sha256, bytes::text from items i
    where not exists (select from disposal_tombstone t where t.object_id = i.object_id and t.kind = i.kind)
    order by rank, place, object_id`.execute(trx)
  const fileOf = ({ kind, sha256 }: Pick<InventoryItem, 'kind' | 'sha256'>): NamedFile[] => {
    const store = STORE_OF[kind]
    return store ? [{ store, sha256 }] : []
  }
  const isNamed = await listNamedFiles(trx, rows.flatMap(fileOf), {
    entityId,
    besides: rows.map(({ objectId }) => objectId),
  })
  return rows.map((row) => ({ ...row, bytes: Number(row.bytes), isShared: fileOf(row).some(isNamed) }))
}

/** What is signed: exactly this inventory, of this cycle, under this version of its series. */
export interface Inventoried {
  cycleId: string
  ruleId: string
  keptUntil: string
  items: readonly InventoryItem[]
}

export function inventoryHash({ cycleId, ruleId, keptUntil, items }: Inventoried): string {
  return hashOf({ schema: 1, cycleId, ruleId, keptUntil, items })
}
