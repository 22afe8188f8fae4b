/**
 * Random histories of one cycle: people edit, submit, sign, return, reopen, change offices and substitute each other; two
 * duties never meet, not through a substitution either.
 */
import fc from 'fast-check'
import { procedure as shipped } from '../../catalog/procedures/mm-gac-p-008-v2.ts'
import {
  approversLeft,
  type CycleState,
  firstNotApproved,
  reviewersLeft,
  type StepState,
  stepOf,
} from '../../domain/cycle-state.ts'
import { apply, begin, openStep } from '../../domain/cycles.ts'
import { type Decision, objectionsTo } from '../../domain/decisions.ts'
import { type Procedure, type StepCode, stepTemplate } from '../../domain/procedures.ts'
import { planned, type Substituted, substitutedBy } from './substitutes.ts'

const POLICIES = ['block', 'warn', 'allow'] as const
const PEOPLE = ['ana', 'blas', 'cira', 'delio', 'eva', 'fabio']
const DUTIES = Object.keys(shipped.duties)

/**
 * One thing somebody tries, acting for somebody or not. `office`: -1 is the office that could do it now, as if they were
 * named to it a moment ago; another number is any office; null is the one they hold.
 */
export interface Move {
  does: 'edit' | 'submit' | 'withdraw' | 'ask_reopen' | 'reopen' | 'sign' | 'return' | 'plan'
  who: number
  acting: number
  office: number | null
}

const person = fc.nat(PEOPLE.length - 1)
/** Mostly for nobody; an index past the people means that. */
const acting = fc.nat(PEOPLE.length * 3)
const office = fc.oneof(
  { weight: 5, arbitrary: fc.constant(-1) },
  { weight: 3, arbitrary: fc.constant(null) },
  { weight: 1, arbitrary: fc.nat(DUTIES.length - 1) },
)
const COMMON = ['edit', 'edit', 'submit', 'submit', 'sign', 'sign', 'sign', 'sign', 'sign', 'sign'] as const
const RARE = ['return', 'withdraw', 'ask_reopen', 'reopen', 'plan', 'plan', 'plan', 'plan'] as const
const move: fc.Arbitrary<Move> = fc.record({
  does: fc.oneof(
    { weight: 12, arbitrary: fc.constantFrom<Move['does'][]>(...COMMON) },
    { weight: 2, arbitrary: fc.constantFrom<Move['does'][]>(...RARE) },
  ),
  who: person,
  acting,
  office,
})
export const histories = fc.record({
  reviewerIsApprover: fc.constantFrom(...POLICIES),
  moves: fc.array(move, { minLength: 20, maxLength: 120 }),
})
export interface History {
  reviewerIsApprover: (typeof POLICIES)[number]
  moves: Move[]
}

export interface Played {
  signatures: number
  approvals: number
  /** Signatures and submissions by somebody who substituted another then. */
  substituted: number
  refusals: Record<string, number>
}

/** What has happened so far; `editors` are those with a hand in the running attempt, as rows would say. */
interface Play {
  cycle: CycleState
  procedure: Procedure
  offices: string[]
  editors: Map<string, Set<string>>
  count: number
  /** Each move takes a day. */
  day: number
  absences: Substituted[]
  played: Played
}

/** Plays a history; throws at the first moment in which one natural person has both duties. */
export function play(history: History): Played {
  const procedure = { ...shipped, reviewerIsApprover: history.reviewerIsApprover }
  const state: Play = {
    cycle: openStep(begin('c', procedure), '1'),
    procedure,
    offices: PEOPLE.map((_, i) => DUTIES[i % DUTIES.length] ?? ''),
    editors: new Map(),
    ...{ count: 0, day: 0, absences: [] },
    played: { signatures: 0, approvals: 0, substituted: 0, refusals: {} },
  }
  for (const one of history.moves) {
    make(state, one)
    for (const step of state.cycle.steps) mustStandApart(step, state)
  }
  return state.played
}

function make(state: Play, one: Move): void {
  state.day += 1
  if (one.does === 'plan') {
    const against = planned(state.absences, { absent: one.who, deputy: one.acting % PEOPLE.length, from: state.day })
    if (against) count(state, against)
    return
  }
  const code = one.does === 'ask_reopen' || one.does === 'reopen' ? '1' : firstNotApproved(state.cycle)
  if (!code) return
  const seat = seatedIn(state, one) ?? one.who
  if (one.office !== null) state.offices[seat] = DUTIES[one.office] ?? aptOffice(state, code, one.does)
  if (one.does === 'edit') {
    edit(state, code, one)
    return
  }
  const decision = decisionOf(state, code, one)
  const [against] = objectionsTo(state.cycle, decision, state.procedure)
  if (against) {
    count(state, against.code)
    return
  }
  if (decision.kind === 'submit') state.editors.set(code, handsOf(decision, state.editors.get(code)))
  if (seat !== one.who) state.played.substituted += 1
  const before = stepOf(state.cycle, code).status
  state.cycle = apply(state.cycle, decision, state.procedure)
  if (decision.kind === 'approve') state.played.signatures += 1
  if (before !== 'approved' && stepOf(state.cycle, code).status === 'approved') state.played.approvals += 1
  const next = firstNotApproved(state.cycle)
  if (next) state.cycle = openStep(state.cycle, next)
}

function count(state: Play, code: string): void {
  state.played.refusals[code] = (state.played.refusals[code] ?? 0) + 1
}

