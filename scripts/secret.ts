/** The secret of an installation: made once, kept beside the data, readable by its owner alone. */
import { createHash, randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

/** APP_SECRET where it is set, else the content of `DATA_DIR/secret`, made at the first call. */
export function installationSecret(dataDir: string, given: string | undefined): string {
  if (given) return given
  const file = join(resolve(dataDir), 'secret')
  if (!existsSync(file)) {
    mkdirSync(resolve(dataDir), { recursive: true })
    writeFileSync(`${file}.new`, randomBytes(48).toString('base64url'), { mode: 0o600 })
    renameSync(`${file}.new`, file)
  }
  return readFileSync(file, 'utf8').trim()
}

/** Tells two secrets apart without saying what they are. */
export function secretFingerprint(secret: string): string {
  return createHash('sha256').update('caracteriza-secret-fingerprint\n').update(secret).digest('hex').slice(0, 16)
}
