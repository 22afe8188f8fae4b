import type { Client } from '@temporalio/client'
import { type Database, withoutEntity } from '../db/client.ts'
import { listStandingCollectors } from '../db/forwarding.ts'
import { keepForwarding } from '../workflows/tellings.ts'
import { pause } from './pause.ts'

const EVERY_MS = 5 * 60_000
const START_MS = 5_000

type OnError = (error: unknown) => void

/** At once, and then every five minutes until stopped: nobody else notices that what carries a collector is gone. */
export function startFollowing(database: Database, client: Client, onError: OnError): { stop(): Promise<void> } {
  const stopped = new AbortController()
  const run = (async () => {
    while (!stopped.signal.aborted) {
      await followCollectors(database, client, onError).catch(onError)
      await pause(EVERY_MS, stopped.signal)
    }
  })()
  return {
    stop: async () => {
      stopped.abort()
      await run
    },
  }
}

/** One round: every collector that is sent events has its workflow. One that cannot be given it now keeps no other from its own. */
export async function followCollectors(database: Database, client: Client, onError: OnError): Promise<void> {
  for (const { id, entity_id: entityId } of await withoutEntity(database, listStandingCollectors))
    await keepForwarding(client, { entityId, collectorId: id }, START_MS).catch(onError)
}
