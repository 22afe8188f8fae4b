import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type CubePolicy, isWide, protectCube } from '../../../domain/disclosure/cube.ts'
import { readings, sumsOfCube, withSums } from './readings.ts'

const SHAPES = [[3], [4], [6], [2, 2], [2, 3], [3, 3], [2, 2, 2], [2, 2, 3], [3, 2, 2]]

/** Bounds of what is hidden, by trying everything; undefined where that would take too long. */
function attack(sizes: number[], values: number[], policy: CubePolicy) {
  const marks = protectCube({ sizes, values }, policy)
  const cells = values.map((value, i) => ({
    shown: marks[i] ? undefined : value,
    low: policy.sensitive || value === 0 ? 0 : 1,
    high: value + 2 * policy.threshold,
  }))
  return { marks, bounds: readings(cells, sumsOfCube(sizes), 5_000) }
}

describe('one table of one side, two or three', () => {
  test('no hidden cell can be worked out, nor narrowed to less than a threshold', () => {
    const count = fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 4 }), fc.integer({ min: 0, max: 12 }))
    const tables = fc
      .constantFrom(...SHAPES)
      .chain((sizes) =>
        fc.tuple(fc.constant(sizes), fc.array(count, sizesOf(sizes)), fc.boolean(), fc.constantFrom(2, 3)),
      )
    let tried = 0
    fc.assert(
      fc.property(tables, ([sizes, inner, sensitive, threshold]) => {
        const { marks, bounds } = attack(sizes, withSums(sizes, inner), { threshold, sensitive })
        if (!bounds || !marks.some(Boolean)) return
        tried += 1
        for (const [i, mark] of marks.entries())
          if (mark) expect(isWide(bounds[i]?.low ?? 0, bounds[i]?.high ?? 0, threshold)).toBe(true)
      }),
      { numRuns: 80, seed: 11 },
    )
    expect(tried).toBeGreaterThan(35)
  })

  test('a small cell of three sides takes seven others with it at most, none of them a sum', () => {
    const inner = Array.from({ length: 27 }, (_, i) => 20 + i)
    inner[13] = 2
    const marks = protectCube(
      { sizes: [3, 3, 3], values: withSums([3, 3, 3], inner) },
      { threshold: 5, sensitive: false },
    )
    expect(marks.filter(Boolean)).toHaveLength(8)
    expect(marks.filter((mark, i) => mark && [i % 4, Math.floor(i / 4) % 4, Math.floor(i / 16)].includes(3))).toEqual(
      [],
    )
  })

  test('a row with all its mass in one value of a sensitive side is hidden', () => {
    const values = withSums([2, 2], [30, 0, 20, 40])
    const policy = { threshold: 5, sensitive: true, sensitiveSides: [false, true] }
    expect(protectCube({ sizes: [2, 2], values }, policy)[0]).toBe('primary')
    expect(protectCube({ sizes: [2, 2], values: withSums([2, 2], [30, 9, 20, 40]) }, policy)[0]).toBeNull()
  })

  test('twenty by twenty by ten, many of them small, still shows most', () => {
    const inner = Array.from({ length: 20 * 20 * 10 }, (_, i) => (i * 7919) % 97)
    const values = withSums([20, 20, 10], inner)
    const marks = protectCube({ sizes: [20, 20, 10], values }, { threshold: 5, sensitive: false })
    expect(marks.filter((mark) => mark === null).length).toBeGreaterThan(values.length / 2)
  })
})

function sizesOf(sizes: number[]) {
  const length = sizes.reduce((a, b) => a * b, 1)
  return { minLength: length, maxLength: length }
}
