/** What pages show of ended cycles, of disposals and of what they took away (features I4). */
import { sql } from 'kysely'
import type { ContentKind, DisposalStatus, DisposalVerdict } from '../domain/disposal.ts'
import { Refused } from '../domain/refusals.ts'
import type { Trx } from './client.ts'
import { takesContent } from './gone-content.ts'
import { decodeCursor, type Page, pageOf } from './pages.ts'

export interface EndedCycle {
  id: string
  name: string
  trd: string
  endedAt: Date
  /** The last disposal of it that was not returned or withdrawn. */
  disposal: { id: string; code: string; status: DisposalStatus } | null
}

/** Cycles that were closed or cancelled, the last first. */
export async function listEndedCycles(
  trx: Trx,
  entityId: string,
  { cursor, limit = 20 }: { cursor: string | null; limit?: number },
): Promise<Page<EndedCycle>> {
  const after = decodeCursor(cursor, ['instant', 'id'])
  const { rows } = await sql<EndedCycle & { key: string }>`
    select c.id, c.name, c.trd, c.closed_at as "endedAt", c.closed_at::text as key,
      case when d.id is not null then jsonb_build_object('id', d.id, 'code', d.code, 'status', d.status) end as disposal
    from cycle c left join disposal d on d.cycle_id = c.id and d.status in ('proposed', 'approved', 'running', 'done')
    where c.entity_id = ${entityId} and c.status in ('closed', 'cancelled') and c.closed_at is not null
      ${after ? sql`and (c.closed_at, c.id) < (${after[0]}::timestamptz, ${after[1]}::uuid)` : sql``}
    order by c.closed_at desc, c.id desc limit ${limit + 1}`.execute(trx)
  const page = pageOf(rows, limit, ({ key, id }) => [key, id])
  return { ...page, rows: page.rows.map(({ key: _, ...row }) => row) }
}

export interface DisposalLine {
  id: string
  code: string
  status: DisposalStatus
  cycleName: string
  minutesNumber: string
  minutesDate: string
  proposedAt: Date
}

/** Disposals, the last proposed first. */
export async function listDisposals(
  trx: Trx,
  entityId: string,
  { cursor, limit = 20 }: { cursor: string | null; limit?: number },
): Promise<Page<DisposalLine>> {
  const after = decodeCursor(cursor, ['instant', 'id'])
  const { rows } = await sql<DisposalLine & { key: string }>`
    select d.id, d.code, d.status, c.name as "cycleName", d.minutes_number as "minutesNumber",
      d.minutes_date::text as "minutesDate", d.proposed_at as "proposedAt", d.proposed_at::text as key
    from disposal d join cycle c on c.id = d.cycle_id
    where d.entity_id = ${entityId} ${after ? sql`and (d.proposed_at, d.id) < (${after[0]}::timestamptz, ${after[1]}::uuid)` : sql``}
    order by d.proposed_at desc, d.id desc limit ${limit + 1}`.execute(trx)
  const page = pageOf(rows, limit, ({ key, id }) => [key, id])
  return { ...page, rows: page.rows.map(({ key: _, ...row }) => row) }
}

/** Disposals that wait for whoever may approve them, the oldest first; what a person proposed is not theirs to decide. */
export async function listDisposalsToDecide(
  trx: Trx,
  entityId: string,
  { hands, limit }: { hands: readonly string[]; limit: number },
): Promise<Pick<DisposalLine, 'id' | 'code' | 'cycleName' | 'proposedAt'>[]> {
  return await trx
    .selectFrom('disposal as d')
    .innerJoin('cycle as c', 'c.id', 'd.cycle_id')
    .select(['d.id', 'd.code', 'c.name as cycleName', 'd.proposed_at as proposedAt'])
    .where('d.entity_id', '=', entityId)
    .where('d.status', '=', 'proposed')
    .where(sql<boolean>`not d.hands && ${hands}::uuid[]`)
    .orderBy('d.proposed_at')
    .limit(limit)
    .execute()
}

export interface DisposalPage extends DisposalLine {
  cycleId: string
  contentHash: string
  /** As it is called, or as the list outside the database says where the copy does not know it. */
  series: string
  keptUntil: string
  /** Null where a restored copy does not know whoever proposed it. */
  proposer: string | null
  beginsAt: Date | null
  endedAt: Date | null
  items: number
  bytes: number
  removed: number
  /** Where it was done again in a restored copy: what the list outside the database tells of who decided it. */
  redone: Redone | null
}

export interface Redone {
  at: string
  position: string | null
  approvedAt: string
  receiptCode: string
  signedItems: number
}

