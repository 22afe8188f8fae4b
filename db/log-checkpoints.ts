/** Checkpoints of a sealed log as they were signed, and the public keys that signed them. */
import type { Trx } from './client.ts'
import { decodeCursor, type Page, pageOf } from './pages.ts'

export interface KeptCheckpoint {
  size: bigint
  root: Buffer
  keyId: string
  note: string
  signedAt: Date
}

/** The newest checkpoint of an entity, or the first that holds the event at place `n`. */
export async function findCheckpoint(trx: Trx, entityId: string, n?: bigint): Promise<KeptCheckpoint | undefined> {
  const found = await trx
    .selectFrom('log_checkpoint')
    .select(['size', 'root', 'key_id', 'note', 'signed_at'])
    .where('entity_id', '=', entityId)
    .$if(n !== undefined, (query) => query.where('size', '>', String(n)))
    .orderBy('size', n === undefined ? 'desc' : 'asc')
    .limit(1)
    .executeTakeFirst()
  if (!found) return undefined
  const { size, root, key_id: keyId, note, signed_at: signedAt } = found
  return { size: BigInt(size), root, keyId, note, signedAt }
}

/** The checkpoints of an entity, newest first. */
export async function listCheckpoints(
  trx: Trx,
  entityId: string,
  { cursor, limit = 20 }: { cursor?: string | null; limit?: number },
): Promise<Page<{ size: number; root: string; keyId: string; signedAt: Date }>> {
  const after = decodeCursor(cursor, ['number'])
  const rows = await trx
    .selectFrom('log_checkpoint')
    .select(['size', 'root', 'key_id', 'signed_at'])
    .where('entity_id', '=', entityId)
    .$if(after !== null, (query) => query.where('size', '<', after?.[0] ?? ''))
    .orderBy('size', 'desc')
    .limit(limit + 1)
    .execute()
  const page = pageOf(rows, limit, ({ size }) => [String(size)])
  return {
    next: page.next,
    rows: page.rows.map(({ size, root, key_id: keyId, signed_at: signedAt }) => ({
      ...{ size: Number(size), root: root.toString('hex'), keyId, signedAt },
    })),
  }
}

export async function keepCheckpoint(
  trx: Trx,
  entityId: string,
  { size, root, keyId, note }: Omit<KeptCheckpoint, 'signedAt'>,
): Promise<void> {
  await trx
    .insertInto('log_checkpoint')
    .values({ entity_id: entityId, size: String(size), root, key_id: keyId, note })
    .execute()
}

/** Public keys of an entity's log, as `name+id+base64`, the newest first. */
export async function listLogKeys(trx: Trx, entityId: string): Promise<string[]> {
  const rows = await trx
    .selectFrom('log_key')
    .select('verifier_key')
    .where('entity_id', '=', entityId)
    .orderBy('since', 'desc')
    .execute()
  return rows.map(({ verifier_key }) => verifier_key)
}

/** Says which key signs from now on; one that is known stays as it is. */
export async function keepLogKey(trx: Trx, entityId: string, keyId: string, verifierKey: string): Promise<void> {
  await trx
    .insertInto('log_key')
    .values({ entity_id: entityId, key_id: keyId, verifier_key: verifierKey })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}
