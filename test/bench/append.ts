/**
 * Benches `append` and `seal` (issue 7): 16 clients that write one event a transaction, each commit on the disk, while the sealer
 * works beside them in a process of its own. The naive way is the same insert of events that nobody seals, turn by turn.
 */
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { sql } from 'kysely'
import { recordEvent } from '../../db/audit.ts'
import { type Database, openDatabase, withEntity } from '../../db/client.ts'
import { newId } from '../../db/ids.ts'
import { roleUrl } from '../../db/roles.ts'
import { smallTown } from '../support/town.ts'
import { type BenchRow, below, percentile, round, timed } from './figures.ts'
import { onRealPostgres } from './real-services.ts'

const CLIENTS = 16
const WARM_MS = 2_000
const TURN_MS = 4_000
const TURNS = 5
const LEAST_RATIO = 0.9
const LIMIT_MS = 15
const LIMIT_LAG_S = 5
const SAMPLE_MS = 100

interface Bench {
  web: Database
  auditor: Database
  entityId: string
  sealer: ChildProcess
}

export function append(): Promise<BenchRow[]> {
  return onBench(async (bench) => {
    const nobodys = newId()
    await write(bench.web, nobodys, WARM_MS)
    await whileSealing(bench, () => write(bench.web, bench.entityId, WARM_MS))
    const bare: number[] = []
    const sealed: number[] = []
    // Turn by turn, so that whatever else the machine does weighs on both alike.
    for (let turn = 0; turn < TURNS; turn++) {
      bare.push(...(await write(bench.web, nobodys, TURN_MS)))
      sealed.push(...(await whileSealing(bench, () => write(bench.web, bench.entityId, TURN_MS))))
    }
    const perSecond = (times: number[]) => round((times.length * 1_000) / (TURNS * TURN_MS))
    const [value, baseline] = [perSecond(sealed), perSecond(bare)]
    const ratio = value / baseline
    console.log(`p99 of the same insert that nobody seals: ${round(percentile(bare, 99))} ms`)
    return [
      {
        ...{ name: `append: ${CLIENTS} clients`, value, unit: 'events/s', baseline, ratio: round(ratio) },
        ...{ target: `≥ ${LEAST_RATIO} × base`, ok: ratio >= LEAST_RATIO },
      },
      below('append: p99 while sealing', percentile(sealed, 99), 'ms', LIMIT_MS),
    ]
  })
}

export function seal(): Promise<BenchRow[]> {
  return onBench(async (bench) => {
    const lags: number[] = []
    await whileSealing(bench, async () => {
      const writing = write(bench.web, bench.entityId, TURNS * TURN_MS)
      let isOver = false
      void writing.finally(() => {
        isOver = true
      })
      while (!isOver) {
        lags.push(await lag(bench))
        await sleep(SAMPLE_MS)
      }
      console.log(`${(await writing).length} events, lag at the median ${round(percentile(lags, 50))} s`)
    })
    return [below('seal: lag behind 16 clients, at most', Math.max(...lags), 's', LIMIT_LAG_S)]
  })
}

/** Milliseconds of each event that the clients wrote within so long. */
async function write(web: Database, entityId: string, during: number): Promise<number[]> {
  const times: number[] = []
  const end = performance.now() + during
  const event = { entityId, type: 'draft.saved', origin: 'web', contentHash: 'a1'.repeat(32) } as const
  const client = async () => {
    while (performance.now() < end)
      times.push(
        await timed(() => withEntity(web, entityId, (trx) => recordEvent(trx, { ...event, objectId: newId() }))),
      )
  }
  await Promise.all(Array.from({ length: CLIENTS }, client))
  return times
}

/** Seconds since the oldest event that waits for its seal was written. */
async function lag({ auditor, entityId }: Bench): Promise<number> {
  return await withEntity(auditor, entityId, async (trx) => {
    const last = await sql<{ xid: string; id: string }>`
      select xid::text as xid, event_id as id from log_leaf where entity_id = ${entityId} order by n desc limit 1`.execute(
      trx,
    )
    const { xid = '0', id = '00000000-0000-0000-0000-000000000000' } = last.rows[0] ?? {}
    const { rows } = await sql<{ seconds: number }>`
      select extract(epoch from clock_timestamp() - at)::float8 as seconds from event
      where entity_id = ${entityId} and (xid, id) > (${xid}::xid8, ${id}::uuid) order by xid, id limit 1`.execute(trx)
    return rows[0]?.seconds ?? 0
  })
}

async function whileSealing<T>({ sealer }: Bench, work: () => Promise<T>): Promise<T> {
  await told(sealer, 'start')
  try {
    return await work()
  } finally {
    await told(sealer, 'stop')
  }
}

async function told(sealer: ChildProcess, message: string): Promise<void> {
  const answered = once(sealer, 'message')
  sealer.send(message)
  await answered
}

function onBench<T>(work: (bench: Bench) => Promise<T>): Promise<T> {
  return onRealPostgres(async () => {
    const town = await smallTown()
    const { ownerUrl, secret } = town.database
    const dataDir = mkdtempSync(join(tmpdir(), 'caracteriza-keys-'))
    const program = fileURLToPath(new URL('./sealing-process.ts', import.meta.url))
    const sealer = fork(program, [roleUrl(ownerUrl, secret, 'sealer'), dataDir])
    const web = openDatabase(roleUrl(ownerUrl, secret, 'web'), { max: CLIENTS })
    const auditor = openDatabase(roleUrl(ownerUrl, secret, 'auditor'), { max: 1 })
    try {
      return await work({ web, auditor, entityId: town.entityId, sealer })
    } finally {
      sealer.kill()
      await Promise.all([web.close(), auditor.close()])
      await town.close()
      rmSync(dataDir, { recursive: true, force: true })
    }
  })
}
