/**
 * Bench `verify` (issue 7): a sealed log of 1,000,000 events read over whole, as `npm run verify` does it, in a process of its own
 * whose memory is measured.
 */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { sql } from 'kysely'
import { sealAll } from '../../activities/seal-log.ts'
import { openDatabase, withEntity } from '../../db/client.ts'
import { roleUrl } from '../../db/roles.ts'
import type { LogReport } from '../../scripts/verify.ts'
import { smallTown, type Town } from '../support/town.ts'
import { type BenchRow, below, round, timed } from './figures.ts'
import { onRealPostgres } from './real-services.ts'

const EVENTS = 1_000_000
const TOGETHER = 20_000
const LIMIT_S = 60
const LIMIT_MB = 512

export interface Verified {
  seconds: number
  megabytes: number
  reports: LogReport[]
}

export function verify(): Promise<BenchRow[]> {
  return onRealPostgres(async () => {
    const town = await smallTown()
    try {
      await fill(town)
      const { ownerUrl, secret } = town.database
      const child = fork(fileURLToPath(new URL('./verifying-process.ts', import.meta.url)), [ownerUrl, secret])
      const [verified] = (await once(child, 'message')) as [Verified]
      const { seconds, megabytes, reports } = verified
      const [report] = reports
      if (!report || report.faults.length > 0 || report.size < EVENTS)
        throw new Error(`the log does not hold: ${JSON.stringify(report?.faults[0] ?? report?.size)}`)
      return [
        below('verify: 1,000,000 events', seconds, 's', LIMIT_S),
        below('verify: memory', megabytes, 'MB', LIMIT_MB),
      ]
    } finally {
      await town.close()
    }
  })
}

/** Events in the order of many transactions, sealed with a checkpoint at least every 5,000. */
async function fill({ database, entityId }: Town): Promise<void> {
  const owner = openDatabase(database.ownerUrl, { max: 1 })
  const sealer = openDatabase(roleUrl(database.ownerUrl, database.secret, 'sealer'), { max: 1 })
  const dataDir = mkdtempSync(join(tmpdir(), 'caracteriza-keys-'))
  try {
    let sealing = 0
    for (let written = 0; written < EVENTS; written += TOGETHER) {
      await withEntity(owner, entityId, (trx) =>
        sql`
          insert into event (id, entity_id, type, actor_person, object_type, object_id, content_hash, origin, changes)
          select gen_random_uuid(), ${entityId}, 'step.approved', gen_random_uuid(), 'step', gen_random_uuid(), repeat('a1', 32),
            'workflow', jsonb_build_array(jsonb_build_object('field', 'estado', 'before', 'en_revision', 'after', i))
          from generate_series(1, ${TOGETHER}::int) i`.execute(trx),
      )
      sealing += await timed(() => sealAll(sealer, dataDir))
    }
    console.log(`sealed ${round(EVENTS / (sealing / 1_000))} events a second`)
  } finally {
    await Promise.all([owner.close(), sealer.close()])
    rmSync(dataDir, { recursive: true, force: true })
  }
}
