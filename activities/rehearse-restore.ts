import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { findFreshDrill, holdDrill, type RunKey } from '../db/check-runs.ts'
import { withEntity } from '../db/client.ts'
import type { Examination } from '../domain/controls.ts'
import type { Tools } from './tools.ts'

type Drill = { examination: Examination } | { failureCode: string }

const SCRIPT = fileURLToPath(new URL('../scripts/rehearse-restore.ts', import.meta.url))
const PATIENCE_MS = 50 * 60_000

/**
 * Takes a backup of the installation and restores it aside, in a process of its own (scripts/rehearse-restore.ts). A backup is of all
 * entities: one whose copy was restored within the day rests on that drill, unless a person asks for another.
 */
export async function rehearseRestore({ database, dataDir, secret }: Tools, key: RunKey): Promise<Drill> {
  return await withEntity(database, key.entityId, async (trx) => {
    await holdDrill(trx)
    const fresh = await findFreshDrill(trx, key.roundId)
    if (fresh) return { examination: fresh }
    const { stdout } = await promisify(execFile)(process.execPath, [SCRIPT], {
      env: { ...process.env, DATA_DIR: dataDir, APP_SECRET: secret },
      timeout: PATIENCE_MS,
    })
    return readDrill(stdout)
  })
}

/** The last line of what the drill says: what it found, or why there is no such drill here. */
function readDrill(said: string): Drill {
  const answer = JSON.parse(said.trim().split('\n').at(-1) ?? '') as Examination | { failureCode: string }
  return 'failureCode' in answer ? answer : { examination: answer }
}
