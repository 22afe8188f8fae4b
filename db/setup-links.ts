import { createHash, randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import type { Trx } from './client.ts'
import { idOf } from './ids.ts'

/** The entity a link will make: known beforehand, because the installing transaction runs in that entity's scope. */
export function entityIdOf(token: string): string {
  return idOf('entity', hashOf(token))
}

/**
 * A new one-time link while the installation has no entity, else null; earlier links stop working. Only the hash is
 * stored. Runs as the owner, over all entities.
 */
export async function renewSetupLink(trx: Trx): Promise<string | null> {
  await sql`lock table setup_link in exclusive mode`.execute(trx)
  if (await trx.selectFrom('entity').select('id').limit(1).executeTakeFirst()) return null
  await trx.updateTable('setup_link').set({ used_at: sql<Date>`app_now()` }).where('used_at', 'is', null).execute()
  const token = randomBytes(32).toString('base64url')
  await trx
    .insertInto('setup_link')
    .values({ token_hash: hashOf(token) })
    .execute()
  return token
}

/** Whether the link still opens: made here, and not used yet. */
export async function isSetupLinkOpen(trx: Trx, token: string): Promise<boolean> {
  const link = await trx
    .selectFrom('setup_link')
    .select('token_hash')
    .where('token_hash', '=', hashOf(token))
    .where('used_at', 'is', null)
    .executeTakeFirst()
  return link !== undefined
}

/** Uses the link up; false when it was never made or somebody used it first. */
export async function spendSetupLink(trx: Trx, token: string): Promise<boolean> {
  const used = await trx
    .updateTable('setup_link')
    .set({ used_at: sql<Date>`app_now()` })
    .where('token_hash', '=', hashOf(token))
    .where('used_at', 'is', null)
    .executeTakeFirst()
  return used.numUpdatedRows === 1n
}

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}
