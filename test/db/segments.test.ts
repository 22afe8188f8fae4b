/** Segments counted by the product against a plain count of random rows, and the versions the record keeps of them. */
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { emitAggregates, recountsAsPrinted, UnknownVariable } from '../../db/aggregates.ts'
import { openDataCsv } from '../../documents/open-data.ts'
import { sharedBy, sizeOf } from '../../domain/aggregates.ts'
import { boundsOf, RANGE_OPERATORS } from '../../domain/ranges.ts'
import { type Condition, matchesRule, ruleFrom } from '../../domain/rules.ts'
import type { MappedColumn } from '../../domain/sources.ts'
import { snapshotIn, temporaryFolder } from './city-snapshot.ts'

const VALUES = {
  zona: ['Rural', 'Urbana'],
  comuna: ['Uno', 'Dos', 'Tres', 'Cuatro'],
  canal: ['Virtual', 'Punto', 'Línea'],
}
const CODES = Object.keys(VALUES) as (keyof typeof VALUES)[]
/** Each in rising order, with more bounds than the records have values. */
const MEASURES = {
  edad: {
    type: 'integer',
    values: ['0', '17', '18', '29', '60', '84'],
    bounds: ['0', '17,5', '18', '28', '60', '100'],
  },
  puntaje: { type: 'decimal', values: ['-1,5', '0,25', '3', '17,5'], bounds: ['-1,5', '0', '0,25', '3', '17,6'] },
  fecha: {
    type: 'date',
    values: ['2025-12-31', '2026-01-01', '2026-02-28', '2026-07-01'],
    bounds: ['2026-01-01', '2026-02-27', '2026-06-30', '2026-07-01'],
  },
} as const
const MEASURED = Object.keys(MEASURES) as (keyof typeof MEASURES)[]

let folder: Awaited<ReturnType<typeof temporaryFolder>>
let source: { dir: string; hash: string }
let rows: Record<string, string>[]

beforeAll(async () => {
  folder = await temporaryFolder()
  const all = [...CODES.map((code) => [code, VALUES[code]] as const), ...MEASURED.map(valuesOf)]
  const row = fc.record(Object.fromEntries(all.map(([code, values]) => [code, fc.constantFrom(...values, '')])))
  rows = fc.sample(fc.array(row, { minLength: 400, maxLength: 400 }), { seed: 4, numRuns: 1 })[0] ?? []
  const names = all.map(([code]) => code)
  const lines = rows.map((one, i) => [...names.map((code) => one[code]), String(i)].join(';'))
  const content = `${[...names, 'orden'].join(';')}\n${lines.join('\n')}\n`
  const made = await snapshotIn(folder.dir, content, ({ code }): Partial<MappedColumn> => {
    const measure = MEASURES[code as keyof typeof MEASURES]
    if (measure) return { type: measure.type, role: 'variable', dateFormat: 'iso', decimalMark: ',' }
    return code === 'orden' ? {} : { type: 'category', role: 'variable' }
  })
  source = made.source
}, 60_000)
afterAll(() => folder.remove())

const valuesOf = (code: keyof typeof MEASURES) => [code, MEASURES[code].values] as const

const listed = fc.constantFrom(...CODES).chain((variable) =>
  fc.record({
    variable: fc.constant<string>(variable),
    op: fc.constantFrom('in' as const, 'neq' as const),
    values: fc.uniqueArray(fc.constantFrom(...VALUES[variable], 'Nadie'), { minLength: 1, maxLength: 3 }),
  }),
)
const ranged = fc.constantFrom(...MEASURED).chain((variable) =>
  fc
    .record({
      op: fc.constantFrom(...RANGE_OPERATORS),
      // Places in a list that rises, so that no range is reversed.
      bounds: fc.subarray<string>([...MEASURES[variable].bounds], { minLength: 2, maxLength: 2 }),
    })
    .map(({ op, bounds }) => ({ variable: variable as string, op, values: bounds.slice(0, boundsOf(op)) })),
)
const condition: fc.Arbitrary<Condition> = fc.oneof(listed, ranged)
const rule = fc.array(fc.array(condition, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 3 }).map(ruleFrom)

describe('a segment over random rows', () => {
  test('has as many records as a plain count finds', async () => {
    await fc.assert(
      fc.asyncProperty(rule, async (one) => {
        const { value, total } = sizeOf(await emitAggregates('interno', { kind: 'segment', rule: one }, source))
        const naive = rows.filter((row) => matchesRule(one, row)).length
        expect([value, total.value]).toEqual([naive, rows.length])
      }),
      { numRuns: 60 },
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
      { numRuns: 40 },
    )
  })

  test('as the filter of a table is recounted as printed, and said in the open data', async () => {
    const filter = { all: [{ variable: 'edad', op: 'between' as const, values: ['18', '60'] }] }
    const table = await emitAggregates('publico', { kind: 'count', rows: 'zona', filter }, source)
    expect(table.total.value).toBe(rows.filter((row) => matchesRule(filter, row)).length)
    expect(await recountsAsPrinted(table, source.dir)).toBe(true)
    const csv = openDataCsv([{ id: 't', title: 'Zona', table }])
    expect(
      csv
        .split('\r\n')
        .slice(1, -1)
        .every((line) => line.includes(',edad de 18 a 60,')),
    ).toBe(true)
    // Whoever reads the file later sees which numbers the range leaves (domain/disclosure/bands.ts).
    expect(table.measures).toEqual({ edad: 'integer' })
  })

  test('is not counted where its range is on what has neither numbers nor days', async () => {
    for (const [variable, bound] of [
      ['zona', '1'],
      ['edad', '2026-01-01'],
      ['fecha', '60'],
      ['edad', 'mucho'],
    ] as const) {
      const one = { all: [{ variable, op: 'gte' as const, values: [bound] }] }
      await expect(emitAggregates('interno', { kind: 'segment', rule: one }, source)).rejects.toThrow(UnknownVariable)
    }
  })
})
