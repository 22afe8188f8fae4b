import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Database, KEPT, openDatabase, withActor } from '../../db/client.ts'
import { findPersonAtWork } from '../../db/positions.ts'
import { cookieOf, tokenIn } from '../../db/probe-marks.ts'
import { roleUrl } from '../../db/roles.ts'
import { demoEntityId } from '../../db/seed.ts'
import { demonstrationDatabase, type FreshDatabase } from '../support/database.ts'

let database: FreshDatabase
let web: Database
beforeAll(async () => {
  database = await demonstrationDatabase()
  web = openDatabase(roleUrl(database.ownerUrl, database.secret, 'web'), { max: 1 })
}, 120_000)
afterAll(async () => {
  await web?.close()
  await database?.drop()
})

it('a plan that is kept reads as whoever asks, in the municipality of whoever asks, every time', async () => {
  const people = (slug: 'santamarta' | 'cali') =>
    withActor(web, { entityId: demoEntityId(slug), personId: null }, async (trx) => {
      const found = await sql<{ id: string }>`${KEPT} select id from person order by id`.execute(trx)
      return found.rows.map(({ id }) => id)
    })
  const [home, away] = [await people('santamarta'), await people('cali')]
  expect([home.length > 0, away.length > 0, home.some((id) => away.includes(id))]).toEqual([true, true, false])
  const [one = ''] = home
  const at = (slug: 'santamarta' | 'cali') =>
    withActor(web, { entityId: demoEntityId(slug), personId: one }, (trx) => findPersonAtWork(trx, one))
  // PostgreSQL takes its general plan from the sixth run on.
  for (let run = 0; run < 8; run++) {
    expect([await people('santamarta'), await people('cali')]).toEqual([home, away])
    expect([(await at('santamarta'))?.entity.id, await at('cali')]).toEqual([demoEntityId('santamarta'), null])
  }
  const [{ n }] = await withActor(web, { entityId: demoEntityId('cali'), personId: null }, async (trx) => {
    const kept = await sql<{ n: string }>`select count(*) as n from pg_prepared_statements`.execute(trx)
    return kept.rows as [{ n: string }]
  })
  expect(Number(n)).toBeGreaterThanOrEqual(2)
})

it('a cookie is believed whole or not at all', () => {
  const [url, secret] = ['http://localhost:3000', 's'.repeat(32)]
  const cookie = cookieOf(url, secret, 'una-ficha')
  expect(tokenIn(`otra=1; ${cookie}`, url, secret)).toBe('una-ficha')
  const forged = [
    '',
    'caracteriza=',
    'caracteriza=una-ficha',
    cookie.replace('una', 'dos'),
    `${cookie}x`,
    'caracteriza=%',
  ]
  for (const one of [...forged, cookieOf(url, 't'.repeat(32), 'una-ficha')])
    expect(tokenIn(one, url, secret)).toBeUndefined()
})
