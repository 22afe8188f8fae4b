/**
 * Findings and the plans they ask for (features D12; 4220000-CR-054, plan de mejoramiento; AV-C-004, the "A" of PHVA): causes,
 * actions, effectiveness, and a closing that cannot be had without it.
 */
import type { EventType } from './events.ts'
import type { ActionStatus } from './improvement.ts'
import { type Objection, objection } from './refusals.ts'

/** What showed it. The last three: an action of such that was carried out and had no effect. */
export const FINDING_ORIGINS = [
  ...(['audit', 'control', 'review', 'indicator', 'event'] as const),
  ...(['recommendation', 'commitment', 'risk'] as const),
] as const
export type FindingOrigin = (typeof FINDING_ORIGINS)[number]

/** What people record by hand; audits are recorded by control interno alone (Ley 87 de 1993). */
export const RECORDED_ORIGINS = ['audit', 'control', 'review', 'indicator', 'event'] as const satisfies FindingOrigin[]
export type RecordedOrigin = (typeof RECORDED_ORIGINS)[number]

export function originsFor(duty: string): readonly RecordedOrigin[] {
  return duty === 'control_interno' ? RECORDED_ORIGINS : RECORDED_ORIGINS.filter((one) => one !== 'audit')
}

/** `to_analyse`: its causes are asked for, the first time or again. `in_plan`: they are known, and actions answer them. */
export const FINDING_STATUSES = ['to_analyse', 'in_plan', 'closed'] as const
export type FindingStatus = (typeof FINDING_STATUSES)[number]

/** What each event leaves of a finding; written, its causes are asked for. */
export const FINDING_EVENTS = {
  ...{ 'finding.analysed': 'in_plan', 'finding.reopened': 'to_analyse', 'finding.closed': 'closed' },
} as const satisfies Partial<Record<EventType, FindingStatus>>

export const CAUSE_METHODS = ['five_whys', 'list'] as const
export type CauseMethod = (typeof CAUSE_METHODS)[number]

/** Fewest answers to «por qué» that lead anywhere, and the most there are. */
export const WHYS = { min: 3, max: 5 } as const
export const MOST_CAUSES = 20

/** Working days to say why something happened, to plan what answers it, and to close a plan whose actions had their effect. */
export const ANALYSE_WITHIN = 10
export const PLAN_WITHIN = 10
export const CLOSE_WITHIN = 10

/** `H-2026-003`: year of its writing, and number within it. */
export function findingCode(year: number, n: number): string {
  return `H-${year}-${String(n).padStart(3, '0')}`
}

export interface PlannedAction {
  code: string
  status: ActionStatus
  /** Which analysis of causes it answers. */
  round: number
}

export interface Plan {
  status: FindingStatus
  round: number
  actions: readonly PlannedAction[]
}

/** Why its causes are not asked for now; null when they are. */
export function objectionToAnalysing({ status }: Pick<Plan, 'status'>): Objection | null {
  return status === 'to_analyse' ? null : objection('causes_known', { status })
}

/** Why no action can be added to the plan now: nobody has said why it happened, or it is closed. */
export function objectionToPlanning({ status }: Pick<Plan, 'status'>): Objection | null {
  if (status === 'to_analyse') return objection('causes_unknown')
  return status === 'closed' ? objection('finding_closed') : null
}

/** Those that answer the last analysis of causes and were not given up. */
function countedActions({ round, actions }: Pick<Plan, 'round' | 'actions'>): PlannedAction[] {
  return actions.filter((one) => one.round === round && one.status !== 'dropped')
}

/** Its causes are known and nothing answers them: its owner has to plan an action. */
export function lacksActions(plan: Plan): boolean {
  return plan.status === 'in_plan' && countedActions(plan).length === 0
}

/**
 * Why the plan cannot be closed: every action of its last round that was not given up needs an effectiveness review that says
 * it had its effect, and at least one has it.
 */
export function objectionToClosing(plan: Plan): Objection | null {
  if (plan.status === 'closed') return objection('finding_closed')
  if (plan.status === 'to_analyse') return objection('causes_unknown')
  if (lacksActions(plan)) return objection('plan_empty')
  const without = countedActions(plan)
    .filter((one) => one.status !== 'effective')
    .map((one) => one.code)
  return without.length === 0 ? null : objection('effect_unproven', { codes: without.join(', ') })
}
