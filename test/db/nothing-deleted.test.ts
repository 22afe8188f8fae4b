import { readdirSync, readFileSync } from 'node:fs'
import pg from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { RUNTIME_ROLES, roleName } from '../../db/roles.ts'
import { TRACED_TABLES } from '../../db/traced-tables.ts'
import { type FreshDatabase, freshDatabase } from '../support/database.ts'

/** No job can delete history; content goes by an act of disposal, and by nothing else (features I4, P11). */

let database: FreshDatabase
let owner: pg.Client
beforeAll(async () => {
  database = await freshDatabase()
  owner = new pg.Client({ connectionString: database.ownerUrl })
  await owner.connect()
}, 120_000)
afterAll(async () => {
  await owner.end()
  await database.drop()
})

/** The log itself, and every table with legal effect: rows of it stay whatever becomes of what was in them. */
const HISTORY = [
  'event',
  'log_leaf',
  'log_subtree',
  'log_checkpoint',
  'log_key',
  'log_day',
  'row_write',
  'fact_version',
]

const privileges = async (privilege: string, tables: readonly string[]) => {
  const { rows } = await owner.query<{ role: string; name: string }>(
    `select r.name as role, t.name from unnest($1::text[]) r(name), unnest($2::text[]) t(name)
     where has_table_privilege(r.name, t.name, $3) order by 1, 2`,
    [RUNTIME_ROLES.map(roleName), tables, privilege],
  )
  return rows.map(({ role, name }) => `${role.replace('caracteriza_', '')} ${name}`)
}

/** What a role may delete there, and why that takes no history away: the event of each stays. */
const GIVEN_UP: Record<string, string> = {
  'session account': 'asked for by the library of sessions as a whole; the product ends accounts and deletes none',
  'web calendar_day': 'a day of the own calendar that is taken back, with its event',
  'web dataset': 'of a release that is still a draft',
  'web figure_code': 'of a release that is still a draft, prepared anew',
  'web release': 'a draft that is prepared anew, or dropped by whoever prepares it',
  'web release_file': 'of a release that is still a draft',
}

it('no role of the product may delete or truncate a row of history', async () => {
  const tables = [...HISTORY, ...Object.keys(TRACED_TABLES)]
  const deleting = await privileges('delete', tables)
  expect(deleting).toEqual(Object.keys(GIVEN_UP))
  expect(await privileges('truncate', tables)).toEqual([])
})

it('no role of the product may change what was recorded: events, leaves, inventories, tombstones and signatures', async () => {
  const fixed = ['event', 'log_leaf', 'log_subtree', 'log_checkpoint', 'retention_rule', 'disposal_item']
  const said = [...fixed, 'disposal_tombstone', 'disposal_signature', 'disposal_redone', 'signature']
  const { rows } = await owner.query(
    `select table_name, grantee, column_name from information_schema.column_privileges
     where grantee = any($1) and table_name = any($2) and privilege_type = 'UPDATE'`,
    [RUNTIME_ROLES.map(roleName), said],
  )
  expect(rows).toEqual([])
})

it('frozen content is changed by no role but the worker’s, which empties it by its tombstone alone', async () => {
  const { rows } = await owner.query(
    `select distinct grantee from information_schema.column_privileges
     where grantee = any($1) and table_name = 'step_version' and privilege_type = 'UPDATE'`,
    [RUNTIME_ROLES.map(roleName)],
  )
  expect(rows).toEqual([{ grantee: roleName('worker') }])
})

const sources = ['activities', 'db'].flatMap((folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((one) => one.isFile() && one.name.endsWith('.ts') && !one.parentPath.includes('migrations'))
    .map((one) => `${one.parentPath}/${one.name}`),
)
const filesWith = (pattern: RegExp) => sources.filter((file) => pattern.test(readFileSync(file, 'utf8'))).sort()

it('nothing else removes what is kept by its content', () => {
  // Erasures replace a file first, and remove what no row names any more (decision 0039).
  const removers = ['activities/carry-out-disposal.ts', 'activities/spread-erasure.ts']
  expect(filesWith(/\bremoveUnnamed\(/)).toEqual([...removers, 'db/unnamed-files.ts'])
  // And nothing else knows both where such a file is and how to take it away.
  const taking = filesWith(/^import .*\b(rm|unlink|rename)\w*\b.* from 'node:fs/m)
  const placing = filesWith(/\b(filePath|sealedPath|snapshotPath)\(/)
  const stores = ['db/files.ts', 'db/sealed-files.ts', 'db/snapshots.ts']
  expect(taking.filter((file) => placing.includes(file))).toEqual([...stores, 'db/unnamed-files.ts'])
  expect(filesWith(/update step_version|updateTable\('step_version'\)/)).toEqual(['db/removed-contents.ts'])
  expect(filesWith(/insertInto\('disposal_tombstone'\)/)).toEqual(['db/removed-contents.ts'])
})
