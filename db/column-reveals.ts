import type { RevealPurpose } from '../domain/profiles.ts'
import type { Trx } from './client.ts'
import { newId } from './ids.ts'

export interface ColumnReveal {
  id: string
  column: string
  purpose: RevealPurpose
  reason: string
  person: string
  at: Date
}

/** Notes that a person looked at cells of a personal column; never what they saw. */
export async function insertReveal(
  trx: Trx,
  reveal: {
    entityId: string
    sourceId: string
    importId: string
    column: string
    purpose: RevealPurpose
    reason: string
    personId: string
    positionId: string
  },
): Promise<void> {
  await trx
    .insertInto('column_reveal')
    .values({
      id: newId(),
      entity_id: reveal.entityId,
      source_id: reveal.sourceId,
      import_id: reveal.importId,
      column_name: reveal.column,
      purpose_code: reveal.purpose,
      reason: reveal.reason,
      revealed_by: reveal.personId,
      revealed_position: reveal.positionId,
    })
    .execute()
}

/** Newest first, at most 50. */
export async function listReveals(trx: Trx, sourceId: string): Promise<ColumnReveal[]> {
  const rows = await trx
    .selectFrom('column_reveal')
    .innerJoin('person', 'person.id', 'column_reveal.revealed_by')
    .select(['column_reveal.id', 'column_name', 'purpose_code', 'reason', 'revealed_at', 'person.display_name'])
    .where('source_id', '=', sourceId)
    .orderBy('revealed_at', 'desc')
    .limit(50)
    .execute()
  return rows.map((row) => ({
    id: row.id,
    column: row.column_name,
    purpose: row.purpose_code as RevealPurpose,
    reason: row.reason,
    person: row.display_name,
    at: row.revealed_at,
  }))
}
