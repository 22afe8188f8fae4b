/** A database of its own for each test file, copied from a template that the real migrations made once. */
import { randomBytes } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { sourcesHash } from '../../activities/sources-hash.ts'
import { rolePassword } from '../../scripts/postgres.ts'
import { TEST_SECRET, testServices } from './services.ts'

export interface FreshDatabase {
  name: string
  /** As `caracteriza_owner`, the role that owns every table. */
  ownerUrl: string
  /** As superuser: for looking behind row-level security, never for running the product. */
  superuserUrl: string
  secret: string
  drop: () => Promise<void>
}

const LOCK = 7301
/** Everything a migration may read, and the rules that are kept after the last one. */
const TEMPLATE_SOURCES = [
  'db',
  'catalog',
  'domain/permission-rules.ts',
  'domain/permission-rows.ts',
  'domain/permission-subjects.ts',
  'domain/grants.ts',
]
/** And what the seed is made of. */
const DEMONSTRATION_SOURCES = ['db', 'catalog', 'domain']
const ROOT = fileURLToPath(new URL('../..', import.meta.url))

/** A new database with the whole schema and the migrations' catalogues. Call in `beforeAll`, `drop` in `afterAll`. */
export function freshDatabase(): Promise<FreshDatabase> {
  return copyOf(migratedTemplate)
}

/** The same with the two municipalities of the demonstration, which are seeded once for all copies. */
export function demonstrationDatabase(): Promise<FreshDatabase> {
  return copyOf(demonstrationTemplate)
}

/** Answers the name of a database to copy, made when nobody did. */
type Template = (client: pg.Client, postgresUrl: string) => Promise<string>

async function copyOf(template: Template): Promise<FreshDatabase> {
  const { postgresUrl } = await testServices()
  const name = `t_${randomBytes(6).toString('hex')}`
  await asSuperuser(postgresUrl, async (client) => {
    await client.query('select pg_advisory_lock($1)', [LOCK])
    await copyDatabase(client, await template(client, postgresUrl), name)
  })
  const drop = () => asSuperuser(postgresUrl, (client) => client.query(`drop database if exists ${name} with (force)`))
  return {
    name,
    ownerUrl: ownerUrl(postgresUrl, name),
    superuserUrl: onDatabase(postgresUrl, name),
    secret: TEST_SECRET,
    drop: async () => void (await drop()),
  }
}

/** One question in SQL, on a connection of its own. */
export async function rowsOf<T>(url: string, query: string, values: unknown[] = []): Promise<T[]> {
  return (await asSuperuser(url, (client) => client.query(query, values))).rows
}

async function asSuperuser<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

function onDatabase(url: string, database: string): string {
  const changed = new URL(url)
  changed.pathname = `/${database}`
  return changed.toString()
}

function ownerUrl(url: string, database: string): string {
  const changed = new URL(onDatabase(url, database))
  changed.username = 'caracteriza_owner'
  changed.password = rolePassword(TEST_SECRET, 'caracteriza_owner')
  return changed.toString()
}

const migratedTemplate: Template = (client, postgresUrl) =>
  ensureTemplate(client, `template_${hashOf(TEMPLATE_SOURCES)}`, async (partial) => {
    await client.query(`create database ${partial} owner caracteriza_owner`)
    const { migrateDatabase } = await import('../../db/migrate.ts')
    await migrateDatabase(ownerUrl(postgresUrl, partial), TEST_SECRET)
  })

const demonstrationTemplate: Template = async (client, postgresUrl) => {
  const migrated = await migratedTemplate(client, postgresUrl)
  return await ensureTemplate(client, `demonstration_${hashOf(DEMONSTRATION_SOURCES)}`, async (partial) => {
    await copyDatabase(client, migrated, partial)
    const { seedDemonstration } = await import('../../db/seed.ts')
    await seedDemonstration(ownerUrl(postgresUrl, partial), TEST_SECRET)
  })
}

const hashes = new Map<readonly string[], string>()

/** Read once for each process: nobody changes the sources under a run. */
function hashOf(sources: readonly string[]): string {
  const known = hashes.get(sources) ?? sourcesHash(ROOT, sources).slice(0, 16)
  hashes.set(sources, known)
  return known
}

/** Made under another name and renamed, so that an interrupted run leaves no half template behind. */
async function ensureTemplate(
  client: pg.Client,
  template: string,
  make: (partial: string) => Promise<void>,
): Promise<string> {
  const found = await client.query('select 1 from pg_database where datname = $1', [template])
  if (found.rowCount) return template
  const partial = `${template}_partial`
  await client.query(`drop database if exists ${partial} with (force)`)
  await make(partial)
  await client.query(`alter database ${partial} rename to ${template}`)
  return template
}

/** A copy has the template's tables but not its database-level grants and settings: those are copied by hand. */
async function copyDatabase(client: pg.Client, template: string, name: string): Promise<void> {
  await client.query(`create database ${name} template ${template} owner caracteriza_owner strategy file_copy`)
  await client.query(
    'update pg_database set datacl = (select datacl from pg_database where datname = $1) where datname = $2',
    [template, name],
  )
  await client.query(
    `insert into pg_db_role_setting (setdatabase, setrole, setconfig)
     select (select oid from pg_database where datname = $2), setrole, setconfig from pg_db_role_setting
     where setdatabase = (select oid from pg_database where datname = $1)`,
    [template, name],
  )
}
