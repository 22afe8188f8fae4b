import { redirect } from '@remix-run/node'
import type { z } from 'zod'
import { withActor } from '../../db/client.ts'
import { findRisk } from '../../db/risks.ts'
import { readInput } from '../../domain/input-reading.ts'
import { whyNot } from '../../domain/permissions.ts'
import { PauseInput, ResumptionInput, StandingAnswerInput } from '../../domain/run-inputs.ts'
import { type Typed, typedOf } from '../administration.server.ts'
import { invalid, notFound } from '../answer.server.ts'
import { answerStanding, pauseControl, resumeControl } from '../commands/keep-controls.server.ts'
import { permitted } from '../commands/permitted.server.ts'
import type { AppContext } from '../context.server.ts'
import type { Actor } from '../session.server.ts'
import { taken } from '../taken.server.ts'
import { inputErrors } from '../text/inputs.ts'
import { sentenceOf } from '../text/refusals.ts'
import type { ControlPlace } from './control.server.ts'
import { shownAlerts } from './standing-alerts.server.ts'

/** The two forms of a control: wrong input is 422 beside its field, a refusal its sentence, and everything typed comes back. */
export async function actOnControl(context: AppContext, actor: Actor, place: ControlPlace, form: FormData) {
  const typed = typedOf(form)
  const of = { context, actor, place, typed }
  if (typed.formulario === 'reanudar') return await take(of, ResumptionInput, resumeControl)
  return await take(of, PauseInput, pauseControl)
}

interface Sent {
  context: AppContext
  actor: Actor
  place: ControlPlace
  typed: Typed
}

async function take<T>(
  { context, actor, place, typed }: Sent,
  schema: z.ZodType<T>,
  command: (context: AppContext, actor: Actor, place: ControlPlace, input: T) => Promise<void>,
) {
  const name = typed.formulario ?? 'pausa'
  const read = readInput(schema, typed)
  if (!read.ok)
    return invalid(
      inputErrors(read.errors, (path) => `${name}-${path}`),
      typed,
    )
  return await taken(actor, name, typed, async () => {
    await command(context, actor, place, read.input)
    return redirect(`/riesgos/${place.risk}/controles/${place.control}?hecho=${name}`)
  })
}

export async function loadStandingAnswer(context: AppContext, actor: Actor, code: string) {
  const { entityId } = actor
  return await withActor(context.db, actor, async (trx) => {
    if (!(await findRisk(trx, entityId, code))) throw notFound(context.requestId)
    const [alert = null] = await shownAlerts(trx, entityId, { risk: code })
    const row = alert && { entityId, owners: [alert.ownerPosition], ownerNames: [alert.ownerName] }
    return { code, alert, whyNot: row && sentenceOf(whyNot(permitted(actor), 'answer', 'Standing', row), actor) }
  })
}

export async function actOnStandingAnswer(context: AppContext, actor: Actor, code: string, form: FormData) {
  const typed = typedOf(form)
  const read = readInput(StandingAnswerInput, typed)
  if (!read.ok)
    return invalid(
      inputErrors(read.errors, (path) => `respuesta-${path}`),
      typed,
    )
  return await taken(actor, 'respuesta', typed, async () => {
    await answerStanding(context, actor, code, read.input)
    return redirect(`/riesgos/${code}?hecho=respuesta`)
  })
}
