/** A file of a source as it arrives, and at rest: what the commands and pages about files share. */
import { createWriteStream } from 'node:fs'
import { mkdir, readdir, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { appNow } from '../db/clock.ts'
import { isDiskFull } from '../db/disk-full.ts'
import { drained } from '../db/drained.ts'
import { findHead } from '../db/file-heads.ts'
import { newId } from '../db/ids.ts'
import type { ImportRow } from '../db/imports.ts'
import type { FileHead } from '../db/ingest/head.ts'
import { sniffFile } from '../db/ingest/sniff.ts'
import type { ReceivedUpload } from '../db/received-files.ts'
import { type FileRefusal, MAX_FILE_BYTES } from '../domain/sources.ts'
import type { AppContext } from './context.server.ts'
import { eachPart, type FormPart } from './multipart.server.ts'
import type { Actor } from './session.server.ts'

/** Nothing arrives for so long in an upload that still lives. */
const STALE_MS = 3_600_000

export type Uploaded =
  | { outcome: 'received'; importId: string }
  /** The same file is already here; nothing was added. */
  | { outcome: 'same'; importId: string }
  | { outcome: 'refused'; refusal: FileRefusal }

/** What arrives, looked at and given to `keepIt`; the refusal when it is no file we can read, or there is no room. */
export async function receiving(
  context: AppContext,
  request: Request,
  keepIt: (upload: ReceivedUpload) => Promise<Uploaded>,
): Promise<Uploaded> {
  const folder = path.resolve(context.config.DATA_DIR, 'uploads')
  await mkdir(folder, { recursive: true, mode: 0o700 })
  await removeStale(folder)
  const file = path.join(folder, newId())
  try {
    const received = await receive(request, file)
    if (received.refusal) return { outcome: 'refused', refusal: received.refusal }
    // It is whole: whoever leaves the page now finds it there later, and need not send it again.
    const seen = await sniffFile(file)
    if (!seen.ok) return { outcome: 'refused', refusal: seen.refusal }
    return await keepIt({ file, name: received.name, seen })
  } catch (failure) {
    if (!isDiskFull(failure)) throw failure
    context.log.error({ err: failure, requestId: context.requestId }, 'no room for an upload')
    return { outcome: 'refused', refusal: { code: 'disk_full' } }
  } finally {
    await rm(file, { force: true })
  }
}

/** What a connection that broke left behind. */
async function removeStale(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const file = path.join(folder, name)
    const found = await stat(file).catch(() => undefined)
    if (found && appNow().getTime() - found.mtimeMs > STALE_MS) await rm(file, { force: true })
  }
}

/**
 * Bytes go to disk as they arrive. Beyond the limit, or with the disk full, they are read and dropped, so that the
 * browser gets its answer.
 */
async function receive(request: Request, file: string): Promise<{ name: string; refusal?: FileRefusal }> {
  let found: (Written & { name: string }) | undefined
  const take = async (part: FormPart) => {
    if (part.name !== 'archivo' || found) return
    found = { name: nameOf(part.filename), ...(await write(part.data, file)) }
  }
  try {
    await eachPart(request, take)
  } catch (failure) {
    if (request.signal.aborted || !(failure instanceof Error)) throw failure
    return { name: '', refusal: { code: 'no_file' } }
  }
  if (!found || (found.bytes === 0 && found.name === '')) return { name: '', refusal: { code: 'no_file' } }
  if (found.failure) throw found.failure
  if (found.bytes > MAX_FILE_BYTES) return { name: found.name, refusal: { code: 'too_large' } }
  return { name: found.name }
}

interface Written {
  bytes: number
  /** Why not all of them were written. */
  failure?: unknown
}

async function write(data: AsyncIterable<Uint8Array>, file: string): Promise<Written> {
  const out = createWriteStream(file, { flags: 'wx', mode: 0o600, highWaterMark: 1 << 20 })
  let failure: unknown
  out.on('error', (error) => {
    failure = error
  })
  let bytes = 0
  for await (const chunk of data) {
    bytes += chunk.byteLength
    if (bytes > MAX_FILE_BYTES || failure) continue
    if (!out.write(chunk)) await drained(out)
  }
  await new Promise<void>((resolve) => (out.closed ? resolve() : out.once('close', resolve).end()))
  return failure ? { bytes, failure } : { bytes }
}

/** The last part of the name alone; it is shown and kept, never used as a path. */
function nameOf(typed: string | undefined): string {
  const name = (typed ?? '').split(/[\\/]/).at(-1) ?? ''
  return name.replaceAll(/\p{C}/gu, '').slice(0, 200)
}

/** Beginning of a stored file. */
export function headOf(context: AppContext, actor: Actor, row: ImportRow): Promise<FileHead> {
  return findHead(sealOwner(context, actor), row)
}

/** Where the files of the actor's entity stand, and what they are sealed with. */
export function sealOwner({ config }: AppContext, { entityId }: Actor) {
  return { dataDir: path.resolve(config.DATA_DIR), secret: config.APP_SECRET, entityId }
}
