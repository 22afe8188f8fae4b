/** The hashes of a sealed log: its leaves, and the roots of complete subtrees of 256 that are kept so that a proof reads little. */
import { sql } from 'kysely'
import { GrowingTree, nodeOf, type Peak, splitOf } from '../verifier/merkle.ts'
import type { Trx } from './client.ts'

/** A subtree of 256 of the level below is kept as one row. */
const BITS = 8n

/** Keeps the root of every subtree that became complete between the two sizes. */
export async function keepSubtrees(trx: Trx, entityId: string, before: bigint, after: bigint): Promise<void> {
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

/** Blocks of 256 kept while paths are made in the order of their places: one for each level, and those of the right edge. */
const MOST_BLOCKS = 32

/** The same for many ranges, one after the other near each other: each block of 256 is read once, and worked out once. */
export function storedRanges(trx: Trx, entityId: string, size: bigint) {
  const blocks = new Map<string, Buffer[][]>()
  async function block(level: bigint, n: bigint): Promise<Buffer[][]> {
    const name = `${level}:${n}`
    const kept = blocks.get(name)
    blocks.delete(name)
    const rows = kept ?? (await readBlock(level, n))
    blocks.set(name, rows)
    const [oldest] = blocks.keys()
    if (blocks.size > MOST_BLOCKS && oldest !== undefined) blocks.delete(oldest)
    return rows
  }
  /** Hashes of a block, of their pairs, of the pairs of those, up to its root where it is complete. */
  async function readBlock(level: bigint, n: bigint): Promise<Buffer[][]> {
    const from = n * 256n
    const whole = size >> (level * BITS)
    const count = whole - from < 256n ? whole - from : 256n
    const rows = [await readHashes(trx, entityId, level, from, count)]
    for (let row = rows[0] ?? []; row.length > 1; rows.push(row))
      row = pairs(row).map(([left, right]) => nodeOf(left, right))
    return rows
  }
  return async function hashOf(from: bigint, to: bigint): Promise<Buffer> {
    const width = to - from
    if ((width & (width - 1n)) !== 0n) {
      const middle = from + splitOf(width)
      return nodeOf(await hashOf(from, middle), await hashOf(middle, to))
    }
    const height = BigInt(width.toString(2).length - 1)
    const level = height / BITS
    const first = from >> (level * BITS)
    const rows = await block(level, first >> BITS)
    const hash = rows[Number(height - level * BITS)]?.[Number((first & 255n) >> (height - level * BITS))]
    if (!hash) throw new Error(`the log lacks a subtree of ${width} leaves from ${from} on`)
    return hash
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
  return Array.from({ length: Math.floor(row.length / 2) }, (_, i) => [row[2 * i], row[2 * i + 1]] as [Buffer, Buffer])
}
