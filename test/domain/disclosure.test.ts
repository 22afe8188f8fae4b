import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type CountTable, suppress, suppressLayers } from '../../domain/disclosure.ts'

const policy = { threshold: 5 }
const list = (...values: number[]): CountTable => ({ cells: values.map((value) => [value]) })

describe('small cells', () => {
  test('counts below the threshold are hidden and a 0 is shown', () => {
    const marks = suppress(list(3, 2, 0, 40), policy)
    expect(marks.cells.flat()).toEqual(['primary', 'primary', null, 'complementary'])
  })

  test('a single small cell of a list gets a companion, the smallest that serves', () => {
    const marks = suppress(list(3, 100, 12, 50), policy)
    expect(marks.cells.flat()).toEqual(['primary', null, 'complementary', null])
    expect(marks.total).toBeNull()
  })

  test('when a list has no companion the total is hidden', () => {
    const marks = suppress(list(3, 0, 0), policy)
    expect(marks.cells.flat()).toEqual(['primary', null, null])
    expect(marks.total).not.toBeNull()
  })

  test('a 0 of a sensitive variable is hidden', () => {
    expect(suppress(list(0, 40, 60), { threshold: 5, sensitive: true }).cells[0]).toEqual(['primary'])
  })

  test('the entity may raise the threshold', () => {
    expect(suppress(list(9, 8, 40), { threshold: 10 }).cells.flat()).toEqual(['primary', 'primary', 'complementary'])
  })

  test('a cell of many records from few persons is hidden', () => {
    const persons = { cells: [[2], [30], [40]], rows: [2, 30, 40], columns: [72], total: 72 }
    const marks = suppress({ cells: [[50], [60], [70]], persons }, policy)
    expect(marks.cells[0]).toEqual(['primary'])
  })

  test('a companion too small to leave a doubt gets another one', () => {
    // With 5 alone, 1 + 5 = 6 would leave each of the two between 1 and 5.
    expect(suppress(list(1, 5, 40, 90), policy).cells.flat()).toEqual(['primary', null, 'complementary', null])
  })

  test('in a cross one small cell hides a rectangle at least', () => {
    const cells = [
      [3, 20, 30],
      [40, 50, 60],
      [70, 80, 90],
    ]
    const marks = suppress({ cells }, policy)
    expect(marks.cells.flat().filter(Boolean)).toHaveLength(4)
    expect([...marks.rows, ...marks.columns, marks.total].every((mark) => mark === null)).toBe(true)
  })

  test('every count below the threshold is hidden in larger tables, and nothing is hidden without a reason', () => {
    const tables = fc.array(fc.array(fc.integer({ min: 0, max: 60 }), { minLength: 6, maxLength: 6 }), {
      minLength: 2,
      maxLength: 8,
    })
    fc.assert(
      fc.property(tables, (cells) => {
        const marks = suppress({ cells }, policy)
        const small = cells.flat().map((value) => value > 0 && value < 5)
        marks.cells.flat().forEach((mark, i) => {
          if (small[i]) expect(mark).not.toBeNull()
        })
        if (!small.includes(true)) expect(marks.cells.flat().every((mark) => mark === null)).toBe(true)
      }),
      { numRuns: 200, seed: 7 },
    )
  })

  test('a small cell in one layer of three sides is hidden there, in another layer and in the whole where it must', () => {
    const layer = (first: number) => ({
      cells: [
        [first, 20, 30],
        [40, 50, 60],
      ],
    })
    const slices = [layer(3), layer(25)]
    const whole = {
      cells: layer(3).cells.map((row, r) => row.map((value, c) => value + (layer(25).cells[r]?.[c] ?? 0))),
    }
    const marks = suppressLayers(whole, slices, policy)
    expect(marks.slices.map((slice) => slice.cells.flat().filter(Boolean).length)).toEqual([4, 4])
    expect([marks.whole.total, ...marks.whole.cells.flat(), ...marks.slices.flatMap(({ rows }) => rows)]).not.toContain(
      'complementary',
    )
  })
})
