import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { backup } from '../../scripts/backup.ts'
import { type Postgres, query, startPostgres } from '../../scripts/postgres.ts'
import { restore } from '../../scripts/restore.ts'
import { TEST_SECRET as secret } from '../support/services.ts'

const WRITERS = 4
const folder = mkdtempSync(join(tmpdir(), 'caracteriza-backup-'))
const dataDir = join(folder, 'original')
const restored = join(folder, 'restored')
const file = join(folder, 'copia.tar.gz')
let postgres: Postgres
let isWriting = true
const acknowledged = Array.from({ length: WRITERS }, () => 0)
const atStart: number[] = []

/** As the product does it: the file first, then both records in one transaction, each act with the next number. */
async function write(writer: number): Promise<void> {
  const client = new pg.Client({ connectionString: postgres.ownerUrl() })
  await client.connect()
  for (let n = 1; isWriting; n++) {
    writeFileSync(join(dataDir, 'files', `${writer}-${n}`), 'content')
    await client.query('begin')
    await client.query('insert into signature values ($1, $2, repeat($3, 400))', [writer, n, 'x'])
    await client.query('insert into act_event values ($1, $2)', [writer, n])
    await client.query('commit')
    acknowledged[writer] = n
  }
  await client.end()
}

beforeAll(async () => {
  // PostgreSQL's own user has to pass through.
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(join(dataDir, 'files'), { recursive: true, mode: 0o755 })
  postgres = await startPostgres({ dataDir, secret })
  for (const table of ['signature (writer int, n int, body text)', 'act_event (writer int, n int)']) {
    await query(postgres.ownerUrl(), `create table ${table}`)
  }
  const writing = Array.from({ length: WRITERS }, (_, writer) => write(writer))
  while (acknowledged.some((n) => n < 50)) await new Promise((resolve) => setTimeout(resolve, 20))
  atStart.push(...acknowledged)
  await backup({ dataDir, secret, file })
  isWriting = false
  await Promise.all(writing)
}, 120_000)

afterAll(async () => {
  isWriting = false
  await postgres?.stop()
  rmSync(folder, { recursive: true, force: true })
})

test('a copy taken under load restores to one consistent point', async () => {
  mkdirSync(restored, { mode: 0o755 })
  await restore({ dataDir: restored, secret, file })
  const copy = await startPostgres({ dataDir: restored, secret })
  try {
    const rows = await query<{ writer: number; n: number; last: number; events: number }>(
      copy.ownerUrl(),
      `select writer, count(*)::int as n, max(n) as last,
         (select count(*)::int from act_event e where e.writer = s.writer) as events
       from signature s group by writer order by writer`,
    )
    expect(rows).toHaveLength(WRITERS)
    for (const { writer, n, last, events } of rows) {
      expect(n, 'no act is missing in the middle').toBe(last)
      expect(events, 'signatures = events').toBe(n)
      expect(n, 'what was acknowledged before the copy is in it').toBeGreaterThanOrEqual(atStart[writer] ?? 0)
      expect(n).toBeLessThanOrEqual((acknowledged[writer] ?? 0) + 1)
    }
    const files = new Set(readdirSync(join(restored, 'files')))
    for (const { writer, last } of rows)
      expect(files.has(`${writer}-${last}`), 'the file of every act is there').toBe(true)
    const broken = await query(
      copy.superuserUrl('caracteriza'),
      `select 1 from pg_stat_database where checksum_failures > 0`,
    )
    expect(broken).toEqual([])
  } finally {
    await copy.stop()
  }
})

test('a copy can be read by its owner alone', () => {
  expect(statSync(file).mode & 0o077).toBe(0)
})

test('a folder with data is never overwritten by a restore', async () => {
  await expect(restore({ dataDir, secret, file })).rejects.toThrow('no está vacía')
})

test('a copy does not restore under another secret, because nobody could sign in to its database', async () => {
  const other = { dataDir: join(folder, 'other'), secret: 'otro-secreto-de-pruebas-0123456789', file }
  await expect(restore(other)).rejects.toThrow('huella')
})

test('an existing copy is not overwritten, and a file that is no copy is refused', async () => {
  await expect(backup({ dataDir, secret, file })).rejects.toThrow('Ya existe')
  writeFileSync(join(folder, 'nada.tar'), 'nada')
  await expect(restore({ dataDir: join(folder, 'third'), secret, file: join(folder, 'nada.tar') })).rejects.toThrow(
    'no es una copia',
  )
})
