import { data } from '@remix-run/node'
import type { Typed } from './administration.server.ts'
import { shownRefusal } from './refusal.server.ts'
import type { Actor } from './session.server.ts'

/**
 * What one of the forms of a page came to. A refusal is its sentence above that form, or beside the field that `beside` names for its
 * code, and everything typed comes back.
 */
export async function taken<A>(
  actor: Actor,
  form: string,
  typed: Typed,
  work: () => Promise<A>,
  beside: Record<string, string> = {},
) {
  try {
    return await work()
  } catch (failure) {
    const { sentence, status, code } = shownRefusal(failure, actor)
    return data({ errors: [{ field: `${form}-${beside[code] ?? ''}`, message: sentence }], values: typed }, { status })
  }
}
