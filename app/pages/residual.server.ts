import { redirect } from '@remix-run/node'
import { withActor } from '../../db/client.ts'
import { newId } from '../../db/ids.ts'
import { listOverrides, readOf } from '../../db/residual-overrides.ts'
import { isAskedToOverwrite } from '../../db/risk-follow-ups.ts'
import { standOf } from '../../db/risk-standings.ts'
import { findRisk } from '../../db/risks.ts'
import { readInput } from '../../domain/input-reading.ts'
import { OverrideInput, OverrideRead } from '../../domain/methodology-inputs.ts'
import type { Methodology } from '../../domain/risk-methodology.ts'
import { type Place, zoneOf } from '../../domain/risks.ts'
import { type Typed, typedOf } from '../administration.server.ts'
import { invalid, notFound } from '../answer.server.ts'
import { overwriteResidual, withdrawOverride } from '../commands/overwrite-residual.server.ts'
import type { AppContext } from '../context.server.ts'
import type { Actor } from '../session.server.ts'
import { taken } from '../taken.server.ts'
import { inputErrors } from '../text/inputs.ts'
import { levelWords } from '../text/place-words.ts'
import { shownOverride } from './override-notice.server.ts'
import { riskObjection } from './risks.server.ts'

/** What is computed, what stands, and everything that was ever written over it. */
export async function loadResidual(context: AppContext, actor: Actor, code: string) {
  return await withActor(context.db, actor, async (trx) => {
    const risk = await findRisk(trx, actor.entityId, code)
    if (!risk) throw notFound(context.requestId)
    const standing = await standOf(trx, risk.id)
    const { assessment, methodology, computed, override, declared, demonstrated } = standing
    const history = (await listOverrides(trx, risk.id)).map((one) => shownOverride(one, methodology, assessment.n))
    return {
      ...{ code, description: assessment.answers.description, formKey: newId(), whyNot: riskObjection(actor) },
      read: readOf(standing),
      rows: [
        {
          name: 'declared' as const,
          computed: shownPlace(methodology, computed.declared),
          standing: shownPlace(methodology, declared),
        },
        {
          name: 'demonstrated' as const,
          computed: shownPlace(methodology, computed.demonstrated),
          standing: shownPlace(methodology, demonstrated),
        },
      ],
      levels: {
        probability: methodology.probability.map(({ name, percent }) => ({ name, percent })),
        impact: methodology.impact.map(({ name, percent }) => ({ name, percent })),
      },
      initial: { probability: String(declared.probability), impact: String(declared.impact) },
      ...{ isOverwritten: override !== null, history, isAsked: await isAskedToOverwrite(trx, risk.id) },
    }
  })
}

const shownPlace = (methodology: Methodology, place: Place) => ({
  ...{ words: levelWords(methodology, place), zone: { code: place.zone, name: zoneOf(methodology, place.zone).name } },
})

export async function actOnResidual(context: AppContext, actor: Actor, code: string, form: FormData) {
  const typed = typedOf(form)
  if (typed.formulario === 'quitar') return await withdrawing(context, actor, code, typed)
  const read = readInput(OverrideInput, typed)
  if (!read.ok)
    return invalid(
      inputErrors(read.errors, (path) => `residual-${path}`),
      typed,
    )
  return await taken(actor, 'residual', typed, async () => {
    await overwriteResidual(context, actor, code, read.input)
    return redirect(`/riesgos/${code}/residual?hecho=sobrescrito`)
  })
}

async function withdrawing(context: AppContext, actor: Actor, code: string, typed: Typed) {
  const read = readInput(OverrideRead, typed)
  if (!read.ok)
    return invalid(
      inputErrors(read.errors, (path) => `quitar-${path}`),
      typed,
    )
  return await taken(actor, 'quitar', typed, async () => {
    await withdrawOverride(context, actor, code, read.input)
    return redirect(`/riesgos/${code}/residual?hecho=quitado`)
  })
}
