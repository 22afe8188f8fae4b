/** One hash of what something says, whatever the order of its fields (RFC 8785). */
import { createHash } from 'node:crypto'
import canonicalize from 'canonicalize'

/** SHA-256, in hexadecimal. Throws `TypeError` for what has no canonical form. */
export function hashOf(content: unknown): string {
  const written = canonicalize(content)
  if (written === undefined) throw new TypeError('no canonical form')
  return createHash('sha256').update(written).digest('hex')
}
