/** The log of an entity, sealed and signed, for the queries that may forget their filter. */
import { setTimeout as sleep } from 'node:timers/promises'
import { recordEvent } from '../../db/audit.ts'
import { type Database, withEntity } from '../../db/client.ts'
import { keepCheckpoint, keepLogKey } from '../../db/log-checkpoints.ts'
import { sealEvents } from '../../db/sealed-log.ts'

/** Answers one event that has its place in the tree. */
export async function sealedRows(owner: Database, entityId: string): Promise<{ sealedEventId: string }> {
  // Whatever goes on beside it in the same cluster comes to its end first.
  for (let sealed = 0; sealed === 0; await sleep(100))
    sealed = (await withEntity(owner, entityId, (trx) => sealEvents(trx, entityId, 10_000)))?.sealed ?? 0
  return await withEntity(owner, entityId, async (trx) => {
    const { event_id, leaf } = await trx
      .selectFrom('log_leaf')
      .select(['event_id', 'leaf'])
      .where('entity_id', '=', entityId)
      .limit(1)
      .executeTakeFirstOrThrow()
    await keepLogKey(trx, entityId, '0123abcd', 'x')
    await keepCheckpoint(trx, entityId, { size: 1n, root: leaf, keyId: '0123abcd', note: 'x' })
    const day = { entity_id: entityId, day: '2026-01-01', first: '0', size: '1', checkpoint_size: '1' }
    await trx.insertInto('log_day').values(day).execute()
    const week = { entity_id: entityId, week: '2026-01-05' }
    await trx
      .insertInto('reading_week')
      .values({ ...week, readers: 1, reads: 1 })
      .execute()
    const { id } = await trx
      .selectFrom('person')
      .select('id')
      .where('entity_id', '=', entityId)
      .limit(1)
      .executeTakeFirstOrThrow()
    const reading = { entityId, type: 'capture.read', objectId: id, actorPerson: id, origin: 'web' } as const
    await recordEvent(trx, reading)
    const unusual = { ...week, person_id: id, reads: 1, objects: 1, reasons: ['night'] }
    await trx.insertInto('unusual_reading').values(unusual).execute()
    return { sealedEventId: event_id }
  })
}
