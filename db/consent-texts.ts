import { CONSENT } from '../catalog/capture/consent.ts'
import { hashOf } from './content-hash.ts'

/** SHA-256 over the JCS of the text in use: each consent names what was read out (Ley 1581 de 2012, art. 9). */
export const CONSENT_HASH = hashOf(CONSENT)
