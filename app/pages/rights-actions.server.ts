import { data, redirect } from '@remix-run/node'
import { readInput } from '../../domain/input-reading.ts'
import { CompletionInput, effectsTyped, RightsVerdictInput } from '../../domain/rights-inputs.ts'
import { typedOf } from '../administration.server.ts'
import type { FieldError } from '../answer.server.ts'
import { registerCompletion } from '../commands/complete-rights.server.ts'
import { decideRights, PROVED_RIGHTS } from '../commands/decide-rights.server.ts'
import { type OpenedRights, openRights } from '../commands/open-rights.server.ts'
import type { AppContext } from '../context.server.ts'
import { provedBy } from '../prove.server.ts'
import { shownRefusal } from '../refusal.server.ts'
import type { Actor } from '../session.server.ts'
import { inputErrors } from '../text/inputs.ts'

interface RightsAnswer {
  errors: FieldError[]
  values: Record<string, string>
  /** Why it was not taken, where that is no fault of the input. */
  refused?: string
  /** What the citizen typed, shown for this time. */
  opened?: OpenedRights
}

/** The forms of a request: open what was typed, register what was completed, or one verdict. */
export async function actOnRights(request: Request, context: AppContext, actor: Actor, id: string) {
  const form = await request.formData()
  const typed = typedOf(form)
  try {
    if (typed.formulario === 'ver') {
      const opened = await openRights(context, actor, id)
      return data<RightsAnswer>({ errors: [], values: {}, opened })
    }
    if (typed.formulario === 'completar') return await complete(context, actor, id, typed)
    return await decide(request, context, actor, { id, form, typed })
  } catch (failure) {
    const { sentence, status } = shownRefusal(failure, actor)
    return data<RightsAnswer>({ errors: [], values: typed, refused: sentence }, { status })
  }
}

async function complete(context: AppContext, actor: Actor, id: string, typed: Record<string, string>) {
  const read = readInput(CompletionInput, typed)
  if (!read.ok)
    return invalid(
      inputErrors(read.errors, (path) => `completar-${path}`),
      typed,
    )
  await registerCompletion(context, actor, id, read.input.completion)
  return redirect(`/derechos/${id}?hecho=completada`)
}

async function decide(
  request: Request,
  context: AppContext,
  actor: Actor,
  { id, form, typed }: { id: string; form: FormData; typed: Record<string, string> },
) {
  const verdict = typed.formulario ?? ''
  const read = readInput(RightsVerdictInput, { ...typed, ...effectsTyped(typed), requestId: id, verdict })
  if (!read.ok)
    return invalid(
      inputErrors(
        read.errors,
        (path) => `${verdict}-${path.replace(/^corrections\.(\d)\.typed$/, (_all, n) => `value-${Number(n) + 1}`)}`,
      ),
      typed,
    )
  const needsProof = PROVED_RIGHTS.includes(read.input.verdict)
  const proof = needsProof ? await provedBy(request, context, actor, form) : { ok: true as const, actor }
  if (!proof.ok) return invalid([{ field: `${verdict}-clave`, message: proof.message }], typed)
  const { settled } = await decideRights(context, proof.actor, read.input)
  return redirect(`/derechos/${id}?hecho=${settled ? verdict : 'tramite'}`)
}

/** 422 with everything typed but the password. */
function invalid(errors: FieldError[], { clave: _password, ...values }: Record<string, string>) {
  return data<RightsAnswer>({ errors, values }, { status: 422 })
}
