/** What people type about a risk and its controls, by the methodology it is rated with (features D1, D2). */
import { z } from 'zod'
import { isCivilDate } from './civil-dates.ts'
import type { ControlId } from './controls.ts'
import { type InputCode, line, STALE, typedText } from './input-reading.ts'
import { numberOf } from './number-notation.ts'
import { type HarmFault, harmFaults, isImpactSaid } from './risk-answers.ts'
import type { Methodology } from './risk-methodology.ts'
import { ACCEPTANCE_VERDICTS, TREATMENTS } from './risk-treatment.ts'
import { type RiskAnswers, typologyOf, wordingOf } from './risks.ts'

/** Times a year; more is a slip of the finger. */
export const MAX_TIMES = 10_000_000

/** Fields of the form of a risk, in its order; the parts of its definition come before them. */
export const RISK_FIELDS = [
  ...(['process', 'objective', 'ownerId', 'area', 'immediateCause', 'rootCause', 'classification'] as const),
  ...(['assetKind', 'asset', 'property', 'threat', 'vulnerability', 'factor', 'consequences'] as const),
  ...(['timesPerYear', 'probability', 'economic', 'reputational', 'yes', 'reason', 'description'] as const),
] as const

const none = z
  .string()
  .optional()
  .transform(() => '')
const among = (rows: readonly { code: string }[], missing: InputCode) =>
  z.string(missing).refine((code) => rows.some((one) => one.code === code), missing)
const perhapsAmong = (rows: readonly { code: string }[]) =>
  z
    .string()
    .default('')
    .refine((code) => code === '' || rows.some((one) => one.code === code), STALE)

/** Answered, and yes: a risk of which one part is not so is another kind of risk. */
const part = z
  .string('definition_missing' satisfies InputCode)
  .refine((answer) => answer === 'si' || answer === 'no', 'definition_missing' satisfies InputCode)
  .refine((answer) => answer !== 'no', 'definition_unmet' satisfies InputCode)

/** A whole number of times, as people write it: `1 200`, `1.200`. A part of a time is none, and is no thousand either. */
const times = z
  .string('times_missing' satisfies InputCode)
  .transform((typed) => numberOf(typed.replace(/(?<=\d)\s(?=\d{3}(\D|$))/g, '')) ?? Number.NaN)
  .refine((n) => Number.isInteger(n) && n >= 0 && n <= MAX_TIMES, 'times_missing' satisfies InputCode)

/** Of each way in which harm and impact differ, what is said of it. */
const HARM_CODES: readonly (HarmFault & { error: InputCode })[] = [
  { harm: 'economic', fault: 'missing', error: 'economic_missing' },
  { harm: 'economic', fault: 'beyond', error: 'economic_beyond' },
  { harm: 'reputational', fault: 'missing', error: 'reputational_missing' },
  { harm: 'reputational', fault: 'beyond', error: 'reputational_beyond' },
]
/** Also where some field is wrong: everything is told at once. */
const always = { when: () => true }

/** How a risk comes: rated for the first time, rated again, which needs a reason, or as a line of a map from elsewhere. */
export type RiskOrigin = 'first' | 'again' | 'map'

