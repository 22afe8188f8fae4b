/** The receipt of a reading or an answer, for whoever holds its code (H9). */
import { sql } from 'kysely'
import { spacedCode } from '../domain/verification-codes.ts'
import type { Trx } from './client.ts'

export interface SummaryReceipt {
  kind: 'reading' | 'answer'
  receiptCode: string
  entity: string
  agency: string
  cycle: string
  vigencia: number
  /** Position that confirmed or answered; its name at that time. */
  position: string
  at: Date
  /** Of the summary that was read, or of the answer. */
  contentHash: string
}

/** Call inside `withDocumentCode`, which is what lets the public role see it; no person is named. */
export async function findSummaryReceipt(trx: Trx, code: string): Promise<SummaryReceipt | undefined> {
  const found = await sql<SummaryReceipt>`
    select act.kind, act.receipt_code as "receiptCode", entity.name as entity, agency.name as agency, cycle.name as cycle,
      cycle.vigencia, act.position_name as position, act.at, act.sha256 as "contentHash"
    from (
      select 'reading' as kind, summary_id, receipt_code, position_name, sha256, read_at as at from summary_reading
      union all
      select 'answer', summary_id, receipt_code, position_name, sha256, answered_at from summary_answer
    ) act
    join agency_summary s on s.id = act.summary_id join agency on agency.id = s.agency_id
    join cycle on cycle.id = s.cycle_id join entity on entity.id = s.entity_id
    where act.receipt_code = ${spacedCode(code)}`.execute(trx)
  return found.rows[0]
}
