import { expect, test } from 'vitest'
import { formatShare } from '../../app/text/format.ts'
import { perCentOf } from '../../domain/shares.ts'

test('a share is rounded where it lies halfway, and never cut', () => {
  expect([perCentOf(87 / 160), perCentOf(1 / 3), perCentOf(1)]).toEqual([54.375, 33.3333333333, 100])
  expect([formatShare(87 / 160), formatShare(2 / 3), formatShare(0)]).toEqual(['54,38 %', '66,67 %', '0,00 %'])
})
