import { ruleInSpanish } from '../../catalog/figure-titles.ts'
import { NO_DATA } from '../../catalog/value-words.ts'
import { emitAggregates } from '../../db/aggregates.ts'
import type { SegmentSize } from '../../domain/aggregates.ts'
import { writeRule } from '../../domain/rule-notation.ts'
import type { SegmentRule } from '../../domain/rules.ts'
import { DEFAULT_TREE, growTree, type Leaf, type SplitCounts } from '../../domain/segment-tree.ts'
import type { AnalysisVariable } from './analysis.server.ts'
import { labelsOf, type Snapshot, sizeOfRule } from './segment-counts.server.ts'

export interface Suggestion {
  /** As step 4 writes rules. */
  rule: string
  words: string
  size: SegmentSize
  /** The value that sets the group apart, with its share inside and in the whole (0 to 1). */
  apart: { value: string; inside: number; whole: number }
}

interface Suggestions {
  /** Code of the variable explained. */
  explained: string
  list: Suggestion[]
}

const MOST_VALUES = 60
const MOST_VARIABLES = 8
const MOST_SHOWN = 6

/** Variables that a suggestion may divide by, or explain: prioritized, with a list of values that can be read. */
export const divisible = (variables: readonly AnalysisVariable[]) =>
  variables.filter(({ isPrioritized, values }) => isPrioritized && values.length > 1 && values.length <= MOST_VALUES)

/** Groups of `minimumSize` records or more that differ most in the variable named; null where nobody asks, or for what cannot be explained. */
export async function suggestionsFor(
  explained: string,
  variables: readonly AnalysisVariable[],
  snapshot: Snapshot,
  minimumSize: number,
): Promise<Suggestions | null> {
  const target = divisible(variables).find((one) => one.code === explained)
  if (!target) return null
  const dividing = divisible(variables)
    .filter((one) => one.code !== explained)
    .slice(0, MOST_VARIABLES)
  const outcomes = [...target.values, NO_DATA]
  const count = (rule: SegmentRule) =>
    Promise.all(dividing.map(({ code }) => crossed(code, { explained, outcomes }, rule, snapshot)))
  const leaves = await growTree(count, { ...DEFAULT_TREE, minimumSize })
  const whole = sumOf(leaves)
  const ranked = leaves
    .filter((leaf) => leaf.rule.all.length > 0)
    .map((leaf) => ({ leaf, apart: setApart(leaf, whole, outcomes) }))
    .sort((a, b) => b.apart.inside - b.apart.whole - (a.apart.inside - a.apart.whole))
    .slice(0, MOST_SHOWN)
  const list: Suggestion[] = []
  for (const { leaf, apart } of ranked) {
    const size = await sizeOfRule(leaf.rule, snapshot)
    if (size && !size.mark)
      list.push({ rule: writeRule(leaf.rule), words: ruleInSpanish(leaf.rule, labelsOf(variables)), size, apart })
  }
  return { explained, list }
}

interface Explained {
  explained: string
  outcomes: string[]
}

async function crossed(
  variable: string,
  { explained, outcomes }: Explained,
  rule: SegmentRule,
  snapshot: Snapshot,
): Promise<SplitCounts> {
  const asked = { kind: 'cross' as const, rows: variable, columns: explained, filter: rule }
  const { rows, columns, cells } = await emitAggregates('interno', asked, snapshot)
  const at = outcomes.map((outcome) => columns?.values.indexOf(outcome) ?? -1)
  const filled = rows.values.map((value, i) => ({ value, i })).filter(({ value }) => value !== NO_DATA)
  return {
    variable,
    values: filled.map(({ value }) => value),
    counts: filled.map(({ i }) => at.map((column) => cells[i]?.[column]?.value ?? 0)),
  }
}

const sumOf = (leaves: readonly Leaf[]) =>
  (leaves[0]?.outcome ?? []).map((_, k) => leaves.reduce((sum, leaf) => sum + (leaf.outcome[k] ?? 0), 0))

/** The outcome whose share inside exceeds most its share in the whole. */
function setApart({ outcome, size }: Leaf, whole: number[], outcomes: string[]): Suggestion['apart'] {
  const all = whole.reduce((a, b) => a + b, 0)
  const shares = outcomes.map((value, k) => ({
    ...{ value, inside: (outcome[k] ?? 0) / size, whole: (whole[k] ?? 0) / all },
  }))
  return shares.reduce((most, one) => (one.inside - one.whole > most.inside - most.whole ? one : most))
}
