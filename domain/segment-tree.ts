/**
 * Suggestions of segments: a decision tree that divides the records by the values of their variables so that what is
 * to be explained differs most between the parts (CART with the Gini measure). No chance enters it: the same counts
 * give the same tree, and each leaf is a rule that says exactly which records are in it (F2).
 */
import type { Condition, SegmentRule } from './rules.ts'

/** How many records have each value of a variable (rows) and of what is explained (columns). */
export interface SplitCounts {
  variable: string
  values: string[]
  counts: number[][]
}

export interface TreePolicy {
  /** Records a suggested segment has at least. */
  minimumSize: number
  /** How often a part may be divided again. */
  maxDepth: number
  /** Smallest gain that is worth a division, as a share of the whole impurity. */
  minimumGain: number
  /** How many times the gain that chance alone would give a division has to exceed it; 0 asks nothing. */
  overChance: number
}

export const DEFAULT_TREE = { maxDepth: 3, minimumGain: 0.001, overChance: 4 } as const

interface Split {
  variable: string
  /** Values of the one side and of the other, in the order of the variable. */
  sides: [string[], string[]]
  gain: number
}

export interface Leaf {
  rule: SegmentRule
  size: number
  /** Records by value of what is explained. */
  outcome: number[]
}

/** Leaves of the tree in the order of its branches; the whole when nothing is worth dividing. `count` answers for the records that meet a rule. */
export async function growTree(
  count: (rule: SegmentRule) => Promise<SplitCounts[]>,
  policy: TreePolicy,
): Promise<Leaf[]> {
  const whole = await count({ all: [] })
  const first = outcomeOf(whole)
  const leafOf = (rule: SegmentRule, outcome: number[]): Leaf => ({ rule, size: sumOf(outcome), outcome })
  const branch = async (rule: SegmentRule, tables: SplitCounts[], depth: number): Promise<Leaf[]> => {
    const split = depth > 0 ? bestSplit(tables, policy, sumOf(first) * gini(first)) : null
    const table = split && tables.find((one) => one.variable === split.variable)
    if (!split || !table) return [leafOf(rule, outcomeOf(tables))]
    const leaves: Leaf[] = []
    for (const values of split.sides) {
      const narrower = withValues(rule, table, values)
      const outcome = sumRows(table, values)
      leaves.push(
        ...(depth > 1 ? await branch(narrower, await count(narrower), depth - 1) : [leafOf(narrower, outcome)]),
      )
    }
    return leaves
  }
  return await branch({ all: [] }, whole, policy.maxDepth)
}

/** The division with the greatest gain whose two sides are large enough; of equal ones the first. */
export function bestSplit(tables: readonly SplitCounts[], policy: TreePolicy, whole: number): Split | null {
  let best: Split | null = null
  for (const table of tables)
    for (const sides of candidates(table)) {
      const [one, other] = sides.map((values) => sumRows(table, values)) as [number[], number[]]
      if (Math.min(sumOf(one), sumOf(other)) < policy.minimumSize) continue
      const both = one.map((n, k) => n + (other[k] ?? 0))
      const gain = impurity(both) - impurity(one) - impurity(other)
      // Values that make no difference still gain about one impurity of a record each (chi-square of their table).
      const chance = policy.overChance * (table.values.length - 1) * gini(both)
      if (gain > Math.max(whole * policy.minimumGain, chance) && gain > (best?.gain ?? 0) + 1e-9)
        best = { variable: table.variable, sides, gain }
    }
  return best
}

/** Values in the order of their share of each outcome, cut at every place: of two outcomes the best division is among them (Breiman et al., 1984, §4.2). */
function* candidates({ values, counts }: SplitCounts): Generator<[string[], string[]]> {
  const present = values.map((value, i) => ({ value, row: counts[i] ?? [] })).filter(({ row }) => sumOf(row) > 0)
  const inOrder = (some: { value: string }[]) => values.filter((value) => some.some((one) => one.value === value))
  const outcomes = counts[0]?.length ?? 0
  for (let k = 0; k < outcomes; k += 1) {
    const share = ({ row }: { row: number[] }) => (row[k] ?? 0) / sumOf(row)
    const ranked = [...present].sort((a, b) => share(b) - share(a))
    for (let cut = 1; cut < ranked.length; cut += 1) yield [inOrder(ranked.slice(0, cut)), inOrder(ranked.slice(cut))]
  }
}

/** A variable divided twice keeps the narrower list; a long list is said by the shorter one of those it leaves out. */
function withValues(rule: SegmentRule, { variable, values: all }: SplitCounts, values: string[]): SegmentRule {
  const others = all.filter((value) => !values.includes(value))
  const condition: Condition =
    others.length > 0 && others.length < values.length
      ? { variable, op: 'neq', values: others }
      : { variable, op: values.length === 1 ? 'eq' : 'in', values }
  const known = rule.all.some((one) => one.variable === variable)
  return {
    all: known ? rule.all.map((one) => (one.variable === variable ? condition : one)) : [...rule.all, condition],
  }
}

function sumRows({ values, counts }: SplitCounts, wanted: readonly string[]): number[] {
  const rows = counts.filter((_, i) => wanted.includes(values[i] ?? ''))
  return (counts[0] ?? []).map((_, k) => rows.reduce((sum, row) => sum + (row[k] ?? 0), 0))
}

const sumOf = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0)

/** All records that have a value: of each table the same but for the empty ones, so the fullest says it. */
function outcomeOf(tables: readonly SplitCounts[]): number[] {
  const sums = tables.map((table) => sumRows(table, table.values))
  return sums.reduce((most, one) => (sumOf(one) > sumOf(most) ? one : most), sums[0] ?? [])
}

function gini(outcome: readonly number[]): number {
  const total = sumOf(outcome)
  return total === 0 ? 0 : 1 - sumOf(outcome.map((n) => (n / total) ** 2))
}

const impurity = (outcome: readonly number[]) => sumOf(outcome) * gini(outcome)