/** One disposal; undefined when not visible. */
export async function findDisposalPage(trx: Trx, id: string): Promise<DisposalPage | undefined> {
  const { rows } = await sql<DisposalPage>`
    select d.id, d.code, d.status, d.cycle_id as "cycleId", c.name as "cycleName", d.minutes_number as "minutesNumber",
      d.minutes_date::text as "minutesDate", d.proposed_at as "proposedAt", d.content_hash as "contentHash",
      coalesce(r.code || ' ' || r.name, g.series) as series, d.kept_until::text as "keptUntil", p.name as proposer,
      d.begins_at as "beginsAt", d.ended_at as "endedAt", i.items, i.bytes,
      (select count(*)::int from disposal_tombstone t where t.disposal_id = d.id) as removed,
      case when g.disposal_id is not null then jsonb_build_object('at', g.redone_at, 'position', g.position_name,
        'approvedAt', g.approved_at, 'receiptCode', g.receipt_code, 'signedItems', g.signed_items) end as redone
    from disposal d join cycle c on c.id = d.cycle_id left join retention_rule r on r.id = d.rule_id
      left join disposal_redone g on g.disposal_id = d.id
      left join position p on p.id = coalesce(d.proposed_position, g.proposed_position)
      cross join lateral (select count(*)::int as items, coalesce(sum(bytes), 0)::float8 as bytes from disposal_item
        where disposal_id = d.id) i
    where d.id = ${id}`.execute(trx)
  return rows[0]
}

export interface ItemLine {
  n: number
  kind: ContentKind
  place: string
  sha256: string
  bytes: number
  /** Before it is carried out as the inventory says, afterwards as it was. */
  isFileKept: boolean
  removedAt: Date | null
}

/** The inventory with what became of each content. */
export async function listDisposalItems(
  trx: Trx,
  disposalId: string,
  { cursor, limit = 50 }: { cursor: string | null; limit?: number },
): Promise<Page<ItemLine>> {
  const after = decodeCursor(cursor, ['number'])
  const { rows } = await sql<ItemLine>`
    select i.n, i.kind, i.place, i.sha256, i.bytes::float8 as bytes, coalesce(t.is_file_kept, i.is_shared) as "isFileKept",
      t.removed_at as "removedAt"
    from disposal_item i left join disposal_tombstone t on t.disposal_id = i.disposal_id and t.n = i.n
    where i.disposal_id = ${disposalId} and i.n > ${Number(after?.[0] ?? 0)}
    order by i.n limit ${limit + 1}`.execute(trx)
  return pageOf(rows, limit, ({ n }) => [String(n)])
}

/** What each person decided about it, as they were then. */
export async function listDisposalSignatures(trx: Trx, disposalId: string) {
  return await trx
    .selectFrom('disposal_signature')
    .select(['id', 'person_name as personName', 'position_name as positionName', 'statement', 'observation', 'method'])
    .select(['receipt_code as receiptCode', 'signed_at as signedAt'])
    .select(({ ref }) => ref('kind').$castTo<DisposalVerdict>().as('kind'))
    .where('disposal_id', '=', disposalId)
    .orderBy('signed_at')
    .limit(50)
    .execute()
}

/** Whether a verdict on it is stored and not recorded yet. */
export async function isDisposalUnderway(trx: Trx, disposalId: string): Promise<boolean> {
  const open = trx.selectFrom('act').select('id').where('disposal_id', '=', disposalId).where('status', '=', 'stored')
  return (await open.executeTakeFirst()) !== undefined
}

export interface Eliminated {
  disposalId: string
  minutes: string
  /** Civil date of the minutes. */
  on: string
}

/** By which disposal the content of a cycle went or is going; undefined while it is all there. */
export async function findEliminated(trx: Trx, cycleId: string): Promise<Eliminated | undefined> {
  return await trx
    .selectFrom('disposal')
    .select(['id as disposalId', 'minutes_number as minutes', 'minutes_date as on'])
    .where('cycle_id', '=', cycleId)
    .where(takesContent('disposal'))
    .executeTakeFirst()
}

/** The same of one content, with the hash of what was there. */
export async function findTombstone(
  trx: Trx,
  objectId: string,
  kinds: readonly ContentKind[],
): Promise<(Eliminated & { sha256: string }) | undefined> {
  return await trx
    .selectFrom('disposal_tombstone as t')
    .innerJoin('disposal as d', 'd.id', 't.disposal_id')
    .select(['d.id as disposalId', 'd.minutes_number as minutes', 'd.minutes_date as on', 't.sha256'])
    .where('t.object_id', '=', objectId)
    .where('t.kind', 'in', kinds)
    .executeTakeFirst()
}

/** By which act a snapshot went, whatever exercise of the entity it was of; the first one where there were several. */
export async function findSnapshotTombstone(trx: Trx, entityId: string, sha256: string): Promise<Eliminated | null> {
  const row = await trx
    .selectFrom('disposal_tombstone as t')
    .innerJoin('disposal as d', 'd.id', 't.disposal_id')
    .select(['d.id as disposalId', 'd.minutes_number as minutes', 'd.minutes_date as on'])
    .where('t.kind', '=', 'snapshot')
    .where('t.sha256', '=', sha256)
    .where('t.entity_id', '=', entityId)
    .orderBy('t.removed_at')
    .limit(1)
    .executeTakeFirst()
  return row ?? null
}

/** Throws where the content of a cycle went or is going: what would be read of it is not there. */
export async function requireContent(trx: Trx, cycleId: string): Promise<void> {
  const gone = await findEliminated(trx, cycleId)
  if (gone) throw new Refused('content_disposed', { minutes: gone.minutes, on: gone.on })
}

/** The same of one content, which says its hash. */
export async function requireKept(trx: Trx, objectId: string, kinds: readonly ContentKind[]): Promise<void> {
  const gone = await findTombstone(trx, objectId, kinds)
  if (gone) throw new Refused('content_disposed', { minutes: gone.minutes, on: gone.on, hash: gone.sha256 })
}
