/** Segments counted by the product against a plain count of random rows, and the versions the record keeps of them. */
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { emitAggregates } from '../../db/aggregates.ts'
import { sharedBy, sizeOf } from '../../domain/aggregates.ts'
import { type Condition, matchesRule, ruleFrom } from '../../domain/segments.ts'
import { snapshotIn, temporaryFolder } from './city-snapshot.ts'

const VALUES = {
  zona: ['Rural', 'Urbana'],
  comuna: ['Uno', 'Dos', 'Tres', 'Cuatro'],
  canal: ['Virtual', 'Punto', 'Línea'],
}
const CODES = Object.keys(VALUES) as (keyof typeof VALUES)[]

let folder: Awaited<ReturnType<typeof temporaryFolder>>
let source: { dir: string; hash: string }
let rows: Record<string, string>[]

beforeAll(async () => {
  folder = await temporaryFolder()
  const row = fc.record(Object.fromEntries(CODES.map((code) => [code, fc.constantFrom(...VALUES[code], '')])))
  rows = fc.sample(fc.array(row, { minLength: 400, maxLength: 400 }), { seed: 4, numRuns: 1 })[0] ?? []
  const lines = rows.map((one, i) => [...CODES.map((code) => one[code]), String(i)].join(','))
  const made = await snapshotIn(folder.dir, `${[...CODES, 'orden'].join(',')}\n${lines.join('\n')}\n`, ({ code }) =>
    code === 'orden' ? {} : { type: 'category', role: 'variable' },
  )
  source = made.source
}, 60_000)
afterAll(() => folder.remove())

const condition = fc.constantFrom(...CODES).chain((variable) =>
  fc.record({
    variable: fc.constant<string>(variable),
    op: fc.constantFrom('in' as const, 'neq' as const),
    values: fc.uniqueArray(fc.constantFrom(...VALUES[variable], 'Nadie'), { minLength: 1, maxLength: 3 }),
  }),
) as fc.Arbitrary<Condition>
const rule = fc.array(fc.array(condition, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 3 }).map(ruleFrom)

describe('a segment over random rows', () => {
  test('has as many records as a plain count finds', async () => {
    await fc.assert(
      fc.asyncProperty(rule, async (one) => {
        const { value, total } = sizeOf(await emitAggregates('interno', { kind: 'segment', rule: one }, source))
        const naive = rows.filter((row) => matchesRule(one, row)).length
        expect([value, total.value]).toEqual([naive, rows.length])
      }),
      { seed: 4, numRuns: 60 },
    )
  })

  test('shares with another as many as a plain count finds, or the mark of a small cell', async () => {
    await fc.assert(
      fc.asyncProperty(rule, rule, async (one, other) => {
        const request = { kind: 'overlap' as const, rule: one, other }
        const naive = rows.filter((row) => matchesRule(one, row) && matchesRule(other, row)).length
        expect(sharedBy(await emitAggregates('interno', request, source)).value).toBe(naive)
        const shown = sharedBy(await emitAggregates('publico', request, source))
        expect(shown.mark ? shown.value : shown.value === naive).toBe(shown.mark ? null : true)
        if (naive > 0 && naive < 5) expect(shown.value).toBeNull()
      }),
      { seed: 4, numRuns: 40 },
    )
  })
})
