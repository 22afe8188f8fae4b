import { data, redirect } from '@remix-run/node'
import { withActor } from '../../db/client.ts'
import { newId } from '../../db/ids.ts'
import { findKind, listKinds } from '../../db/methodology-choices.ts'
import { type InputError, inFieldOrder, type ReadInput, readInput } from '../../domain/input-reading.ts'
import { type Kind, kindText } from '../../domain/methodology-choices.ts'
import { isOtherwise } from '../../domain/risk-answers.ts'
import { RISK_FIELDS, type RiskInput, riskInput } from '../../domain/risk-inputs.ts'
import { isSameMethodology, type Methodology, type MethodologyKey } from '../../domain/risk-methodology.ts'
import { type RiskAnswers, typologyOf, wordingOf } from '../../domain/risks.ts'
import { type Typed, typedOf } from '../administration.server.ts'
import { type FieldError, invalid } from '../answer.server.ts'
import { reassessRisk, registerRisk } from '../commands/keep-risks.server.ts'
import type { AppContext } from '../context.server.ts'
import type { Actor } from '../session.server.ts'
import { taken } from '../taken.server.ts'
import { inputErrors } from '../text/inputs.ts'
import { methodologyTitle } from '../text/methodologies.ts'
import { riskFieldLabel, riskFormText } from '../text/risks.ts'
import { ownersFor, requireRisk } from './risk-actions.server.ts'
import { changedSince, type RiskChanged } from './risk-changed.server.ts'
import { type Reviewed, type RiskReview, reviewOf } from './risk-review.server.ts'
import { riskObjection } from './risks.server.ts'

const kindIn = (search: URLSearchParams, kinds: readonly Kind[]) =>
  kinds.find((one) => kindText(one) === search.get('tipo')) ?? null

/** What the fields of a risk offer, by its methodology and typology. */
function choicesOf(methodology: Methodology, key: MethodologyKey, typology: string) {
  const { harms, classifications, factors, assetKinds, properties, threats, vulnerabilities } = methodology
  const kind = typologyOf(methodology, typology)
  return {
    ...{ harms, classifications, factors, assetKinds, properties, threats, vulnerabilities },
    ...{ isAsset: kind?.isAsset ?? false, definition: methodology.definition ?? [] },
    probability: methodology.probability.map(({ code, name, words }) => ({ code, name, words })),
    byWords: methodology.probability.every((one) => one.times === null),
    impact: methodology.impact.map(({ code, name, words, economic }) => ({ code, name, words, economic })),
    questions: methodology.questions.map(({ code, text }) => ({ code, text })),
    ...{ methodologyName: methodologyTitle(methodology, key), typologyName: kind?.name ?? '' },
  }
}

export type RiskChoices = ReturnType<typeof choicesOf>

/** What a form of a risk comes to: what is wrong with it, or how it reads before it is registered; everything typed comes back. */
export interface RiskAnswer {
  errors: FieldError[]
  values: Typed
  review?: RiskReview
  /** What somebody else put meanwhile. */
  changed?: RiskChanged
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
      // What a risk may be that is none of this kind.
      others: kinds.flatMap((one) =>
        isOtherwise(one.typology.code) ? [{ code: kindText(one), name: one.typology.name }] : [],
      ),
      ...{ owners: await ownersFor(trx, actor), formKey: newId(), whyNot: riskObjection(actor) },
      isUnknown: search.has('tipo') && asked === null,
      choices: asked && choicesOf(asked.methodology, asked.key, asked.typology.code),
    }
  })
}

