import { expect, it } from 'vitest'
import { figureOf, isMet } from '../../domain/access-indicators.ts'

it.each([
  ['undelegated', 0, 12, 0, true],
  ['undelegated', 1, 12, 1 / 12, false],
  ['undelegated', 0, 0, null, null],
  ['recertified', 12, 12, 1, true],
  ['recertified', 11, 12, 11 / 12, false],
  ['revocation_hours', 48, 2, 24, true],
  ['revocation_hours', 49, 2, 24.5, false],
] as const)('%s: %d of %d is %s, goal met: %s', (code, numerator, denominator, figure, met) => {
  expect([figureOf({ numerator, denominator }), isMet(code, { numerator, denominator })]).toEqual([figure, met])
})
