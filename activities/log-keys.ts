/** The private keys that sign checkpoints: files beside the data, readable by their owner alone, never in the database. */
import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { existsSync, linkSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { newId } from '../db/ids.ts'
import { keyId, verifierKey } from '../verifier/signed-note.ts'

export interface LogKey {
  origin: string
  privateKey: KeyObject
  /** 32 bytes. */
  publicKey: Buffer
  id: string
  /** As it is handed on: `name+id+base64`. */
  verifierKey: string
}

/** Whose log a checkpoint speaks of: opaque, and the same for as long as the entity exists. */
export function originOf(entityId: string): string {
  return `caracteriza/${entityId}`
}

/** The key that signs for an entity, made at the first call. */
export function logKey(dataDir: string, entityId: string): LogKey {
  const file = join(dataDir, 'log-keys', `${entityId}.pem`)
  if (!existsSync(file)) writeKey(file)
  return keyOf(entityId, createPrivateKey(readFileSync(file)))
}

/** Another key signs from now on; the one until now stays in a file of its own. Answers the new one. */
export function renewLogKey(dataDir: string, entityId: string): LogKey {
  const before = logKey(dataDir, entityId)
  const folder = join(dataDir, 'log-keys')
  renameSync(join(folder, `${entityId}.pem`), join(folder, `${entityId}.${before.id}.pem`))
  return logKey(dataDir, entityId)
}

/** Entities whose log has a key that signs here. */
export function keptLogKeys(dataDir: string): string[] {
  const folder = join(dataDir, 'log-keys')
  if (!existsSync(folder)) return []
  return readdirSync(folder).flatMap((name) => (/^[0-9a-f-]{36}\.pem$/.test(name) ? [name.slice(0, -4)] : []))
}

/** Whole or not at all; of two who make the first key at once one wins, and both read that one. */
function writeKey(file: string): void {
  mkdirSync(join(file, '..'), { recursive: true, mode: 0o700 })
  const part = `${file}.${newId()}`
  const { privateKey } = generateKeyPairSync('ed25519')
  writeFileSync(part, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 })
  try {
    linkSync(part, file)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    rmSync(part)
  }
}

function keyOf(entityId: string, privateKey: KeyObject): LogKey {
  const origin = originOf(entityId)
  const publicKey = createPublicKey(privateKey).export({ type: 'spki', format: 'der' }).subarray(-32)
  const id = keyId(origin, publicKey).toString('hex')
  return { origin, privateKey, publicKey, id, verifierKey: verifierKey(origin, publicKey) }
}
