/**
 * Who acts for whom while somebody is absent (features C3, N12): the position stays with its holder, a substitute acts in
 * it between two days, and whatever they do says "por delegación de". Acting for someone counts as both persons (model.md §4).
 */
import { addDays } from './civil-dates.ts'
import { type Objection, objection } from './refusals.ts'
import type { TaskKind } from './tasks.ts'

/** Which work of the position a substitute has: all of it, what is decided and signed, or what is elaborated. */
export const SUBSTITUTION_SCOPES = ['all', 'decisions', 'elaboration'] as const
export type SubstitutionScope = (typeof SUBSTITUTION_SCOPES)[number]

/** Situaciones administrativas in which the holder of a position is absent (Decreto 1083 de 2015, artículo 2.2.5.5.1). */
export const ABSENCE_REASONS = ['vacation', 'leave', 'sick_leave', 'commission', 'permission', 'suspension'] as const
export type AbsenceReason = (typeof ABSENCE_REASONS)[number]

export type AbsenceState = 'planned' | 'active' | 'over' | 'cancelled'

/** Civil dates of Bogotá, both included. */
export interface Days {
  from: string
  to: string
}

/** Judged from the row on a civil date of Bogotá, never by a job having run. */
export function absenceState({ from, to, isCancelled }: Days & { isCancelled: boolean }, today: string): AbsenceState {
  if (isCancelled) return 'cancelled'
  if (today < from) return 'planned'
  return today > to ? 'over' : 'active'
}

/** Whom somebody acts for in a position, under which substitution and how far it reaches. */
export interface ActingFor {
  substitutionId: string
  personId: string
  name: string
  scope: SubstitutionScope
  /** Last day, civil date. */
  until: string
}

/** The natural persons whose hands these are: two duties never meet in either (model.md §4). */
export function handsOf({ personId, actingFor }: { personId: string; actingFor?: string | null }): string[] {
  return actingFor ? [personId, actingFor] : [personId]
}

const DECIDING_TASKS: readonly TaskKind[] = ['review', 'approve', 'consent', 'decide_reopening']

/** Kinds of inbox lines a scope reaches; null where it reaches all of them. */
export function tasksWithin(scope: SubstitutionScope): readonly TaskKind[] | null {
  if (scope === 'all') return null
  return scope === 'decisions' ? DECIDING_TASKS : ['elaborate', 'confirm_columns']
}

/** What is done in a cycle by whoever elaborates, and of a control by whoever executes it: a substitution for what is decided leaves it out. */
const ELABORATING_ACTS: readonly string[] = ['submit', 'withdraw', 'execute', 'omit']
/** Asking to reopen belongs to those who elaborate and to those who approve (model.md §2). */
const SHARED_ACTS: readonly string[] = ['ask_reopen']

/** Whether a scope reaches an act of this kind, of a cycle or of a delegated access. */
export function reachesAct(scope: SubstitutionScope, kind: string): boolean {
  if (scope === 'all' || SHARED_ACTS.includes(kind)) return true
  return ELABORATING_ACTS.includes(kind) === (scope === 'elaboration')
}

/** Longest absence that is planned at once, in days; a longer one is a vacancy, for which an encargado is named. */
export const LONGEST_ABSENCE = 366

/** What the record knows of one substitute who is named. */
export interface SubstituteFacts {
  personId: string
  /** Person of this entity who has not left; another entity's is nobody here. */
  isKnown: boolean
  hasAccount: boolean
  isAtWork: boolean
  /** Holds the very position on some of those days. */
  holdsPosition: boolean
  /** Whom they are substituted by where they are absent on some of those days; empty where nobody was named. Null: present. */
  absentWith: readonly string[] | null
}

export interface PlanFacts {
  absentId: string
  /** Holds the position from the first day on, by a tenure in force then. */
  holdsPosition: boolean
  /** Scopes that have a substitute on some of those days, by another plan for the same position. */
  taken: readonly SubstitutionScope[]
  /** Substitutes somebody else on some of those days. */
  substitutesOthers: boolean
}

export interface NamedSubstitute {
  scope: SubstitutionScope
  personId: string
}

/**
 * The first reason why an absence is not planned so, with the field it belongs to; null when it can be. No circles, no
 * chains, nobody absent, one substitute for each scope at a time (features C3).
 */
export function objectionToPlan(
  plan: PlanFacts,
  named: readonly (NamedSubstitute & SubstituteFacts)[],
): (Objection & { field: string }) | null {
  if (!plan.holdsPosition) return { field: 'positionId', ...objection('not_the_holder') }
  const circle = named.find(({ absentWith }) => absentWith?.includes(plan.absentId))
  if (circle) return { field: circle.scope, ...objection('substitution_circle') }
  if (plan.substitutesOthers) return { field: 'from', ...objection('substitution_chain') }
  for (const one of named) {
    const against = objectionToSubstitute(plan, one)
    if (against) return { field: one.scope, ...against }
  }
  return null
}

function objectionToSubstitute(plan: PlanFacts, one: NamedSubstitute & SubstituteFacts): Objection | null {
  if (one.personId === plan.absentId) return objection('substitute_self')
  if (!one.isKnown) return objection('substitute_unknown')
  if (!one.hasAccount) return objection('substitute_no_account')
  if (!one.isAtWork) return objection('substitute_not_at_work')
  if (one.holdsPosition) return objection('substitute_holds_it')
  if (one.absentWith) return objection('substitute_absent')
  return plan.taken.some((scope) => collide(scope, one.scope)) ? objection('absence_overlaps') : null
}

/** Two substitutes for the same work. */
export function collide(one: SubstitutionScope, other: SubstitutionScope): boolean {
  return one === other || one === 'all' || other === 'all'
}

/** Why its end cannot be brought forward: it is over, or somebody ended it already. */
export function objectionToCancelling(state: AbsenceState): Objection | null {
  return state === 'planned' || state === 'active' ? null : objection('absence_over')
}

/** Last day an absence that begins on `from` may have. */
export function lastDayOf(from: string): string {
  return addDays(from, LONGEST_ABSENCE - 1)
}
