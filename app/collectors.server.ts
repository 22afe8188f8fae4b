import { redirect } from '@remix-run/node'
import { whyNot } from '../domain/permissions.ts'
import { permitted } from './commands/permitted.server.ts'
import type { AppContext } from './context.server.ts'
import { guarded } from './guarded.server.ts'
import { type Actor, lacksFactor, requireActor } from './session.server.ts'

/** What the commands and pages about collectors share: who may. */

export const whyNotForward = (actor: Actor) =>
  whyNot(permitted(actor), 'forward', 'Entity', { entityId: actor.entityId })

/** Who names collectors without the second factor asked of them sets it up first. */
export async function requireForwarder(request: Request, context: AppContext): Promise<Actor> {
  const actor = await requireActor(request, context)
  if (whyNotForward(actor) === null && lacksFactor(actor)) throw redirect('/cuenta/segundo-factor')
  return actor
}

export const { load: loadAsForwarder, change: changeAsForwarder } = guarded({
  whyNot: whyNotForward,
  require: requireForwarder,
})
