/** Credentials of connections at rest: sealed with the installation's secret, to one row and to where it connects. */
import { createHash } from 'node:crypto'
import type { ConnectionPlace, ConnectionSecret } from '../domain/connections.ts'
import { keyOfEntity } from './entity-key.ts'
import { type Place, seal, unseal } from './sealed-texts.ts'

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
const bound = ({ entityId, connectionId, kind, host, port, tls, authority }: SecretFor): Place => [
  ...([entityId, connectionId, kind] as const),
  ...[host, port, tls],
  ...(authority === null ? [] : [authority]),
]

/** Under a key of the entity's own. */
export function sealSecret(secret: string, place: SecretFor, value: ConnectionSecret): SealedSecret {
  const { key, keyId } = keyFor(secret, place.entityId)
  return { sealed: seal(key, bound(place), value), keyId }
}

/** Undefined when it was sealed with another secret of the installation, for another place, or was altered. */
export function unsealSecret(
  secret: string,
  place: SecretFor,
  { sealed, keyId }: SealedSecret,
): ConnectionSecret | undefined {
  const known = keyFor(secret, place.entityId)
  if (known.keyId !== keyId) return undefined
  try {
    return unseal<ConnectionSecret>(known.key, bound(place), sealed)
  } catch {
    return undefined
  }
}
