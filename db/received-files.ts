/** A file of a source from the moment it lies on this machine, uploaded or fetched: sealed, and added once (E1). */
import type { ColumnType } from '../domain/sources.ts'
import type { Trx } from './client.ts'
import { noteColumnChanges, type WorkedSource } from './drift-check.ts'
import { findAccepted } from './earlier-sources.ts'
import { keepHead } from './file-heads.ts'
import { insertReceived, type ReceivedFile } from './import-changes.ts'
import { listImports, type StoredSniff } from './imports.ts'
import { readLike } from './ingest/known-reading.ts'
import type { Sniffed } from './ingest/sniff.ts'
import { isSealed, type SealedRef, sealFile } from './sealed-files.ts'
import { holdFiles } from './snapshot-rewrites.ts'
import { recordSourceChange } from './source-work.ts'

export interface ReceivedUpload {
  /** Where it lies in plain text; the caller removes it. */
  file: string
  name: string
  seen: Sniffed
  /** Of a table: what its database says each column holds. */
  types?: Record<string, ColumnType>
}

/** File and head at rest, sealed; answers the row to be. */
export async function keepSealed(
  owner: Omit<SealedRef, 'sha256'>,
  { sourceId, personId }: { sourceId: string; personId: string },
  upload: ReceivedUpload,
): Promise<ReceivedFile> {
  const { file, head } = upload.seen
  const { sha256, bytes } = file
  await sealFile({ ...owner, sha256 }, upload.file)
  const headSha256 = await keepHead(owner, head, upload.file)
  const sniff = { ...stored(file), ...(headSha256 && { headSha256 }), ...(upload.types && { types: upload.types }) }
  return { entityId: owner.entityId, sourceId, sha256, name: upload.name, bytes, sniff, personId }
}

/**
 * Until this transaction ends nobody removes what was kept; where an erasure did so since, as it had the same content, it is kept
 * again. The first thing in the transaction that names the file.
 */
export async function holdSealed(
  trx: Trx,
  owner: Omit<SealedRef, 'sha256'>,
  kept: ReceivedFile,
  upload: ReceivedUpload,
): Promise<void> {
  await holdFiles(trx, owner.entityId)
  const { sha256, sniff } = kept
  const there = await Promise.all(
    [sha256, sniff.headSha256 ?? sha256].map((one) => isSealed({ ...owner, sha256: one })),
  )
  if (there.includes(false)) await keepSealed(owner, kept, upload)
}

/** Without the records of its beginning. */
function stored({ sha256: _, bytes: _bytes, sampleRows: _rows, ...reading }: Sniffed['file']): StoredSniff {
  return reading
}

export type Added = { outcome: 'received' | 'same'; importId: string }

/**
 * Adds a sealed file to its source, unless it is there; the caller holds step 3 open, so two of one file wait here. It is
 * read as the accepted file was, and its columns are compared with that one's.
 */
export async function addReceived(
  trx: Trx,
  worked: WorkedSource,
  file: ReceivedFile,
  seen: Pick<Sniffed, 'file' | 'head'>,
): Promise<Added> {
  const { source, cycle, by } = worked
  const known = await listImports(trx, source.id)
  const isHere = (status: string) => status === 'done' || status === 'received'
  const same = known.find((one) => one.fileSha256 === file.sha256 && isHere(one.status))
  if (same) return { outcome: 'same', importId: same.id }
  const accepted = await findAccepted(trx, source)
  const read = accepted ? readLike(seen, accepted.sniff) : seen.file
  const importId = await insertReceived(trx, { ...file, sniff: { ...file.sniff, ...stored(read) } })
  const changes = [{ field: 'file', before: known[0]?.fileSha256 ?? null, after: file.sha256 }]
  const event = { type: 'source.changed', objectId: source.id, contentHash: file.sha256, changes } as const
  await recordSourceChange(trx, cycle, by, event)
  await noteColumnChanges(trx, worked, importId, { header: read.header, sample: read.sampleRows })
  return { outcome: 'received', importId }
}
