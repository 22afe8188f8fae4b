/** The workbook of an import's rejects: made when it is asked for, kept nowhere. */
import { createReadStream } from 'node:fs'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import type { ImportRow } from './imports.ts'
import { runApart } from './ingest/apart.ts'
import type { RejectBookTask } from './ingest/reject-book.ts'
import { type SealedRef, unsealFile } from './sealed-files.ts'
import { unsealChain } from './unsealed-chain.ts'

const SCRIPT = new URL('./ingest/reject-book-process.ts', import.meta.url)
const HEAP_MEGABYTES = 400

/**
 * `chain` is what `importChain` answers for the import whose rejects are wanted. Throws `FileRefused` when they are too
 * much for a workbook. What lies in plain text meanwhile is removed with the stream.
 */
export async function rejectBook(
  owner: Omit<SealedRef, 'sha256'>,
  chain: ImportRow[],
  notice: string | undefined,
): Promise<Readable> {
  const row = chain.at(-1)
  if (!row?.rejectsSha256) throw new RangeError('an import without rejects')
  const root = join(owner.dataDir, 'imports')
  await mkdir(root, { recursive: true, mode: 0o700 })
  const folder = await mkdtemp(join(root, `${row.id}-`))
  const remove = () => rm(folder, { recursive: true, force: true })
  try {
    const rejects = join(folder, 'rechazados.csv')
    await unsealFile({ ...owner, sha256: row.rejectsSha256 }, rejects)
    const target = join(folder, 'rechazados.xlsx')
    const files = await unsealChain(owner, chain, { folder })
    const task: RejectBookTask = { ...files, mapping: row.mapping, rejects, notice, work: folder, target }
    await runApart<number>(SCRIPT, task, { heapMegabytes: HEAP_MEGABYTES })
    return createReadStream(target).once('close', remove)
  } catch (failure) {
    await remove()
    throw failure
  }
}
