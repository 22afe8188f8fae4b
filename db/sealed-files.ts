/** Files with personal data at rest: the uploaded original and the reject file, sealed chunk by chunk (model.md §7). */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { type FileHandle, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { appNow } from './clock.ts'
import { keyOfEntity } from './entity-key.ts'
import { newId } from './ids.ts'

const MAGIC = Buffer.from('CZS1')
const CHUNK = 1 << 20
const TAG = 16
const PREFIX = 8
export const PARTIAL = '.part'
const STALE_MS = 3_600_000

/** A file of one entity, named by the SHA-256 of what was sealed. */
export interface SealedRef {
  dataDir: string
  secret: string
  entityId: string
  /** SHA-256 in hexadecimal of the plain content. */
  sha256: string
}

/** Path of a sealed file. Throws `RangeError` on anything that is no hash, before it becomes a path. */
export function sealedPath({ dataDir, entityId, sha256 }: SealedRef): string {
  if (!/^[0-9a-f]{64}$/.test(sha256) || !/^[0-9a-f-]{36}$/.test(entityId)) throw new RangeError('Not a sealed file')
  return join(dataDir, 'files', 'originals', entityId, `${sha256}.sealed`)
}

function keyOf({ secret, entityId }: SealedRef): Buffer {
  return keyOfEntity(secret, entityId, 'originals')
}

/** AES-256-GCM per megabyte; the chunk's number and whether it is the last are authenticated, so none can be cut off. */
export async function sealFile(ref: SealedRef, plainPath: string): Promise<void> {
  const target = sealedPath(ref)
  await mkdir(dirname(target), { recursive: true, mode: 0o700 })
  await removeStale(dirname(target))
  const partial = `${target}.${newId()}${PARTIAL}`
  try {
    const [from, to] = [await open(plainPath, 'r'), await open(partial, 'wx', 0o600)]
    try {
      await writeSealed(keyOf(ref), from, to)
      await to.sync()
    } finally {
      await Promise.all([from.close(), to.close()])
    }
    await rename(partial, target)
  } finally {
    await rm(partial, { force: true })
  }
}

/** What a process that died while writing left behind; one at work writes all the time. */
export async function removeStale(folder: string): Promise<void> {
  for (const name of (await readdir(folder)).filter((one) => one.endsWith(PARTIAL))) {
    const found = await stat(join(folder, name)).catch(() => undefined)
    if (found && appNow().getTime() - found.mtimeMs > STALE_MS) await rm(join(folder, name), { force: true })
  }
}

async function writeSealed(key: Buffer, from: FileHandle, to: FileHandle): Promise<void> {
  const prefix = randomBytes(PREFIX)
  const { size } = await from.stat()
  const chunk = Buffer.alloc(CHUNK)
  await to.write(Buffer.concat([MAGIC, prefix]))
  for (let n = 0, at = 0; n === 0 || at < size; n++) {
    const { bytesRead } = await from.read(chunk, 0, CHUNK, at)
    at += bytesRead
    const cipher = createCipheriv('aes-256-gcm', key, nonceOf(prefix, n)).setAAD(lastMark(at >= size))
    const sealed = Buffer.concat([cipher.update(chunk.subarray(0, bytesRead)), cipher.final(), cipher.getAuthTag()])
    await to.write(sealed)
  }
}

/** The plain content, a megabyte at a time. Throws when the file is missing, cut or altered. */
export async function* readSealed(ref: SealedRef): AsyncGenerator<Buffer> {
  const handle = await open(sealedPath(ref), 'r')
  try {
    const { size } = await handle.stat()
    const head = Buffer.alloc(MAGIC.length + PREFIX)
    await handle.read(head, 0, head.length, 0)
    if (!head.subarray(0, MAGIC.length).equals(MAGIC)) throw new Error('not a sealed file')
    const prefix = head.subarray(MAGIC.length)
    const key = keyOf(ref)
    const chunk = Buffer.alloc(CHUNK + TAG)
    for (let n = 0, at = head.length; at < size; n++) {
      const { bytesRead } = await handle.read(chunk, 0, chunk.length, at)
      at += bytesRead
      const decipher = createDecipheriv('aes-256-gcm', key, nonceOf(prefix, n)).setAAD(lastMark(at >= size))
      decipher.setAuthTag(chunk.subarray(bytesRead - TAG, bytesRead))
      yield Buffer.concat([decipher.update(chunk.subarray(0, bytesRead - TAG)), decipher.final()])
    }
  } finally {
    await handle.close()
  }
}

/** Whether the file is kept, without opening it. */
export async function isSealed(ref: SealedRef): Promise<boolean> {
  return (await stat(sealedPath(ref)).catch(() => undefined)) !== undefined
}

/**
 * Writes the plain content to `target`, which only this process may read. Throws the signal's reason once it says so;
 * `onPiece` hears of each megabyte.
 */
export async function unsealFile(
  ref: SealedRef,
  target: string,
  signal?: AbortSignal,
  onPiece?: (bytes: number) => void,
): Promise<void> {
  const to = await open(target, 'wx', 0o600)
  try {
    for await (const chunk of readSealed(ref)) {
      signal?.throwIfAborted()
      await to.write(chunk)
      onPiece?.(chunk.length)
    }
  } finally {
    await to.close()
  }
}

/** The first megabyte of the plain content, for a preview. */
export async function headOfSealed(ref: SealedRef): Promise<Buffer> {
  for await (const chunk of readSealed(ref)) return chunk
  return Buffer.alloc(0)
}

function nonceOf(prefix: Buffer, n: number): Buffer {
  const nonce = Buffer.alloc(PREFIX + 4)
  prefix.copy(nonce)
  nonce.writeUInt32BE(n, PREFIX)
  return nonce
}

const lastMark = (isLast: boolean) => Buffer.from([isLast ? 1 : 0])
