/** Files by the SHA-256 of their content, under `DATA_DIR/files`: whole or absent, never half written, never changed. */
import { createHash, randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, open, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Readable } from 'node:stream'

export interface StoredFile {
  /** SHA-256 in hexadecimal. */
  sha256: string
  bytes: number
}

/** Path of a stored file. Throws `RangeError` on anything that is no hash, before it becomes a path. */
export function filePath(dataDir: string, sha256: string): string {
  if (!/^[0-9a-f]{64}$/.test(sha256)) throw new RangeError('not a file hash')
  return join(dataDir, 'files', sha256.slice(0, 2), sha256)
}

/** Durable when it returns. Storing the same content again changes nothing. */
export async function storeFile(dataDir: string, content: Uint8Array | AsyncIterable<Uint8Array>): Promise<StoredFile> {
  const folder = join(dataDir, 'files')
  await mkdir(folder, { recursive: true })
  const partial = join(folder, `partial-${randomUUID()}`)
  try {
    const stored = await write(partial, content instanceof Uint8Array ? [content] : content)
    const target = filePath(dataDir, stored.sha256)
    await mkdir(dirname(target), { recursive: true })
    await rename(partial, target)
    await sync(dirname(target))
    await sync(folder)
    return stored
  } finally {
    await rm(partial, { force: true })
  }
}

async function write(path: string, chunks: Iterable<Uint8Array> | AsyncIterable<Uint8Array>): Promise<StoredFile> {
  const hash = createHash('sha256')
  let bytes = 0
  const file = await open(path, 'wx')
  try {
    for await (const chunk of chunks) {
      hash.update(chunk)
      bytes += chunk.byteLength
      await file.writeFile(chunk)
    }
    await file.sync()
  } finally {
    await file.close()
  }
  return { sha256: hash.digest('hex'), bytes }
}

async function sync(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  await handle.sync().finally(() => handle.close())
}

/** Undefined when nothing with that content is stored. */
export async function openFile(
  dataDir: string,
  sha256: string,
): Promise<{ bytes: number; stream: () => Readable } | undefined> {
  const path = filePath(dataDir, sha256)
  const found = await stat(path).catch(() => undefined)
  return found && { bytes: found.size, stream: () => createReadStream(path) }
}
