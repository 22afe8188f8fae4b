import { redirect } from '@remix-run/node'
import type { z } from 'zod'
import { withActor } from '../../db/client.ts'
import { appToday } from '../../db/clock.ts'
import { findCadence } from '../../db/risk-reviews.ts'
import { findRisk } from '../../db/risks.ts'
import { inFieldOrder, readInput } from '../../domain/input-reading.ts'
import { cadenceInput, RISK_FOLLOW_FIELDS, RiskReviewInput, riskEventInput } from '../../domain/risk-follow-inputs.ts'
import { type Typed, typedOf } from '../administration.server.ts'
import { invalid, notFound } from '../answer.server.ts'
import { changeReviewCadence, recordRiskEvent, reviewRisk } from '../commands/follow-risk.server.ts'
import type { AppContext } from '../context.server.ts'
import type { Actor } from '../session.server.ts'
import { taken } from '../taken.server.ts'
import { inputErrors } from '../text/inputs.ts'

/** The three forms of a risk's follow-up: wrong input is 422 beside its field, and everything typed comes back. */
export async function actOnRiskFollow(context: AppContext, actor: Actor, code: string, form: FormData) {
  const typed = typedOf(form)
  const of = { context, actor, code, typed }
  switch (typed.formulario) {
    case 'frecuencia':
      return await take(of, cadenceInput(await zoneMonthsOf(context, actor, code)), changeReviewCadence)
    case 'hecho':
      return await take(of, riskEventInput(appToday()), recordRiskEvent)
    default:
      return await take(of, RiskReviewInput, reviewRisk)
  }
}

async function zoneMonthsOf(context: AppContext, actor: Actor, code: string): Promise<number> {
  return await withActor(context.db, actor, async (trx) => {
    const risk = await findRisk(trx, actor.entityId, code)
    const cadence = risk && (await findCadence(trx, risk.id))
    if (!cadence) throw notFound(context.requestId)
    return cadence.zoneMonths
  })
}

interface Sent {
  context: AppContext
  actor: Actor
  code: string
  typed: Typed
}

async function take<T>(
  { context, actor, code, typed }: Sent,
  schema: z.ZodType<T>,
  command: (context: AppContext, actor: Actor, code: string, input: T) => Promise<unknown>,
) {
  const name = typed.formulario ?? 'revision'
  const read = readInput(schema, typed)
  if (!read.ok)
    return invalid(
      inputErrors(inFieldOrder(read.errors, RISK_FOLLOW_FIELDS), (path) => `${name}-${path}`),
      typed,
    )
  return await taken(actor, name, typed, async () => {
    await command(context, actor, code, read.input)
    return redirect(`/riesgos/${code}/seguimiento?hecho=${name}`)
  })
}
