import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatExact } from '../../app/text/format.ts'
import { bridgeNote } from '../../app/text/variables.ts'
import { conversionWords } from '../../catalog/open-data-words.ts'
import { measuresChart } from '../../documents/measures-chart.ts'
import { type Conversion, converted, exactNumber, exactOf, roundedTo } from '../../domain/conversions.ts'
import { joinMeasures, type MeasuredPoint } from '../../domain/measures.ts'
import { type FoundNumbers, shownNumbers } from '../../domain/number-summaries.ts'
import { selectsTheSame } from '../../domain/series.ts'
import type { VariableDefinition } from '../../domain/variable-definitions.ts'

const YEARS: Conversion = { before: '12', after: '1', offset: '0' }

describe('a conversion', () => {
  it.each([
    ['18', YEARS, '1.50'],
    ['1', YEARS, '0.08'],
    ['0,1', { before: '1', after: '3', offset: '0' }, '0.30'],
    ['20', { before: '5', after: '9', offset: '32' }, '68.00'],
    ['-40', { before: '5', after: '9', offset: '32' }, '-40.00'],
    ['0.005', { before: '1', after: '1', offset: '0' }, '0.01'],
    ['-0.004', { before: '1', after: '1', offset: '0' }, '0.00'],
  ])('of %s is exact: %o', (value, conversion, expected) => {
    const exact = exactOf(value)
    expect(exact && roundedTo(converted(exact, conversion), 2)).toBe(expected)
  })

  it('and its reverse lead back to the same number, however many are chained', () => {
    const amount = fc.integer({ min: 1, max: 99_999 }).map((n) => String(n / 100))
    fc.assert(
      fc.property(fc.integer(), fc.array(fc.tuple(amount, amount), { maxLength: 6 }), (n, steps) => {
        const start = { over: BigInt(n), under: 100n }
        const there = steps.map(([before, after]) => ({ before, after, offset: '0' }))
        const back = there.toReversed().map(({ before, after }) => ({ before: after, after: before, offset: '0' }))
        const end = [...there, ...back].reduce(converted, start)
        expect(end.over * start.under).toBe(start.over * end.under)
      }),
    )
  })

  it('reads a number of the machine as the decimal it stands for', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e12, max: 1e12 }), (thousandths) => {
        const { over, under } = exactNumber(thousandths / 1000)
        expect(over * 1000n).toBe(BigInt(thousandths) * under)
      }),
    )
    expect(roundedTo(exactNumber(0.1 + 0.2), 9)).toBe('0.300000000')
  })

  it('is said in words', () => {
    expect(conversionWords(YEARS, 'meses', 'años')).toBe('12 meses = 1 año')
    const degrees = { before: '5', after: '9', offset: '-32,5' }
    expect(conversionWords(degrees, '°C', '°F')).toBe('5 °C = 9 °F, menos 32,5 °F')
    expect(formatExact({ over: -123_456_789n, under: 100_000n })).toBe('-1.234,57')
    expect(formatExact({ over: 30n, under: 1n })).toBe('30')
  })
})

describe('mean and quartiles', () => {
  const found: FoundNumbers = { persons: 40, mean: 30, quartiles: [20, 30, 40], mostRecords: 0.1, mostOfSum: 0.1 }

  it.each<[string, Partial<FoundNumbers>, boolean, boolean]>([
    ['rest on four times the threshold', { persons: 20 }, true, true],
    ['are not shown of fewer persons', { persons: 19 }, false, false],
    ['are not shown where one person fills a quarter', { mostRecords: 0.26 }, false, false],
    ['leave out the mean where one person brings most of the sum', { mostOfSum: 0.51 }, false, true],
  ])('%s', (_name, change, mean, quartiles) => {
    const shown = shownNumbers({ ...found, ...change }, 5)
    expect([shown.mean !== null, shown.quartiles !== null]).toEqual([mean, quartiles])
  })
})

const AGE: VariableDefinition = {
  ...{ name: 'Edad', definition: 'Edad cumplida.', unit: 'meses', periodicity: '', category: 'DEM' },
  ...{ sensitive: false, values: [] },
}
const NOTE = 'Desde 2026 se pregunta en años.'

function history(conversion: Conversion | null) {
  const versions = [AGE, { ...AGE, unit: 'años' }].map((definition, i) => ({ n: i + 1, definition }))
  return { versions, crosswalks: [{ from: 1, to: 2, pairs: [], conversion, note: NOTE, approvedAt: new Date(0) }] }
}

const point = (vigencia: number, n: number, mean: number | null): MeasuredPoint => ({
  ...{ vigencia, n, base: 100 },
  numbers: { mean, quartiles: mean === null ? null : [mean / 2, mean, mean * 2] },
})
const POINTS = [point(2024, 1, 432), point(2025, 1, null), point(2026, 2, 35)]

describe('a number through the vigencias', () => {
  it('is written in the newest unit across an approved conversion, and says so', () => {
    const [run, ...others] = joinMeasures(history(YEARS), POINTS)
    expect(others).toEqual([])
    expect(run?.unit).toBe('años')
    expect(run?.cells.map(({ mean, isConverted }) => [mean && formatExact(mean), isConverted])).toEqual([
      ['36', true],
      [null, true],
      ['35', false],
    ])
    expect(run?.bridged.map(bridgeNote)).toEqual([`${NOTE} 12 meses = 1 año.`])
  })

  it('stops at another unit without one, though a table joins its values', () => {
    const runs = joinMeasures(history(null), POINTS)
    expect(runs.map(({ points, unit }) => [points.map(({ vigencia }) => vigencia), unit])).toEqual([
      [[2024, 2025], 'meses'],
      [[2026], 'años'],
    ])
  })

  it('is drawn with what it says in words; nothing is drawn of what is hidden', () => {
    const drawn = measuresChart('Edad', joinMeasures(history(YEARS), POINTS))
    expect(drawn?.alt).toBe(
      `Edad. 2024 a 2026: 2024 promedio 36, mediana 36 (cuartiles 18 y 72) años; 2025 no se muestra; 2026 promedio 35, mediana 35 (cuartiles 17,5 y 70) años. Unida con una tabla de correspondencia: ${NOTE} 12 meses = 1 año.`,
    )
    expect(drawn?.svg.match(/<rect /g)).toHaveLength(3)
    expect(measuresChart('Edad', joinMeasures(history(YEARS), [point(2024, 1, null)]))).toBeNull()
  })

  it('does not let a segment that names a value of the old unit be compared', () => {
    expect(selectsTheSame(history(YEARS), 1, 2, ['18'])).toBe(false)
  })
})
