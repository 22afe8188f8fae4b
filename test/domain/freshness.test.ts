import { describe, expect, it } from 'vitest'
import { freshnessOf, type Periodicity } from '../../domain/freshness.ts'

describe('the freshness of a source', () => {
  const cases: [string, Periodicity, string, string, string, number][] = [
    // Period ends, periodicity, today → state, next period ends, days left.
    ['2024-12-31', 'anual', '2025-12-31', 'fresh', '2025-12-31', 30],
    ['2024-12-31', 'anual', '2026-01-01', 'due', '2025-12-31', 29],
    ['2024-12-31', 'anual', '2026-01-30', 'due', '2025-12-31', 0],
    ['2024-12-31', 'anual', '2026-01-31', 'overdue', '2025-12-31', -1],
    ['2024-06-30', 'semestral', '2025-01-15', 'due', '2024-12-31', 15],
    ['2024-03-31', 'trimestral', '2024-06-30', 'fresh', '2024-06-30', 30],
    ['2024-01-31', 'mensual', '2024-03-01', 'due', '2024-02-29', 29],
    ['2024-02-29', 'anual', '2025-03-30', 'due', '2025-02-28', 0],
    ['2024-05-15', 'mensual', '2024-06-15', 'fresh', '2024-06-15', 30],
  ]
  it.each(cases)('%s, %s: on %s it is %s', (periodTo, periodicity, today, state, nextPeriodTo, daysLeft) => {
    expect(freshnessOf({ periodTo, periodicity }, today)).toMatchObject({ state, nextPeriodTo, daysLeft })
  })

  it('is nothing where no periodicity is declared', () => {
    expect(freshnessOf({ periodTo: '2020-12-31', periodicity: null }, '2026-01-01')).toBeNull()
  })
})
