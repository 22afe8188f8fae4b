import { betterAuth } from 'better-auth/minimal'
import type { Kysely } from 'kysely'
import { hashPassword, verifyPassword } from '../db/accounts.ts'
import { appNow } from '../db/clock.ts'
import type { DB } from '../db/schema.ts'
import type { Config } from '../domain/config.ts'
import { sessionCookie } from '../domain/probes.ts'
import { hashedTokenStore } from './session-store.server.ts'

/** Seconds a session lasts. */
export const TEN_HOURS = 10 * 3600

/**
 * better-auth with database sessions and e-mail + password only. Risky parts stay off: cookie cache, API keys, magic
 * links, self sign-up. It has no address of its own: entering goes through /ingresar, attempts are counted there
 * (`session.server.ts`), and no script may read a session's token.
 */
export function createAuth(config: Config, db: Kysely<DB>) {
  const secure = config.PUBLIC_URL.startsWith('https://')
  const instants = { createdAt: 'created_at', updatedAt: 'updated_at' }
  return betterAuth({
    appName: 'Caracteriza',
    baseURL: config.PUBLIC_URL,
    secret: config.APP_SECRET,
    telemetry: { enabled: false },
    logger: { level: 'error' },
    database: hashedTokenStore(db),
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: 12,
      password: { hash: hashPassword, verify: ({ hash, password }) => verifyPassword(hash, password) },
    },
    user: {
      modelName: 'account',
      fields: { emailVerified: 'email_verified', ...instants },
      additionalFields: {
        entityId: { type: 'string', required: false, input: false, fieldName: 'entity_id' },
        personId: { type: 'string', required: false, input: false, fieldName: 'person_id' },
        disabledAt: { type: 'date', required: false, input: false, fieldName: 'disabled_at' },
      },
    },
    session: {
      modelName: 'session',
      fields: {
        userId: 'account_id',
        expiresAt: 'expires_at',
        ipAddress: 'ip_address',
        userAgent: 'user_agent',
        ...instants,
      },
      // The absolute end; the idle limit is ours (seen_at), so nothing here is ever prolonged.
      expiresIn: TEN_HOURS,
      disableSessionRefresh: true,
      cookieCache: { enabled: false },
      additionalFields: {
        proof: { type: 'string', required: false, input: false, defaultValue: 'password' },
        directoryAt: { type: 'date', required: false, input: false, fieldName: 'directory_at' },
        kind: { type: 'string', required: false, input: false, defaultValue: 'person' },
        positionId: { type: 'string', required: false, input: false, fieldName: 'position_id' },
        substitutionId: { type: 'string', required: false, input: false, fieldName: 'substitution_id' },
        provedAt: { type: 'date', required: true, input: false, fieldName: 'proved_at', defaultValue: appNow },
        seenAt: { type: 'date', required: true, input: false, fieldName: 'seen_at', defaultValue: appNow },
      },
    },
    account: {
      modelName: 'account_credential',
      fields: {
        userId: 'account_id',
        accountId: 'provider_account_id',
        providerId: 'provider_id',
        accessToken: 'access_token',
        refreshToken: 'refresh_token',
        idToken: 'id_token',
        accessTokenExpiresAt: 'access_token_expires_at',
        refreshTokenExpiresAt: 'refresh_token_expires_at',
        ...instants,
      },
    },
    verification: { modelName: 'auth_verification', fields: { expiresAt: 'expires_at', ...instants } },
    advanced: {
      database: { generateId: 'uuid' },
      ipAddress: { ipAddressHeaders: ['x-client-address'] },
      useSecureCookies: false,
      cookies: {
        session_token: {
          name: sessionCookie(config.PUBLIC_URL),
          attributes: { httpOnly: true, sameSite: 'lax', path: '/', secure },
        },
      },
    },
  })
}

export type Auth = ReturnType<typeof createAuth>
