/** The list of erasures outside the database: what a restored copy from before them is told (promises §4.5). */
import { open, readFile } from 'node:fs/promises'
import path from 'node:path'
import type { Erasure, ListedErasure } from '../db/erasures.ts'

/** In `DATA_DIR`: one line of JSON for each, ids and the instant, added and never changed. */
export const ERASURE_LIST = 'erasures.jsonl'

/** Adds an erasure, once, and is on the disk when it answers. */
export async function listErasure(dataDir: string, { entityId, citizenId, erasedAt }: Erasure): Promise<void> {
  const file = path.join(dataDir, ERASURE_LIST)
  if ((await readErasures(file)).some((one) => one.citizenId === citizenId)) return
  const line: ListedErasure = { entityId, citizenId, erasedAt: erasedAt.toISOString() }
  const to = await open(file, 'a', 0o600)
  try {
    await to.write(`${JSON.stringify(line)}\n`)
    await to.sync()
  } finally {
    await to.close()
  }
}

/** None where there is no list. A last line that a crash cut short counts for nothing: it is added again. */
export async function readErasures(file: string): Promise<ListedErasure[]> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return ''
    throw error
  })
  return text.split('\n').flatMap((line) => {
    try {
      return [JSON.parse(line) as ListedErasure]
    } catch {
      return []
    }
  })
}
