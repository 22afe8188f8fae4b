import type { Action } from '../../domain/permission-subjects.ts'
import { type Permitted, whyNot } from '../../domain/permissions.ts'
import { refuseIf } from '../../domain/refusals.ts'
import { handsOf } from '../../domain/substitutions.ts'
import type { Actor } from '../session.server.ts'

/** The natural persons whose hands act: the person and, while they substitute somebody, that person too (model.md §4). */
export function handsOfActor({ personId, position }: Actor): string[] {
  return handsOf({ personId, actingFor: position.actingFor?.personId ?? null })
}

/** The actor as the rules of `domain/permissions.ts` see it. */
export function permitted(actor: Actor): Permitted {
  const { entityId, personId, position, scopes } = actor
  const reach = position.actingFor?.scope ?? null
  return { entityId, personId, positionId: position.id, duty: position.duty, scopes, reach }
}

/** A right over the entity as a whole. Throws `Refused` where the position has it not. */
export function requireRight(actor: Actor, right: Action<'Entity'>): void {
  refuseIf(whyNot(permitted(actor), right, 'Entity', { entityId: actor.entityId }))
}
