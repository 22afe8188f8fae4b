/** Acceptances of risks as their workflow and every judgement read and write them (domain/risk-treatment.ts; features D9). */
import { type AcceptanceState, type AcceptanceStatus, isAcceptanceOver } from '../domain/risk-treatment.ts'
import { type EventRecord, recordEvent } from './audit.ts'
import type { Trx } from './client.ts'
import { appNow } from './clock.ts'
import type { ActionCause } from './improvement-actions.ts'
import { endAskToAccept } from './risk-follow-ups.ts'

export interface LoadedAcceptance {
  state: AcceptanceState
  entityId: string
  riskId: string
  riskCode: string
  /** Of the part that lapses it when it changes. */
  stateHash: string
}

/** The acceptance, held until the transaction ends where `lock` says so; undefined where there is none. */
export async function findAcceptance(
  trx: Trx,
  id: string,
  { lock = false }: { lock?: boolean } = {},
): Promise<LoadedAcceptance | undefined> {
  const query = trx
    .selectFrom('risk_acceptance as a')
    .innerJoin('risk', 'risk.id', 'a.risk_id')
    .select(['a.id', 'a.entity_id', 'a.risk_id', 'a.status', 'a.content_hash', 'a.acceptor_duty', 'a.hands', 'a.until'])
    .select(['risk.code', 'a.state_hash'])
    .where('a.id', '=', id)
  const row = await (lock ? query.forUpdate('a') : query).executeTakeFirst()
  if (!row) return undefined
  return {
    state: {
      ...{ id: row.id, status: row.status as AcceptanceStatus, contentHash: row.content_hash, until: row.until },
      ...{ acceptorDuty: row.acceptor_duty, hands: row.hands },
    },
    ...{ entityId: row.entity_id, riskId: row.risk_id, riskCode: row.code, stateHash: row.state_hash },
  }
}

/** The acceptance, held. */
export async function holdAcceptance(trx: Trx, id: string): Promise<LoadedAcceptance> {
  const acceptance = await findAcceptance(trx, id, { lock: true })
  if (!acceptance) throw new Error(`acceptance ${id} has no row`)
  return acceptance
}

/** The acceptance of a risk that stands or waits, held; undefined where there is none. */
export async function findOpenAcceptance(trx: Trx, riskId: string) {
  return await trx
    .selectFrom('risk_acceptance')
    .select(['id', 'state_hash'])
    .where('risk_id', '=', riskId)
    .where('ended_at', 'is', null)
    .forUpdate()
    .executeTakeFirst()
}

/** Moves an acceptance on; a status that is over ends it. */
export async function moveAcceptance(
  trx: Trx,
  { state }: LoadedAcceptance,
  { status, at }: { status: AcceptanceStatus; at: Date },
): Promise<void> {
  const moved = await trx
    .updateTable('risk_acceptance')
    .set({ status, ...(isAcceptanceOver(status) && { ended_at: at }) })
    .where('id', '=', state.id)
    .where('status', '=', state.status)
    .executeTakeFirst()
  if (moved.numUpdatedRows !== 1n) throw new Error(`acceptance ${state.id} is no longer ${state.status}`)
}

/**
 * What was accepted, or asked to be, no longer stands: it lapses in the transaction that changed it (features D9), whoever
 * changed it, and by nobody's decision. `stateHash`: of what stands now. Answers whether one did: what is asked of its owner then is
 * worked out after it.
 */
export async function dropLapsedAcceptance(trx: Trx, riskId: string, stateHash: string): Promise<boolean> {
  const open = await findOpenAcceptance(trx, riskId)
  if (!open || open.state_hash === stateHash) return false
  const acceptance = await holdAcceptance(trx, open.id)
  await moveAcceptance(trx, acceptance, { status: 'lapsed', at: appNow() })
  await noteAcceptanceMoved(trx, open.id)
  await endAskToAccept(trx, acceptance, 'dropped')
  await recordEvent(trx, acceptanceEvent(acceptance, 'risk.acceptance_lapsed', systemOf(acceptance)))
  return true
}

/** Of what the product does by itself. */
export const systemOf = ({ entityId, state }: LoadedAcceptance): ActionCause => ({
  ...{ entityId, origin: 'system', workflowId: `acceptance:${state.id}` },
})

/** The part of an event that every one of an acceptance shares. */
export function acceptanceEvent(
  { state, riskCode }: LoadedAcceptance,
  type: EventRecord['type'],
  by: ActionCause,
): EventRecord {
  return {
    ...{ ...by, type, objectId: state.id, contentHash: state.contentHash },
    changes: [{ field: 'risk', before: null, after: riskCode }],
  }
}

/** Its workflow has something to read. Runs over all entities. */
export async function listMovedAcceptances(trx: Trx, limit: number): Promise<{ id: string; entity_id: string }[]> {
  return await trx
    .selectFrom('risk_acceptance')
    .select(['id', 'entity_id'])
    .where('signal_wanted', '=', true)
    .orderBy('asked_at')
    .limit(limit)
    .execute()
}

export async function noteAcceptanceMoved(trx: Trx, id: string): Promise<void> {
  await trx.updateTable('risk_acceptance').set({ signal_wanted: true }).where('id', '=', id).execute()
}

export async function endAcceptanceWish(trx: Trx, id: string): Promise<void> {
  await trx.updateTable('risk_acceptance').set({ signal_wanted: false }).where('id', '=', id).execute()
}
