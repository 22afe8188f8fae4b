import { afterAll, beforeAll, expect, test } from 'vitest'
import { query } from '../../scripts/postgres.ts'
import { type FreshDatabase, freshDatabase } from '../support/database.ts'

let first: FreshDatabase
let second: FreshDatabase

beforeAll(async () => {
  first = await freshDatabase()
  second = await freshDatabase()
})

afterAll(async () => {
  await first?.drop()
  await second?.drop()
})

test('each test file has a database of its own with the whole schema', async () => {
  expect(first.name).not.toBe(second.name)
  const sql = `select count(*)::int as n from information_schema.tables where table_schema = 'public'`
  const [mine] = await query<{ n: number }>(first.ownerUrl, sql)
  expect(mine?.n).toBeGreaterThan(5)
})

test('what one test writes, the other never sees', async () => {
  await query(first.ownerUrl, 'create table only_here (id int)')
  const [row] = await query<{ found: boolean }>(second.ownerUrl, `select to_regclass('only_here') is not null as found`)
  expect(row?.found).toBe(false)
})
