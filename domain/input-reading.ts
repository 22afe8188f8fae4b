/** How what people type outside step forms is read: which faults there are, texts and lines, and the first fault of each field. */
import { z } from 'zod'
import type { Facts } from './forms.ts'
import { isStorable } from './storable.ts'

/** What can be wrong with an input; the sentences stand in `app/text/inputs.ts`. */
export const INPUT_CODES = [
  'stale',
  'too_long',
  'bad_characters',
  'reason_missing',
  'public_reason_missing',
  'comment_missing',
  'observation_missing',
  'observations_missing',
  'verdict_missing',
  'reopening_verdict_missing',
  'procedure_missing',
  'vigencia_missing',
  'vigencia_early',
  'vigencia_late',
  'name_missing',
  'radicado_missing',
  'trd_missing',
  'view_name_missing',
  'view_name_taken',
  'duty_missing',
  'publish_date_missing',
  'publish_time_missing',
  'publish_past',
  'action_status_missing',
  'progress_missing',
  'result_missing',
  'check_verdict_missing',
  'drop_verdict_missing',
  'finding_risk_long',
  'check_grounds_missing',
  'changes_missing',
  'nothing_reason_missing',
  'commitment_missing',
  'commitment_owner_missing',
  'commitment_due_missing',
  'commitment_due_past',
  'finding_origin_missing',
  'finding_source_missing',
  'finding_date_missing',
  'finding_date_ahead',
  'criterion_missing',
  'condition_missing',
  'cause_missing',
  'effect_missing',
  'finding_action_missing',
  'finding_owner_missing',
  'action_owner_missing',
  'verification_missing',
  'cause_method_missing',
  'causes_missing',
  'whys_missing',
  'root_missing',
  'closing_missing',
  'risk_owner_missing',
  'looked_at_missing',
  'conclusion_missing',
  'cadence_missing',
  'cadence_long',
  'event_day_missing',
  'event_ahead',
  'event_end_missing',
  'event_end_early',
  'event_times_missing',
  'event_missing',
  'event_consequences_missing',
  'event_measures_missing',
  'first_period_missing',
  'indicator_name_missing',
  'indicator_objective_missing',
  'unit_missing',
  'formula_missing',
  'numerator_missing',
  'denominator_missing',
  'indicator_frequency_missing',
  'indicator_source_missing',
  'indicator_location_missing',
  'availability_missing',
  'trend_missing',
  'goal_missing',
  'critical_missing',
  'critical_crossed',
  'indicator_owner_missing',
  'period_missing',
  'numerator_value_missing',
  'denominator_value_missing',
  'methodology_missing',
  'table_unconfirmed',
  'level_missing',
  'process_missing',
  'objective_missing',
  'classification_missing',
  'factor_missing',
  'harm_missing',
  'immediate_cause_missing',
  'root_cause_missing',
  'asset_missing',
  'property_missing',
  'threat_missing',
  'vulnerability_missing',
  'consequences_missing',
  'times_missing',
  'probability_missing',
  'impact_missing',
  'economic_missing',
  'economic_beyond',
  'reputational_missing',
  'reputational_beyond',
  'questions_missing',
  'definition_missing',
  'definition_unmet',
  'control_owner_missing',
  'control_action_missing',
  'control_complement_missing',
  'control_type_missing',
  'implementation_missing',
  'documentation_missing',
  'control_frequency_missing',
  'record_kind_missing',
  'execution_missing',
  'periodicity_missing',
  'control_criterion_missing',
  'treatment_missing',
  'treatment_statement_missing',
  'plan_activity_missing',
  'plan_start_missing',
  'plan_end_missing',
  'plan_end_past',
  'plan_end_early',
  'plan_follow_up_missing',
  'plan_follow_up_early',
  'plan_follow_up_late',
  'acceptance_until_missing',
  'valid_until_missing',
  'pause_until_missing',
  'pause_missing',
  'resumes_on_missing',
  'standing_answer_missing',
  'indicator_missing',
  'column_missing',
  'purpose_missing',
  'reveal_reason_missing',
  'note_missing',
  'description_missing',
  'period_from_missing',
  'period_to_missing',
  'frequency_missing',
  'licence_missing',
  'contact_area_missing',
  'contact_mail_missing',
  'keywords_missing',
  'tables_missing',
  'grantee_missing',
  'point_missing',
  'capture_form_missing',
  'access_start_missing',
  'access_start_past',
  'access_start_far',
  'access_end_missing',
  'access_end_early',
  'access_beyond_vigencia',
  'communication_missing',
  'communication_date_missing',
  'communication_ahead',
  'access_reason_missing',
  'revocation_cause_missing',
  'duty_unread',
  'capture_point_missing',
  'capture_mode_missing',
  'paper_code_missing',
  'paper_version_missing',
  'paper_date_missing',
  'paper_date_ahead',
  'paper_other_vigencia',
  'network_missing',
  'consent_channel_missing',
  'consent_characterization_missing',
  'consent_sensitive_missing',
  'consent_contact_missing',
  'document_missing',
  'read_purpose_missing',
  'absence_position_missing',
  'absence_from_missing',
  'absence_to_missing',
  'absence_reason_missing',
  'absence_act_missing',
  'absence_past',
  'absence_to_early',
  'absence_long',
  'substitute_missing',
  'substitute_doubled',
  'entity_missing',
  'aim_missing',
  'quality_missing',
  'holder_name_missing',
  'document_type_missing',
  'document_number_missing',
  'document_number_wrong',
  'requester_name_missing',
  'contact_missing',
  'email_wrong',
  'facts_missing',
  'completion_missing',
  'secret_missing',
  'identity_method_missing',
  'denial_reason_missing',
  'delivery_missing',
  'rights_text_missing',
  'review_days_missing',
  'on_silence_missing',
  'review_month_missing',
  'review_day_missing',
  'calendar_reason_missing',
  'explanation_missing',
  'ticket_missing',
  'ticket_date_missing',
  'ticket_ahead',
  'review_answer_missing',
  'statement_missing',
  'corrections_value_missing',
  'sample_population_missing',
  'sample_part_foreign',
  'sample_from_missing',
  'sample_to_missing',
  'sample_to_early',
  'sample_to_ahead',
  'sample_method_missing',
  'sample_unsized',
  'sample_wanted_missing',
  'sample_seed_missing',
  'paper_test_missing',
  'paper_result_missing',
  'paper_evidence_missing',
  'paper_conclusion_missing',
  'minutes_number_missing',
  'minutes_date_missing',
  'minutes_date_ahead',
] as const
export type InputCode = (typeof INPUT_CODES)[number]

