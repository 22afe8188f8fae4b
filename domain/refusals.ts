/** The only "no" types: an objection says why not, `Refused` carries it out of wherever it was found. */

/** Reason codes and the answer each gets; their Spanish sentences stand in `app/text/refusals.ts`. */
export const REFUSALS = {
  not_visible: 404,
  no_right: 403,
  not_in_charge: 403,
  own_work: 403,
  view_of_other: 403,
  comment_of_other: 403,
  reviewer_approves: 403,
  tenure_ended: 403,
  area_closed: 403,
  proof_expired: 403,
  not_your_turn: 409,
  already_decided: 409,
  already_signed: 409,
  not_open: 409,
  not_submitted: 409,
  not_approved: 409,
  step_locked: 409,
  cycle_over: 409,
  cycle_exists: 409,
  content_changed: 409,
  draft_changed: 409,
  submission_in_flight: 409,
  reopening_pending: 409,
  no_reopening: 409,
  incomplete: 409,
  comments_open: 409,
  earlier_unreported: 409,
  held_by_check: 409,
  gate_lifted: 409,
  action_over: 409,
  control_retired: 409,
  methodology_unchanged: 409,
  methodology_unknown: 422,
  methodology_not_chosen: 409,
  copy_gone: 409,
  table_hole: 422,
  table_falls: 422,
  controls_undesigned: 409,
  already_moved: 409,
  move_asks_otherwise: 409,
  override_same: 422,
  override_above: 422,
  override_unsupported: 422,
  override_over: 409,
  never_acceptable: 422,
  zone_not_acceptable: 422,
  acceptance_unproven: 409,
  acceptance_too_long: 422,
  acceptance_open: 409,
  acceptance_unasked: 409,
  acceptance_over: 409,
  run_over: 409,
  run_to_check: 409,
  run_to_do: 409,
  own_evidence: 403,
  evidence_missing: 422,
  evidence_unknown: 422,
  evidence_ahead: 422,
  evidence_beside: 422,
  evidence_expired: 422,
  evidence_long: 422,
  pause_overlaps: 409,
  pause_past: 422,
  pause_unknown: 409,
  pause_over: 409,
  resume_past: 422,
  resume_late: 422,
  alert_over: 409,
  action_not_done: 409,
  action_not_verified: 409,
  causes_known: 409,
  causes_unknown: 409,
  finding_closed: 409,
  plan_empty: 409,
  effect_unproven: 409,
  reviews_overdue: 409,
  period_measured: 409,
  check_early: 409,
  release_unsafe: 409,
  table_too_fine: 409,
  release_unproven: 409,
  release_withdrawn: 409,
  already_public: 409,
  crosswalk_standing: 409,
  claimed_by_other: 409,
  import_running: 409,
  typed_unread: 422,
  body_differs: 422,
  out_of_date: 409,
  not_read: 409,
  already_answered: 409,
  reminded_today: 409,
  own_access: 403,
  not_the_grantee: 403,
  duty_unaccepted: 409,
  not_granted: 409,
  access_decided: 409,
  access_over: 409,
  self_request: 422,
  no_open_account: 422,
  not_at_work: 422,
  point_closed: 422,
  access_held: 422,
  access_input: 422,
  account_unknown: 422,
  point_unknown: 422,
  row_repeated: 422,
  list_unread: 422,
  indicator_retired: 409,
  import_unread: 422,
  import_faulty: 409,
  import_empty: 409,
  beyond_substitution: 403,
  personal_act: 403,
  substitution_ended: 403,
  not_the_holder: 422,
  substitute_self: 422,
  substitute_unknown: 422,
  substitute_no_account: 422,
  substitute_not_at_work: 422,
  substitute_holds_it: 422,
  substitute_absent: 422,
  substitution_circle: 422,
  substitution_chain: 422,
  absence_overlaps: 422,
  absence_input: 422,
  absence_over: 409,
  rights_over: 409,
  rights_underway: 409,
  rights_incomplete: 409,
  already_identified: 409,
  unidentified: 409,
  only_claims: 409,
  requirement_late: 409,
  already_extended: 409,
  extension_late: 409,
  rights_input: 422,
  wrong_secret: 422,
  tries_spent: 429,
  nothing_to_complete: 409,
  campaign_exists: 409,
  campaign_over: 409,
  undo_over: 409,
  undo_done: 409,
  calendar_moved: 409,
  calendar_same: 422,
  campaign_input: 422,
  reviews_waiting: 409,
  nothing_to_review: 409,
  ticket_known: 409,
  not_reviewer: 403,
  review_over: 409,
  review_left: 409,
  review_moved: 409,
  own_review: 403,
  granter_delegate: 403,
  answer_changed: 409,
  nothing_changed: 422,
  days_not_fewer: 422,
  keep_reason_missing: 422,
  no_record: 409,
  purposes_missing: 422,
  corrections_missing: 422,
  correction_wrong: 422,
  list_too_long: 409,
  decided_alone: 409,
  no_access_in_force: 403,
  draft_gone: 409,
  record_incomplete: 409,
  citizen_recorded: 409,
  citizen_erased: 409,
} as const

export type RefusalCode = keyof typeof REFUSALS

/** Opaque facts a sentence may need: ids and dates, never typed text. */
export type RefusalFacts = Record<string, string | number | null>

export interface Objection {
  code: RefusalCode
  facts: RefusalFacts
}

export function objection(code: RefusalCode, facts: RefusalFacts = {}): Objection {
  return { code, facts }
}

export class Refused extends Error {
  readonly code: RefusalCode
  readonly status: number
  readonly facts: RefusalFacts

  constructor(code: RefusalCode, facts: RefusalFacts = {}) {
    super(code)
    this.name = 'Refused'
    this.code = code
    this.status = REFUSALS[code]
    this.facts = facts
  }
}

/** For rules that answer an objection or none. */
export function refuseIf(against: Objection | null | undefined): void {
  if (against) throw new Refused(against.code, against.facts)
}

export function isRefusalCode(value: string): value is RefusalCode {
  return value in REFUSALS
}
