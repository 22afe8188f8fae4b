import { eventBy } from '../../db/administration.ts'
import { recordEvent } from '../../db/audit.ts'
import { findLastReadingWeek, listPersonalReads, listUnusual } from '../../db/readings.ts'
import { listTrailActors } from '../../db/timeline.ts'
import type { AppContext } from '../context.server.ts'
import { recordingRefusals } from '../refusal.server.ts'
import type { Actor } from '../session.server.ts'
import { readingFilters } from '../text/timeline.ts'
import { requireRight } from './permitted.server.ts'

const PAGE = 25

/** Who saw citizens' data, for whoever oversees accesses (features I8). That they looked is part of the log too. Throws `Refused`. */
export async function consultReadings(context: AppContext, actor: Actor, search: URLSearchParams) {
  const { entityId } = actor
  const filters = readingFilters(search)
  const [cursor, unusualFrom] = [search.get('desde'), search.get('semanas')]
  return await recordingRefusals(context, actor, { objectId: entityId }, async (trx, by) => {
    requireRight(actor, 'oversee_access')
    const changes = [{ field: 'narrowed', before: null, after: Object.keys(filters).length > 0 }]
    await recordEvent(trx, { ...eventBy(by), type: 'audit.reading_consulted', objectId: entityId, changes })
    return {
      filters,
      last: (await findLastReadingWeek(trx, entityId)) ?? null,
      unusual: await listUnusual(trx, entityId, { cursor: unusualFrom, limit: PAGE }),
      actors: await listTrailActors(trx, entityId),
      readings: await listPersonalReads(trx, entityId, { ...filters, cursor, limit: PAGE }),
    }
  })
}