export function riskInput(methodology: Methodology, typology: string, origin: RiskOrigin) {
  const kind = typologyOf(methodology, typology)
  const isAsset = kind?.isAsset ?? false
  const byWords = methodology.probability.every((one) => one.times === null)
  const byQuestions = methodology.questions.length > 0
  const words = (missing: InputCode, min = 5) => line(missing, { min, max: 500 })
  // A map from elsewhere rates one impact alone as often as not (the higher counts, v7 num. 3.6), and never says the definition: what
  // it leaves out contradicts nothing. An impact of a harm that its own text does not name does.
  const isMap = origin === 'map'
  const definition = isMap ? [] : (methodology.definition ?? [])
  const told = HARM_CODES.filter(({ fault }) => !isMap || fault === 'beyond')
  const differs = (typed: Parameters<typeof harmFaults>[1], asked: readonly HarmFault[]) =>
    harmFaults(methodology, typed).some((one) =>
      asked.some(({ harm, fault }) => one.harm === harm && one.fault === fault),
    )
  const fields = z.object({
    formKey: z.uuid(STALE),
    ownerId: z.uuid('risk_owner_missing' satisfies InputCode),
    process: line('process_missing', { min: 3, max: 200 }),
    objective: typedText('objective_missing', { min: 10, max: 1_000 }),
    classification: isAsset ? none : among(methodology.classifications, 'classification_missing'),
    factor: among(methodology.factors, 'factor_missing'),
    area: isAsset ? none : among(methodology.harms, 'harm_missing'),
    immediateCause: isAsset ? none : words('immediate_cause_missing'),
    rootCause: isAsset ? none : words('root_cause_missing'),
    assetKind: isAsset ? among(methodology.assetKinds, 'asset_missing') : none,
    asset: isAsset ? words('asset_missing', 3) : none,
    property: isAsset ? among(methodology.properties, 'property_missing') : none,
    threat: isAsset ? words('threat_missing') : none,
    vulnerability: isAsset ? words('vulnerability_missing') : none,
    consequences: typedText('consequences_missing', { min: 5, max: 2_000 }),
    /** Empty: as the template words it. */
    description: line(STALE, { min: 0, max: 1_000 }).default(''),
    timesPerYear: byWords ? none.transform(() => null) : times,
    probability: byWords ? among(methodology.probability, 'probability_missing') : none,
    economic: byQuestions ? none : perhapsAmong(methodology.impact),
    reputational: byQuestions ? none : perhapsAmong(methodology.impact),
    yes: z
      .union([z.string(), z.array(z.string())])
      .default([])
      .transform((typed) =>
        [typed]
          .flat()
          .flatMap((one) => one.split(','))
          .filter((one) => one !== ''),
      )
      .refine((codes) => codes.every((code) => methodology.questions.some((one) => one.code === code)), STALE),
    definition: z.object(Object.fromEntries(definition.map(({ code }) => [code, part]))).prefault({}),
    reason: origin === 'again' ? typedText('reason_missing', { min: 10, max: 1_000 }) : none,
  })
  return told
    .reduce(
      (schema, { error, ...fault }) =>
        schema.refine((typed) => !differs(typed, [fault]), { ...always, path: [fault.harm], error }),
      fields,
    )
    .refine((typed) => isImpactSaid(methodology, typed) || differs(typed, told), {
      ...always,
      path: [byQuestions ? 'yes' : 'economic'],
      error: (byQuestions ? 'questions_missing' : 'impact_missing') satisfies InputCode,
    })
    .transform(({ formKey, ownerId, reason, definition: parts, ...typed }) => {
      const said = Object.keys(parts)
      const answers: RiskAnswers = { ...typed, typology, ...(said.length > 0 && { definition: said }) }
      return {
        formKey,
        ownerId,
        reason,
        answers: { ...answers, description: answers.description || wordingOf(methodology, answers) },
      }
    })
}
export type RiskInput = z.infer<ReturnType<typeof riskInput>>

/** Fields of the form of a control, in its order; those of its criteria follow, `criterion-…` each. */
export const CONTROL_FIELDS = [
  ...(['ownerId', 'action', 'complement', 'type', 'implementation', 'documentation', 'frequency', 'record'] as const),
  ...(['execution', 'periodicity', 'automaticCheck'] as const),
] as const

