/** What is believed of the entity's directory (OpenID Connect Core 1.0) and what is not. */
import { z } from 'zod'
import { completeNit } from './nit.ts'
import type { Proof } from './proofs.ts'

/** Why nobody came in, or proved anything, by the directory. */
export const DIRECTORY_REFUSALS = [
  ...['away', 'denied', 'late', 'untrusted'],
  ...['no_account', 'unverified', 'other_subject', 'other_person', 'entity_unclear', 'other_entity'],
  'by_password',
] as const
export type DirectoryRefusal = (typeof DIRECTORY_REFUSALS)[number]

/** Secrets and tokens travel to it: by https, or within this machine. */
export function isDirectoryAddress(address: string): boolean {
  if (!URL.canParse(address)) return false
  const { protocol, hostname } = new URL(address)
  return protocol === 'https:' || (protocol === 'http:' && ['localhost', '127.0.0.1', '[::1]'].includes(hostname))
}

const DIVIPOLA = /^\d{5}$/
const NIT = /^[\d.]{6,13}(-\d)?$/

/** Whether it is written as a DIVIPOLA code or as a NIT whose digit is right. */
export function isEntityNumber(value: string): boolean {
  return DIVIPOLA.test(value) || (NIT.test(value) && completeNit(value) !== undefined)
}

/**
 * The entity the directory belongs to: the one that is named, or the only one there is. Undefined where several are meant or
 * none: then it opens no account.
 */
export function directoryEntity<T extends { divipola: string; nit: string }>(
  entities: readonly T[],
  named: string | undefined,
): T | undefined {
  const meant = named === undefined ? entities : entities.filter((one) => isCalled(one, named))
  return meant.length === 1 ? meant[0] : undefined
}

function isCalled({ divipola, nit }: { divipola: string; nit: string }, number: string): boolean {
  return DIVIPOLA.test(number) ? divipola === number : nit === completeNit(number)
}

const endpoint = z.string().refine(isDirectoryAddress)

/** What the directory says of itself (OpenID Connect Discovery 1.0 §3). */
export const directoryMetadata = z.object({
  issuer: z.string(),
  authorization_endpoint: endpoint,
  token_endpoint: endpoint,
  jwks_uri: endpoint,
  token_endpoint_auth_methods_supported: z.array(z.string()).default(['client_secret_basic']),
})

/**
 * Claims of its ID token that are read, once its signature holds. `auth_time`: when the person showed themselves there, in
 * seconds since 1970.
 */
export const identityClaims = z.object({
  sub: z.string().min(1).max(255),
  nonce: z.string(),
  azp: z.string().optional(),
  email: z.string().toLowerCase().optional(),
  email_verified: z.union([z.boolean(), z.literal('true').transform(() => true)]).catch(false),
  auth_time: z.number(),
  amr: z.array(z.string()).catch([]),
  acr: z.string().optional().catch(undefined),
})
export type IdentityClaims = z.output<typeof identityClaims>

/** OpenID EAP ACR Values 1.0 (phishing-resistant), REFEDS MFA, and OpenID PAPE's policy of several factors. */
const SEVERAL_FACTORS = [
  ...['phr', 'phrh', 'https://refeds.org/profile/mfa'],
  'http://schemas.openid.net/pape/policies/2007/06/multi-factor',
]

/** Counts as a second factor only what the directory says in so many words (RFC 8176 `mfa`, or one of those classes). */
export function proofBy({ amr, acr }: Pick<IdentityClaims, 'amr' | 'acr'>): Proof {
  return amr.includes('mfa') || (acr !== undefined && SEVERAL_FACTORS.includes(acr)) ? 'directory_factor' : 'directory'
}
