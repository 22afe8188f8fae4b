/** The receipt of what was said of a delegated access, for whoever holds its code. */
import { sql } from 'kysely'
import type { GrantVerdict } from '../domain/grants.ts'
import { spacedCode } from '../domain/verification-codes.ts'
import type { Trx } from './client.ts'

export interface AccessReceipt {
  kind: GrantVerdict | 'ask'
  receiptCode: string
  entity: string
  agency: string
  /** Code of the access. */
  access: string
  vigencia: number
  /** Position that said it; its name at that time. */
  position: string
  /** It was said by somebody who acted for whoever holds the position. */
  isForAnother: boolean
  at: Date
  /** How whoever signed it showed who they are. */
  method: string
  /** SHA-256 of what was asked for. */
  contentHash: string
}

/** Call inside `withDocumentCode`, which is what lets the public role see it; no person is named. */
export async function findAccessReceipt(trx: Trx, code: string): Promise<AccessReceipt | undefined> {
  const found = await sql<AccessReceipt>`
    select s.kind, s.receipt_code as "receiptCode", entity.name as entity, agency.name as agency, g.code as access,
      g.vigencia, s.position_name as position, s.acting_for is not null as "isForAnother", s.signed_at as at, s.method,
      s.content_hash as "contentHash"
    from access_signature s join access_grant g on g.id = s.grant_id join agency on agency.id = g.agency_id
    join entity on entity.id = s.entity_id
    where s.receipt_code = ${spacedCode(code)}`.execute(trx)
  return found.rows[0]
}
