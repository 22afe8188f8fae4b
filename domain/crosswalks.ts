/** Tables of correspondence between two versions of a variable: old value → new values, proposed by one person and approved by another (N11). */
import { type Conversion, type ConversionProblem, conversionProblem } from './conversions.ts'
import { type Objection, objection } from './refusals.ts'
import { changesBetween, isBreak, type VariableDefinition, type VariableOption } from './variable-definitions.ts'

/** What an old value is called now; none where it has no successor. */
export interface Pair {
  from: string
  to: string[]
}

export interface Crosswalk {
  /** Version it leads from; it leads to the next one. */
  from: number
  to: number
  pairs: readonly Pair[]
  /** How numbers of the old unit are written in the new one; null where the unit stayed, or the values are a list. */
  conversion: Conversion | null
  note: string
  /** When another person than who proposed it approved it; null while nobody has. */
  approvedAt: Date | null
}

/** An approved table with what its variable meant on both sides: all that whoever reads only open data needs. */
export interface Correspondence {
  code: string
  crosswalk: Crosswalk
  before: VariableDefinition
  after: VariableDefinition
}

export const MOST_NOTE = 1000

export type CrosswalkProblem =
  | { code: 'note_missing' | 'note_long' | 'no_break' | 'conversion_missing' | ConversionProblem }
  | { code: 'old_unanswered'; value: string; label: string }
  | { code: 'old_unknown' | 'new_unknown' | 'old_repeated'; value: string }

/** What there is to correspond; an open answer corresponds value by value with itself. */
export interface Sides {
  before: VariableDefinition
  after: VariableDefinition
  /** Old values, each to be answered; those a source holds where the old version has no list. */
  old: readonly VariableOption[]
}

/** Whether numbers of the old version have to be converted: its unit changed, and there is no list of values to go through. */
export function changesUnit({ before, after }: Pick<Sides, 'before' | 'after'>): boolean {
  return after.values.length === 0 && changesBetween(before, after).some((one) => one.kind === 'unit' && isBreak(one))
}

/** The pairs as typed, `answered` naming every old value somebody said something of; empty means it may be proposed. */
export function crosswalkProblems(
  { before, after, old }: Sides,
  { pairs, conversion, note }: Pick<Crosswalk, 'pairs' | 'conversion' | 'note'>,
): CrosswalkProblem[] {
  if (!changesBetween(before, after).some(isBreak)) return [{ code: 'no_break' }]
  const problems: CrosswalkProblem[] = []
  if (changesUnit({ before, after })) {
    const code = conversion ? conversionProblem(conversion) : 'conversion_missing'
    if (code) problems.push({ code })
  }
  if (note.trim().length < 10) problems.push({ code: 'note_missing' })
  if (note.length > MOST_NOTE) problems.push({ code: 'note_long' })
  const isOld = (code: string) => old.some((option) => option.code === code)
  const isNew = (code: string) => after.values.length === 0 || after.values.some((option) => option.code === code)
  for (const [i, { from, to }] of pairs.entries()) {
    if (!isOld(from)) problems.push({ code: 'old_unknown', value: from })
    if (pairs.findIndex((other) => other.from === from) < i) problems.push({ code: 'old_repeated', value: from })
    for (const value of to) if (!isNew(value)) problems.push({ code: 'new_unknown', value })
  }
  // An open answer has no list to go through: what is not named corresponds with itself.
  if (after.values.length === 0) return problems
  const unanswered = old.filter(({ code }) => !pairs.some(({ from }) => from === code))
  return [
    ...problems,
    ...unanswered.map(({ code, label }) => ({ code: 'old_unanswered' as const, value: code, label })),
  ]
}

/** What a person most likely means: each old value that is still there is itself. */
export function likelyPairs({ after, old }: Sides): Pair[] {
  const isStill = (code: string) => after.values.length === 0 || after.values.some((option) => option.code === code)
  return old.map(({ code }) => ({ from: code, to: isStill(code) ? [code] : [] }))
}

/** New values of an old one. Values neither side lists, «Sin dato» among them, are themselves. */
export function successorsOf(pairs: readonly Pair[], value: string): string[] {
  return pairs.find(({ from }) => from === value)?.to ?? [value]
}

/** Why this person may not decide it: it is decided already, or they proposed it, themselves or by somebody who acted for them. `decidedBy` is a name, for the sentence. */
export function objectionToDeciding(
  crosswalk: {
    status: string
    proposedById: string
    /** For whom it was proposed, by somebody who substituted them. */
    proposedForId: string | null
    decidedBy: string | null
    decidedAt: Date | null
  },
  hands: readonly string[],
): Objection | null {
  if (crosswalk.status !== 'proposed')
    return objection('already_decided', {
      by: crosswalk.decidedBy,
      at: crosswalk.decidedAt?.toISOString() ?? null,
      verdict: crosswalk.status === 'approved' ? 'approve' : 'return',
    })
  const proposers = [crosswalk.proposedById, crosswalk.proposedForId]
  return hands.some((hand) => proposers.includes(hand)) ? objection('own_work') : null
}
