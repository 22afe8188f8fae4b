import type { z } from 'zod'
import type { Saved } from '../db/administration.ts'
import type { Trx } from '../db/client.ts'
import { problemsOf } from '../domain/administration.ts'
import { type Objection, refuseIf } from '../domain/refusals.ts'
import { actingPerson, type Change } from './administration.server.ts'
import type { AppContext } from './context.server.ts'
import { recordingRefusals } from './refusal.server.ts'
import type { Actor } from './session.server.ts'

type By = ReturnType<typeof actingPerson>

interface Guard {
  whyNot(actor: Actor): Objection | null
  /** Who asks; they may have to do something else before. */
  require(request: Request, context: AppContext): Promise<Actor>
}

/** The frame of an area that some may enter and nobody else: of its reads, its pages and its changes. */
export function guarded({ whyNot, require }: Guard) {
  /** One transaction of somebody who may; anyone else is refused, and that is an event. */
  async function within<T>(
    context: AppContext,
    actor: Actor,
    about: { objectId: string; cycleId?: string; stepCode?: '3' },
    work: (trx: Trx, by: By) => Promise<T>,
  ): Promise<T> {
    return await recordingRefusals(context, actor, about, async (trx) => {
      refuseIf(whyNot(actor))
      return await work(trx, actingPerson(context, actor))
    })
  }

  /** A page of the area. */
  async function load<T>(
    request: Request,
    context: AppContext,
    work: (trx: Trx, actor: Actor) => Promise<T>,
  ): Promise<T> {
    const actor = await require(request, context)
    return await within(context, actor, { objectId: actor.entityId }, (trx) => work(trx, actor))
  }

  /** One change: may they, is it well formed, then one transaction with its event. */
  async function change<T>(
    context: AppContext,
    actor: Actor,
    { schema, typed }: { schema: z.ZodType<T>; typed: Record<string, string> },
    work: (trx: Trx, by: By, input: T) => Promise<Saved>,
  ): Promise<Change<Saved>> {
    return await within(context, actor, { objectId: typed.id ?? actor.entityId }, async (trx, by) => {
      const parsed = schema.safeParse(typed)
      if (!parsed.success) return { ok: false, problems: problemsOf(parsed.error) }
      const saved = await work(trx, by, parsed.data)
      return saved.problems ? { ok: false, problems: saved.problems } : { ok: true, saved }
    })
  }

  return { within, load, change }
}
