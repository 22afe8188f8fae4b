import { redirect } from '@remix-run/node'
import type { z } from 'zod'
import type { ActingPerson } from '../db/administration.ts'
import { type Trx, withActor } from '../db/client.ts'
import { type Problem, problemsOf } from '../domain/administration.ts'
import { areasOf, whyNot } from '../domain/permissions.ts'
import { Refused } from '../domain/refusals.ts'
import { invalid } from './answer.server.ts'
import { permitted } from './commands/permitted.server.ts'
import type { AppContext } from './context.server.ts'
import { textEntries } from './form-entries.server.ts'
import { recordRefusalOf } from './refusal.server.ts'
import { type Actor, lacksFactor, requireActor } from './session.server.ts'
import { fieldErrors } from './text/problems.ts'

const checked = new WeakMap<AppContext, Promise<void>>()

/** The actor, when they administer their entity. Anyone else gets 403 for the whole area, with one refusal event a request. */
export async function requireAdministrator(request: Request, context: AppContext): Promise<Actor> {
  const actor = await requireActor(request, context)
  // Who administers sets up the second factor first, and comes back.
  if (lacksFactor(actor) && areasOf(actor.position.duty).includes('administration'))
    throw redirect('/cuenta/segundo-factor')
  await refuseOthers(context, actor)
  return actor
}

/** The loaders of one page run side by side; they share one refusal. */
function refuseOthers(context: AppContext, actor: Actor): Promise<void> {
  const known = checked.get(context)
  if (known) return known
  const checking = check(context, actor)
  checked.set(context, checking)
  return checking
}

async function check(context: AppContext, actor: Actor): Promise<void> {
  const { entityId } = actor
  const against = whyNot(permitted(actor), 'administer', 'Entity', { entityId })
  if (!against) return
  const refusal = new Refused(against.code, against.facts)
  await recordRefusalOf(context, actor, { objectId: entityId }, refusal)
  throw refusal
}

export function actingPerson(context: AppContext, actor: Actor): ActingPerson & { positionId: string } {
  const { entityId, personId, position } = actor
  return { entityId, personId, positionId: position.id, requestId: context.requestId }
}

/** Entries of a form as typed; a field sent twice keeps its last value, a file counts as absent. */
export type Typed = Record<string, string>

export async function typedIn(request: Request): Promise<Typed> {
  return typedOf(await request.formData())
}

export function typedOf(form: FormData): Typed {
  return Object.fromEntries(textEntries(form))
}

export type Change<S> = { ok: true; saved: Exclude<S, { problems: Problem[] }> } | { ok: false; problems: Problem[] }

/** One administration change: may they, is it well formed, then one transaction with its event. */
export async function administer<T, S extends { problems?: Problem[] | undefined }>(
  context: AppContext,
  actor: Actor,
  { schema, typed }: { schema: z.ZodType<T>; typed: unknown },
  work: (trx: Trx, by: ActingPerson & { positionId: string }, input: T) => Promise<S>,
): Promise<Change<S>> {
  await refuseOthers(context, actor)
  const parsed = schema.safeParse(typed)
  if (!parsed.success) return { ok: false, problems: problemsOf(parsed.error) }
  const saved = await withActor(context.db, actor, (trx) => work(trx, actingPerson(context, actor), parsed.data))
  if (saved.problems) return { ok: false, problems: saved.problems }
  return { ok: true, saved: saved as Exclude<S, { problems: Problem[] }> }
}

/** 422 for one of the forms of a page: each sentence beside its field, everything typed comes back. */
export function invalidForm(form: string, problems: readonly Problem[], values: Typed) {
  const errors = fieldErrors(problems).map(({ field, message }) => ({ field: `${form}-${field}`, message }))
  return invalid(errors, values)
}
