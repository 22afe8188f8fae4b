/** The list of what went, outside the database: what a restored copy from before it is told (promises §4.5; decisions 0039 and 0061). */
import { open, readFile } from 'node:fs/promises'
import path from 'node:path'
import type { ListedDisposal } from '../db/disposals-again.ts'
import type { ListedErasure } from '../db/erasures.ts'

/** In `DATA_DIR`: one line of JSON for each erasure and each disposal, with nothing of whom it was, added and never changed. */
export const GONE_LIST = 'erasures.jsonl'

export type Listed = ListedErasure | ListedDisposal

/** Of the citizen, or of the disposal. */
export const keyOfListed = (listed: Listed): string => ('citizenId' in listed ? listed.citizenId : listed.disposalId)

/** Adds it, once, and is on the disk when it answers. */
export async function listGone(dataDir: string, listed: Listed): Promise<void> {
  const file = path.join(dataDir, GONE_LIST)
  const text = await textOf(file)
  if (linesOf(text).some((one) => keyOfListed(one) === keyOfListed(listed))) return
  const to = await open(file, 'a', 0o600)
  try {
    // After a line that a crash cut short, which would take this one along.
    const apart = text === '' || text.endsWith('\n') ? '' : '\n'
    await to.writeFile(`${apart}${JSON.stringify(listed)}\n`)
    await to.sync()
  } finally {
    await to.close()
  }
}

/** None where there is no list. A line that a crash cut short counts for nothing: it is added again. */
export const readGone = async (file: string): Promise<Listed[]> => linesOf(await textOf(file))

async function textOf(file: string): Promise<string> {
  return await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return ''
    throw error
  })
}

function linesOf(text: string): Listed[] {
  return text.split('\n').flatMap((line) => {
    try {
      return [JSON.parse(line) as Listed]
    } catch {
      return []
    }
  })
}
