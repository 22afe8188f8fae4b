/**
 * Improvement actions (G4, N15): the "A" of PHVA (AV-C-004, planes de mejoramiento). A recommendation of a signed report, a
 * commitment of a dependencia or a finding, from its first report of progress to the check that it had an effect.
 */
import { addDays, bogotaDate } from './civil-dates.ts'
import { rowsOf, textOf } from './forms.ts'
import { type Procedure, stepTemplate } from './procedures.ts'
import type { StepAnswers } from './references.ts'
import { type Objection, objection } from './refusals.ts'
import { handsOf } from './substitutions.ts'

/**
 * `unreported`: nobody has said anything yet. `drop_asked`: whoever answers for it would give it up, and somebody else decides.
 * `done`: carried out, as whoever did it says. `verified`: as somebody else found too; its effect is still to be checked.
 */
export const ACTION_STATUSES = [
  'unreported',
  'not_started',
  'in_progress',
  'drop_asked',
  'done',
  'verified',
  'effective',
  'ineffective',
  'dropped',
] as const
export type ActionStatus = (typeof ACTION_STATUSES)[number]

export const ACTION_ORIGINS = ['recommendation', 'commitment', 'finding', 'risk'] as const
export type ActionOrigin = (typeof ACTION_ORIGINS)[number]

export const ACTION_PRIORITIES = ['alta', 'media', 'baja'] as const
export type ActionPriority = (typeof ACTION_PRIORITIES)[number]

/** What whoever answers for an action can say of it besides that it is done; nobody gives it up alone. */
export const REPORTABLE = ['in_progress', 'not_started', 'drop_asked'] as const satisfies ActionStatus[]
export type ReportableStatus = (typeof REPORTABLE)[number]

export const CHECK_VERDICTS = ['effective', 'ineffective'] as const satisfies ActionStatus[]
export type CheckVerdict = (typeof CHECK_VERDICTS)[number]

/** Carried out as was said, or still to be done. */
export const VERIFICATION_VERDICTS = ['verified', 'in_progress'] as const satisfies ActionStatus[]
export type VerificationVerdict = (typeof VERIFICATION_VERDICTS)[number]

/** Given up, or still to be done. */
export const DROP_VERDICTS = ['dropped', 'in_progress'] as const satisfies ActionStatus[]
export type DropVerdict = (typeof DROP_VERDICTS)[number]

/** Calendar days in which somebody else verifies that an action was carried out, or decides whether it is given up. */
export const VERIFY_WITHIN_DAYS = 15

/** Months after which the effect is checked; the first unless whoever verifies says otherwise. */
export const CHECK_AFTER_MONTHS = [6, 3, 12] as const

/** Calendar days from the day on which the effect can be checked to that by which it has to be. */
export const CHECK_WITHIN_DAYS = 15

/** Whoever answers for it has still something to do. */
export function isOpenAction(status: ActionStatus): boolean {
  return status === 'unreported' || status === 'not_started' || status === 'in_progress'
}

/** Neither carried out nor given up. */
export function isUndone(status: ActionStatus): boolean {
  return isOpenAction(status) || status === 'drop_asked'
}
export const UNDONE_STATUSES = ACTION_STATUSES.filter(isUndone)

/** Not carried out, or without effect as long as the plan that follows is not closed: what the next report says on its first page. */
export function isUnfinished({ status, isMended = false }: { status: ActionStatus; isMended?: boolean }): boolean {
  return isUndone(status) || (status === 'ineffective' && !isMended)
}

/** `AM-2026-003`: year of the cycle, or of its writing where it has none, and number within it. */
export function actionCode(year: number, n: number): string {
  return `AM-${year}-${String(n).padStart(3, '0')}`
}

/** Somebody other than whoever carries it out checks it: the first to approve the report, or the next (MM-GAC-P-008, actividad 6). */
export function checkerFor(procedure: Procedure, ownerDuty: string): string {
  const approvers = stepTemplate(procedure, '6').approvers.map((approver) => approver.duty)
  return approvers.find((duty) => duty !== ownerDuty) ?? 'control_interno'
}

/** Whoever wrote a finding checks the effect of what it asks for, unless it asks it of their own office (Ley 87 de 1993). */
export function checkerOfFinding(ownerDuty: string): string {
  return ownerDuty === 'control_interno' ? 'alcaldia' : 'control_interno'
}

/** What a recommendation of a report says, beside the row it stands in. */
export interface Recommended {
  key: string
  what: string
  /** The line of action it is filed under (S1.10), in the words of the procedure. */
  target: string | null
  /** Name of the segment it attends. */
  segment: string | null
  agencyCode: string
  /** Empty in reports written before recommendations named who answers for them. */
  duty: string
  indicator: string
  dueDate: string
  priority: ActionPriority | null
}

