import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { failCheck } from '../../activities/check-round.ts'
import { finishCheck } from '../../activities/finish-check.ts'
import { rehearseRestore } from '../../activities/rehearse-restore.ts'
import { openRound, type RunKey } from '../../db/check-runs.ts'
import { openDatabase, withEntity } from '../../db/client.ts'
import { storeFile } from '../../db/files.ts'
import { newId } from '../../db/ids.ts'
import { migrateDatabase } from '../../db/migrate.ts'
import { roleUrl } from '../../db/roles.ts'
import { type Postgres, startPostgres } from '../../scripts/postgres.ts'
import { TEST_SECRET as secret } from '../support/services.ts'

const dataDir = mkdtempSync(join(tmpdir(), 'caracteriza-rehearsal-'))
let postgres: Postgres
let client: pg.Client
beforeAll(async () => {
  postgres = await startPostgres({ dataDir, secret, settings: { fsync: 'off' } })
  await migrateDatabase(postgres.ownerUrl(), secret)
  client = new pg.Client({ connectionString: postgres.superuserUrl('caracteriza') })
  await client.connect()
  await client.query('set session_replication_role = replica')
}, 120_000)
afterAll(async () => {
  await client?.end()
  await postgres?.stop()
  rmSync(dataDir, { recursive: true, force: true })
}, 60_000)

/** As the worker runs the control, the program in a process of its own. */
async function rehearse() {
  const database = openDatabase(roleUrl(postgres.ownerUrl(), secret, 'worker'), { max: 1 })
  const tools = { database, dataDir, secret, publicUrl: 'http://localhost:3000', mailFrom: 'x@localhost' }
  const key: RunKey = { entityId: newId(), roundId: newId(), control: 'backup_restorable' }
  try {
    return await rehearseRestore(tools, key)
  } finally {
    await database.close()
  }
}

/** A round of this control as its workflow carries it: what came of it. */
async function round(entityId: string): Promise<[string, string | null]> {
  const database = openDatabase(roleUrl(postgres.ownerUrl(), secret, 'worker'), { max: 2 })
  const tools = { database, dataDir, secret, publicUrl: 'http://localhost:3000', mailFrom: 'x@localhost' }
  const key: RunKey = { entityId, roundId: newId(), control: 'backup_restorable' }
  try {
    await withEntity(database, entityId, (trx) =>
      openRound(trx, { id: key.roundId, entityId, controls: [key.control], by: null }),
    )
    await rehearseRestore(tools, key).then(
      (drill) => finishCheck(tools, key, { startedAt: new Date(), ...drill }),
      () => failCheck(tools, key),
    )
  } finally {
    await database.close()
  }
  const { rows } = await client.query<{ result: string; failure_code: string | null }>(
    'select * from automatic_check_run where round_id = $1',
    [key.roundId],
  )
  return [rows[0]?.result ?? '', rows[0]?.failure_code ?? null]
}

/** A published file of the record. */
async function publish(name: string, sha256: string, bytes: number): Promise<void> {
  await client.query(
    `insert into release_file (id, entity_id, release_id, name, kind, media_type, bytes, sha256)
      values ($1, $1, $1, $2, 'csv', 'text/csv', $3, $4)`,
    [newId(), name, bytes, sha256],
  )
}

describe('backup_restorable', () => {
  it('is green where a copy restores, red where a published file is in none, named by its hash, and green again', async () => {
    const kept = await storeFile(dataDir, Buffer.from('canal,registros\nvirtual,12\n'))
    await publish('a.csv', kept.sha256, kept.bytes)
    const green = await rehearse()
    expect(green).toMatchObject({ examination: { found: 0, violations: [], facts: { events: 0 } } })
    await publish('b.csv', 'b'.repeat(64), 9)
    expect(await rehearse()).toMatchObject({
      examination: { found: 1, violations: [{ label: 'b'.repeat(12), reason: 'file_missing' }] },
    })
    await client.query(`delete from release_file where name = 'b.csv'`)
    // Two rounds that come to it at once: one drill after the other, each whole.
    for (const drill of await Promise.all([rehearse(), rehearse()]))
      expect(drill).toMatchObject({ examination: { found: 0 } })
    expect(readdirSync(dataDir)).not.toContain('drill')
  }, 360_000)

  it('is red with one incident where the copy cannot be restored, however often, and green once it can', async () => {
    const entityId = newId()
    await client.query(`insert into entity (id, name, short_name, divipola, nit) values ($1, 'X', 'X', '47001', '1')`, [
      entityId,
    ])
    const incidents = async () => {
      const { rows } = await client.query<{ control: string; closed: boolean }>(
        'select control, closed_at is not null as closed from incident where entity_id = $1',
        [entityId],
      )
      return rows
    }
    // The database that runs does not read it; the copy would, and does not start.
    await client.query(`alter system set shared_preload_libraries = 'no_such_library'`)
    for (let times = 0; times < 2; times++) expect(await round(entityId)).toEqual(['error', 'not_carried_out'])
    expect(await incidents()).toEqual([{ control: 'backup_restorable', closed: false }])
    expect(readdirSync(dataDir)).not.toContain('drill')
    await client.query('alter system reset shared_preload_libraries')
    expect(await round(entityId)).toEqual(['passed', null])
    expect(await incidents()).toEqual([{ control: 'backup_restorable', closed: true }])
  }, 360_000)
})
