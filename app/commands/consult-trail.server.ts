import { recordEvent } from '../../db/audit.ts'
import type { Trx } from '../../db/client.ts'
import { findTrailEvent, listTrail, listTrailActors } from '../../db/timeline.ts'
import { whyNot } from '../../domain/permissions.ts'
import { Refused, refuseIf } from '../../domain/refusals.ts'
import type { AppContext } from '../context.server.ts'
import { recordingRefusals } from '../refusal.server.ts'
import type { Actor } from '../session.server.ts'
import { timelineFilters } from '../text/timeline.ts'
import { permitted } from './permitted.server.ts'

const PAGE = 25

/** A page of the trail for an auditor. Their own reading is part of it (I5); by what they narrowed it may name a person and is not. */
export async function consultTrail(context: AppContext, actor: Actor, search: URLSearchParams) {
  const { entityId } = actor
  return await recordingRefusals(context, actor, { objectId: entityId }, async (trx, by) => {
    requireAuditor(actor)
    const filters = timelineFilters(search)
    const trail = await listTrail(trx, entityId, { ...filters, cursor: search.get('desde'), limit: PAGE })
    const actors = await listTrailActors(trx, entityId)
    const narrowed = Object.keys(filters).length > 0
    await recordEvent(trx, {
      ...{ entityId, type: 'audit.consulted', objectId: entityId, origin: 'web', requestId: by.requestId },
      ...{ actorPerson: by.personId, actorPosition: by.positionId },
      changes: [{ field: 'narrowed', before: null, after: narrowed }],
    })
    return { filters, actors, trail }
  })
}

/** One event of the trail, with that it was read. */
export async function readEvent(context: AppContext, actor: Actor, eventId: string) {
  return await readingEvent(context, actor, { eventId, type: 'audit.event_read' }, async (trx) => {
    const event = await findTrailEvent(trx, actor.entityId, eventId)
    if (!event) throw new Refused('not_visible')
    return event
  })
}

/** What is done with one event of the trail by an auditor, and that it was. Throws `Refused`. */
export async function readingEvent<T>(
  context: AppContext,
  actor: Actor,
  { eventId, type }: { eventId: string; type: 'audit.event_read' | 'audit.proof_taken' },
  work: (trx: Trx) => Promise<T>,
): Promise<T> {
  const { entityId } = actor
  return await recordingRefusals(context, actor, { objectId: entityId }, async (trx, by) => {
    requireAuditor(actor)
    const read = await work(trx)
    await recordEvent(trx, {
      ...{ entityId, type, objectId: eventId, origin: 'web', requestId: by.requestId },
      ...{ actorPerson: by.personId, actorPosition: by.positionId },
    })
    return read
  })
}

export function requireAuditor(actor: Actor): void {
  refuseIf(whyNot(permitted(actor), 'audit', 'Entity', { entityId: actor.entityId }))
}
