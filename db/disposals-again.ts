/** A disposal that a restored copy is older than: what the list outside the database tells of it, and how it goes on in the copy (decision 0061). */

import type { InventoryItem } from '../domain/disposal.ts'
import { recordEvent } from './audit.ts'
import type { Trx } from './client.ts'
import { appNow } from './clock.ts'
import { listInventory } from './disposal-inventory.ts'
import {
  disposalCode,
  disposalEvent,
  findDisposal,
  findStandingDisposal,
  holdDisposal,
  insertItems,
  lastNumber,
  moveDisposal,
} from './disposals.ts'

/** The decision and the inventory that was signed: ids, hashes, dates (ISO) and the number of the minutes, and nobody's name. */
export interface ListedDisposal {
  entityId: string
  disposalId: string
  year: number
  n: number
  cycleId: string
  ruleId: string
  /** Code of the series and which version of it. */
  series: string
  keptUntil: string
  minutesNumber: string
  minutesDate: string
  contentHash: string
  proposedAt: string
  proposedPosition: string
  /** The act that approved it, as its receipt says. */
  approved: { actId: string; positionId: string; at: string; method: string; receiptCode: string }
  items: InventoryItem[]
}

/** A disposal that has begun, as the list tells it; undefined for one that is done again, which stands there and whose act is not here. */
export async function listedDisposal(trx: Trx, disposalId: string): Promise<ListedDisposal | undefined> {
  const row = await trx
    .selectFrom('disposal as d')
    .innerJoin('retention_rule as r', 'r.id', 'd.rule_id')
    .innerJoin('disposal_signature as s', 's.disposal_id', 'd.id')
    .select(['d.entity_id', 'd.year', 'd.n', 'd.cycle_id', 'r.id as rule_id', 'r.code as rule_code', 'r.n as rule_n'])
    .select(['d.kept_until', 'd.minutes_number', 'd.minutes_date', 'd.content_hash', 'd.proposed_at'])
    .select(['s.id as act_id', 's.position_id', 's.signed_at', 's.method', 's.receipt_code'])
    .select(({ ref }) => ref('d.proposed_position').$notNull().as('proposed_position'))
    .where('d.id', '=', disposalId)
    .where('s.kind', '=', 'approve_disposal')
    .executeTakeFirst()
  if (!row) return undefined
  const items = await trx
    .selectFrom('disposal_item')
    .select(['kind', 'object_id', 'place', 'sha256', 'bytes', 'is_shared'])
    .where('disposal_id', '=', disposalId)
    .orderBy('n')
    .execute()
  return {
    ...{ entityId: row.entity_id, disposalId, year: row.year, n: row.n, cycleId: row.cycle_id, ruleId: row.rule_id },
    ...{ series: `${row.rule_code} v${row.rule_n}`, keptUntil: row.kept_until, minutesNumber: row.minutes_number },
    ...{ minutesDate: row.minutes_date, contentHash: row.content_hash, proposedAt: row.proposed_at.toISOString() },
    proposedPosition: row.proposed_position,
    approved: {
      ...{ actId: row.act_id, positionId: row.position_id, at: row.signed_at.toISOString() },
      ...{ method: row.method, receiptCode: row.receipt_code },
    },
    items: items.map(({ kind, object_id, bytes, is_shared, ...item }) => ({
      ...{ kind: kind as InventoryItem['kind'], objectId: object_id, place: item.place, sha256: item.sha256 },
      ...{ bytes: Number(bytes), isShared: is_shared },
    })),
  }
}

/**
 * Has the copy carry it out, by the decision that was signed, whatever the copy knew of it; what else the copy has of the cycle goes with
 * it, after what was signed. Answers whether there is a disposal to carry out, or one that was: not where the copy has no such cycle, nor
 * where its content went by another act or whoever decides there took this one back.
 */
