import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { matchesRule, type SegmentRule } from '../../domain/rules.ts'
import { bestSplit, DEFAULT_TREE, growTree, type SplitCounts } from '../../domain/segment-tree.ts'

type Person = Record<string, string>
const VALUES: Record<string, string[]> = { zona: ['Rural', 'Urbana'], edad: ['a', 'b', 'c', 'd'], sexo: ['M', 'H'] }
const OUTCOMES = ['Presencial', 'Telefónico', 'Virtual']

const personOf = fc.record({
  ...Object.fromEntries(Object.entries(VALUES).map(([code, values]) => [code, fc.constantFrom(...values, '')])),
  canal: fc.constantFrom(...OUTCOMES),
}) as fc.Arbitrary<Person>

const counter = (people: Person[]) => async (rule: SegmentRule) =>
  Object.entries(VALUES).map(
    ([variable, values]): SplitCounts => ({
      ...{ variable, values },
      counts: values.map((value) =>
        OUTCOMES.map(
          (outcome) =>
            people.filter((one) => matchesRule(rule, one) && one[variable] === value && one.canal === outcome).length,
        ),
      ),
    }),
  )

describe('the suggestion of segments', () => {
  it('finds the division that was put there', async () => {
    const people = Array.from({ length: 400 }, (_, i): Person => {
      const [zona, edad] = [i % 2 ? 'Rural' : 'Urbana', VALUES.edad?.[i % 4] ?? '']
      return { zona, edad, sexo: i % 3 ? 'M' : 'H', canal: zona === 'Rural' && edad === 'd' ? 'Presencial' : 'Virtual' }
    })
    const leaves = await growTree(counter(people), { ...DEFAULT_TREE, minimumSize: 30 })
    expect(leaves).toContainEqual({
      rule: { all: [{ variable: 'edad', op: 'eq', values: ['d'] }] },
      ...{ size: 100, outcome: [100, 0, 0] },
    })
  })

  it('names parts that share nobody, are large enough, and hold who their rule says', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(personOf, { maxLength: 120 }),
        fc.integer({ min: 5, max: 30 }),
        async (people, least) => {
          const leaves = await growTree(counter(people), { ...DEFAULT_TREE, minimumSize: least })
          const again = await growTree(counter(people), { ...DEFAULT_TREE, minimumSize: least })
          expect(again).toEqual(leaves)
          for (const { rule, size } of leaves.filter((leaf) => leaf.rule.all.length > 0)) {
            expect(size).toBeGreaterThanOrEqual(least)
            // Who lacks a value that the tree did not ask about may be missing from its tables, never from the rule.
            expect(people.filter((one) => matchesRule(rule, one)).length).toBeGreaterThanOrEqual(size)
          }
          const homes = people.map((one) => leaves.filter(({ rule }) => matchesRule(rule, one)).length)
          expect(Math.max(0, ...homes)).toBeLessThanOrEqual(1)
        },
      ),
      { seed: 4, numRuns: 60 },
    )
  })

  it('takes no difference that chance alone would make', async () => {
    const people = fc.sample(fc.array(personOf, { minLength: 2_000, maxLength: 2_000 }), { seed: 4, numRuns: 1 })[0]
    const leaves = await growTree(counter(people ?? []), { ...DEFAULT_TREE, minimumSize: 30 })
    expect(leaves.filter((leaf) => leaf.rule.all.length > 0)).toEqual([])
  })

  it('of two outcomes takes the best of all divisions', () => {
    const table = fc.array(fc.tuple(fc.nat(40), fc.nat(40)), { minLength: 2, maxLength: 5 })
    fc.assert(
      fc.property(table, (counts) => {
        const values = counts.map((_, i) => String(i))
        const split = bestSplit(
          [{ variable: 'v', values, counts }],
          { maxDepth: 1, minimumSize: 1, minimumGain: 0, overChance: 0 },
          1,
        )
        expect(split?.gain ?? 0).toBeCloseTo(exhaustiveGain(counts), 6)
      }),
      { seed: 4, numRuns: 300 },
    )
  })
})

/** The greatest gain of all ways to part the values in two. */
function exhaustiveGain(counts: [number, number][]): number {
  const impurity = (rows: [number, number][]) => {
    const [a, b] = [rows.reduce((sum, row) => sum + row[0], 0), rows.reduce((sum, row) => sum + row[1], 0)]
    return a + b === 0 ? 0 : (2 * a * b) / (a + b)
  }
  const filled = (rows: [number, number][]) => rows.some(([a, b]) => a + b > 0)
  let most = 0
  for (let mask = 1; mask < 2 ** counts.length - 1; mask += 1) {
    const sides = [1, 0].map((bit) => counts.filter((_, i) => ((mask >> i) & 1) === bit))
    const [one = [], other = []] = sides
    if (filled(one) && filled(other)) most = Math.max(most, impurity(counts) - impurity(one) - impurity(other))
  }
  return most
}
