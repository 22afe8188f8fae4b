import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { rehearseRestore } from '../../activities/rehearse-restore.ts'
import type { RunKey } from '../../db/check-runs.ts'
import { openDatabase } from '../../db/client.ts'
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
})
