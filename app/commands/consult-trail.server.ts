import { eventBy } from '../../db/administration.ts'
import { recordEvent } from '../../db/audit.ts'
import type { Trx } from '../../db/client.ts'
import { findTrailEvent, listTrailActors } from '../../db/timeline.ts'
import { listTrail } from '../../db/trail.ts'
import type { EventType, FieldChange } from '../../domain/events.ts'
import { Refused } from '../../domain/refusals.ts'
import type { AppContext } from '../context.server.ts'
import { recordingRefusals } from '../refusal.server.ts'
import type { Actor } from '../session.server.ts'
import { timelineFilters } from '../text/timeline.ts'
import { requireRight } from './permitted.server.ts'

const PAGE = 25

type AuditEvent = Extract<EventType, `audit.${string}`>

/** A page of the trail for an auditor. Their own reading is part of it (I5); by what they narrowed it may name a person and is not. */
export async function consultTrail(context: AppContext, actor: Actor, search: URLSearchParams) {
  const { entityId } = actor
  const filters = timelineFilters(search)
  const changes = [{ field: 'narrowed', before: null, after: Object.keys(filters).length > 0 }]
  return await auditing(context, actor, { objectId: entityId, type: 'audit.consulted', changes }, async (trx) => ({
    filters,
    actors: await listTrailActors(trx, entityId),
    trail: await listTrail(trx, entityId, { ...filters, cursor: search.get('desde'), limit: PAGE }),
  }))
}

/** One event of the trail, with that it was read. */
export async function readEvent(context: AppContext, actor: Actor, eventId: string) {
  return await auditing(context, actor, { objectId: eventId, type: 'audit.event_read' }, async (trx) => {
    const event = await findTrailEvent(trx, actor.entityId, eventId)
    if (!event) throw new Refused('not_visible')
    return event
  })
}

/** What an auditor reads or takes away, and that they did: one event, or the log as a whole (then `objectId` is the entity). Throws `Refused`. */
export async function auditing<T>(
  context: AppContext,
  actor: Actor,
  { objectId, type, changes }: { objectId: string; type: AuditEvent; changes?: FieldChange[] },
  work: (trx: Trx) => Promise<T>,
): Promise<T> {
  const { entityId } = actor
  return await recordingRefusals(context, actor, { objectId: entityId }, async (trx, by) => {
    requireAuditor(actor)
    const read = await work(trx)
    await recordEvent(trx, { ...eventBy(by), type, objectId, changes })
    return read
  })
}

export function requireAuditor(actor: Actor): void {
  requireRight(actor, 'audit')
}
