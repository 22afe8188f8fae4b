/** Credentials of connections at rest: sealed with the installation's secret, to one row and to where it connects. */
import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'
import type { ConnectionPlace, ConnectionSecret } from '../domain/connections.ts'
import { keyOfEntity } from './entity-key.ts'

const NONCE = 12
const TAG = 16

/** A secret sealed for one place opens for no other: who redirects a connection has to know what opens it. */
export interface SecretFor extends Pick<ConnectionPlace, 'kind' | 'host' | 'port' | 'tls' | 'authority'> {
  entityId: string
  connectionId: string
}

export interface SealedSecret {
  sealed: Buffer
  /** Tells with which secret of the installation it was sealed; says nothing about the secret. */
  keyId: string
}

function keyFor(secret: string, entityId: string): { key: Buffer; keyId: string } {
  const key = keyOfEntity(secret, entityId, 'connections')
  return { key, keyId: createHash('sha256').update(key).digest('hex').slice(0, 16) }
}

/** The authority stands at the end where there is one: secrets sealed before there were any still open. */
const bound = ({ entityId, connectionId, kind, host, port, tls, authority }: SecretFor) =>
  Buffer.from(
    JSON.stringify([entityId, connectionId, kind, host, port, tls, ...(authority === null ? [] : [authority])]),
  )

/** AES-256-GCM under a key of the entity's own; nonce, tag and ciphertext in that order. */
export function sealSecret(secret: string, place: SecretFor, value: ConnectionSecret): SealedSecret {
  const { key, keyId } = keyFor(secret, place.entityId)
  const nonce = randomBytes(NONCE)
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(bound(place))
  const text = Buffer.concat([cipher.update(JSON.stringify(value), 'utf8'), cipher.final()])
  return { sealed: Buffer.concat([nonce, cipher.getAuthTag(), text]), keyId }
}

/** Undefined when it was sealed with another secret of the installation, for another place, or was altered. */
export function unsealSecret(
  secret: string,
  place: SecretFor,
  { sealed, keyId }: SealedSecret,
): ConnectionSecret | undefined {
  const known = keyFor(secret, place.entityId)
  if (known.keyId !== keyId) return undefined
  const decipher = createDecipheriv('aes-256-gcm', known.key, sealed.subarray(0, NONCE))
    .setAAD(bound(place))
    .setAuthTag(sealed.subarray(NONCE, NONCE + TAG))
  try {
    const text = Buffer.concat([decipher.update(sealed.subarray(NONCE + TAG)), decipher.final()])
    return JSON.parse(text.toString('utf8')) as ConnectionSecret
  } catch {
    return undefined
  }
}
