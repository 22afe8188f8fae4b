import { data, redirect } from '@remix-run/node'
import type { Refused } from '../../domain/refusals.ts'
import { typedOf } from '../administration.server.ts'
import type { FieldError } from '../answer.server.ts'
import { cancelAbsence } from '../commands/cancel-absence.server.ts'
import { planAbsence, type RehearsedPlan, rehearsePlan } from '../commands/plan-absence.server.ts'
import type { AppContext } from '../context.server.ts'
import { shownRefusal } from '../refusal.server.ts'
import type { Actor } from '../session.server.ts'
import { inputErrors, inputSentence } from '../text/inputs.ts'

const FORM = 'ausencia'

interface PlanAnswer {
  errors: FieldError[]
  values: Record<string, string>
  /** What each substitute could open, where nothing is wrong. */
  rehearsed?: RehearsedPlan
}

/**
 * First shows what the substitutes could open, then plans it. Wrong input and what only the record knows are 422 beside their
 * field; everything typed comes back.
 */
export async function actOnNewAbsence(context: AppContext, actor: Actor, form: FormData) {
  const typed = typedOf(form)
  const again = (answer: Omit<PlanAnswer, 'values'>, status: number) =>
    data<PlanAnswer>({ ...answer, values: typed }, { status })
  try {
    const done = await (typed.paso === 'planear' ? planAbsence : rehearsePlan)(context, actor, typed)
    if (!done.ok) return again({ errors: inputErrors(done.errors, (path) => `${FORM}-${path}`) }, 422)
    if ('rehearsed' in done) return again({ errors: [], rehearsed: done.rehearsed }, 200)
    return redirect(`/ausencias/${done.absenceId}?hecho=planeada`)
  } catch (failure) {
    const { sentence, status } = shownRefusal(failure, actor)
    const field = (failure as Refused).facts.field ?? 'positionId'
    return again({ errors: [{ field: `${FORM}-${field}`, message: sentence }] }, status)
  }
}

/** Cancels it; a refusal is said on its page. */
export async function actOnAbsence(context: AppContext, actor: Actor, id: string, form: FormData) {
  if (typedOf(form).formulario !== 'cancelar')
    return data({ refused: inputSentence({ code: 'stale', facts: {} }) }, { status: 422 })
  try {
    await cancelAbsence(context, actor, id)
    return redirect(`/ausencias/${id}?hecho=cancelada`)
  } catch (failure) {
    const { sentence, status } = shownRefusal(failure, actor)
    return data({ refused: sentence }, { status })
  }
}
