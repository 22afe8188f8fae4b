import type { Permitted } from '../../domain/permissions.ts'
import type { Actor } from '../session.server.ts'

/** The actor as the rules of `domain/permissions.ts` see it. */
export function permitted(actor: Actor): Permitted {
  const { entityId, personId, position, scopes } = actor
  const reach = position.actingFor?.scope ?? null
  return { entityId, personId, positionId: position.id, duty: position.duty, scopes, reach }
}
