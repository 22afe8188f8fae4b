/** Disposals as their workflow and every judgement read and write them (domain/disposal.ts; features I4). */
import { sql } from 'kysely'
import {
  type DisposalState,
  type DisposalStatus,
  HOURS_TO_WITHDRAW,
  type InventoryItem,
  type ProposalInput,
} from '../domain/disposal.ts'
import { Refused, refuseIf } from '../domain/refusals.ts'
import { keptUntil, objectionsToElimination, seriesOf } from '../domain/retention.ts'
import { type ActingPerson, eventBy } from './administration.ts'
import { type EventRecord, recordEvent } from './audit.ts'
import type { Trx } from './client.ts'
import { appToday } from './clock.ts'
import { inventoryHash, listInventory } from './disposal-inventory.ts'
import { type RuleInForce, rulesInForce } from './retention.ts'

export interface LoadedDisposal {
  state: DisposalState
  entityId: string
  code: string
  cycleId: string
  minutesNumber: string
  /** Civil date. */
  minutesDate: string
}

/** The disposal, held until the transaction ends where `lock` says so; undefined where there is none. */
export async function findDisposal(
  trx: Trx,
  id: string,
  { lock = false }: { lock?: boolean } = {},
): Promise<LoadedDisposal | undefined> {
  const query = trx.selectFrom('disposal').selectAll().where('id', '=', id)
  const row = await (lock ? query.forUpdate() : query).executeTakeFirst()
  return (
    row && {
      state: {
        ...{ id: row.id, status: row.status as DisposalStatus, contentHash: row.content_hash, hands: row.hands },
        beginsAt: row.begins_at?.toISOString() ?? null,
      },
      ...{ entityId: row.entity_id, code: row.code, cycleId: row.cycle_id },
      ...{ minutesNumber: row.minutes_number, minutesDate: row.minutes_date },
    }
  )
}

/** The disposal, held. */
export async function holdDisposal(trx: Trx, id: string): Promise<LoadedDisposal> {
  const disposal = await findDisposal(trx, id, { lock: true })
  if (!disposal) throw new Error(`disposal ${id} has no row`)
  return disposal
}

export interface Disposable {
  rule: RuleInForce
  keptUntil: string
  items: InventoryItem[]
  contentHash: string
}

/** A cycle whose content may go today, and what goes. Throws `Refused` with the first reason why not; `ownId`: a disposal that may be under way. */
export async function requireDisposable(
  trx: Trx,
  { entityId, cycleId, ownId = null }: { entityId: string; cycleId: string; ownId?: string | null },
): Promise<Disposable> {
  const cycle = await trx
    .selectFrom('cycle')
    .select(['trd', 'closed_at'])
    .where('id', '=', cycleId)
    .where('entity_id', '=', entityId)
    .executeTakeFirst()
  if (!cycle) throw new Refused('not_visible')
  const rule = seriesOf(cycle.trd, await rulesInForce(trx, entityId, appToday()))
  const other = await findStandingDisposal(trx, cycleId)
  const judged = { endedAt: cycle.closed_at, rule, isUnderDisposal: other !== undefined && other.id !== ownId }
  refuseIf(objectionsToElimination(judged, appToday())[0])
  if (!rule || !cycle.closed_at) throw new Error('no elimination without a series and an end')
  const items = await listInventory(trx, entityId, cycleId)
  if (items.length === 0) throw new Refused('nothing_to_dispose')
  if (await isBeingPublished(trx, cycleId)) throw new Refused('publication_open')
  const until = keptUntil(cycle.closed_at, rule)
  return {
    rule,
    keptUntil: until,
    items,
    contentHash: inventoryHash({ cycleId, ruleId: rule.id, keptUntil: until, items }),
  }
}

/** What is to be published rests on content that would go. */
async function isBeingPublished(trx: Trx, cycleId: string): Promise<boolean> {
  const { rows } =
    await sql`select from correction where cycle_id = ${cycleId} and status in ('preparing', 'submitted', 'approved')
    union all select from release where cycle_id = ${cycleId} and status = 'scheduled' limit 1`.execute(trx)
  return rows.length > 0
}

/** The disposal of a cycle that waits, goes on or was carried out. */
export async function findStandingDisposal(trx: Trx, cycleId: string): Promise<{ id: string } | undefined> {
  return await trx
    .selectFrom('disposal')
    .select('id')
    .where('cycle_id', '=', cycleId)
    .where('status', 'in', ['proposed', 'approved', 'running', 'done'])
    .executeTakeFirst()
}

/**
 * Proposes to take the content of a cycle away, exactly as the page showed it; the same form again is the same proposal. Its workflow is
 * told by the courier.
 */
