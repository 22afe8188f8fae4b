import { promises as fs } from 'node:fs'
import path from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { Kysely, PostgresDialect } from 'kysely'
import { FileMigrationProvider, Migrator } from 'kysely/migration'
import pg from 'pg'
import { parseConfig } from '../domain/config.ts'
import { ensureRoles } from './roles.ts'
import { seedDemonstration } from './seed.ts'

const migrationFolder = fileURLToPath(new URL('./migrations', import.meta.url))

/** Makes the roles and brings the schema up to date. Safe to run again; throws what the failing migration threw. */
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

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const config = parseConfig(process.env)
  const done = await migrateDatabase(config.DATABASE_URL, config.APP_SECRET)
  const seeded = config.INSTALLATION === 'demo' && (await seedDemonstration(config.DATABASE_URL, config.APP_SECRET))
  process.stdout.write(`${done.length} migraciones aplicadas${seeded ? ', municipios de demostración cargados' : ''}\n`)
}
