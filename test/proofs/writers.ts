/**
 * G16, from an empty log: many writers at once while two sealers work and the server ends their connections again and again. One
 * tree, without gap or fork, over every event that was committed.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import pg from 'pg'
import { sealAll, startSealer } from '../../activities/seal-log.ts'
import { recordEvent } from '../../db/audit.ts'
import { openDatabase, withActor, withEntity } from '../../db/client.ts'
import { newId } from '../../db/ids.ts'
import { auditLog } from '../../db/log-audit.ts'
import { roleUrl } from '../../db/roles.ts'
import { randomOf } from '../support/random.ts'
import { smallTown, type Town } from '../support/town.ts'

export interface Written {
  events: number
  /** How often a sealer was ended in the middle of its work. */
  kills: number
  checkpoints: number
}

/** Between two kills, milliseconds. */
const APART = 150
/** A sealer's transaction is over in a moment: this often, in milliseconds, is looked for one under way. */
const LOOK = 2

/** Throws where an event has no place, or two, or where the tree is not the one that was signed. */
export async function proveWriters(writers: number, each: number, seed: number): Promise<Written> {
  const town = await smallTown()
  const { ownerUrl, secret, superuserUrl } = town.database
  const dataDir = mkdtempSync(join(tmpdir(), 'caracteriza-writers-'))
  const sealer = openDatabase(roleUrl(ownerUrl, secret, 'sealer'), { max: 4 })
  const killer = new pg.Client({ connectionString: superuserUrl })
  await killer.connect()
  try {
    // What a sealer says of its end is what was done to it: the tree tells whether anything came of it.
    const sealers = [1, 2].map(() => startSealer(sealer, dataDir, () => undefined))
    const over = new AbortController()
    const killing = killSealers(killer, randomOf(seed), over.signal)
    await Promise.all(Array.from({ length: writers }, () => write(town, each)))
    over.abort()
    const kills = await killing
    await Promise.all(sealers.map((one) => one.stop()))
    while ((await audited(town)).waiting > 0) await sealAll(sealer, dataDir).then(() => sleep(100))
    return { ...(await judge(town, writers * each)), kills }
  } finally {
    await Promise.all([sealer.close(), killer.end()])
    await town.close()
    rmSync(dataDir, { recursive: true, force: true })
  }
}

async function write({ web, entityId, admin }: Town, each: number): Promise<void> {
  const event = { entityId, type: 'draft.saved', origin: 'web' } as const
  for (let i = 0; i < each; i++)
    await withActor(web, { entityId, personId: admin.personId }, (trx) =>
      recordEvent(trx, { ...event, objectId: newId() }),
    )
}

async function killSealers(killer: pg.Client, random: () => number, over: AbortSignal): Promise<number> {
  let kills = 0
  while (!over.aborted) {
    await sleep(random() * 2 * APART)
    let ended = 0
    while (ended === 0 && !over.aborted) {
      await sleep(LOOK)
      const { rowCount } = await killer.query(`
        select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and usename = 'caracteriza_sealer' and xact_start is not null`)
      ended = rowCount ?? 0
    }
    kills += ended
  }
  return kills
}

async function audited({ database: { ownerUrl, secret }, entityId }: Town) {
  const auditor = openDatabase(roleUrl(ownerUrl, secret, 'auditor'), { max: 1 })
  try {
    return await withEntity(auditor, entityId, (trx) => auditLog(trx, entityId))
  } finally {
    await auditor.close()
  }
}

async function judge(town: Town, written: number): Promise<Omit<Written, 'kills'>> {
  const { faults, size } = await audited(town)
  if (faults.length > 0) throw new Error(`the log raises ${JSON.stringify(faults[0], (_, one) => String(one))}`)
  const owner = openDatabase(town.database.ownerUrl, { max: 1 })
  try {
    return await withEntity(owner, town.entityId, async (trx) => {
      const { rows } = await sql<{
        events: number
        written: number
        leaves: number
        places: number
        checkpoints: number
      }>`
        select (select count(*)::int from event) as events,
          (select count(*)::int from event where type = 'draft.saved') as written,
          (select count(*)::int from log_leaf) as leaves, (select count(distinct n)::int from log_leaf) as places,
          (select count(*)::int from log_checkpoint) as checkpoints`.execute(trx)
      const [found] = rows
      if (!found || found.written !== written || found.leaves !== found.events || found.places !== found.leaves)
        throw new Error(`not one place for each event: ${JSON.stringify(found)}`)
      if (Number(size) !== found.leaves) throw new Error(`a tree of ${size} over ${found.leaves} leaves`)
      return { events: found.events, checkpoints: found.checkpoints }
    })
  } finally {
    await owner.close()
  }
}
