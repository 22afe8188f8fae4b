import { recordEvents } from '../db/audit.ts'
import { deleteStaleDrafts, entitiesWithStaleDrafts } from '../db/capture-drafts.ts'
import { type Database, withEntity } from '../db/client.ts'

const EVERY_MS = 600_000

/** Throws away, every ten minutes until stopped, what delegates left unfinished for a day: nobody sees it by then. */
export function startDropping(database: Database, onError: (error: unknown) => void): { stop(): Promise<void> } {
  let round = Promise.resolve()
  const begin = () => {
    round = dropStaleDrafts(database).catch(onError)
  }
  begin()
  const timer = setInterval(begin, EVERY_MS)
  return {
    stop: async () => {
      clearInterval(timer)
      await round
    },
  }
}

/** One round; each with its event in the same transaction. */
export async function dropStaleDrafts(database: Database): Promise<void> {
  for (const entityId of await entitiesWithStaleDrafts(database))
    await withEntity(database, entityId, async (trx) => {
      const dropped = await deleteStaleDrafts(trx, entityId)
      const events = dropped.map(({ id, form }) => ({
        ...{ entityId, type: 'capture.dropped' as const, objectId: id, origin: 'system' as const },
        changes: [{ field: 'form', before: null, after: form }],
      }))
      await recordEvents(trx, events)
    })
}
