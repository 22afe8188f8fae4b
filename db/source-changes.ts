import { sql } from 'kysely'
import type { FieldChange } from '../domain/events.ts'
import type { SourceContract } from '../domain/sources.ts'
import type { Trx } from './client.ts'
import { findSource, type SourceRow } from './sources.ts'

/** The contract as the form sends it; `ownerAgency` is the agency's id. */
export type Contract = SourceContract & { demoNote: string | null }

/** Adds a source. Under an id that stands nothing changes: `same` when its contract says the same, else `other`. */
export async function insertSource(
  trx: Trx,
  source: {
    id: string
    entityId: string
    cycleId: string
    attachedBy: string
    contract: Contract
    connectionId: string | null
    continuesId: string | null
  },
): Promise<'added' | 'same' | 'other'> {
  const added = await trx
    .insertInto('source')
    .values({
      id: source.id,
      entity_id: source.entityId,
      cycle_id: source.cycleId,
      attached_by: source.attachedBy,
      connection_id: source.connectionId,
      continues_id: source.continuesId,
      ...columnsOf(source.contract),
    })
    .onConflict((oc) => oc.column('id').doNothing())
    .executeTakeFirst()
  if (added.numInsertedOrUpdatedRows === 1n) return 'added'
  const standing = await findSource(trx, source.cycleId, source.id)
  if (!standing) return 'other'
  const isSame =
    changesOf(standing, source.contract).length === 0 &&
    (standing.origin?.connectionId ?? null) === source.connectionId &&
    (standing.continues?.id ?? null) === source.continuesId
  return isSame ? 'same' : 'other'
}

/** Writes the contract anew and answers what changed, for the event. */
export async function changeContract(trx: Trx, source: SourceRow, contract: Contract): Promise<FieldChange[]> {
  const changes = changesOf(source, contract)
  if (changes.length > 0) await trx.updateTable('source').set(columnsOf(contract)).where('id', '=', source.id).execute()
  return changes
}

function changesOf(source: SourceRow, contract: Contract): FieldChange[] {
  const before: Record<string, string | null> = {
    name: source.name,
    owner_agency_id: source.ownerAgencyId,
    legal_basis: source.legalBasis,
    sensitivity: source.sensitivity,
    period_from: source.periodFrom,
    period_to: source.periodTo,
    person_key: source.personKey,
    periodicity: source.periodicity,
    demo_note: source.demoNote,
  }
  const after: Record<string, string | null> = columnsOf(contract)
  const changed = Object.keys(after).filter((field) => before[field] !== after[field])
  return changed.map((field) => ({ field, before: before[field] ?? null, after: after[field] ?? null }))
}

function columnsOf(contract: Contract) {
  return {
    name: contract.name,
    owner_agency_id: contract.ownerAgency,
    legal_basis: contract.legalBasis,
    sensitivity: contract.sensitivity,
    period_from: contract.periodFrom,
    period_to: contract.periodTo,
    person_key: contract.personKey ?? null,
    periodicity: contract.periodicity ?? null,
    demo_note: contract.demoNote,
  }
}

/** Takes a source out of its cycle; false when somebody did so before. */
export async function detach(trx: Trx, sourceId: string, personId: string): Promise<boolean> {
  const done = await trx
    .updateTable('source')
    .set({ detached_at: sql<Date>`app_now()`, detached_by: personId })
    .where('id', '=', sourceId)
    .where('detached_at', 'is', null)
    .executeTakeFirst()
  return done.numUpdatedRows === 1n
}
