import { data } from '@remix-run/node'
import type { Typed } from './administration.server.ts'
import { shownRefusal } from './refusal.server.ts'
import type { Actor } from './session.server.ts'

/** What one of the forms of a page came to. A refusal is its sentence above that form, and everything typed comes back. */
export async function taken<A>(actor: Actor, form: string, typed: Typed, work: () => Promise<A>) {
  try {
    return await work()
  } catch (failure) {
    const { sentence, status } = shownRefusal(failure, actor)
    return data({ errors: [{ field: `${form}-`, message: sentence }], values: typed }, { status })
  }
}
