import { redirect } from '@remix-run/node'
import type { z } from 'zod'
import type { Saved } from '../db/administration.ts'
import type { Trx } from '../db/client.ts'
import { problemsOf } from '../domain/administration.ts'
import { whyNot } from '../domain/permissions.ts'
import { refuseIf } from '../domain/refusals.ts'
import { actingPerson, type Change } from './administration.server.ts'
import { permitted } from './commands/permitted.server.ts'
import type { AppContext } from './context.server.ts'
import { recordingRefusals } from './refusal.server.ts'
import { type Actor, lacksFactor, requireActor } from './session.server.ts'

/** What the commands and pages about collectors share: who may. */

type By = ReturnType<typeof actingPerson>

/** One transaction of somebody who names collectors; anyone else is refused, and that is an event. */
async function asForwarder<T>(
  context: AppContext,
  actor: Actor,
  objectId: string,
  work: (trx: Trx, by: By) => Promise<T>,
): Promise<T> {
  return await recordingRefusals(context, actor, { objectId }, async (trx) => {
    refuseIf(whyNot(permitted(actor), 'forward', 'Entity', { entityId: actor.entityId }))
    return await work(trx, actingPerson(context, actor))
  })
}

/** A page of the area, which is closed to everybody else. Who comes without the second factor asked of them sets it up first. */
export async function loadAsForwarder<T>(
  request: Request,
  context: AppContext,
  work: (trx: Trx, actor: Actor) => Promise<T>,
): Promise<T> {
  const actor = await requireForwarder(request, context)
  return await asForwarder(context, actor, actor.entityId, (trx) => work(trx, actor))
}

export async function requireForwarder(request: Request, context: AppContext): Promise<Actor> {
  const actor = await requireActor(request, context)
  const isNamed = whyNot(permitted(actor), 'forward', 'Entity', { entityId: actor.entityId }) === null
  if (isNamed && lacksFactor(actor)) throw redirect('/cuenta/segundo-factor')
  return actor
}

/** One change of a collector: may they, is it well formed, then one transaction with its event. */
export async function changeAsForwarder<T>(
  context: AppContext,
  actor: Actor,
  { schema, typed }: { schema: z.ZodType<T>; typed: Record<string, string> },
  work: (trx: Trx, by: By, input: T) => Promise<Saved>,
): Promise<Change<Saved>> {
  return await asForwarder(context, actor, typed.id ?? actor.entityId, async (trx, by) => {
    const parsed = schema.safeParse(typed)
    if (!parsed.success) return { ok: false, problems: problemsOf(parsed.error) }
    const saved = await work(trx, by, parsed.data)
    return saved.problems ? { ok: false, problems: saved.problems } : { ok: true, saved }
  })
}
