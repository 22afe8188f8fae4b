import { Kysely, PostgresDialect, sql } from 'kysely'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  countAttempt,
  findPasswordHash,
  forgetAttempts,
  hashPassword,
  insertAccount,
  verifyPassword,
} from '../../db/accounts.ts'
import { surviveServerDeath } from '../../db/client.ts'
import { newId } from '../../db/ids.ts'
import { findLinkedAccount, makePasswordLink, spendPasswordLink } from '../../db/password-links.ts'
import { type RuntimeRole, roleUrl } from '../../db/roles.ts'
import { type FreshDatabase, freshDatabase } from '../support/database.ts'

let database: FreshDatabase
let owner: Kysely<unknown>
let store: Kysely<unknown>
let web: Kysely<unknown>
const who = { entityId: newId(), personId: newId() }
const NOW = new Date('2026-11-24T15:00:00Z')

beforeAll(async () => {
  database = await freshDatabase()
  owner = open(database.ownerUrl)
  store = open(urlOf('session'))
  web = open(urlOf('web'))
  await sql`insert into entity (id, name, short_name, divipola, nit) values (${who.entityId}, 'Prueba', 'Prueba', '47001', '1')`.execute(
    owner,
  )
  await sql`insert into person (id, entity_id, display_name, document_hash)
    values (${who.personId}, ${who.entityId}, 'Jefatura OGAC', 'x')`.execute(owner)
})

afterAll(async () => {
  for (const db of [owner, store, web]) await db.destroy()
  await database.drop()
})

function urlOf(role: RuntimeRole): string {
  return roleUrl(database.ownerUrl, database.secret, role)
}

function open(connectionString: string): Kysely<unknown> {
  const pool = new pg.Pool({ connectionString, max: 2 })
  surviveServerDeath(pool)
  return new Kysely({ dialect: new PostgresDialect({ pool }) })
}

test('a password is kept as argon2id and nobody but its owner knows it', async () => {
  const hash = await hashPassword('una frase larga')
  expect(hash).toMatch(/^\$argon2id\$/)
  expect(await verifyPassword(hash, 'una frase larga')).toBe(true)
  expect(await verifyPassword(hash, 'una frase corta')).toBe(false)
})

test('a link sets the password once and ends the sessions that were open', async () => {
  const id = await insertAccount(store, { ...who, name: 'Jefatura', email: 'A@prueba.test', passwordHash: null })
  await sql`insert into session (token, account_id, expires_at) values ('t1', ${id}, ${NOW})`.execute(store)
  const old = await makePasswordLink(store, id, NOW)
  const secret = await makePasswordLink(store, id, NOW)
  expect(await findLinkedAccount(store, old, NOW)).toBeUndefined()
  expect((await findLinkedAccount(store, secret, NOW))?.email).toBe('a@prueba.test')
  expect(await spendPasswordLink(store, secret, 'hash-1', NOW)).toBe(true)
  expect(await spendPasswordLink(store, secret, 'hash-2', NOW)).toBe(false)
  expect(await findPasswordHash(store, id)).toBe('hash-1')
  const open = await sql`select 1 from session where account_id = ${id}`.execute(store)
  expect(open.rows).toEqual([])
})

test('a link is no longer good after three days', async () => {
  const id = await insertAccount(store, { ...who, name: 'Otra', email: 'b@prueba.test', passwordHash: null })
  const secret = await makePasswordLink(store, id, NOW)
  const later = new Date(NOW.getTime() + 73 * 3_600_000)
  expect(await findLinkedAccount(store, secret, later)).toBeUndefined()
  expect(await spendPasswordLink(store, secret, 'hash', later)).toBe(false)
})

test('parallel attempts are all counted, and the count begins anew after the window', async () => {
  const counts = await Promise.all(Array.from({ length: 10 }, () => countAttempt(store, 'k', NOW, 60_000)))
  expect(counts.sort((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
  expect(await countAttempt(store, 'k', new Date(NOW.getTime() + 61_000), 60_000)).toBe(1)
  await forgetAttempts(store, 'k', NOW)
  expect(await countAttempt(store, 'k', NOW, 60_000)).toBe(1)
})

test.each([
  ['select token from session'],
  ['select ip_address from session'],
  ['select password from account_credential'],
  ['select value from auth_verification'],
  ["insert into account (name, email) values ('x', 'x@prueba.test')"],
])('the web role is refused: %s', async (query) => {
  await expect(sql.raw(query).execute(web)).rejects.toThrow(/permission denied|row-level security/)
})

test('the web role sees no account without an entity in scope', async () => {
  expect((await sql`select id from account`.execute(web)).rows).toEqual([])
})