export interface InputError {
  path: string
  code: InputCode
  facts: Facts
}

const MAX_REASON = 2000

/** Of what a page fills in by itself: wrong only where the page is old or the form was not ours. */
export const STALE: InputCode = 'stale'
export const TOO_LONG: InputCode = 'too_long'
export const BAD_CHARACTERS: InputCode = 'bad_characters'

/** Text as typed, trimmed of nothing; U+0000 and lone surrogates are refused because no database keeps them. */
export function typedText(missing: InputCode, limits: { min?: number; max?: number } = {}) {
  const { min = 1, max = MAX_REASON } = limits
  return z
    .string(missing)
    .transform((value) => value.replaceAll('\r\n', '\n'))
    .refine((value) => value.trim().length >= min, missing)
    .refine((value) => value.length <= max, { error: TOO_LONG, params: { max } })
    .refine(isStorable, BAD_CHARACTERS)
}

/** One line of text, without the blanks around it. */
export function line(missing: InputCode, { min = 1, max }: { min?: number; max: number }) {
  return z.string(missing).trim().min(min, missing).max(max, TOO_LONG).refine(isStorable, BAD_CHARACTERS)
}

export type ReadInput<T> = { ok: true; input: T } | { ok: false; errors: InputError[] }

/** Reads an input, or says beside which field what is wrong; the first problem of each field only. */
export function readInput<T>(schema: z.ZodType<T>, raw: unknown): ReadInput<T> {
  const parsed = schema.safeParse(raw)
  if (parsed.success) return { ok: true, input: parsed.data }
  const errors = parsed.error.issues.map((issue): InputError => {
    const code = INPUT_CODES.find((one) => one === issue.message) ?? STALE
    return { path: issue.path.join('.'), code, facts: factsOf(issue) }
  })
  return { ok: false, errors: errors.filter((one, i) => errors.findIndex((other) => other.path === one.path) === i) }
}

/** As the fields stand in the form; whatever has no field comes last. */
export function inFieldOrder(errors: readonly InputError[], fields: readonly string[]): InputError[] {
  const placeOf = ({ path }: InputError) => (fields.includes(path) ? fields.indexOf(path) : fields.length)
  return [...errors].sort((one, other) => placeOf(one) - placeOf(other))
}

function factsOf(issue: z.core.$ZodIssue): Facts {
  if (issue.code === 'custom') return (issue.params as Facts | undefined) ?? {}
  if (issue.code === 'too_big') return { max: Number(issue.maximum) }
  return issue.code === 'too_small' ? { min: Number(issue.minimum) } : {}
}
