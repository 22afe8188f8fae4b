/** Where a citizen is written to: their address stays sealed, and is opened only when a mail leaves. */
import { captureEmail } from '../domain/capture-answers.ts'
import { Refused } from '../domain/refusals.ts'
import { findCaptureRecord, openAnswers } from './capture-records.ts'
import type { KeyRing } from './citizens.ts'
import type { Trx } from './client.ts'
import { openRightsContent } from './rights-texts.ts'

export interface ToCitizen {
  /** The request whose citizen is written to, or the record. */
  rightsId: string | null
  recordId: string | null
}

/** Null where they gave none, took back that they may be written to, or were erased. */
export async function findCitizenAddress(trx: Trx, ring: KeyRing, to: ToCitizen): Promise<string | null> {
  if (to.rightsId) return (await openRightsContent(trx, ring, to.rightsId))?.email || null
  if (!to.recordId || !(await mayBeWrittenTo(trx, to.recordId))) return null
  const record = await findCaptureRecord(trx, ring.entityId, to.recordId)
  if (!record) return null
  try {
    return captureEmail(await openAnswers(trx, ring, record))
  } catch (failure) {
    if (failure instanceof Refused) return null
    throw failure
  }
}

async function mayBeWrittenTo(trx: Trx, recordId: string): Promise<boolean> {
  const row = await trx
    .selectFrom('consent')
    .select('id')
    .where('record_id', '=', recordId)
    .where('purpose', '=', 'contacto')
    .where('given', '=', true)
    .where('withdrawn_at', 'is', null)
    .executeTakeFirst()
  return row !== undefined
}
