import { appNow } from '../db/clock.ts'
import type { AppContext } from './context.server.ts'
import { type Actor, isProofRecent } from './session.server.ts'
import { proveAgain } from './sign-in.server.ts'
import { decisionText } from './text/decisions.ts'

export type Proof = { ok: true; actor: Actor } | { ok: false; message: string }

const FAILURES = { wrong: decisionText.passwordWrong, throttled: decisionText.passwordThrottled }

/** The actor with a recent proof: as they came, or after the password typed in this same form (model.md §4). */
export async function provedBy(request: Request, context: AppContext, actor: Actor, form: FormData): Promise<Proof> {
  if (isProofRecent(actor)) return { ok: true, actor }
  const password = String(form.get('clave') ?? '')
  if (!password) return { ok: false, message: decisionText.passwordMissing }
  const outcome = await proveAgain(request, context, password)
  return outcome === 'proved'
    ? { ok: true, actor: { ...actor, provedAt: appNow() } }
    : { ok: false, message: FAILURES[outcome] }
}
