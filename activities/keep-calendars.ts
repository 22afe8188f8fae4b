import type { Client } from '@temporalio/client'
import { type Database, withoutEntity } from '../db/client.ts'
import { listCalendarsKept } from '../db/review-calendar.ts'
import {
  keepLogSchedule,
  keepReadingSchedule,
  keepReviewSchedules,
  keepSelfCheckSchedule,
} from '../workflows/schedules.ts'
import { keepControls, startHappened } from './keep-controls.ts'

const EVERY_MS = 15_000

/**
 * Keeps the Schedules of every entity, those of reviews as its calendar says: all of them when the worker starts, then whichever is new or was
 * changed. Several workers do no harm: each writes what stands.
 */
export function startCalendars(
  database: Database,
  client: Client,
  onError: (error: unknown) => void,
): { stop(): Promise<void> } {
  const kept = new Map<string, number>()
  const known = new Set<string>()
  let round = Promise.resolve()
  const begin = () => {
    round = round
      .then(() => keepCalendars(database, client, kept))
      .then(() => keepControls(database, client, known))
      .then(() => startHappened(database, client))
      .catch(onError)
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

/** One round. `kept`: the version of each entity's calendar that its Schedules have. */
export async function keepCalendars(database: Database, client: Client, kept: Map<string, number>): Promise<void> {
  for (const { entityId, calendar } of await withoutEntity(database, (trx) => listCalendarsKept(trx))) {
    if (kept.get(entityId) === calendar.n) continue
    if (!kept.has(entityId)) {
      await keepSelfCheckSchedule(client, entityId)
      await keepLogSchedule(client, entityId)
      await keepReadingSchedule(client, entityId)
    }
    await keepReviewSchedules(client, entityId, calendar)
    kept.set(entityId, calendar.n)
  }
}
