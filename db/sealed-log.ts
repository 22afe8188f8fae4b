/**
 * The Merkle tree of an entity's events (model.md §5). The sealer gives each event its place and its leaf below the oldest running
 * transaction: what may still be written cannot come before what was sealed.
 */
import { sql } from 'kysely'
import { GrowingTree, inclusionPath, leafOf, nodeOf, type Peak, splitOf } from '../verifier/merkle.ts'
import type { Trx } from './client.ts'
import { LINE_COLUMNS, type LineRow, lineOf } from './log-lines.ts'
import { decodeCursor, type Page, pageOf } from './pages.ts'

/** A subtree of 256 of the level below is kept as one row. */
const BITS = 8n

export interface LastSealed {
  n: string
  xid: string
  eventId: string
}

/**
 * Seals up to `limit` events more, in the order of their transactions. Answers how many, and how many the tree has now; null
 * where another sealer is at this entity.
 */
export async function sealEvents(
  trx: Trx,
  entityId: string,
  limit: number,
): Promise<{ sealed: number; size: bigint } | null> {
  const { rows: held } = await sql<{ held: boolean }>`
    select pg_try_advisory_xact_lock(hashtextextended(${entityId}, 7302)) as held`.execute(trx)
  if (!held[0]?.held) return null
  const last = await findLastSealed(trx, entityId)
  const size = last ? BigInt(last.n) + 1n : 0n
  const rows = await unsealed(trx, entityId, last, limit)
  if (rows.length === 0) return { sealed: 0, size }
  await sql`
    insert into log_leaf (entity_id, n, event_id, xid, leaf)
    select ${entityId}, ${size}::bigint + i - 1, id, xid::xid8, leaf
    from unnest(${rows.map(({ id }) => id)}::uuid[], ${rows.map(({ xid }) => xid)}::text[],
      ${rows.map((row) => leafOf(Buffer.from(lineOf(row))))}::bytea[]) with ordinality as t(id, xid, leaf, i)`.execute(
    trx,
  )
  const grown = size + BigInt(rows.length)
  await keepSubtrees(trx, entityId, size, grown)
  return { sealed: rows.length, size: grown }
}

/** Where the log of an entity ends now. */
export async function findLastSealed(trx: Trx, entityId: string): Promise<LastSealed | undefined> {
  const { rows } = await sql<LastSealed>`
    select n, xid::text as xid, event_id as "eventId" from log_leaf where entity_id = ${entityId}
    order by n desc limit 1`.execute(trx)
  return rows[0]
}

function afterLast(last: LastSealed | undefined) {
  return last ? sql`and (e.xid, e.id) > (${last.xid}::xid8, ${last.eventId}::uuid)` : sql``
}

async function unsealed(trx: Trx, entityId: string, last: LastSealed | undefined, limit: number): Promise<LineRow[]> {
  const { rows } = await sql<LineRow>`
    select ${LINE_COLUMNS} from event e
    where e.entity_id = ${entityId} ${afterLast(last)} and e.xid < pg_snapshot_xmin(pg_current_snapshot())
    order by e.xid, e.id limit ${limit}`.execute(trx)
  return rows
}

/** Keeps the root of every subtree that became complete between the two sizes. */
async function keepSubtrees(trx: Trx, entityId: string, before: bigint, after: bigint): Promise<void> {
  for (let level = 1n; ; level += 1n) {
    const [from, to] = [before >> (level * BITS), after >> (level * BITS)]
    if (from === to) return
    const below = await readHashes(trx, entityId, level - 1n, from << BITS, (to - from) << BITS)
    const hashes = Array.from({ length: Number(to - from) }, (_, i) =>
      rootOfComplete(below.slice(i << 8, (i + 1) << 8)),
    )
    await sql`
      insert into log_subtree (entity_id, level, n, hash)
      select ${entityId}, ${Number(level)}, ${from}::bigint + i - 1, hash
      from unnest(${hashes}::bytea[]) with ordinality as t(hash, i)`.execute(trx)
  }
}