/** The recommendations of step 6 in the order of the report; step 4 gives the names of the segments. */
export function recommendationsIn(answers: StepAnswers, procedure: Procedure): Recommended[] {
  const lines = new Map(procedure.actionLines.map((line) => [line.code, line.text]))
  const segments = new Map(rowsOf(answers['4'], 'segmentos', 'lista').map((row) => [row.id, textOf(row.nombre)]))
  return rowsOf(answers['6'], 'recomendaciones', 'lista').map((row) => ({
    key: row.id,
    what: textOf(row.texto),
    target: lines.get(textOf(row.linea)) ?? null,
    segment: segments.get(textOf(row.segmento)) ?? null,
    agencyCode: textOf(row.dependencia),
    duty: textOf(row.responsable),
    indicator: textOf(row.indicador),
    dueDate: textOf(row.plazo),
    priority: ACTION_PRIORITIES.find((one) => one === row.prioridad) ?? null,
  }))
}

/** What an action waits for: to be carried out, that it be decided whether it is given up, to be verified, that its effect be checked. */
export type Asked = 'carry_out' | 'drop' | 'verify' | 'check'

/** Null once it is over. */
export function askedBy(status: ActionStatus): Asked | null {
  if (isOpenAction(status)) return 'carry_out'
  if (status === 'drop_asked') return 'drop'
  if (status === 'done') return 'verify'
  return status === 'verified' ? 'check' : null
}

export interface ActionDays {
  status: ActionStatus
  /** Civil dates. */
  dueDate: string
  verifyBy: string | null
  checkOn: string | null
}

/** Civil date by which somebody has to act on it: its term, that of the verification or of the check; null once it is over. */
export function nextDayOf({ status, dueDate, verifyBy, checkOn }: ActionDays): string | null {
  if (isOpenAction(status)) return dueDate
  if (status === 'done' || status === 'drop_asked') return verifyBy
  return status === 'verified' && checkOn !== null ? addDays(checkOn, CHECK_WITHIN_DAYS) : null
}

export interface EarlierAction {
  code: string
  status: ActionStatus
  reportedAt: Date | null
}

/**
 * Recommendations of earlier reports that lack a status: open, and nothing was said of them since the last of those reports
 * was issued. Each report so begins from what became of all before it (N15).
 */
export function withoutStatus<A extends EarlierAction>(earlier: readonly A[], lastReportAt: Date | null): A[] {
  return earlier.filter(
    ({ status, reportedAt }) =>
      isOpenAction(status) && (reportedAt === null || (lastReportAt !== null && reportedAt < lastReportAt)),
  )
}

/** Why the report of step 6 cannot be approved yet; null when it can. */
export function objectionToEarlier(earlier: readonly EarlierAction[], lastReportAt: Date | null): Objection | null {
  const codes = withoutStatus(earlier, lastReportAt).map(({ code }) => code)
  return codes.length === 0 ? null : objection('earlier_unreported', { codes: codes.join(', ') })
}

/** Why nothing can be reported of it now. */
export function objectionToReporting(status: ActionStatus): Objection | null {
  return isOpenAction(status) ? null : objection('action_over', { status })
}

interface Checking {
  personId: string
  actingFor?: string | null
  now: Date
}

const isHand = (hands: readonly string[], { personId, actingFor }: Checking) =>
  handsOf({ personId, actingFor }).some((hand) => hands.includes(hand))

/**
 * Why this person does not verify it: nobody said that it is carried out, or they did so themselves (model.md §4, by natural
 * person). `hands`: every person who reported on it.
 */
export function objectionToVerifying(
  { status }: { status: ActionStatus },
  hands: readonly string[],
  by: Checking,
): Objection | null {
  if (status !== 'done') return objection('action_not_done', { status })
  return isHand(hands, by) ? objection('own_work') : null
}

/** Why it is not carried out as said: whoever verifies it needs a file, or where to find what shows it (AV-C-004, PHVA). */
export function objectionToResult(result: { evidence: string; files?: readonly unknown[] }): Objection | null {
  return result.evidence === '' && (result.files ?? []).length === 0 ? objection('result_unshown') : null
}

/** Why this person does not decide whether it is given up: nobody asked, or they reported on it themselves. */
export function objectionToDropping(
  { status }: { status: ActionStatus },
  hands: readonly string[],
  by: Checking,
): Objection | null {
  if (status !== 'drop_asked') return objection('drop_not_asked', { status })
  return isHand(hands, by) ? objection('own_work') : null
}

/** Why this person does not check its effect now: it is not verified, they carried it out themselves, or its day has not come. */
export function objectionToChecking(
  { status, checkOn }: { status: ActionStatus; checkOn: string | null },
  hands: readonly string[],
  by: Checking,
): Objection | null {
  if (status !== 'verified' || checkOn === null) return objection('action_not_verified', { status })
  if (isHand(hands, by)) return objection('own_work')
  return bogotaDate(by.now) < checkOn ? objection('check_early', { on: checkOn }) : null
}

/** Why this person does not judge what it waits for now; null when they may. */
export function objectionToChecker(
  action: { status: ActionStatus; checkOn: string | null },
  hands: readonly string[],
  by: Checking,
): Objection | null {
  switch (askedBy(action.status)) {
    case 'drop':
      return objectionToDropping(action, hands, by)
    case 'verify':
      return objectionToVerifying(action, hands, by)
    default:
      return objectionToChecking(action, hands, by)
  }
}
