/** A file of a source from the moment it lies on this machine, uploaded or fetched: sealed, and added once (E1). */
import type { ColumnType } from '../domain/sources.ts'
import type { Trx } from './client.ts'
import { noteColumnChanges, type WorkedSource } from './drift-check.ts'
import { keepHead } from './file-heads.ts'
import { insertReceived, type ReceivedFile } from './import-changes.ts'
import type { Sniffed } from './ingest/sniff.ts'
import { type SealedRef, sealFile } from './sealed-files.ts'
import { recordSourceChange } from './source-work.ts'
import { listImports } from './sources.ts'

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
  const { sha256, bytes, sampleRows: _, ...reading } = file
  await sealFile({ ...owner, sha256 }, upload.file)
  const headSha256 = await keepHead(owner, head, upload.file)
  const sniff = { ...reading, ...(headSha256 && { headSha256 }), ...(upload.types && { types: upload.types }) }
  return { entityId: owner.entityId, sourceId, sha256, name: upload.name, bytes, sniff, personId }
}

export type Added = { outcome: 'received' | 'same'; importId: string }

/** Adds a sealed file to its source, unless it is there; the caller holds step 3 open, so two of one file wait here. */
export async function addReceived(
  trx: Trx,
  worked: WorkedSource,
  file: ReceivedFile,
  { header, sampleRows }: Pick<Sniffed['file'], 'header' | 'sampleRows'>,
): Promise<Added> {
  const { source, cycle, by } = worked
  const known = await listImports(trx, source.id)
  const isHere = (status: string) => status === 'done' || status === 'received'
  const same = known.find((one) => one.fileSha256 === file.sha256 && isHere(one.status))
  if (same) return { outcome: 'same', importId: same.id }
  const importId = await insertReceived(trx, file)
  const changes = [{ field: 'file', before: known[0]?.fileSha256 ?? null, after: file.sha256 }]
  const event = { type: 'source.changed', objectId: source.id, contentHash: file.sha256, changes } as const
  await recordSourceChange(trx, cycle, by, event)
  await noteColumnChanges(trx, worked, importId, { header, sample: sampleRows })
  return { outcome: 'received', importId }
}