/** Whom the person substitutes on this day; half of the time they act for them. */
const seatedIn = ({ absences, day }: Play, { who, acting }: Move) =>
  acting % 2 === 0 ? substitutedBy(absences, who, day) : undefined

/** Whoever submits has elaborated, and so has whoever they act for. */
function handsOf({ personId, actingFor }: Decision, editors: Set<string> = new Set()): Set<string> {
  return new Set([...editors, personId, ...(actingFor === null ? [] : [actingFor])])
}

/** An office whose turn it is, so that only the person can be wrong. */
function aptOffice({ cycle, procedure }: Play, code: StepCode, does: Move['does']): string {
  const template = stepTemplate(procedure, code)
  const step = stepOf(cycle, code)
  if (does === 'edit' || does === 'submit' || does === 'withdraw') return template.authors[0] ?? ''
  if (does === 'ask_reopen' || does === 'reopen') return template.approvers[0]?.duty ?? ''
  if (step.status === 'in_review') return reviewersLeft(step, template)[0] ?? ''
  return approversLeft(step, template)[0]?.duty ?? ''
}

/** Only authors in office edit, and only what is open; each edit makes an author (`attempt_author`). */
function edit(state: Play, code: StepCode, one: Move): void {
  const step = stepOf(state.cycle, code)
  const { duty, actingFor } = seatOf(state, one)
  const mayEdit = stepTemplate(state.procedure, code).authors.includes(duty)
  if (!mayEdit || (step.status !== 'in_progress' && step.status !== 'returned')) return
  const known = state.editors.get(code) ?? new Set()
  for (const hand of [PEOPLE[one.who] ?? '', actingFor]) if (hand !== null) known.add(hand)
  state.editors.set(code, known)
}

/** The office acted in and for whom: that of whoever they substitute, or their own with anybody behind them. */
function seatOf(state: Play, one: Move): { duty: string; actingFor: string | null } {
  const absent = seatedIn(state, one)
  if (absent !== undefined) return { duty: state.offices[absent] ?? '', actingFor: PEOPLE[absent] ?? null }
  return { duty: state.offices[one.who] ?? '', actingFor: PEOPLE[one.acting] ?? null }
}

function decisionOf(state: Play, code: StepCode, one: Move): Decision {
  const { does, who } = one
  const step = stepOf(state.cycle, code)
  const { duty, actingFor } = seatOf(state, one)
  const template = stepTemplate(state.procedure, code)
  const approver = template.approvers.find((candidate) => candidate.duty === duty)
  const kind = does === 'sign' ? 'approve' : (does as Exclude<Move['does'], 'sign' | 'edit' | 'plan'>)
  state.count += 1
  const personId = PEOPLE[who] ?? ''
  const version = { id: `v${state.count}`, hash: `h${state.count % 3}`, builtOn: {} }
  return {
    id: `d${state.count}`,
    kind,
    cycleId: 'c',
    stepCode: code,
    objectId: objectOf(does, step, version.id),
    personId,
    positionId: duty,
    duty,
    actingFor,
    signatureRole: step.status === 'in_review' ? 'reviewer' : (approver?.role ?? 'approver'),
    contentHash: does === 'submit' ? version.hash : (step.version?.hash ?? null),
    version: does === 'submit' ? version : null,
    authors: does === 'submit' ? [personId, ...(state.editors.get(code) ?? [])] : [],
  }
}

function objectOf(does: Move['does'], step: StepState, versionId: string): string {
  if (does === 'submit') return versionId
  if (does === 'ask_reopen' || does === 'reopen') return step.reopening?.id ?? 'r'
  return step.version?.id ?? 'none'
}

/** Hands: whoever signed and whoever they signed for count as the same hand (model.md §4). */
function mustStandApart(step: StepState, { procedure, editors }: Play): void {
  const authors = new Set(step.authors)
  const handsIn = (isRole: (role: string) => boolean) =>
    step.signatures
      .filter((mark) => isRole(mark.role))
      .flatMap((mark) => [mark.personId, mark.actingFor])
      .filter((hand) => hand !== null)
  const met = handsIn(() => true).find((hand) => authors.has(hand))
  if (met) throw new Error(`${met} elaborated step ${step.code} and signed it`)
  const isFrozen = step.status === 'in_review' || step.status === 'in_approval' || step.status === 'approved'
  const editor = isFrozen ? handsIn(() => true).find((hand) => editors.get(step.code)?.has(hand)) : undefined
  if (editor) throw new Error(`${editor} edited step ${step.code} and signed it`)
  if (procedure.reviewerIsApprover !== 'block') return
  const reviewers = new Set(handsIn((role) => role === 'reviewer'))
  const both = handsIn((role) => role !== 'reviewer').find((hand) => reviewers.has(hand))
  if (both) throw new Error(`${both} reviewed and approved step ${step.code}`)
}

/** Throws with the seed and the shortest bad history. Answers what was played, so that nothing is proved of nothing. */
export function proveDuties(numRuns: number, seed?: number): Played {
  const total: Played = { signatures: 0, approvals: 0, substituted: 0, refusals: {} }
  fc.assert(
    fc.property(histories, (history) => {
      const played = play(history)
      total.signatures += played.signatures
      total.approvals += played.approvals
      total.substituted += played.substituted
      for (const [code, n] of Object.entries(played.refusals)) total.refusals[code] = (total.refusals[code] ?? 0) + n
    }),
    { numRuns, ...(seed === undefined ? {} : { seed }) },
  )
  return total
}
