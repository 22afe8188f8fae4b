import { withEntity } from '../../db/client.ts'
import { newId } from '../../db/ids.ts'
import type { Person, SignedWorld } from '../support/signed-cycle.ts'

const HASH = 'f'.repeat(64)
const SNAPSHOT_HASH = 'e'.repeat(64)

/** A cycle that is over, a disposal of it that is carried out, and two contents that went; and another disposal that waits. */
export async function insertDisposal(
  { owner, entityId }: SignedWorld,
  by: Pick<Person, 'personId' | 'positionId'>,
  cycleId: string,
) {
  const [ruleId, disposalId, disposedCycleId, disposedObject] = [newId(), newId(), newId(), newId()]
  const waitingCycleId = newId()
  await withEntity(owner, entityId, async (trx) => {
    const like = await trx.selectFrom('cycle').selectAll().where('id', '=', cycleId).executeTakeFirstOrThrow()
    const over = { status: 'cancelled', closed_at: '2020-05-01T12:00:00Z', trd: '77.1.2' }
    await trx
      .insertInto('cycle')
      .values([disposedCycleId, waitingCycleId].map((id) => ({ ...like, ...over, id, radicado: id })))
      .execute()
    await trx
      .insertInto('retention_rule')
      .values({
        ...{ id: ruleId, entity_id: entityId, code: '77.1', n: 1, name: 'x', office_years: 0, central_years: 0 },
        ...{ disposition: 'E', act: 'x', act_date: '2020-01-01', in_force_from: '2020-01-01' },
        ...{ added_by: by.personId, added_position: by.positionId },
      })
      .execute()
    const proposed = {
      ...{ entity_id: entityId, rule_id: ruleId, minutes_number: '1', minutes_date: '2021-01-01', content_hash: HASH },
      ...{ kept_until: '2020-12-31', hands: [by.personId], proposed_by: by.personId, proposed_position: by.positionId },
    }
    await trx
      .insertInto('disposal')
      .values([
        {
          ...{ ...proposed, id: disposalId, year: 2021, n: 1, code: 'ED-2021-001', cycle_id: disposedCycleId },
          ...{ status: 'running', begun_at: '2021-01-02', hands: [] },
        },
        {
          ...{ ...proposed, id: newId(), year: 2021, n: 2, code: 'ED-2021-002', cycle_id: waitingCycleId },
          ...{ status: 'proposed', begun_at: null },
        },
      ])
      .execute()
    const item = { disposal_id: disposalId, n: 1, entity_id: entityId, kind: 'attachment', object_id: disposedObject }
    const snapshot = { ...item, n: 2, kind: 'snapshot', object_id: newId() }
    const gone = [
      { ...item, sha256: HASH, bytes: '3' },
      { ...snapshot, sha256: SNAPSHOT_HASH, bytes: '3' },
    ]
    await trx
      .insertInto('disposal_item')
      .values(gone.map((content) => ({ ...content, place: '1', is_shared: false })))
      .execute()
    await trx
      .insertInto('disposal_tombstone')
      .values(gone.map((content) => ({ ...content, id: newId(), is_file_kept: false })))
      .execute()
    const act = {
      ...{ id: newId(), entity_id: entityId, disposal_id: disposalId, kind: 'approve_disposal', duty: 'x' },
      ...{ person_id: by.personId, position_id: by.positionId, receipt_code: 'D901' },
    }
    await trx
      .insertInto('act')
      .values({ ...act, object_type: 'disposal', object_id: disposalId, k: 0, body_hash: HASH })
      .execute()
    await trx
      .insertInto('disposal_signature')
      .values({
        ...{ ...act, person_name: 'x', position_name: 'x', tenure_kind: 'titular', statement: 'x', method: 'x' },
        content_hash: HASH,
      })
      .execute()
  })
  return { disposalId, disposedCycleId, disposedObject, disposedSnapshot: SNAPSHOT_HASH }
}
