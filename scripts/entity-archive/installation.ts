/** The installation a command works on: its database as the owner of the tables, its data and its secret. */
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseStartConfig, type StartConfig } from '../../domain/config.ts'
import { withCluster } from '../backup.ts'
import { rolePassword } from '../postgres.ts'
import { installationSecret } from '../secret.ts'
import { root } from '../web-build.ts'

export interface Installation {
  config: StartConfig
  databaseUrl: string
  secret: string
  dataDir: string
}

/** Uses the database that runs; starts the installation's own for the time of the work when it does not. */
export async function withInstallation<T>(work: (installation: Installation) => Promise<T>): Promise<T> {
  if (existsSync(join(root, '.env'))) process.loadEnvFile(join(root, '.env'))
  const config = parseStartConfig(process.env)
  const dataDir = resolve(root, config.DATA_DIR)
  const secret = installationSecret(dataDir, config.APP_SECRET)
  const of = { config, secret, dataDir }
  if (config.DATABASE_URL) return await work({ ...of, databaseUrl: config.DATABASE_URL })
  return await withCluster(of, (url) => {
    const owner = new URL(url)
    owner.username = 'caracteriza_owner'
    owner.password = rolePassword(secret, 'caracteriza_owner')
    owner.pathname = '/caracteriza'
    return work({ ...of, databaseUrl: owner.toString() })
  })
}
