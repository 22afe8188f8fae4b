/**
 * Keys of an entity that came from another installation (decision 0065): the secret of this one would give others, and nothing it brought
 * would open. A file for each entity, beside the data, sealed under the secret of this installation.
 */
import { createHmac } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Place, seal, unseal } from './sealed-texts.ts'

/** In `DATA_DIR`. */
export const ADOPTED_KEYS = 'entity-keys'

/** By what each is for. */
export type EntityKeys = Record<string, Buffer>

/** Where the installation of each secret keeps its data: nearly always one. */
const folders = new Map<string, string>()
/** A file never changes once it has its name; one that is not there yet may come at any moment. */
const opened = new Map<string, EntityKeys>()

/** Said once by every process that opens what is sealed. */
export function adoptKeysFrom(dataDir: string, secret: string): void {
  folders.set(secret, dataDir)
}

export function adoptedKey(secret: string, entityId: string, purpose: string): Buffer | undefined {
  const dataDir = folders.get(secret)
  return dataDir === undefined ? undefined : adoptedKeys(dataDir, secret, entityId)?.[purpose]
}

export function adoptedKeysPath(dataDir: string, entityId: string): string {
  return join(dataDir, ADOPTED_KEYS, `${entityId}.sealed`)
}

/** As the file holds them. */
export function sealedKeys(secret: string, entityId: string, keys: EntityKeys): Buffer {
  return sealKeys(fileKey(secret, entityId), placeOf(entityId), keys)
}

/** Throws where they were sealed under another secret, for another entity, or altered. */
export function openedKeys(secret: string, entityId: string, bytes: Buffer): EntityKeys {
  return unsealKeys(fileKey(secret, entityId), placeOf(entityId), bytes)
}

/** Keys under another one, bound to a place. */
export function sealKeys(under: Buffer, place: Place, keys: EntityKeys): Buffer {
  const texts = Object.entries(keys).map(([purpose, key]) => [purpose, key.toString('base64')])
  return seal(under, place, Object.fromEntries(texts))
}

/** Throws as `unseal` does. */
export function unsealKeys(under: Buffer, place: Place, bytes: Buffer): EntityKeys {
  const texts = Object.entries(unseal<Record<string, string>>(under, place, bytes))
  return Object.fromEntries(texts.map(([purpose, text]) => [purpose, Buffer.from(text, 'base64')]))
}

function adoptedKeys(dataDir: string, secret: string, entityId: string): EntityKeys | undefined {
  const path = adoptedKeysPath(dataDir, entityId)
  const known = opened.get(path)
  if (known) return known
  try {
    const keys = openedKeys(secret, entityId, readFileSync(path))
    opened.set(path, keys)
    return keys
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

const fileKey = (secret: string, entityId: string) =>
  createHmac('sha256', secret).update(`caracteriza:entity-keys:${entityId}`).digest()
const placeOf = (entityId: string): Place => ['entity', 'keys', entityId]
