import type { Saved } from '../../db/administration.ts'
import { closeIncident } from '../../db/incidents.ts'
import { closeIncidentInput } from '../../domain/administration.ts'
import { administer, type Change, type Typed } from '../administration.server.ts'
import type { AppContext } from '../context.server.ts'
import type { Actor } from '../session.server.ts'

/** Closes an incident once something was done about it: by whoever administers, with a note of what. */
export function resolveIncident(context: AppContext, actor: Actor, typed: Typed): Promise<Change<Saved>> {
  return administer(context, actor, { schema: closeIncidentInput, typed }, closeIncident)
}
