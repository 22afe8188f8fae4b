import { createHash } from 'node:crypto'
import canonicalize from 'canonicalize'
import { CONSENT } from '../catalog/capture/consent.ts'

/** SHA-256 over the JCS of the text in use: each consent names what was read out (Ley 1581 de 2012, art. 9). */
export const CONSENT_HASH = createHash('sha256')
  .update(canonicalize(CONSENT) ?? '')
  .digest('hex')