export async function proposeDisposal(
  trx: Trx,
  actor: ActingPerson & { positionId: string; actingFor: string | null },
  { formKey: id, cycleId, minutesNumber, minutesDate, contentHash }: ProposalInput,
): Promise<string> {
  const { entityId, personId, positionId, actingFor } = actor
  await sql`select pg_advisory_xact_lock(hashtextextended(${entityId}, 77))`.execute(trx)
  const known = await findDisposal(trx, id)
  if (known) {
    if (known.cycleId !== cycleId || known.minutesNumber !== minutesNumber || known.state.contentHash !== contentHash)
      throw new Refused('body_differs')
    return id
  }
  const found = await requireDisposable(trx, { entityId, cycleId })
  if (found.contentHash !== contentHash) throw new Refused('inventory_changed')
  const year = Number(appToday().slice(0, 4))
  const n = (await lastNumber(trx, entityId, year)) + 1
  const code = disposalCode(year, n)
  await trx
    .insertInto('disposal')
    .values({
      ...{ id, entity_id: entityId, year, n, code, cycle_id: cycleId, rule_id: found.rule.id },
      ...{ minutes_number: minutesNumber, minutes_date: minutesDate, kept_until: found.keptUntil },
      ...{ content_hash: contentHash, proposed_by: personId, proposed_position: positionId },
      hands: actingFor === null ? [personId] : [personId, actingFor],
    })
    .execute()
  await insertItems(trx, { entityId, disposalId: id }, found.items)
  await recordEvent(trx, {
    ...{ ...eventBy(actor), type: 'disposal.proposed', objectId: id, cycleId, contentHash },
    changes: [
      { field: 'disposal', before: null, after: code },
      { field: 'minutes', before: null, after: minutesNumber },
      { field: 'items', before: null, after: found.items.length },
    ],
  })
  return id
}

export const disposalCode = (year: number, n: number): string => `ED-${year}-${String(n).padStart(3, '0')}`

const AT_ONCE = 500

/** Adds contents to the inventory of a disposal after the `before` that stand there. */
export async function insertItems(
  trx: Trx,
  { entityId, disposalId }: { entityId: string; disposalId: string },
  items: readonly InventoryItem[],
  before = 0,
): Promise<void> {
  const rows = items.map(({ kind, objectId, place, sha256, bytes, isShared }, i) => ({
    ...{ disposal_id: disposalId, n: before + i + 1, entity_id: entityId, kind, object_id: objectId, place, sha256 },
    ...{ bytes: String(bytes), is_shared: isShared },
  }))
  for (let i = 0; i < rows.length; i += AT_ONCE)
    await trx
      .insertInto('disposal_item')
      .values(rows.slice(i, i + AT_ONCE))
      .execute()
}

/** The last number of the year; 0 where there is none. */
export async function lastNumber(trx: Trx, entityId: string, year: number): Promise<number> {
  const row = await trx
    .selectFrom('disposal')
    .select(({ fn }) => fn.max('n').as('n'))
    .where('entity_id', '=', entityId)
    .where('year', '=', year)
    .executeTakeFirst()
  return row?.n ?? 0
}

/** Moves a disposal on. An approval begins after a time in which it can be withdrawn; what is over ends. */
export async function moveDisposal(
  trx: Trx,
  { state }: Pick<LoadedDisposal, 'state'>,
  { status, at }: { status: DisposalStatus; at: Date },
): Promise<void> {
  const moved = await trx
    .updateTable('disposal')
    .set({
      status,
      ...(status === 'approved' && { begins_at: new Date(at.getTime() + HOURS_TO_WITHDRAW * 3_600_000) }),
      ...(status === 'running' && { begun_at: at }),
      ...(['done', 'returned', 'withdrawn'].includes(status) && { ended_at: at }),
    })
    .where('id', '=', state.id)
    .where('status', '=', state.status)
    .executeTakeFirst()
  if (moved.numUpdatedRows !== 1n) throw new Error(`disposal ${state.id} is no longer ${state.status}`)
}

/** The part of an event that every one of a disposal shares. */
export function disposalEvent(
  { state, entityId, code, cycleId, minutesNumber }: LoadedDisposal,
  type: EventRecord['type'],
): EventRecord {
  return {
    ...{ entityId, type, objectId: state.id, contentHash: state.contentHash, cycleId, origin: 'system' },
    workflowId: `disposal:${state.id}`,
    changes: [
      { field: 'disposal', before: null, after: code },
      { field: 'minutes', before: null, after: minutesNumber },
    ],
  }
}

/** Its workflow has something to read. Runs over all entities. */
export async function listMovedDisposals(trx: Trx, limit: number): Promise<{ id: string; entity_id: string }[]> {
  return await trx
    .selectFrom('disposal')
    .select(['id', 'entity_id'])
    .where('signal_wanted', '=', true)
    .orderBy('proposed_at')
    .limit(limit)
    .execute()
}

export async function endDisposalWish(trx: Trx, id: string): Promise<void> {
  await trx.updateTable('disposal').set({ signal_wanted: false }).where('id', '=', id).execute()
}
