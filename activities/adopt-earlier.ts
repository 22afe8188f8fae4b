import { adoptApproved, listUnadopted } from '../db/adopt-variables.ts'
import { type Database, withEntity, withoutEntity } from '../db/client.ts'

/**
 * Brings what was approved before there was a catalogue into it, each step in a transaction of its own: once, when the
 * worker of an installation that was updated starts. Nothing is left to do afterwards.
 */
export async function adoptEarlier(database: Database): Promise<void> {
  const waiting = await withoutEntity(database, (trx) => listUnadopted(trx))
  for (const step of waiting) await withEntity(database, step.entityId, (trx) => adoptApproved(trx, step))
}
