/** The second factor of an account and its recovery codes: begun, confirmed by its first code, used, taken away. */
import { createHmac, randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { base32, isTimeCode, normalizedCode, RECOVERY_CODES } from '../domain/second-factor.ts'
import type { Trx } from './client.ts'
import { appNow } from './clock.ts'
import { newKey, openSealedKey, sealKey, stepOf } from './totp.ts'

/** Whose factor; `secret` is that of the installation. */
export interface FactorOf {
  entityId: string
  accountId: string
  secret: string
}

export interface Factor {
  isConfirmed: boolean
  key: Buffer
  recoveryLeft: number
}

/** Undefined where the account has none, begun or confirmed. */
export async function findFactor(
  trx: Trx,
  { accountId, secret }: Omit<FactorOf, 'entityId'>,
): Promise<Factor | undefined> {
  const row = await trx
    .selectFrom('account_factor as f')
    .select(['f.sealed', 'f.confirmed_at'])
    .select(sql<string>`(select count(*) from account_recovery_code r where r.account_id = f.account_id)`.as('left'))
    .where('f.account_id', '=', accountId)
    .executeTakeFirst()
  if (!row) return undefined
  const key = openSealedKey(secret, accountId, row.sealed)
  return { isConfirmed: row.confirmed_at !== null, key, recoveryLeft: Number(row.left) }
}

export async function isFactorAsked(trx: Trx, accountId: string): Promise<boolean> {
  const row = await trx
    .selectFrom('account_factor')
    .select('account_id')
    .where('account_id', '=', accountId)
    .where('confirmed_at', 'is not', null)
    .executeTakeFirst()
  return row !== undefined
}

/** A new key for whoever has none confirmed; it asks for nothing until its first code confirms it. */
export async function beginFactor(trx: Trx, { entityId, accountId, secret }: FactorOf): Promise<boolean> {
  const sealed = sealKey(secret, accountId, newKey())
  const begun = await trx
    .insertInto('account_factor')
    .values({ account_id: accountId, entity_id: entityId, sealed })
    .onConflict((oc) =>
      oc
        .column('account_id')
        .doUpdateSet({ sealed, last_step: null, added_at: sql`app_now()` })
        .where('account_factor.confirmed_at', 'is', null),
    )
    .executeTakeFirst()
  return begun.numInsertedOrUpdatedRows === 1n
}

/** Takes a code of time once: a code that was used, or one before it, is good for nothing any more (ASVS 6.5.1). */
async function spendStep(trx: Trx, accountId: string, step: number): Promise<boolean> {
  const spent = await trx
    .updateTable('account_factor')
    .set({ last_step: String(step) })
    .where('account_id', '=', accountId)
    .where((eb) => eb.or([eb('last_step', 'is', null), eb('last_step', '<', String(step))]))
    .executeTakeFirst()
  return spent.numUpdatedRows === 1n
}

/** Confirms a begun factor by its first code and answers its recovery codes, shown this once; null where the code is wrong. */
export async function confirmFactor(trx: Trx, of: FactorOf, typed: string): Promise<string[] | null> {
  const factor = await findFactor(trx, of)
  if (!factor || factor.isConfirmed) return null
  const step = stepOf(factor.key, normalizedCode(typed), appNow())
  if (step === null || !(await spendStep(trx, of.accountId, step))) return null
  await trx
    .updateTable('account_factor')
    .set({ confirmed_at: sql<Date>`app_now()` })
    .where('account_id', '=', of.accountId)
    .execute()
  return await renewRecoveryCodes(trx, of)
}

/** New recovery codes; those before them end. Only their hashes are kept. */
export async function renewRecoveryCodes(trx: Trx, { entityId, accountId, secret }: FactorOf): Promise<string[]> {
  const codes = Array.from({ length: RECOVERY_CODES }, () => base32(randomBytes(10)).toLowerCase())
  await trx.deleteFrom('account_recovery_code').where('account_id', '=', accountId).execute()
  await trx
    .insertInto('account_recovery_code')
    .values(codes.map((code) => ({ account_id: accountId, entity_id: entityId, code_hash: hashOf(secret, code) })))
    .execute()
  return codes
}

const hashOf = (secret: string, code: string) =>
  createHmac('sha256', secret).update(`caracteriza:recovery:${code}`).digest('hex')

/** What a typed code is good for; each is good once. */
export async function spendCode(trx: Trx, of: FactorOf, typed: string): Promise<'time' | 'recovery' | null> {
  const code = normalizedCode(typed)
  const factor = await findFactor(trx, of)
  if (!factor?.isConfirmed) return null
  if (isTimeCode(code)) {
    const step = stepOf(factor.key, code, appNow())
    return step !== null && (await spendStep(trx, of.accountId, step)) ? 'time' : null
  }
  const spent = await trx
    .deleteFrom('account_recovery_code')
    .where('account_id', '=', of.accountId)
    .where('code_hash', '=', hashOf(of.secret, code))
    .executeTakeFirst()
  return spent.numDeletedRows === 1n ? 'recovery' : null
}

/** Takes the factor and its recovery codes away; false where there was none. */
export async function dropFactor(trx: Trx, accountId: string): Promise<boolean> {
  const dropped = await trx.deleteFrom('account_factor').where('account_id', '=', accountId).executeTakeFirst()
  return dropped.numDeletedRows === 1n
}
