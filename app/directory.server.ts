import { authorizationCodeRequest, createAuthorizationURL } from 'better-auth/oauth2'
import { createRemoteJWKSet, errors, type JWTVerifyGetKey, jwtVerify } from 'jose'
import { z } from 'zod'
import { appNow } from '../db/clock.ts'
import type { Config } from '../domain/config.ts'
import { directoryMetadata, type IdentityClaims, identityClaims } from '../domain/directory.ts'

/**
 * The entity's directory as OpenID Connect Core 1.0 has it: authorization code with PKCE, ID token verified here. It knows
 * nothing of accounts.
 */

const PATIENCE_MS = 5_000
const KNOWN_FOR_MS = 10 * 60_000
/** Seconds its clock may be off. */
const CLOCK_SECONDS = 30
/** No symmetric ones: the client's secret signs nobody's identity. */
const ALGORITHMS = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA']

export interface Directory {
  issuer: string
  clientId: string
  clientSecret: string
  redirectUri: string
  /** DIVIPOLA or NIT of the entity it belongs to; undefined where the installation does not say. */
  entityNumber: string | undefined
}

/** Nothing answers there, or not as a directory does. */
export class DirectoryAway extends Error {}

/** What came back is not what this product asked for, or not from the directory. */
export class Untrusted extends Error {}

export const DIRECTORY_BACK = '/ingresar/directorio/vuelta'

/** Null where the installation names none. */
export function directoryOf(config: Config): Directory | null {
  const { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET: clientSecret } = config
  if (!issuer || !clientId || !clientSecret) return null
  const redirectUri = new URL(DIRECTORY_BACK, config.PUBLIC_URL).href
  return { issuer, clientId, clientSecret, redirectUri, entityNumber: config.OIDC_ENTITY }
}

interface Known {
  authorization: string
  token: string
  authentication: 'basic' | 'post'
  keys: JWTVerifyGetKey
  until: number
}
const known = new Map<string, Known>()

/** What the directory says of itself, read again every ten minutes. */
async function knownOf({ issuer }: Directory): Promise<Known> {
  const now = appNow().getTime()
  const before = known.get(issuer)
  if (before && now < before.until) return before
  const address = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`
  const answer = await reach(address, { headers: { accept: 'application/json' } })
  const read = directoryMetadata.safeParse(answer.ok ? await answer.json().catch(() => null) : null)
  if (!read.success || read.data.issuer !== issuer) throw new DirectoryAway('discovery')
  const methods = read.data.token_endpoint_auth_methods_supported
  const found: Known = {
    authorization: read.data.authorization_endpoint,
    token: read.data.token_endpoint,
    authentication: methods.includes('client_secret_basic') ? 'basic' : 'post',
    keys: createRemoteJWKSet(new URL(read.data.jwks_uri), { timeoutDuration: PATIENCE_MS }),
    until: now + KNOWN_FOR_MS,
  }
  known.set(issuer, found)
  return found
}

async function reach(address: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(address, { ...init, redirect: 'error', signal: AbortSignal.timeout(PATIENCE_MS) })
  } catch (cause) {
    throw new DirectoryAway('no answer', { cause })
  }
}

/**
 * Where the browser goes. `maxAge`: how many seconds ago the person may have shown the directory who they are; 0 asks them
 * anew, whatever it remembers.
 */
export async function authorizationAddress(
  directory: Directory,
  asked: { state: string; nonce: string; verifier: string; maxAge: number },
): Promise<string> {
  const { authorization } = await knownOf(directory)
  const { state, nonce, verifier: codeVerifier, maxAge } = asked
  const address = await createAuthorizationURL({
    ...{ id: 'directory', options: { clientId: directory.clientId }, authorizationEndpoint: authorization },
    ...{ state, nonce, codeVerifier, redirectURI: directory.redirectUri, scopes: ['openid', 'email'] },
    ...{ prompt: maxAge === 0 ? 'login' : undefined, additionalParams: { max_age: String(maxAge) } },
  })
  return address.href
}

/**
 * Whom the code of a callback stands for. Throws `Untrusted` unless the directory gives for it an ID token it signed, for
 * this client, this browser (`nonce`) and now, of a person who showed themselves there after `since` (milliseconds).
 */
export async function identityBy(
  directory: Directory,
  given: { code: string; verifier: string; nonce: string; since: number },
): Promise<IdentityClaims> {
  const { keys, ...endpoints } = await knownOf(directory)
  const { issuer, clientId } = directory
  const payload = await verified(await tokenFor(directory, endpoints, given), keys, { issuer, audience: clientId })
  const read = identityClaims.safeParse(payload)
  if (!read.success) throw new Untrusted('claims')
  const claims = read.data
  if (claims.nonce !== given.nonce) throw new Untrusted('nonce')
  if (claims.azp !== undefined && claims.azp !== clientId) throw new Untrusted('azp')
  if ((claims.auth_time + CLOCK_SECONDS) * 1000 < given.since) throw new Untrusted('auth_time')
  return claims
}

const tokenAnswer = z.object({ id_token: z.string() })

async function tokenFor(
  { clientId, clientSecret, redirectUri }: Directory,
  { token, authentication }: Pick<Known, 'token' | 'authentication'>,
  { code, verifier }: { code: string; verifier: string },
): Promise<string> {
  const { body, headers } = await authorizationCodeRequest({
    ...{ code, codeVerifier: verifier, redirectURI: redirectUri, options: { clientId, clientSecret } },
    ...{ tokenEndpoint: token, authentication },
  })
  const answer = await reach(token, { method: 'POST', body, headers })
  if (answer.status >= 500) throw new DirectoryAway('token')
  const read = tokenAnswer.safeParse(answer.ok ? await answer.json().catch(() => null) : null)
  if (!read.success) throw new Untrusted('code')
  return read.data.id_token
}

async function verified(token: string, keys: JWTVerifyGetKey, expected: { issuer: string; audience: string }) {
  try {
    const { payload } = await jwtVerify(token, keys, {
      ...{ ...expected, algorithms: ALGORITHMS, requiredClaims: ['exp', 'iat', 'sub'] },
      ...{ currentDate: appNow(), clockTolerance: CLOCK_SECONDS },
    })
    return payload
  } catch (cause) {
    if (!isVerdict(cause)) throw new DirectoryAway('keys', { cause })
    throw new Untrusted(cause.code, { cause })
  }
}

/** A token that was looked at, and is not to be believed; anything else is that its keys could not be read. */
function isVerdict(cause: unknown): cause is errors.JOSEError {
  const isUnread = cause instanceof errors.JWKSTimeout || cause instanceof errors.JWKSInvalid
  return cause instanceof errors.JOSEError && !isUnread && cause.code !== 'ERR_JOSE_GENERIC'
}
