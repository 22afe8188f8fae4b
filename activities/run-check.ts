import { Context } from '@temporalio/activity'
import { EXAMINATIONS } from '../db/automatic-checks/index.ts'
import type { Outcome, RunKey } from '../db/check-runs.ts'
import { withEntity } from '../db/client.ts'
import { appNow } from '../db/clock.ts'
import { faultPoint } from '../db/fault-points.ts'
import { compareHistories } from './compare-histories.ts'
import { finishCheck } from './finish-check.ts'
import { rehearseRestore } from './rehearse-restore.ts'
import type { Tools } from './tools.ts'

const HEARTBEAT_MS = 5_000

/**
 * Runs one automatic control (D6): what it found, its event, its incident and the word to who keeps the process are one transaction.
 * Run again after a crash it looks again; one that has its result is left as it is.
 */
export async function runCheck(tools: Tools, key: RunKey): Promise<void> {
  const startedAt = appNow()
  const beating = setInterval(() => Context.current().heartbeat(), HEARTBEAT_MS)
  try {
    const outcome: Outcome = { startedAt, ...(await outcomeOf(tools, key)) }
    faultPoint('worker:before-record')
    await finishCheck(tools, key, outcome)
  } finally {
    clearInterval(beating)
  }
}

async function outcomeOf(tools: Tools, key: RunKey) {
  const { entityId, control } = key
  const { database, dataDir } = tools
  if (control === 'backup_restorable') return await rehearseRestore(tools, key)
  if (control === 'history_differs') return await compareHistories(tools, entityId)
  return {
    examination: await withEntity(database, entityId, (trx) => EXAMINATIONS[control](trx, { entityId, dataDir })),
  }
}