/** `count` hashes of a level from the `from`-th on; level 0 are the leaves. Throws where one is missing. */
async function readHashes(trx: Trx, entityId: string, level: bigint, from: bigint, count: bigint): Promise<Buffer[]> {
  const range = sql`entity_id = ${entityId} and n >= ${from} and n < ${from + count}`
  const { rows } = await (level === 0n
    ? sql<{ hash: Buffer }>`select leaf as hash from log_leaf where ${range} order by n`
    : sql<{ hash: Buffer }>`select hash from log_subtree where ${range} and level = ${Number(level)} order by n`
  ).execute(trx)
  if (rows.length !== Number(count)) throw new Error(`the log lacks hashes of level ${level} from ${from} on`)
  return rows.map(({ hash }) => hash)
}

/** Hash of the leaves `from` to `to` (not included) of an entity, out of the subtrees that are kept. */
export function storedRange(trx: Trx, entityId: string) {
  return async function hashOf(from: bigint, to: bigint): Promise<Buffer> {
    const size = to - from
    if ((size & (size - 1n)) !== 0n) {
      const middle = from + splitOf(size)
      return nodeOf(await hashOf(from, middle), await hashOf(middle, to))
    }
    const level = BigInt(size.toString(2).length - 1) / BITS
    return rootOfComplete(await readHashes(trx, entityId, level, from >> (level * BITS), size >> (level * BITS)))
  }
}

/** The tree of the first `size` leaves as the kept subtrees say it, ready to grow. */
export async function storedTree(trx: Trx, entityId: string, size: number): Promise<GrowingTree> {
  const hashOf = storedRange(trx, entityId)
  const peaks: Peak[] = []
  for (let [from, height] = [0n, 52]; height >= 0; height--) {
    const width = 1n << BigInt(height)
    if ((BigInt(size) & width) === 0n) continue
    peaks.push({ height, hash: await hashOf(from, from + width) })
    from += width
  }
  return new GrowingTree(peaks)
}

/** Of a power of two of hashes. */
function rootOfComplete(hashes: Buffer[]): Buffer {
  let row = hashes
  while (row.length > 1) row = pairs(row).map(([left, right]) => nodeOf(left, right))
  const [root] = row
  if (!root) throw new RangeError('no hashes')
  return root
}

function pairs(row: Buffer[]): [Buffer, Buffer][] {
  return Array.from({ length: row.length / 2 }, (_, i) => [row[2 * i], row[2 * i + 1]] as [Buffer, Buffer])
}

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

/** How far the log of an entity is sealed, and what waits. */
export interface LogState {
  sealed: number
  waiting: number
  /** When the oldest that waits was recorded. */
  waitingSince: Date | null
  checkpoint: { size: number; signedAt: Date } | null
}

export async function findLogState(trx: Trx, entityId: string): Promise<LogState> {
  const last = await findLastSealed(trx, entityId)
  const checkpoint = await findCheckpoint(trx, entityId)
  const { rows } = await sql<{ waiting: number; waitingSince: Date | null }>`
    select count(*)::int as waiting, min(e.at) as "waitingSince" from event e
    where e.entity_id = ${entityId} ${afterLast(last)}`.execute(trx)
  return {
    sealed: last ? Number(last.n) + 1 : 0,
    ...(rows[0] ?? { waiting: 0, waitingSince: null }),
    checkpoint: checkpoint ? { size: Number(checkpoint.size), signedAt: checkpoint.signedAt } : null,
  }
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

export interface SealedEvent {
  n: bigint
  line: string
  leaf: Buffer
}

/** An event as it stands now, with the leaf it was sealed as; nothing while it waits for the sealer. */
export async function findSealedEvent(trx: Trx, entityId: string, eventId: string): Promise<SealedEvent | undefined> {
  const { rows } = await sql<LineRow & { n: string; leaf: Buffer }>`
    select l.n, l.leaf, ${LINE_COLUMNS} from log_leaf l join event e on e.id = l.event_id
    where l.entity_id = ${entityId} and l.event_id = ${eventId}`.execute(trx)
  const [row] = rows
  return row && { n: BigInt(row.n), leaf: row.leaf, line: lineOf(row) }
}

/** What leads from the leaf at `n` to the root of the tree of that size. */
export async function pathOf(trx: Trx, entityId: string, n: bigint, size: bigint): Promise<Buffer[]> {
  return await inclusionPath(n, size, storedRange(trx, entityId))
}
