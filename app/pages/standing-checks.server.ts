import { redirect } from '@remix-run/node'
import { listGates } from '../../db/check-gates.ts'
import { type Trx, withActor } from '../../db/client.ts'
import { newId } from '../../db/ids.ts'
import { examineStanding } from '../../db/standing-checks.ts'
import { readInput } from '../../domain/input-reading.ts'
import { STEP_CODES, type StepCode } from '../../domain/procedures.ts'
import { gateInput, STANDING_CHECK_IDS, type StandingCheckId, standingCheck } from '../../domain/standing-checks.ts'
import { typedOf } from '../administration.server.ts'
import { invalid, notFound } from '../answer.server.ts'
import { holdStep, releaseStep } from '../commands/keep-gates.server.ts'
import type { AppContext } from '../context.server.ts'
import type { Actor } from '../session.server.ts'
import { taken } from '../taken.server.ts'
import { dutyName } from '../text/duties.ts'
import { inputErrors } from '../text/inputs.ts'
import { standingAt, standingText } from '../text/standing-checks.ts'
import { riskObjection } from './risks.server.ts'

export async function loadStandingChecks(context: AppContext, actor: Actor) {
  return await withActor(context.db, actor, async (trx) => ({ checks: await examinedChecks(trx, actor) }))
}

/** Every check as it finds things now. */
export async function examinedChecks(trx: Trx, { entityId, entity }: Actor) {
  const gates = await listGates(trx, entityId)
  const checks = []
  for (const check of STANDING_CHECK_IDS) {
    const { area, owner } = standingCheck(check)
    const { lookedAt, found } = await examineStanding(trx, entityId, check)
    const steps = gates.filter((gate) => gate.check === check).map(({ step }) => step)
    checks.push({ check, area, owner: dutyName(owner, entity.dutyNames), lookedAt, found, steps })
  }
  return checks
}

export async function loadStandingCheck(context: AppContext, actor: Actor, address: string) {
  const check = requireStandingCheck(context, address)
  const { entityId } = actor
  return await withActor(context.db, actor, async (trx) => {
    const { area, owner } = standingCheck(check)
    const gates = await listGates(trx, entityId, check)
    return {
      ...{ check, area, owner: dutyName(owner, actor.entity.dutyNames) },
      ...{ examination: await examineStanding(trx, entityId, check), gates, formKey: newId() },
      free: STEP_CODES.filter((code) => gates.every(({ step }) => step !== code)),
      whyNot: riskObjection(actor),
    }
  })
}

function requireStandingCheck(context: AppContext, address: string): StandingCheckId {
  const check = standingAt(address)
  if (!check) throw notFound(context.requestId)
  return check
}

/** Holds a step, or lets it go: what was typed comes back with the sentence that says why not. */
export async function actOnStandingCheck(context: AppContext, actor: Actor, address: string, form: FormData) {
  const check = requireStandingCheck(context, address)
  const typed = typedOf(form)
  const to = (done: string) => redirect(`/riesgos/verificaciones/${standingText[check].address}?hecho=${done}`)
  const isRelease = typed.formulario === 'liberar'
  const read = isRelease ? null : readInput(gateInput, typed)
  if (read && !read.ok)
    return invalid(
      inputErrors(read.errors, (path) => `retener-${path}`),
      typed,
    )
  return await taken(actor, 'retener', typed, async () => {
    if (read) await holdStep(context, actor, check, read.input)
    else await releaseStep(context, actor, check, (typed.step ?? '') as StepCode)
    return to(read ? 'retenido' : 'liberado')
  })
}
