/**
 * Controls that the product runs on itself (features D6): by id, in the order of their list. What each proves is said in
 * `app/text/automatic-checks.ts`, and which rows break it is asked in `db/automatic-checks/`, one file each.
 */

/** `high`: what it finds harms people or what is signed; `medium`: work that stands still, or proof that is missing. */
export type Severity = 'high' | 'medium'

const SEVERITIES = {
  access_without_delegation: 'high',
  released_without_approval: 'high',
  approved_own_draft: 'high',
  approval_of_other_content: 'high',
  decision_without_event: 'high',
  write_without_event: 'high',
  history_differs: 'high',
  reminder_untold: 'medium',
  small_cell_published: 'high',
  access_unreviewed: 'high',
  ending_unproven: 'high',
  orphaned_work: 'medium',
  log_intact: 'high',
  backup_restorable: 'high',
} as const satisfies Record<string, Severity>

export type ControlId = keyof typeof SEVERITIES

export const CONTROL_IDS = Object.keys(SEVERITIES) as ControlId[]

export function isControlId(id: string): id is ControlId {
  return id in SEVERITIES
}

export function severityOf(id: ControlId): Severity {
  return SEVERITIES[id]
}

/** `error`: it could not be carried out, so it proves nothing. */
export const CHECK_RESULTS = ['passed', 'failed', 'error'] as const
export type CheckResult = (typeof CHECK_RESULTS)[number]

/** How a control stands on a page: nobody ran it yet, it is being run, or its last result. */
export type ControlState = CheckResult | 'never' | 'running'

/** Kinds of things a row that breaks a control is of; each has its page. */
export const VIOLATION_KINDS = [
  ...([
    'grant',
    'campaign',
    'step',
    'cycle',
    'release',
    'crosswalk',
    'action',
    'finding',
    'indicator',
    'risk',
    'mail',
    'act',
    'control',
    'position',
    'person',
    'rights',
    'event',
    'seal',
    'checkpoint',
    'none',
  ] as const),
] as const
export type ViolationKind = (typeof VIOLATION_KINDS)[number]

/** One row that breaks a control: what a clerk follows to it, and never a name or an answer of a person. */
export interface Violation {
  kind: ViolationKind
  /** Of the thing its page shows. */
  id: string
  /** Step of the cycle, where it is of one. */
  place: string | null
  /** As people call it: a code, a title. */
  label: string
  /** Which part of the control it breaks. */
  reason: string
  /** What else the sentence about it says: which table, when, and the name an explanation calls it by. */
  facts?: Record<string, string>
}

/** Controls of what happened and cannot be undone: it is a difference until somebody answers for it (decision 0060). */
const EXPLAINED: readonly ControlId[] = ['write_without_event', 'history_differs']

export function isExplained(control: ControlId): boolean {
  return EXPLAINED.includes(control)
}

/** Of those controls, what stands rather than happened: whoever puts it right sees it gone with the next run. */
const PUT_RIGHT = ['ended_early', 'never_ended', 'history_unread', 'histories_left', 'not_watched']

/** What an explanation calls the difference that this row is of; null where the row is put right and not explained. */
export function differenceOf(control: ControlId, { reason, facts }: Violation): string | null {
  return isExplained(control) && !PUT_RIGHT.includes(reason) ? (facts?.difference ?? null) : null
}

/** The rows of a difference among those that a run kept, where it is one to explain: one explanation is for all of them. */
export function rowsToExplain(control: ControlId, violations: readonly Violation[], difference: string): Violation[] {
  return violations.filter((violation) => differenceOf(control, violation) === difference)
}

/** How many rows there are of a difference, of which the run kept these. */
export function foundOf(violations: readonly Violation[]): number {
  return Number(violations[0]?.facts?.rows ?? violations.length)
}

/** How many of the rows that break it a run keeps; it counts all of them. */
export const KEPT_VIOLATIONS = 50

/** What one run of a control found. */
export interface Examination {
  /** Rows, cells or files it looked at. */
  lookedAt: number
  /** How many break it. */
  found: number
  violations: Violation[]
  /** What else it rests on: which copy was restored, for instance. */
  facts?: Record<string, string | number>
}

export function resultOf({ found }: Pick<Examination, 'found'>): CheckResult {
  return found === 0 ? 'passed' : 'failed'
}

/** Hour in Bogotá at which every control is run each day: what it finds is told the same day. */
export const DAILY_AT = { hour: 5, minute: 0 }

/** Who keeps the process and is told that one of its controls is in red: whoever leads it, and the second line. */
export const TOLD_DUTIES = ['jefatura_ogac', 'profesional_sig']
