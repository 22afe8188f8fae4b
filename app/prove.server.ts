import { isByDirectory, type Proved } from '../domain/proofs.ts'
import type { AppContext } from './context.server.ts'
import { type Actor, isProofRecent, isRecent, lacksFactor } from './session.server.ts'
import { proveAgain, proveWithCode } from './sign-in.server.ts'
import { decisionText } from './text/decisions.ts'

export type Proof = { ok: true; actor: Actor } | { ok: false; message: string }

const FAILURES = {
  wrong: decisionText.passwordWrong,
  throttled: decisionText.passwordThrottled,
  code_missing: decisionText.codeMissing,
  code_wrong: decisionText.codeWrong,
}

/** The actor with a recent proof: as they came, or after what was typed in this same form (model.md §4). */
export async function provedBy(request: Request, context: AppContext, actor: Actor, form: FormData): Promise<Proof> {
  if (isProofRecent(actor)) return { ok: true, actor }
  if (lacksFactor(actor)) return { ok: false, message: decisionText.factorMissing }
  return await provedOwn(request, context, actor, form)
}

/** As `provedBy`, for what people change of their own account: the second factor itself is set up there. */
export async function provedOwn(request: Request, context: AppContext, actor: Actor, form: FormData): Promise<Proof> {
  if (isRecent(actor.provedAt)) return { ok: true, actor }
  const outcome = await (isByDirectory(actor.proof) ? withDirectory : withPassword)(request, context, actor, form)
  if (typeof outcome === 'object') return { ok: true, actor: { ...actor, ...outcome } }
  return { ok: false, message: outcome }
}

type Outcome = Promise<Proved | string>

async function withPassword(request: Request, context: AppContext, _: Actor, form: FormData): Outcome {
  const password = String(form.get('clave') ?? '')
  if (!password) return decisionText.passwordMissing
  const outcome = await proveAgain(request, context, password, String(form.get('codigo') ?? ''))
  return typeof outcome === 'object' ? outcome : FAILURES[outcome]
}

/** Whoever the directory let in goes there again first; only a code can still be typed here. */
async function withDirectory(request: Request, context: AppContext, actor: Actor, form: FormData): Outcome {
  if (!actor.hasFactor || !actor.directoryAt || !isRecent(actor.directoryAt)) return decisionText.directoryMissing
  const outcome = await proveWithCode(request, context, String(form.get('codigo') ?? ''))
  return typeof outcome === 'object' ? outcome : FAILURES[outcome]
}
