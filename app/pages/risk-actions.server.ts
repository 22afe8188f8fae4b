import { redirect } from '@remix-run/node'
import { type Trx, withActor } from '../../db/client.ts'
import { listStandingPositions } from '../../db/findings.ts'
import { newId } from '../../db/ids.ts'
import { findKind, listKinds } from '../../db/methodology-choices.ts'
import { findRisk, type HeldRisk } from '../../db/risks.ts'
import { checksBearingOn } from '../../domain/check-bearing.ts'
import { readInput } from '../../domain/input-reading.ts'
import { type Kind, kindText } from '../../domain/methodology-choices.ts'
import { controlInput, RetireControlInput, riskInput } from '../../domain/risk-inputs.ts'
import { isSameMethodology, type Methodology, type MethodologyKey } from '../../domain/risk-methodology.ts'
import { type RiskAnswers, typologyOf, wordingOf } from '../../domain/risks.ts'
import { type Typed, typedOf } from '../administration.server.ts'
import { invalid, notFound } from '../answer.server.ts'
import { addControl, reassessRisk, registerRisk, retireControl } from '../commands/keep-risks.server.ts'
import type { AppContext } from '../context.server.ts'
import type { Actor } from '../session.server.ts'
import { taken } from '../taken.server.ts'
import { inputErrors } from '../text/inputs.ts'
import { methodologyTitle } from '../text/methodologies.ts'
import { riskFormText } from '../text/risks.ts'
import { riskObjection } from './risks.server.ts'

const kindIn = (search: URLSearchParams, kinds: readonly Kind[]) =>
  kinds.find((one) => kindText(one) === search.get('tipo')) ?? null

/** What the fields of a risk offer, by its methodology and typology. */
function choicesOf(methodology: Methodology, key: MethodologyKey, typology: string) {
  const { harms, classifications, factors, assetKinds, properties, threats, vulnerabilities } = methodology
  const kind = typologyOf(methodology, typology)
  return {
    ...{ harms, classifications, factors, assetKinds, properties, threats, vulnerabilities },
    ...{ isAsset: kind?.isAsset ?? false, template: wordingOf(methodology, { typology }) },
    probability: methodology.probability.map(({ code, name, words }) => ({ code, name, words })),
    byWords: methodology.probability.every((one) => one.times === null),
    impact: methodology.impact.map(({ code, name, words, economic }) => ({ code, name, words, economic })),
    questions: methodology.questions.map(({ code, text }) => ({ code, text })),
    ...{ methodologyName: methodologyTitle(methodology, key), typologyName: kind?.name ?? '' },
  }
}

export type RiskChoices = ReturnType<typeof choicesOf>

/** Positions that may answer for something today. */
export async function ownersFor(trx: Trx, { entityId }: Actor) {
  const owners = await listStandingPositions(trx, entityId)
  return owners.map(({ id, name, agency }) => ({ id, name, agency }))
}

export async function loadNewRisk(context: AppContext, actor: Actor, search: URLSearchParams) {
  return await withActor(context.db, actor, async (trx) => {
    const kinds = await listKinds(trx, actor.entityId)
    const asked = kindIn(search, kinds)
    return {
      kinds: kinds.map((one) => ({
        ...{ code: kindText(one), name: one.typology.name },
        methodology: methodologyTitle(one.methodology, one.key),
      })),
      ...{ owners: await ownersFor(trx, actor), formKey: newId(), whyNot: riskObjection(actor) },
      isUnknown: search.has('tipo') && asked === null,
      choices: asked && choicesOf(asked.methodology, asked.key, asked.typology.code),
    }
  })
}

/** Wrong input is 422 beside its field, a refusal its sentence, and everything typed comes back. */
export async function actOnNewRisk(context: AppContext, actor: Actor, request: Request) {
  const { searchParams } = new URL(request.url)
  const asked = await withActor(context.db, actor, async (trx) =>
    kindIn(searchParams, await listKinds(trx, actor.entityId)),
  )
  const typed = typedRisk(await request.formData())
  if (!asked) return invalid([{ field: 'tipo', message: riskFormText.kindMissing }], typed)
  const { methodology, key, typology } = asked
  const read = readInput(riskInput(methodology, typology.code, true), typed)
  if (!read.ok) return invalid(fieldsOf('riesgo', read.errors), typed)
  return await taken(actor, 'riesgo', typed, async () => {
    const code = await registerRisk(context, actor, key, read.input)
    return redirect(`/riesgos/${code}?hecho=registrado`)
  })
}

export async function loadReassessment(context: AppContext, actor: Actor, code: string) {
  return await withActor(context.db, actor, async (trx) => {
    const risk = await requireRisk(trx, context, actor, code)
    const { assessment } = risk
    const { answers } = assessment
    const kind = await findKind(trx, actor.entityId, answers.typology)
    return {
      ...{ code, formKey: newId(), read: assessment.contentHash, whyNot: riskObjection(actor) },
      otherChosen:
        kind && !isSameMethodology(kind.key, assessment.key) ? methodologyTitle(kind.methodology, kind.key) : null,
      owners: await ownersFor(trx, actor),
      choices: choicesOf(assessment.methodology, assessment.key, answers.typology),
      initial: { ...written(assessment.methodology, answers), ownerId: risk.ownerPosition },
    }
  })
}

export async function actOnReassessment(context: AppContext, actor: Actor, code: string, form: FormData) {
  const { assessment } = await withActor(context.db, actor, (trx) => requireRisk(trx, context, actor, code))
  const typed = typedRisk(form)
  const read = readInput(riskInput(assessment.methodology, assessment.answers.typology, false), typed)
  if (!read.ok) return invalid(fieldsOf('riesgo', read.errors), typed)
  return await taken(actor, 'riesgo', typed, async () => {
    const asked = { key: assessment.key, input: read.input, read: typed.read ?? '' }
    await reassessRisk(context, actor, code, asked)
    return redirect(`/riesgos/${code}?hecho=valorado`)
  })
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
    const errors = inputErrors(read.errors, (path) => `control-${path.replace('criteria.', CRITERION)}`)
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

/** Every question answered yes, in one text. */
function typedRisk(form: FormData): Typed {
  return { ...typedOf(form), yes: form.getAll('yes').join(',') }
}

/** What stands, as a form writes it. */
/** As the form has them. The wording of the template is made anew of what is typed; only another one is somebody's own. */
function written(methodology: Methodology, of: RiskAnswers): Record<string, string> {
  const { yes, timesPerYear, ...answers } = of
  const description = answers.description === wordingOf(methodology, of) ? '' : answers.description
  return {
    ...answers,
    description,
    yes: yes.join(','),
    timesPerYear: timesPerYear === null ? '' : String(timesPerYear),
  }
}

async function requireRisk(trx: Trx, context: AppContext, actor: Actor, code: string): Promise<HeldRisk> {
  const risk = await findRisk(trx, actor.entityId, code)
  if (!risk) throw notFound(context.requestId)
  return risk
}
