/** `npm run renew-log-keys`: another key signs the checkpoints of each log from the next on; the public keys until now stay known. */
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { keptLogKeys, renewLogKey } from '../activities/log-keys.ts'
import { parseStartConfig } from '../domain/config.ts'
import { say } from './progress.ts'
import { root } from './web-build.ts'

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  if (existsSync(join(root, '.env'))) process.loadEnvFile(join(root, '.env'))
  const dataDir = resolve(root, parseStartConfig(process.env).DATA_DIR)
  const entities = keptLogKeys(dataDir)
  for (const entityId of entities) say(`Llave nueva: ${renewLogKey(dataDir, entityId).verifierKey}`)
  if (entities.length === 0)
    say('Todavía no hay llaves que renovar: la primera se hace con el primer punto de control.')
}
