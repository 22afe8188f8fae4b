import { withEntity } from '../db/client.ts'
import { type CycleRecord, cycleRecord } from './cycle-record.ts'
import type { Tools } from './tools.ts'

/** Reads the record again after something outside the workflow moved it, for example a calendar day. */
export async function readCycle(
  { database }: Tools,
  input: { entityId: string; cycleId: string },
): Promise<CycleRecord> {
  return await withEntity(database, input.entityId, (trx) => cycleRecord(trx, input.cycleId))
}
