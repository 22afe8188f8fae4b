import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { type Postgres, query, startPostgres } from '../../scripts/postgres.ts'
import { TEST_SECRET as secret } from '../support/services.ts'

const dataDir = mkdtempSync(join(tmpdir(), 'caracteriza-postgres-'))
let postgres: Postgres | undefined
const start = async () => {
  postgres = await startPostgres({ dataDir, secret, settings: { fsync: 'off' } })
  return postgres
}

afterAll(async () => {
  await postgres?.stop()
  rmSync(dataDir, { recursive: true, force: true })
})

test('a first start interrupted half-way is not taken for a whole database', async () => {
  mkdirSync(join(dataDir, 'postgres.new', 'base'), { recursive: true })
  writeFileSync(join(dataDir, 'postgres.new', 'PG_VERSION'), '18')
  const { superuserUrl, folder } = await start()
  const settings = await query<{ name: string; setting: string }>(
    superuserUrl(),
    `select name, setting from pg_settings where name in ('data_checksums', 'wal_level', 'max_connections', 'listen_addresses')`,
  )
  const values = Object.fromEntries(settings.map(({ name, setting }) => [name, setting]))
  expect(values).toEqual({
    data_checksums: 'on',
    wal_level: 'replica',
    max_connections: '150',
    listen_addresses: '127.0.0.1',
  })
  expect(statSync(folder).mode & 0o077).toBe(0)
})

test('the owner of the product may make roles and is nobody in the databases of Temporal', async () => {
  const running = await start()
  const [rights] = await query(
    running.superuserUrl(),
    `select rolsuper, rolcreaterole, rolbypassrls,
       has_database_privilege('caracteriza_owner', 'temporal', 'connect') as temporal
     from pg_roles where rolname = 'caracteriza_owner'`,
  )
  expect(rights).toEqual({ rolsuper: false, rolcreaterole: true, rolbypassrls: false, temporal: false })
})

test('after everything was killed the next start recovers by itself and keeps the data', async () => {
  const running = await start()
  await query(running.ownerUrl(), 'create table kept as select 1 as n')
  running.started.child.kill('SIGKILL')
  await running.started.exited
  expect(existsSync(join(running.folder, 'postmaster.pid'))).toBe(true)
  const again = await start()
  expect(await query(again.ownerUrl(), 'select n from kept')).toEqual([{ n: 1 }])
})

test('a server left running by a killed supervisor is stopped and replaced', async () => {
  const orphan = await start()
  const again = await start()
  await orphan.started.exited
  expect(await query(again.ownerUrl(), 'select n from kept')).toEqual([{ n: 1 }])
})

test('a pid file that names an innocent process harms nobody', async () => {
  await postgres?.stop()
  writeFileSync(join(dataDir, 'postgres', 'postmaster.pid'), `${process.pid}\n${dataDir}\n`)
  const again = await start()
  expect(await query(again.ownerUrl(), 'select n from kept')).toEqual([{ n: 1 }])
})

test('a port taken by another program meanwhile is replaced by a free one', async () => {
  const before = postgres?.port ?? 0
  await postgres?.stop()
  const other = createServer().listen(before, '127.0.0.1')
  const again = await start()
  expect(again.port).not.toBe(before)
  expect(again.port).toBeLessThan(32_768)
  other.close()
})

test('a database made under another secret is refused with one sentence', async () => {
  await postgres?.stop()
  postgres = undefined
  const other = startPostgres({ dataDir, secret: 'otro-secreto-de-pruebas-0123456789' })
  await expect(other).rejects.toThrow('se creó con otro secreto')
})
