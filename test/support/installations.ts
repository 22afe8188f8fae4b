/** Another installation: a PostgreSQL, a folder and a secret of its own, with its tables and nobody in them. */
import { type SpawnSyncReturns, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { migrateDatabase } from '../../db/migrate.ts'
import { startPostgres } from '../../scripts/postgres.ts'
import { root } from '../../scripts/web-build.ts'
import type { FreshDatabase } from './database.ts'

export interface OtherInstallation {
  secret: string
  dataDir: string
  databaseUrl: string
  superuserUrl: string
  close(): Promise<void>
}

export async function otherInstallation(name: string): Promise<OtherInstallation> {
  const dataDir = mkdtempSync(join(tmpdir(), `caracteriza-${name}-`))
  const secret = `secreto-de-otra-instalacion-${name}-0123456789`
  const postgres = await startPostgres({ dataDir, secret, settings: { fsync: 'off' } })
  const close = async () => {
    await postgres.stop()
    rmSync(postgres.folder, { recursive: true, force: true })
    rmSync(dataDir, { recursive: true, force: true })
  }
  try {
    await migrateDatabase(postgres.ownerUrl(), secret)
  } catch (error) {
    await close()
    throw error
  }
  return {
    secret,
    dataDir,
    databaseUrl: postgres.ownerUrl(),
    superuserUrl: postgres.superuserUrl('caracteriza'),
    close,
  }
}

interface Arrival {
  to: FreshDatabase
  dataDir: string
  file: string
  /** What more it is told, such as where it dies (`TEST_FAULT`). */
  env?: Record<string, string>
}

/** The command by which an entity comes, as whoever operates the installation runs it. */
export function runImport({ to, dataDir, file, env = {} }: Arrival): SpawnSyncReturns<string> {
  const own = { DATABASE_URL: to.ownerUrl, APP_SECRET: to.secret, DATA_DIR: dataDir, NODE_ENV: 'test' as const }
  return spawnSync(process.execPath, [join(root, 'scripts/import-entity.ts'), file], {
    env: { ...process.env, ...own, ...env },
    encoding: 'utf8',
  })
}
