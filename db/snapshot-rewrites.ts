/** Files that captured records came into the exercises as, and their snapshots, from which an erasure takes who it was of. */
import { sql } from 'kysely'
import type { Trx } from './client.ts'
import { type ImportRow, importChain } from './imports.ts'

/** Its files are there: no disposal took them away. */
const stands = (id: string) => sql`not exists (select from disposal_tombstone t where t.object_id = ${sql.ref(id)})`

/** SHA-256 of every file kept for sources that captured records were ever brought to: received, its head, and rejected lines. */
export async function listCapturedFiles(trx: Trx, entityId: string): Promise<string[]> {
  const found = await sql<{ sha256: string }>`
    with captured as (select i.file_sha256 from source_fetch f join source_import i on i.id = f.import_id
      where f.entity_id = ${entityId} and f.captured_form is not null),
    import as (select i.* from source_import i where i.entity_id = ${entityId} and ${stands('i.id')} and (i.file_sha256 in (select file_sha256 from captured)
      or i.source_id in (select source_id from source_fetch where entity_id = ${entityId} and captured_form is not null)))
    select file_sha256 as sha256 from import union select rejects_sha256 from import where rejects_sha256 is not null
    union select sniff ->> 'headSha256' from import where sniff ? 'headSha256'
    order by 1`.execute(trx)
  return found.rows.map(({ sha256 }) => sha256)
}

export interface ReadFile {
  snapshotHash: string
  demoNote: string | null
  chain: ImportRow[]
}

/** Every reading of these files in the entity that became a snapshot, the corrections of their rejects included. */
export async function listReadings(trx: Trx, entityId: string, files: readonly string[]): Promise<ReadFile[]> {
  if (files.length === 0) return []
  const rows = await sql<{ id: string; demo_note: string | null }>`
    with recursive reading as (
      select id from source_import where entity_id = ${entityId} and file_sha256 = any(${files}::text[])
      union select i.id from source_import i join reading r on i.base_import_id = r.id and i.entity_id = ${entityId})
    select i.id, s.demo_note from source_import i join reading using (id) join source s on s.id = i.source_id
    where i.snapshot_hash is not null and ${stands('i.id')} order by i.requested_at, i.id`.execute(trx)
  const found: ReadFile[] = []
  for (const { id, demo_note: demoNote } of rows.rows) {
    const chain = await importChain(trx, id)
    const snapshotHash = chain.at(-1)?.snapshotHash
    if (snapshotHash) found.push({ snapshotHash, demoNote, chain })
  }
  return found
}

/** Records are on their way into a file, or a file with records into a snapshot: nobody knows yet who stands in it. */
async function isCaptureUnderWay(trx: Trx, entityId: string): Promise<boolean> {
  const found = await sql<{ underWay: boolean }>`select exists (
      select from source_fetch where entity_id = ${entityId} and captured_form is not null and status in ('asked', 'running'))
    or exists (select from source_import i where i.entity_id = ${entityId} and i.status = 'running' and i.source_id in (
      select source_id from source_fetch where entity_id = ${entityId} and captured_form is not null)) as "underWay"`.execute(
    trx,
  )
  return found.rows[0]?.underWay === true
}

/** Throws, to be tried again, while records are on their way. */
export async function refuseWhileUnderWay(trx: Trx, entityId: string): Promise<void> {
  if (await isCaptureUnderWay(trx, entityId)) throw new Error('captured records are on their way into a snapshot')
}

/** Until this transaction ends, no other erasure of the entity changes which files its snapshots stand in. */
export async function holdFiles(trx: Trx, entityId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${entityId}, 39))`.execute(trx)
}

/** False where another erasure, a fetch or an import changed meanwhile what was read: it has to be read again. */
export async function holdAsRead(
  trx: Trx,
  entityId: string,
  { files, snapshots }: Record<'files' | 'snapshots', readonly string[]>,
): Promise<boolean> {
  await holdFiles(trx, entityId)
  if (await isCaptureUnderWay(trx, entityId)) return false
  const kept = await listCapturedFiles(trx, entityId)
  const readings = await listReadings(trx, entityId, files)
  return files.every((file) => kept.includes(file)) && readings.every((one) => snapshots.includes(one.snapshotHash))
}

export interface KeptFile {
  sha256: string
  bytes: number
}

/** The kept file is another one now: whoever names it names the new one. */
export async function changeFile(trx: Trx, entityId: string, from: string, to: KeptFile): Promise<void> {
  const naming = (column: 'file_sha256' | 'rejects_sha256') =>
    trx.updateTable('source_import').where('entity_id', '=', entityId).where(column, '=', from)
  await naming('file_sha256').set({ file_sha256: to.sha256, bytes: to.bytes }).execute()
  await naming('rejects_sha256').set({ rejects_sha256: to.sha256 }).execute()
  await sql`update source_import set sniff = sniff || ${JSON.stringify({ headSha256: to.sha256 })}::jsonb
    where entity_id = ${entityId} and sniff ->> 'headSha256' = ${from}`.execute(trx)
}

/** Remembers which file stands for a snapshot since an erasure; what its hash is named by stays as it is (model.md §2). */
export async function recordRewrite(
  trx: Trx,
  {
    entityId,
    erasureId,
    snapshotHash,
    fileHash,
  }: Record<'entityId' | 'erasureId' | 'snapshotHash' | 'fileHash', string>,
): Promise<void> {
  await trx
    .insertInto('snapshot_rewrite')
    .values({ entity_id: entityId, erasure_id: erasureId, snapshot_hash: snapshotHash, file_hash: fileHash })
    .onConflict((oc) =>
      oc
        .columns(['erasure_id', 'snapshot_hash'])
        .doUpdateSet({ file_hash: fileHash, rewritten_at: sql<Date>`app_now()` }),
    )
    .execute()
}

export interface Rewrite {
  fileHash: string
  /** Erasures that reached the snapshot so far. */
  times: number
  rewrittenAt: Date
}

/** What became of a snapshot's file through erasures; undefined while it is the one it was made as. */
export async function findRewrite(trx: Trx, snapshotHash: string): Promise<Rewrite | undefined> {
  const rows = await trx
    .selectFrom('snapshot_rewrite')
    .select(['file_hash as fileHash', 'rewritten_at as rewrittenAt'])
    .where('snapshot_hash', '=', snapshotHash)
    .orderBy('rewritten_at', 'desc')
    .orderBy('erasure_id', 'desc')
    .execute()
  return rows[0] && { ...rows[0], times: rows.length }
}

/** Each snapshot that this erasure reached, with the file that stands for it by now. */
export async function listRewritten(
  trx: Trx,
  erasureId: string,
): Promise<Record<'snapshotHash' | 'fileHash', string>[]> {
  return await trx
    .selectFrom('snapshot_rewrite')
    .distinctOn('snapshot_hash')
    .select(['snapshot_hash as snapshotHash', 'file_hash as fileHash'])
    .where('snapshot_hash', 'in', (eb) =>
      eb.selectFrom('snapshot_rewrite').select('snapshot_hash').where('erasure_id', '=', erasureId),
    )
    .orderBy('snapshot_hash')
    .orderBy('rewritten_at', 'desc')
    .orderBy('erasure_id', 'desc')
    .execute()
}