export async function takeUpAgain(trx: Trx, listed: ListedDisposal): Promise<boolean> {
  const { entityId, disposalId, cycleId, contentHash } = listed
  const known = await findDisposal(trx, disposalId, { lock: true })
  if (known?.state.status === 'done') return true
  if (known && ['returned', 'withdrawn'].includes(known.state.status)) return false
  if (!(await isCycleOf(trx, entityId, cycleId)) || !(await giveWay(trx, listed))) return false
  if (!known) await insertListed(trx, listed)
  await insertFound(trx, listed)
  await insertDecision(trx, listed)
  if (known && known.state.status !== 'running') await moveDisposal(trx, known, { status: 'running', at: appNow() })
  if (known) await trx.updateTable('disposal').set({ signal_wanted: true }).where('id', '=', disposalId).execute()
  const disposal = await holdDisposal(trx, disposalId)
  await recordEvent(trx, {
    ...disposalEvent(disposal, 'disposal.done_again'),
    contentHash,
    actId: listed.approved.actId,
  })
  return true
}

async function isCycleOf(trx: Trx, entityId: string, cycleId: string): Promise<boolean> {
  const cycle = trx.selectFrom('cycle').select('id').where('id', '=', cycleId).where('entity_id', '=', entityId)
  return (await cycle.executeTakeFirst()) !== undefined
}

/** Another disposal of the cycle that the copy still has on its way ends: it was over when this one was proposed. */
async function giveWay(trx: Trx, { disposalId, cycleId }: ListedDisposal): Promise<boolean> {
  const standing = await findStandingDisposal(trx, cycleId)
  if (!standing || standing.id === disposalId) return true
  const other = await holdDisposal(trx, standing.id)
  if (other.state.status === 'running' || other.state.status === 'done') return false
  await moveDisposal(trx, other, { status: 'withdrawn', at: appNow() })
  await trx.updateTable('disposal').set({ signal_wanted: true }).where('id', '=', standing.id).execute()
  await recordEvent(trx, disposalEvent(other, 'disposal.not_begun'))
  return true
}

/** As far as the copy can hold it: it may not know the version of the series, nor whoever proposed it. */
async function insertListed(trx: Trx, listed: ListedDisposal): Promise<void> {
  const { entityId, disposalId, year } = listed
  const isTaken = trx.selectFrom('disposal').select('id').where('entity_id', '=', entityId)
  const other = await isTaken.where('year', '=', year).where('n', '=', listed.n).executeTakeFirst()
  const n = other ? (await lastNumber(trx, entityId, year)) + 1 : listed.n
  await trx
    .insertInto('disposal')
    .values({
      ...{ id: disposalId, entity_id: entityId, year, n, code: disposalCode(year, n), cycle_id: listed.cycleId },
      ...{ status: 'running', begun_at: appNow(), kept_until: listed.keptUntil, content_hash: listed.contentHash },
      ...{ minutes_number: listed.minutesNumber, minutes_date: listed.minutesDate, hands: [] },
      ...{ proposed_at: listed.proposedAt, signal_wanted: false },
    })
    .execute()
  await insertItems(trx, { entityId, disposalId }, listed.items)
}

/** What the copy has of the cycle and the inventory has not, as a draft that was empty by then. */
async function insertFound(trx: Trx, { entityId, disposalId, cycleId, items }: ListedDisposal): Promise<void> {
  const keyOf = ({ kind, objectId }: InventoryItem) => `${kind}/${objectId}`
  const signed = new Set(items.map(keyOf))
  const found = (await listInventory(trx, entityId, cycleId)).filter((item) => !signed.has(keyOf(item)))
  await insertItems(trx, { entityId, disposalId }, found, items.length)
}

async function insertDecision(trx: Trx, { entityId, disposalId, approved, ...listed }: ListedDisposal): Promise<void> {
  const position = trx.selectFrom('position').select('name').where('id', '=', approved.positionId)
  await trx
    .insertInto('disposal_redone')
    .values({
      ...{ disposal_id: disposalId, entity_id: entityId, content_hash: listed.contentHash, series: listed.series },
      ...{ proposed_position: listed.proposedPosition, act_id: approved.actId, approved_position: approved.positionId },
      ...{ approved_at: approved.at, method: approved.method, receipt_code: approved.receiptCode },
      ...{ position_name: (await position.executeTakeFirst())?.name ?? null, signed_items: listed.items.length },
    })
    .execute()
}
