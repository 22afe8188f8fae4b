/** Heads of received files, for the page on which a person says how a file is read. They hold citizens' data: sealed. */
import { createHash } from 'node:crypto'
import { rm, writeFile } from 'node:fs/promises'
import type { FileHead, HeadSheet } from './ingest/head.ts'
import { headOfSealed, readSealed, type SealedRef, sealFile } from './sealed-files.ts'

type Owner = Omit<SealedRef, 'sha256'>

interface HeadOf {
  fileSha256: string
  bytes: number
  sniff: { headSha256?: string | undefined }
}

/** A CSV is its own head. Of a workbook it is kept beside the original; answers the hash under which it is. */
export async function keepHead(owner: Owner, head: FileHead, besideFile: string): Promise<string | undefined> {
  if (head.format === 'csv') return undefined
  const text = JSON.stringify(head.sheets)
  const sha256 = createHash('sha256').update(text).digest('hex')
  const plain = `${besideFile}.head`
  try {
    await writeFile(plain, text, { mode: 0o600 })
    await sealFile({ ...owner, sha256 }, plain)
  } finally {
    await rm(plain, { force: true })
  }
  return sha256
}

export async function findHead(owner: Owner, { fileSha256, bytes, sniff }: HeadOf): Promise<FileHead> {
  if (!sniff.headSha256) {
    const start = await headOfSealed({ ...owner, sha256: fileSha256 })
    return { format: 'csv', start, isWhole: bytes <= start.length }
  }
  const parts: Buffer[] = []
  for await (const part of readSealed({ ...owner, sha256: sniff.headSha256 })) parts.push(part)
  return { format: 'xlsx', sheets: JSON.parse(Buffer.concat(parts).toString()) as HeadSheet[] }
}
