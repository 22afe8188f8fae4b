/** The files an import is made of, in plain text while they are read; the folder is the caller's, who removes it. */
import { join } from 'node:path'
import type { SniffedFile } from '../domain/sources.ts'
import type { ImportRow } from './imports.ts'
import type { CorrectionFile } from './ingest/corrections.ts'
import { type SealedRef, unsealFile } from './sealed-files.ts'

export interface UnsealedChain {
  file: string
  sniff: SniffedFile
  corrections: CorrectionFile[]
}

/** `chain` is what `importChain` answers: the file itself, then the corrections of its rejects. Throws as `unsealFile` does. */
export async function unsealChain(
  owner: Omit<SealedRef, 'sha256'>,
  chain: ImportRow[],
  { folder, signal, onPiece }: { folder: string; signal?: AbortSignal; onPiece?: (bytes: number) => void },
): Promise<UnsealedChain> {
  const [original, ...corrected] = chain
  if (!original) throw new RangeError('an import of no file')
  const unseal = async (sha256: string, name: string) => {
    const path = join(folder, name)
    await unsealFile({ ...owner, sha256 }, path, signal, onPiece)
    return path
  }
  const corrections: CorrectionFile[] = []
  for (const [i, row] of corrected.entries()) {
    const path = await unseal(row.fileSha256, `correccion-${i}`)
    const rejects = await unseal(chain[i]?.rejectsSha256 ?? '', `rechazados-${i}.csv`)
    corrections.push({ path, rejects, bytes: row.bytes, reading: row.sniff, header: row.sniff.header })
  }
  const { sniff, bytes, fileSha256: sha256 } = original
  return {
    file: await unseal(sha256, 'original'),
    sniff: { ...sniff, sampleRows: [], bytes, sha256 },
    corrections,
  }
}
