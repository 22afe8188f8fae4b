import { appNow } from '../db/clock.ts'
import type { AppContext } from './context.server.ts'
import { lacksFactor } from './second-factor.server.ts'
import { type Actor, isPasswordRecent, isProofRecent } from './session.server.ts'
import { proveAgain } from './sign-in.server.ts'
import { decisionText } from './text/decisions.ts'

export type Proof = { ok: true; actor: Actor } | { ok: false; message: string }

const FAILURES = {
  wrong: decisionText.passwordWrong,
  throttled: decisionText.passwordThrottled,
  code_missing: decisionText.codeMissing,
  code_wrong: decisionText.codeWrong,
}

/** The actor with a recent proof: as they came, or after the password typed in this same form (model.md §4). */
export async function provedBy(request: Request, context: AppContext, actor: Actor, form: FormData): Promise<Proof> {
  if (isProofRecent(actor)) return { ok: true, actor }
  if (lacksFactor(actor)) return { ok: false, message: decisionText.factorMissing }
  return await provedOwn(request, context, actor, form)
}

/** As `provedBy`, for what people change of their own account: the second factor itself is set up there. */
export async function provedOwn(request: Request, context: AppContext, actor: Actor, form: FormData): Promise<Proof> {
  if (isPasswordRecent(actor)) return { ok: true, actor }
  const password = String(form.get('clave') ?? '')
  if (!password) return { ok: false, message: decisionText.passwordMissing }
  const outcome = await proveAgain(request, context, password, String(form.get('codigo') ?? ''))
  return outcome === 'proved'
    ? { ok: true, actor: { ...actor, provedAt: appNow() } }
    : { ok: false, message: FAILURES[outcome] }
}
