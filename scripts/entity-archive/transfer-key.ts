/**
 * What opens the sealed parts of an archive: a key made for this one export, in a file of its own. The archive alone opens nothing that
 * a citizen said, and neither of the two has the secret of an installation (decision 0065).
 */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { type EntityKeys, sealKeys, unsealKeys } from '../../db/adopted-keys.ts'
import type { Place } from '../../db/sealed-texts.ts'
import { Explained } from '../processes.ts'

const [NONCE, TAG] = [12, 16]
const KEY_FILE = /^caracteriza-llave-de-traslado ([0-9a-f-]{36}) ([A-Za-z0-9_-]{43})\n?$/
export const WRONG_KEY =
  'La llave de traslado no es la de esta exportación: pida el archivo .llave que se escribió con ella.'

export const newTransferKey = (): Buffer => randomBytes(32)

export function transferKeyText(entityId: string, key: Buffer): string {
  return `caracteriza-llave-de-traslado ${entityId} ${key.toString('base64url')}\n`
}

/** Throws `Explained` where it is none, or of another entity. */
export function readTransferKey(entityId: string, text: string): Buffer {
  const [, of, encoded = ''] = KEY_FILE.exec(text) ?? []
  if (of !== entityId) throw new Explained(WRONG_KEY)
  return Buffer.from(encoded, 'base64url')
}

const keysPlace = (entityId: string): Place => ['archive', 'keys', entityId]

/** The keys of the entity, as the archive holds them. */
export function sealedKeyring(transfer: Buffer, entityId: string, keys: EntityKeys): string {
  return `${JSON.stringify({ selladas: sealKeys(transfer, keysPlace(entityId), keys).toString('base64') })}\n`
}

/** Throws `Explained` where another key sealed them. */
export function openKeyring(transfer: Buffer, entityId: string, text: string): EntityKeys {
  try {
    const { selladas } = JSON.parse(text) as { selladas: string }
    return unsealKeys(transfer, keysPlace(entityId), Buffer.from(selladas, 'base64'))
  } catch {
    throw new Explained(WRONG_KEY)
  }
}

/** Nonce, what was sealed and tag; bound to its name. */
export async function* sealedPieces(
  transfer: Buffer,
  name: string,
  pieces: AsyncIterable<Buffer>,
): AsyncGenerator<Buffer> {
  const nonce = randomBytes(NONCE)
  const cipher = createCipheriv('aes-256-gcm', transfer, nonce).setAAD(Buffer.from(name))
  yield nonce
  for await (const piece of pieces) yield cipher.update(piece)
  yield Buffer.concat([cipher.final(), cipher.getAuthTag()])
}

/** What was sealed; whether it is, shows at the end only: whoever takes it waits for that. */
export function* unsealedPieces(transfer: Buffer, name: string, pieces: Iterable<Buffer>): Generator<Buffer> {
  let held: Buffer = Buffer.alloc(0)
  let decipher: ReturnType<typeof createDecipheriv> | undefined
  for (const piece of pieces) {
    held = Buffer.concat([held, piece])
    if (!decipher && held.length >= NONCE) {
      decipher = createDecipheriv('aes-256-gcm', transfer, held.subarray(0, NONCE)).setAAD(Buffer.from(name))
      held = held.subarray(NONCE)
    }
    if (!decipher || held.length <= TAG) continue
    yield decipher.update(held.subarray(0, held.length - TAG))
    held = held.subarray(held.length - TAG)
  }
  if (!decipher) throw new Explained(WRONG_KEY)
  yield (decipher as unknown as { setAuthTag(tag: Buffer): { final(): Buffer } }).setAuthTag(held).final()
}