/** Nothing is registered but by the last of its steps; until then everything is in the page. */
export async function actOnNewRisk(context: AppContext, actor: Actor, request: Request) {
  const { searchParams } = new URL(request.url)
  const typed = typedRisk(await request.formData())
  const asked = await withActor(context.db, actor, async (trx) =>
    kindIn(searchParams, await listKinds(trx, actor.entityId)),
  )
  if (!asked) return invalid([{ field: 'tipo', message: riskFormText.kindMissing }], typed)
  const { key, methodology, typology } = asked
  const form: RiskForm = { key, methodology, typology: typology.code, origin: 'first', risk: null }
  return await step(context, actor, form, typed, async (input) => {
    const code = await registerRisk(context, actor, key, input)
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

export async function actOnReassessment(context: AppContext, actor: Actor, code: string, request: FormData) {
  const risk = await withActor(context.db, actor, (trx) => requireRisk(trx, context, actor, code))
  const { key, methodology, answers } = risk.assessment
  const form: RiskForm = { key, methodology, typology: answers.typology, origin: 'again', risk }
  const typed = typedRisk(request)
  return await step(context, actor, form, typed, async (input) => {
    await reassessRisk(context, actor, code, { key, input, read: typed.read ?? '' })
    return redirect(`/riesgos/${code}?hecho=valorado`)
  })
}

/** A form of a risk, by what it is read with. */
interface RiskForm extends Omit<Reviewed, 'input'> {
  typology: string
  origin: 'first' | 'again'
}

/**
 * The step that was asked for (`paso`): back to the fields, read over, or registered. Wrong input is 422 beside its field, a refusal
 * its sentence, and everything typed comes back with each.
 */
async function step(
  context: AppContext,
  actor: Actor,
  form: RiskForm,
  typed: Typed,
  submit: (input: RiskInput) => Promise<Response>,
) {
  const schema = riskInput(form.methodology, form.typology, form.origin)
  const raw = { ...typed, definition: partsOf(typed) }
  const shaped = readInput(schema, raw)
  if (typed.paso === 'corregir') return answered({ errors: [], values: unworded(form, typed, shaped) })
  const owners = await withActor(context.db, actor, (trx) => ownersFor(trx, actor))
  const standing = (one: ReadInput<RiskInput>) => withStanding(one, typed, owners)
  const read = standing(shaped)
  if (read.ok && typed.paso === 'registrar') {
    const answer = await taken(actor, 'riesgo', typed, () => submit(read.input))
    if (answer instanceof Response) return answer
    const changed = await withActor(context.db, actor, (trx) =>
      changedSince(trx, actor, { ...form, input: read.input }, typed.read ?? ''),
    )
    // Whoever is told that another assessment stands by now, or that this form was taken before, goes on from what stands.
    const values = { ...answer.data.values, formKey: newId(), ...(changed && { read: changed.read }) }
    return data<RiskAnswer>({ ...answer.data, values, ...(changed && { changed }) }, answer.init ?? {})
  }
  const errors = read.ok ? [] : shownErrors(read.errors)
  // Its wording is written where the risk is read over, and corrected there.
  const reread =
    read.ok || errors.some(({ field }) => field !== 'riesgo-description')
      ? read
      : standing(readInput(schema, { ...raw, description: '' }))
  if (!reread.ok) return invalid(errors, typed)
  const review = await withActor(context.db, actor, (trx) => reviewOf(trx, actor, { ...form, input: reread.input }))
  const values = { ...typed, description: read.ok ? review.wording : (typed.description ?? '') }
  return answered({ errors, values, review }, read.ok ? 200 : 422)
}

/** Only a position that stands today answers for a risk; that is told beside its field, with all else that is wrong. */
function withStanding(
  read: ReadInput<RiskInput>,
  { ownerId }: Typed,
  owners: readonly { id: string }[],
): ReadInput<RiskInput> {
  const errors = read.ok ? [] : read.errors
  if (owners.some(({ id }) => id === ownerId) || errors.some(({ path }) => path === 'ownerId')) return read
  return { ok: false, errors: [...errors, { path: 'ownerId', code: 'risk_owner_missing', facts: {} }] }
}

const answered = (answer: RiskAnswer, status = 200) => data(answer, { status })

const shownErrors = (errors: readonly InputError[]) =>
  inputErrors(
    inFieldOrder(errors, [
      ...errors.flatMap(({ path }) => (path.startsWith('definition.') ? [path] : [])),
      ...RISK_FIELDS,
    ]),
    (path) => `riesgo-${path.replace('definition.', DEFINITION)}`,
    riskFieldLabel,
  )

const DEFINITION = 'definition-'

/** What was answered of each part of the definition, by its code. */
function partsOf(typed: Typed): Record<string, string> {
  const parts = Object.entries(typed).filter(([name]) => name.startsWith(DEFINITION))
  return Object.fromEntries(parts.map(([name, answer]) => [name.slice(DEFINITION.length), answer]))
}

/** Back in the fields, the wording of the template is made anew of what is typed there; only another one is somebody's own. */
function unworded({ methodology }: RiskForm, typed: Typed, read: ReadInput<RiskInput>): Typed {
  const isTemplate = read.ok && read.input.answers.description === wordingOf(methodology, read.input.answers)
  return isTemplate ? { ...typed, description: '' } : typed
}

/** Every question answered yes, in one text. */
function typedRisk(form: FormData): Typed {
  return { ...typedOf(form), yes: form.getAll('yes').join(',') }
}

/** What stands, as the form has it. */
function written(methodology: Methodology, of: RiskAnswers): Record<string, string> {
  const { yes, timesPerYear, definition = [], ...answers } = of
  return {
    ...answers,
    description: answers.description === wordingOf(methodology, of) ? '' : answers.description,
    yes: yes.join(','),
    timesPerYear: timesPerYear === null ? '' : String(timesPerYear),
    ...Object.fromEntries(definition.map((code) => [`${DEFINITION}${code}`, 'si'])),
  }
}
