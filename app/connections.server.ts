import type { z } from 'zod'
import type { Saved } from '../db/administration.ts'
import type { Trx } from '../db/client.ts'
import { type ConnectionRow, findConnectionSecret } from '../db/connections.ts'
import { OutsideFailed } from '../db/outside/failed.ts'
import { PATIENCE } from '../db/outside/patience.ts'
import type { Target } from '../db/outside/target.ts'
import { problemsOf } from '../domain/administration.ts'
import { whyNot } from '../domain/permissions.ts'
import { refuseIf } from '../domain/refusals.ts'
import { actingPerson, type Change } from './administration.server.ts'
import { permitted } from './commands/permitted.server.ts'
import type { AppContext } from './context.server.ts'
import { recordingRefusals } from './refusal.server.ts'
import { type Actor, requireActor } from './session.server.ts'

/** What the commands and pages about connections share: who may, and how one is opened. */

type By = ReturnType<typeof actingPerson>

/** One transaction of somebody who keeps connections; anyone else is refused, and that is an event. */
export async function asKeeper<T>(
  context: AppContext,
  actor: Actor,
  about: { objectId: string; cycleId?: string; stepCode?: '3' },
  work: (trx: Trx, by: By) => Promise<T>,
): Promise<T> {
  return await recordingRefusals(context, actor, about, async (trx) => {
    refuseIf(whyNot(permitted(actor), 'keep', 'Connection', { entityId: actor.entityId }))
    return await work(trx, actingPerson(context, actor))
  })
}

/** A page of the area, which is closed to everybody else. */
export async function loadAsKeeper<T>(
  request: Request,
  context: AppContext,
  work: (trx: Trx, actor: Actor) => Promise<T>,
): Promise<T> {
  const actor = await requireActor(request, context)
  return await asKeeper(context, actor, { objectId: actor.entityId }, (trx) => work(trx, actor))
}

/** One change of a connection: may they, is it well formed, then one transaction with its event. */
export async function changeAsKeeper<T>(
  context: AppContext,
  actor: Actor,
  { schema, typed }: { schema: z.ZodType<T>; typed: Record<string, string> },
  work: (trx: Trx, by: By, input: T) => Promise<Saved>,
): Promise<Change<Saved>> {
  return await asKeeper(context, actor, { objectId: typed.id ?? actor.entityId }, async (trx, by) => {
    const parsed = schema.safeParse(typed)
    if (!parsed.success) return { ok: false, problems: problemsOf(parsed.error) }
    const saved = await work(trx, by, parsed.data)
    return saved.problems ? { ok: false, problems: saved.problems } : { ok: true, saved }
  })
}

/** What the reader needs to use a connection. Throws `OutsideFailed` when its secret cannot be opened any more. */
export async function targetOf({ config }: AppContext, trx: Trx, connection: ConnectionRow): Promise<Target> {
  const secret = await findConnectionSecret(trx, config.APP_SECRET, connection)
  if (!secret) throw new OutsideFailed('secret_unreadable')
  return { place: connection, secret, allowedHosts: config.CONNECTION_HOSTS, patience: PATIENCE }
}
