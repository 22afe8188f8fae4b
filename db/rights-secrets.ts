/** With what a citizen follows their request: a code that finds it and a secret that opens it, both of the installation's secret. */
import { createHmac, timingSafeEqual } from 'node:crypto'
import { codeFrom, parseCode } from '../domain/verification-codes.ts'
import { adoptedKey } from './adopted-keys.ts'

/** Of which installation's secret and of which entity. */
interface OfEntity {
  secret: string
  entityId: string
}

/** Code by which a request is found; says nothing without its secret. */
export function followCode(secret: string, requestId: string): string {
  return codeFrom(derived(secret, 'rights-code', requestId))
}

/** With the code it opens how one request goes; given when it is filed, and kept nowhere. */
export function followSecret(of: OfEntity, requestId: string): string {
  return codeFrom(followKey(of, requestId))
}

/** What that secret is made of: an entity that came from another installation brought it along. */
export function followKey({ secret, entityId }: OfEntity, requestId: string): Buffer {
  return adoptedKey(secret, entityId, followPurpose(requestId)) ?? derived(secret, 'rights-follow', requestId)
}

export const followPurpose = (requestId: string) => `rights-follow:${requestId}`

export function isFollowSecret(of: OfEntity, requestId: string, typed: string): boolean {
  const given = parseCode(typed)
  return given !== null && timingSafeEqual(Buffer.from(given), Buffer.from(followSecret(of, requestId)))
}

function derived(secret: string, purpose: string, requestId: string): Buffer {
  const key = createHmac('sha256', secret).update(`caracteriza:${purpose}`).digest()
  return createHmac('sha256', key).update(requestId).digest()
}
