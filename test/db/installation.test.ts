import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { afterEach, expect, it } from 'vitest'
import { openDatabase, withoutEntity } from '../../db/client.ts'
import { holdsDemonstration, seedDemonstration } from '../../db/seed.ts'
import { type FreshDatabase, freshDatabase } from '../support/database.ts'

let database: FreshDatabase
afterEach(() => database?.drop())

const program = fileURLToPath(new URL('../../db/migrate.ts', import.meta.url))
const node = fileURLToPath(new URL('../../node_modules/.bin/node', import.meta.url))

/** The migrations as `npm start` runs them. */
function migrate(installation: 'demo' | 'production'): Promise<{ code: number; said: string }> {
  const env = {
    ...process.env,
    ...{ DATABASE_URL: database.ownerUrl, APP_SECRET: database.secret, INSTALLATION: installation },
    ...{ TEMPORAL_ADDRESS: '127.0.0.1:7233', PUBLIC_URL: 'https://caracteriza.prueba.gov.co' },
  }
  return new Promise((resolve) => {
    execFile(node, [program], { env }, (error, stdout, stderr) =>
      resolve({ code: error ? Number(error.code) : 0, said: `${stdout}${stderr}` }),
    )
  })
}

const asOwner = async <T>(work: Parameters<typeof withoutEntity<T>>[1]) => {
  const owner = openDatabase(database.ownerUrl, { max: 1 })
  return await withoutEntity(owner, work).finally(() => owner.close())
}

it('a production installation refuses a database that holds the demonstration, in one sentence', async () => {
  database = await freshDatabase()
  expect(await seedDemonstration(database.ownerUrl, database.secret)).toBe(true)
  const { code, said } = await migrate('production')
  expect(code).toBe(1)
  expect(said).toMatch(/^Esta base de datos tiene los municipios de demostración.*vacía\.\n$/)
  expect((await migrate('demo')).code).toBe(0)
}, 60_000)

it('a demonstration is never loaded beside an entity that was set up, nor twice', async () => {
  database = await freshDatabase()
  const { said } = await migrate('production')
  expect(said).toMatch(/https:\/\/caracteriza\.prueba\.gov\.co\/instalar\/[\w-]{43}/)
  await asOwner((trx) =>
    trx
      .insertInto('entity')
      .values({
        ...{
          id: crypto.randomUUID(),
          name: 'Municipio',
          short_name: 'Municipio',
          divipola: '05001',
          nit: '800197268-4',
        },
      })
      .execute(),
  )
  expect((await migrate('demo')).said).not.toContain('municipios de demostración')
  expect(await asOwner(holdsDemonstration)).toBe(false)
  expect((await migrate('production')).said).not.toContain('/instalar/')
}, 60_000)
