import { adoptApproved, listUnadopted } from '../db/adopt-variables.ts'
import { type Database, withEntity, withoutEntity } from '../db/client.ts'
import { recordSaid } from '../db/figure-codes.ts'
import { findFigureGrounds, protectFigures } from '../db/public-figures.ts'
import { listUnfollowed } from '../db/series.ts'
import { emitFollowed } from '../db/series-tables.ts'

/**
 * Brings what was approved before there was a catalogue into it, each step in a transaction of its own: once, when the
 * worker of an installation that was updated starts. Nothing is left to do afterwards.
 */
export async function adoptEarlier(database: Database): Promise<void> {
  const waiting = await withoutEntity(database, (trx) => listUnadopted(trx))
  for (const step of waiting) await withEntity(database, step.entityId, (trx) => adoptApproved(trx, step))
}

/** The same for reports that were issued before they fixed what the pages of their variables show, the oldest first. */
export async function followEarlier(database: Database, dataDir: string): Promise<void> {
  for (const { entityId, cycleId, documentId } of await withoutEntity(database, (trx) => listUnfollowed(trx))) {
    const grounds = await withEntity(database, entityId, (trx) => findFigureGrounds(trx, cycleId))
    const followed = await emitFollowed(dataDir, grounds, await protectFigures(dataDir, grounds))
    const printedIn = { entityId, documentId, releaseId: null }
    await withEntity(database, entityId, (trx) => recordSaid(trx, printedIn, followed))
  }
}
