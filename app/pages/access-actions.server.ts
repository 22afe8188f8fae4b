import { data, redirect } from '@remix-run/node'
import { GrantVerdictInput } from '../../domain/grant-inputs.ts'
import { readInput } from '../../domain/input-reading.ts'
import type { Refused } from '../../domain/refusals.ts'
import { StatementInput } from '../../domain/review-inputs.ts'
import { typedOf } from '../administration.server.ts'
import { type FieldError, invalid } from '../answer.server.ts'
import { decideAccess } from '../commands/decide-access.server.ts'
import { requestAccess } from '../commands/request-access.server.ts'
import { stateAboutReview } from '../commands/state-about-review.server.ts'
import type { AppContext } from '../context.server.ts'
import { provedBy } from '../prove.server.ts'
import { shownRefusal } from '../refusal.server.ts'
import type { Actor } from '../session.server.ts'
import { inputErrors } from '../text/inputs.ts'

/** Wrong input and what only the record knows are 422 beside their field; everything typed comes back. */
export async function actOnNewAccess(context: AppContext, actor: Actor, form: FormData) {
  const typed = typedOf(form)
  try {
    const asked = await requestAccess(context, actor, typed)
    if (!asked.ok)
      return invalid(
        inputErrors(asked.errors, (path) => `acceso-${path}`),
        typed,
      )
    return redirect(`/accesos/${asked.grantId}?hecho=${asked.settled ? 'pedido' : 'tramite'}`)
  } catch (failure) {
    const { sentence, status } = shownRefusal(failure, actor)
    const field = (failure as Refused).facts.field ?? (typed.restores ? 'reason' : 'granteeId')
    return data({ errors: [{ field: `acceso-${field}`, message: sentence }], values: typed }, { status })
  }
}

interface VerdictAnswer {
  errors: FieldError[]
  values: Record<string, string>
  /** Why it was not taken, where that is no fault of the input. */
  refused?: string
}

/** The forms of an access: each sends one verdict. */
export async function actOnAccess(request: Request, context: AppContext, actor: Actor, grantId: string) {
  const form = await request.formData()
  const typed = typedOf(form)
  const verdict = typed.formulario ?? ''
  if (verdict === 'declarar') return await state(context, actor, grantId, typed)
  const read = readInput(GrantVerdictInput, { ...typed, grantId, verdict })
  if (!read.ok)
    return data<VerdictAnswer>(
      { errors: inputErrors(read.errors, (path) => `${verdict}-${path}`), values: typed },
      { status: 422 },
    )
  const needsProof = read.input.verdict === 'grant' || read.input.verdict === 'revoke'
  const proof = needsProof ? await provedBy(request, context, actor, form) : { ok: true as const, actor }
  if (!proof.ok)
    return data<VerdictAnswer>(
      { errors: [{ field: `${verdict}-clave`, message: proof.message }], values: typed },
      { status: 422 },
    )
  try {
    const { settled } = await decideAccess(context, proof.actor, read.input)
    return redirect(`/accesos/${grantId}?hecho=${settled ? verdict : 'tramite'}`)
  } catch (failure) {
    const { sentence, status } = shownRefusal(failure, actor)
    return data<VerdictAnswer>({ errors: [], values: typed, refused: sentence }, { status })
  }
}

/** What the person says to the review of their access. */
async function state(context: AppContext, actor: Actor, grantId: string, typed: Record<string, string>) {
  const read = readInput(StatementInput, { grantId, body: typed.body })
  if (!read.ok)
    return data<VerdictAnswer>(
      { errors: inputErrors(read.errors, (path) => `declarar-${path}`), values: typed },
      { status: 422 },
    )
  try {
    await stateAboutReview(context, actor, read.input)
    return redirect(`/accesos/${grantId}?hecho=declaracion`)
  } catch (failure) {
    const { sentence, status } = shownRefusal(failure, actor)
    return data<VerdictAnswer>({ errors: [], values: typed, refused: sentence }, { status })
  }
}
