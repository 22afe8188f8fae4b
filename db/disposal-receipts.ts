/** What anybody may know of a verdict on a disposal by its receipt (decision 0061). */
import { sql } from 'kysely'
import type { DisposalVerdict } from '../domain/disposal.ts'
import { spacedCode } from '../domain/verification-codes.ts'
import type { Trx } from './client.ts'

export interface DisposalReceipt {
  entity: string
  kind: DisposalVerdict
  /** Null where a restored copy does not know the position any more. */
  position: string | null
  at: Date
  method: string
  /** Of the inventory with the exercise, the series and its last day: what was signed. */
  contentHash: string
}

/** What stands behind the code; nobody is named. One that a restored copy has lost stands by the list outside the database. Call inside `withDocumentCode`. */
export async function findDisposalReceipt(trx: Trx, code: string): Promise<DisposalReceipt | undefined> {
  const { rows } = await sql<DisposalReceipt>`
    select e.name as entity, s.kind, s.position_name as position, s.at, s.method, s.content_hash as "contentHash" from (
      select entity_id, kind, position_name, signed_at as at, method, content_hash, receipt_code, 1 as rank from disposal_signature
      union all select entity_id, 'approve_disposal', position_name, approved_at, method, content_hash, receipt_code, 2
        from disposal_redone) s
      join entity e on e.id = s.entity_id
    where s.receipt_code = ${spacedCode(code)} order by s.rank limit 1`.execute(trx)
  return rows[0]
}
