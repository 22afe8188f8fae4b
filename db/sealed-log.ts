/**
 * The Merkle tree of an entity's events (model.md §5). The sealer gives each event its place and its leaf below the oldest running
 * transaction: what may still be written cannot come before what was sealed.
 */
import { sql } from 'kysely'
import type { EventType } from '../domain/events.ts'
import { Refused } from '../domain/refusals.ts'
import { growthPath, inclusionPath, leafOf, provesInclusion } from '../verifier/merkle.ts'
import { eventProofText } from '../verifier/proofs.ts'
import { KEPT, type Trx } from './client.ts'
import { waitsAfter } from './imported-log.ts'
import { findCheckpoint, listLogKeys } from './log-checkpoints.ts'
import { LINE_COLUMNS, type LineRow, lineOf } from './log-lines.ts'
import { keepSubtrees, storedRange } from './stored-tree.ts'

interface LastSealed {
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
  const { rows } = await sql<LastSealed>`${KEPT}
    select n, xid::text as xid, event_id as "eventId" from log_leaf where entity_id = ${entityId}
    order by n desc limit 1`.execute(trx)
  return rows[0]
}

/** Whether an event recorded before an instant has no place yet. */
export async function isWaiting(trx: Trx, entityId: string, before: string): Promise<boolean> {
  const after = await waitsAfter(trx, entityId, await findLastSealed(trx, entityId))
  const { rows } = await sql<{ waits: boolean }>`
    select exists (select from event e where e.entity_id = ${entityId} and e.at < ${before} ${after}) as waits`.execute(
    trx,
  )
  return rows[0]?.waits ?? false
}

async function unsealed(trx: Trx, entityId: string, last: LastSealed | undefined, limit: number): Promise<LineRow[]> {
  const { rows } = await sql<LineRow>`
    select ${LINE_COLUMNS} from event e
    where e.entity_id = ${entityId} ${await waitsAfter(trx, entityId, last)} and e.xid < pg_snapshot_xmin(pg_current_snapshot())
    order by e.xid, e.id limit ${limit}`.execute(trx)
  return rows
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
  const { rows } = await sql<{ waiting: number; waitingSince: Date | null }>`${KEPT}
    select count(*)::int as waiting, min(e.at) as "waitingSince" from event e
    where e.entity_id = ${entityId} ${await waitsAfter(trx, entityId, last)}`.execute(trx)
  return {
    sealed: last ? Number(last.n) + 1 : 0,
    ...(rows[0] ?? { waiting: 0, waitingSince: null }),
    checkpoint: checkpoint ? { size: Number(checkpoint.size), signedAt: checkpoint.signedAt } : null,
  }
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

/** What a request recorded, once it has its place in the log. */
export async function findSealedAs(
  trx: Trx,
  entityId: string,
  { type, objectId, requestId }: { type: EventType; objectId: string; requestId: string },
): Promise<{ id: string; n: bigint } | undefined> {
  const { rows } = await sql<{ id: string; n: string }>`
    select e.id, l.n from event e join log_leaf l on l.entity_id = e.entity_id and l.event_id = e.id
    where e.entity_id = ${entityId} and e.object_id = ${objectId} and e.request_id = ${requestId} and e.type = ${type}`.execute(
    trx,
  )
  const [row] = rows
  return row && { id: row.id, n: BigInt(row.n) }
}

/** Whether an event of these types was sealed at place `from` or later. */
export async function hasSealed(
  trx: Trx,
  entityId: string,
  { types, from }: { types: readonly EventType[]; from: bigint },
): Promise<boolean> {
  const { rows } = await sql<{ has: boolean }>`
    select exists (select from log_leaf l join event e on e.id = l.event_id
      where l.entity_id = ${entityId} and l.n >= ${from} and e.type = any(${[...types]})) as has`.execute(trx)
  return rows[0]?.has ?? false
}

/** The proof of one event as its file, and its place. Throws `Refused` at what no checkpoint holds yet, and at what no longer is what was sealed. */
export async function provenEvent(
  trx: Trx,
  entityId: string,
  eventId: string,
): Promise<{ place: bigint; text: string }> {
  const event = await findSealedEvent(trx, entityId, eventId)
  const checkpoint = event && (await findCheckpoint(trx, entityId, event.n))
  if (!event || !checkpoint) throw new Refused('not_sealed_yet')
  const { size, root, note } = checkpoint
  const { n: place, line } = event
  const path = await pathOf(trx, entityId, place, size)
  if (!provesInclusion({ place, size, leaf: leafOf(Buffer.from(line)), root }, path)) throw new Refused('seal_broken')
  const keys = await listLogKeys(trx, entityId)
  return { place, text: eventProofText({ line, place, path, note, keys }) }
}

/** What leads from the leaf at `n` to the root of the tree of that size. */
export async function pathOf(trx: Trx, entityId: string, n: bigint, size: bigint): Promise<Buffer[]> {
  return await inclusionPath(n, size, storedRange(trx, entityId))
}

/** What leads from the root of an earlier checkpoint to that of a later. */
export async function growthOf(trx: Trx, entityId: string, earlier: bigint, later: bigint): Promise<Buffer[]> {
  return await growthPath(earlier, later, storedRange(trx, entityId))
}
