/** Another installation: a PostgreSQL, a folder and a secret of its own, with its tables and nobody in them. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { migrateDatabase } from '../../db/migrate.ts'
import { startPostgres } from '../../scripts/postgres.ts'

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
