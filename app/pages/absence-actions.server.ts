import { data, redirect } from '@remix-run/node'
import type { Refused } from '../../domain/refusals.ts'
import { typedOf } from '../administration.server.ts'
import { invalid } from '../answer.server.ts'
import { cancelAbsence } from '../commands/cancel-absence.server.ts'
import { planAbsence } from '../commands/plan-absence.server.ts'
import type { AppContext } from '../context.server.ts'
import { shownRefusal } from '../refusal.server.ts'
import type { Actor } from '../session.server.ts'
import { inputErrors, inputSentence } from '../text/inputs.ts'

const FORM = 'ausencia'

/** Wrong input and what only the record knows are 422 beside their field; everything typed comes back. */
export async function actOnNewAbsence(context: AppContext, actor: Actor, form: FormData) {
  const typed = typedOf(form)
  try {
    const planned = await planAbsence(context, actor, typed)
    if (planned.ok) return redirect(`/ausencias/${planned.absenceId}?hecho=planeada`)
    return invalid(
      inputErrors(planned.errors, (path) => `${FORM}-${path}`),
      typed,
    )
  } catch (failure) {
    const { sentence, status } = shownRefusal(failure)
    const field = (failure as Refused).facts.field ?? 'positionId'
    return data({ errors: [{ field: `${FORM}-${field}`, message: sentence }], values: typed }, { status })
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
    const { sentence, status } = shownRefusal(failure)
    return data({ refused: sentence }, { status })
  }
}