/** A control: who, what they do, and what happens with deviations (guía v7, diseño de controles). `checks`: those that may show it. */
export function controlInput(methodology: Methodology, checks: readonly ControlId[]) {
  const { residual } = methodology
  const isWeighed = residual.kind === 'weight'
  const criteria = residual.kind === 'score' ? residual.criteria : []
  return z.object({
    formKey: z.uuid(STALE),
    ownerId: z.uuid('control_owner_missing' satisfies InputCode),
    action: line('control_action_missing', { min: 10, max: 500 }),
    complement: typedText('control_complement_missing', { min: 10, max: 1_000 }),
    type: isWeighed ? among(residual.types, 'control_type_missing') : none,
    implementation: isWeighed ? among(residual.implementations, 'implementation_missing') : none,
    documentation: among(methodology.documentations, 'documentation_missing'),
    frequency: among(methodology.frequencies, 'control_frequency_missing'),
    record: among(methodology.records, 'record_kind_missing'),
    execution: among(methodology.executions, 'execution_missing'),
    periodicity: among(methodology.periodicities, 'periodicity_missing'),
    /** The automatic control whose runs show it; empty where none does. */
    automaticCheck: perhapsAmong(checks.map((code) => ({ code }))),
    criteria: z.object(
      Object.fromEntries(criteria.map((one) => [one.code, among(one.options, 'control_criterion_missing')])),
    ),
  })
}
export type ControlInput = z.infer<ReturnType<typeof controlInput>>

export const RetireControlInput = z.object({ reason: typedText('reason_missing', { min: 10, max: 1_000 }) })
export type RetireControlInput = z.infer<typeof RetireControlInput>

const day = (missing: InputCode) => z.string(missing).refine(isCivilDate, missing)

/** What is done about a risk: how it is reduced, what ceases, or why it may stand (domain facts §2.7). */
export const TreatmentInput = z.object({
  formKey: z.uuid(STALE),
  option: z.enum(TREATMENTS, 'treatment_missing' satisfies InputCode),
  statement: typedText('treatment_statement_missing', { min: 10, max: 2_000 }),
})
export type TreatmentInput = z.infer<typeof TreatmentInput>

/** An action of the plan that reduces a risk: activity, who, and its days. `today`: it is not due before it. */
export const planInput = (today: string) =>
  z
    .object({
      formKey: z.uuid(STALE),
      what: typedText('plan_activity_missing', { min: 10, max: 1_000 }),
      positionId: z.uuid('finding_owner_missing' satisfies InputCode),
      startsOn: day('plan_start_missing'),
      dueDate: day('plan_end_missing').refine((on) => on >= today, 'plan_end_past' satisfies InputCode),
      followUpOn: day('plan_follow_up_missing'),
      indicator: line('indicator_missing', { min: 5, max: 300 }),
    })
    .refine(({ startsOn, dueDate }) => startsOn <= dueDate, {
      ...{ path: ['dueDate'], error: 'plan_end_early' satisfies InputCode },
    })
    .refine(({ startsOn, followUpOn }) => startsOn <= followUpOn, {
      ...{ path: ['followUpOn'], error: 'plan_follow_up_early' satisfies InputCode },
    })
    // Looked at while it lasts, or as it ends: afterwards whoever checks the action says what it came to.
    .refine(({ startsOn, dueDate, followUpOn }) => startsOn > dueDate || followUpOn <= dueDate, {
      ...{ path: ['followUpOn'], error: 'plan_follow_up_late' satisfies InputCode },
    })
export type PlanInput = z.infer<ReturnType<typeof planInput>>

export const AcceptanceInput = z.object({
  formKey: z.uuid(STALE),
  reason: typedText('reason_missing', { min: 10, max: 2_000 }),
  until: day('acceptance_until_missing'),
})
export type AcceptanceInput = z.infer<typeof AcceptanceInput>

/** `contentHash`: of the acceptance as the page showed it. */
export const AcceptanceVerdictInput = z
  .object({
    acceptanceId: z.uuid(STALE),
    verdict: z.enum(ACCEPTANCE_VERDICTS, STALE),
    contentHash: z.string(STALE),
    observation: line(STALE, { min: 0, max: 2_000 }).default(''),
  })
  .refine(({ verdict, observation }) => verdict === 'accept_risk' || observation.length >= 10, {
    ...{ path: ['observation'], error: 'reason_missing' satisfies InputCode },
  })
export type AcceptanceVerdictInput = z.infer<typeof AcceptanceVerdictInput>
