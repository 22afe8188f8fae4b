import { redirect } from '@remix-run/node'
import { type Trx, withActor } from '../../db/client.ts'
import { listStandingPositions } from '../../db/findings.ts'
import { newId } from '../../db/ids.ts'
import { findRisk, type HeldRisk } from '../../db/risks.ts'
import { checksBearingOn } from '../../domain/check-bearing.ts'
import { readInput } from '../../domain/input-reading.ts'
import { controlInput, RetireControlInput } from '../../domain/risk-inputs.ts'
import { typedOf } from '../administration.server.ts'
import { invalid, notFound } from '../answer.server.ts'
import { addControl, retireControl } from '../commands/keep-risks.server.ts'
import type { AppContext } from '../context.server.ts'
import type { Actor } from '../session.server.ts'
import { taken } from '../taken.server.ts'
import { inputErrors } from '../text/inputs.ts'
import { controlFieldLabel } from '../text/risks.ts'
import { riskObjection } from './risks.server.ts'

/** Positions that may answer for something today. */
export async function ownersFor(trx: Trx, { entityId }: Actor) {
  const owners = await listStandingPositions(trx, entityId)
  return owners.map(({ id, name, agency }) => ({ id, name, agency }))
}

export async function loadNewControl(context: AppContext, actor: Actor, code: string) {
  return await withActor(context.db, actor, async (trx) => {
    const { assessment } = await requireRisk(trx, context, actor, code)
    const { residual, documentations, frequencies, records, executions, periodicities } = assessment.methodology
    return {
      ...{ code, formKey: newId(), whyNot: riskObjection(actor), description: assessment.answers.description },
      owners: await ownersFor(trx, actor),
      choices: { documentations, frequencies, records, executions, periodicities },
      types: residual.kind === 'weight' ? residual.types : [],
      implementations: residual.kind === 'weight' ? residual.implementations : [],
      criteria: residual.kind === 'score' ? residual.criteria : [],
      checks: checksBearingOn(assessment.answers),
    }
  })
}

const CRITERION = 'criterion-'

export async function actOnNewControl(context: AppContext, actor: Actor, code: string, form: FormData) {
  const { assessment } = await withActor(context.db, actor, (trx) => requireRisk(trx, context, actor, code))
  const typed = typedOf(form)
  const chosen = Object.entries(typed).filter(([name]) => name.startsWith(CRITERION))
  const criteria = Object.fromEntries(chosen.map(([name, value]) => [name.slice(CRITERION.length), value]))
  const read = readInput(controlInput(assessment.methodology, checksBearingOn(assessment.answers)), {
    ...typed,
    criteria,
  })
  if (!read.ok) {
    const errors = inputErrors(
      read.errors,
      (path) => `control-${path.replace('criteria.', CRITERION)}`,
      controlFieldLabel,
    )
    return invalid(errors, typed)
  }
  return await taken(actor, 'control', typed, async () => {
    await addControl(context, actor, code, read.input)
    return redirect(`/riesgos/${code}?hecho=control`)
  })
}

export async function actOnRisk(context: AppContext, actor: Actor, code: string, form: FormData) {
  const typed = typedOf(form)
  const read = readInput(RetireControlInput, typed)
  if (!read.ok) return invalid(fieldsOf('retiro', read.errors), typed)
  return await taken(actor, 'retiro', typed, async () => {
    await retireControl(context, actor, code, { ...read.input, control: typed.control ?? '' })
    return redirect(`/riesgos/${code}?hecho=retirado`)
  })
}

const fieldsOf = (form: string, errors: Parameters<typeof inputErrors>[0]) =>
  inputErrors(errors, (path) => `${form}-${path.replace('answers.', '')}`)

/** The risk of an address. Throws 404 where there is none. */
export async function requireRisk(trx: Trx, context: AppContext, actor: Actor, code: string): Promise<HeldRisk> {
  const risk = await findRisk(trx, actor.entityId, code)
  if (!risk) throw notFound(context.requestId)
  return risk
}
