import { promises as fs } from 'node:fs'
import path from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { Kysely, PostgresDialect } from 'kysely'
import { FileMigrationProvider, Migrator } from 'kysely/migration'
import pg from 'pg'
import { type Config, parseConfig } from '../domain/config.ts'
import { openDatabase, withoutEntity } from './client.ts'
import { keepPermissionRules } from './permission-rules.ts'
import { ensureRoles } from './roles.ts'
import { holdsDemonstration, seedDemonstration } from './seed.ts'
import { renewSetupLink } from './setup-links.ts'

const migrationFolder = fileURLToPath(new URL('./migrations', import.meta.url))

/** Makes the roles, brings the schema up to date and keeps the rules of this build where they are new. Safe to run again; throws what the failing migration threw. */
export async function migrateDatabase(ownerUrl: string, secret: string): Promise<string[]> {
  await ensureRoles(ownerUrl, secret)
  const db = new Kysely<unknown>({
    dialect: new PostgresDialect({ pool: new pg.Pool({ connectionString: ownerUrl, max: 2 }) }),
  })
  try {
    const migrator = new Migrator({
      db,
      provider: new FileMigrationProvider({ fs, path, migrationFolder, import: importFile }),
    })
    const { error, results } = await migrator.migrateToLatest()
    if (error) throw error
    await keepPermissionRules(db)
    return (results ?? []).filter((result) => result.status === 'Success').map((result) => result.migrationName)
  } finally {
    await db.destroy()
  }
}

/** Names of the migrations this build knows, in order; `/listo` compares them with what the database holds. */
export async function knownMigrations(): Promise<string[]> {
  const files = await fs.readdir(migrationFolder)
  return files
    .filter((file) => file.endsWith('.ts'))
    .map((file) => file.slice(0, -3))
    .sort()
}

function importFile(file: string): Promise<unknown> {
  return import(pathToFileURL(file).href)
}

const DEMONSTRATION_REFUSED =
  'Esta base de datos tiene los municipios de demostración y sus cuentas no se admiten con INSTALLATION=production. Use una base de datos vacía.'

/** Address of the one-time set-up while a production installation has no entity yet (model.md §1). */
async function setupAddress({ DATABASE_URL, PUBLIC_URL }: Config): Promise<string | null> {
  const database = openDatabase(DATABASE_URL, { max: 1 })
  try {
    if (await withoutEntity(database, holdsDemonstration)) {
      process.stderr.write(`${DEMONSTRATION_REFUSED}\n`)
      process.exit(1)
    }
    const token = await withoutEntity(database, renewSetupLink)
    return token && `${PUBLIC_URL.replace(/\/$/, '')}/instalar/${token}`
  } finally {
    await database.close()
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const config = parseConfig(process.env)
  const done = await migrateDatabase(config.DATABASE_URL, config.APP_SECRET)
  const seeded = config.INSTALLATION === 'demo' && (await seedDemonstration(config.DATABASE_URL, config.APP_SECRET))
  const link = config.INSTALLATION === 'production' ? await setupAddress(config) : null
  const extra = seeded ? ', municipios de demostración cargados' : ''
  process.stdout.write(`${done.length} migraciones aplicadas${extra}\n`)
  // The last line is what `npm start` shows; a link nobody kept is replaced at the next start.
  if (link) process.stdout.write(`cree la entidad con este enlace, que sirve una sola vez: ${link}\n`)
}
