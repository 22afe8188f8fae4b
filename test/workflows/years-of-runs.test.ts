import { expect, it } from 'vitest'
import { proveYears } from '../proofs/years-of-runs.ts'

/** Of the three at full size (`npm run proofs -- --only years`); the least that crosses the end of one. */
const YEARS = 1

it('a weekly and a monthly control have every run once, across the end of a year, and what nobody did as missed', {
  timeout: 600_000,
}, async () => {
  const { weekly, monthly, missed } = await proveYears(YEARS)
  expect(weekly).toBeGreaterThanOrEqual(52 * YEARS)
  expect(monthly).toBeGreaterThanOrEqual(12 * YEARS)
  expect(missed).toBeGreaterThan(0)
})
