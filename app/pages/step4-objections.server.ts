import { type CrossingFault, crossingFacts, crossingOf, crossingOfSegment } from '../../domain/crossings.ts'
import { type AskedSides, variablesAsked } from '../../domain/figures.ts'
import { type SegmentRule, variablesIn } from '../../domain/rules.ts'
import type { ScoredVariable } from '../../domain/variables.ts'
import type { RuleVariable } from '../components/rules/rule-query.ts'
import { crossingSentence } from '../text/gaps.ts'
import { rulesText } from '../text/rules.ts'

/** Said where a figure or a segment is made, before step 4 says it: only prioritized variables, and nothing too fine to publish. */
interface Grounds {
  /** Of the source. */
  variables: readonly RuleVariable[]
  /** Of step 2. */
  prioritized: readonly ScoredVariable[]
}

export const objectionToFigure = (figure: AskedSides, grounds: Grounds): string | null =>
  objectionTo(variablesAsked(figure), crossingOf(figure, grounds.prioritized), grounds)

export const objectionToSegment = (rule: SegmentRule, grounds: Grounds): string | null =>
  objectionTo(variablesIn(rule), crossingOfSegment(rule, grounds.prioritized), grounds)

function objectionTo(codes: string[], fault: CrossingFault | null, { variables }: Grounds): string | null {
  const other = variables.find(({ code, isPrioritized }) => codes.includes(code) && !isPrioritized)
  if (other) return rulesText.notPrioritized(other.label)
  const nameOf = (code: string) => variables.find((one) => one.code === code)?.label ?? code
  return fault && rulesText.tooFine(crossingSentence(crossingFacts(fault, nameOf)))
}
