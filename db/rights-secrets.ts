/** With what a citizen follows their request: a code that finds it and a secret that opens it, both of the installation's secret. */
import { createHmac, timingSafeEqual } from 'node:crypto'
import { codeFrom, parseCode } from '../domain/verification-codes.ts'

/** Code by which a request is found; says nothing without its secret. */
export function followCode(secret: string, requestId: string): string {
  return derivedCode(secret, 'rights-code', requestId)
}

/** With the code it opens how one request goes; given when it is filed, and kept nowhere. */
export function followSecret(secret: string, requestId: string): string {
  return derivedCode(secret, 'rights-follow', requestId)
}

export function isFollowSecret(secret: string, requestId: string, typed: string): boolean {
  const given = parseCode(typed)
  return given !== null && timingSafeEqual(Buffer.from(given), Buffer.from(followSecret(secret, requestId)))
}

function derivedCode(secret: string, purpose: string, requestId: string): string {
  const key = createHmac('sha256', secret).update(`caracteriza:${purpose}`).digest()
  return codeFrom(createHmac('sha256', key).update(requestId).digest())
}
