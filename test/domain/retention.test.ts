import { describe, expect, it } from 'vitest'
import {
  keptUntil,
  objectionsToElimination,
  type RetentionRule,
  retentionRuleInput,
  seriesOf,
} from '../../domain/retention.ts'

const rule = (code: string, change: Partial<RetentionRule> = {}): RetentionRule => ({
  ...{ code, name: 'Caracterizaciones', officeYears: 2, centralYears: 8, disposition: 'E' },
  ...change,
})

describe('the series of a TRD', () => {
  const rules = ['4173.010.22', '4173.010.22.2', '4173.010'].map((code) => rule(code))
  it.each([
    ['4173.010.22.2.1020', '4173.010.22.2'],
    ['4173.010.22.2', '4173.010.22.2'],
    ['4173.010.22.20', '4173.010.22'],
    ['4173.010.22.20.2', '4173.010.22'],
    ['4173.010.2', '4173.010'],
    [' 4173.010.22.2.1020.000150 ', '4173.010.22.2'],
    ['4173.0101.22', null],
    ['4173', null],
    ['', null],
  ])('of «%s» is %s: the longest code it begins with, part by part', (trd, code) => {
    expect(seriesOf(trd, rules)?.code ?? null).toBe(code)
    expect(seriesOf(trd, [...rules].reverse())?.code ?? null).toBe(code)
  })
})

describe('how long a cycle is kept', () => {
  it.each([
    // The last instant of a year in Bogotá, and the first of the next.
    ['2024-12-31T23:59:59-05:00', 2, 8, '2034-12-31'],
    ['2025-01-01T00:00:00-05:00', 2, 8, '2035-12-31'],
    ['2025-01-01T04:59:59Z', 2, 8, '2034-12-31'],
    ['2024-02-29T12:00:00Z', 0, 0, '2024-12-31'],
  ])('%s with %d and %d years: until %s', (endedAt, officeYears, centralYears, until) => {
    expect(keptUntil(endedAt, { officeYears, centralYears })).toBe(until)
  })

  const judged = { endedAt: '2020-05-03T12:00:00Z', rule: rule('100', { centralYears: 3 }), isUnderDisposal: false }
  it.each([
    ['2025-12-31', 'retention_running'],
    ['2026-01-01', undefined],
  ])('on %s its elimination may be proposed, or why not: %s', (today, code) => {
    expect(objectionsToElimination(judged, today)[0]?.code).toBe(code)
  })

  it.each([
    [{ endedAt: null }, 'still_open'],
    [{ rule: null }, 'no_series'],
    [{ rule: rule('100', { disposition: 'CT' }) }, 'kept_for_good'],
    [{ rule: rule('100', { disposition: 'MT' }) }, 'kept_for_good'],
    [{ isUnderDisposal: true }, 'disposal_exists'],
    [{ rule: rule('100', { disposition: 'S', centralYears: 0 }) }, undefined],
  ] as const)('%j: %s', (change, code) => {
    expect(objectionsToElimination({ ...judged, ...change }, '2026-11-28')[0]?.code).toBe(code)
  })
})

it('a series is typed with all its faults told at once', () => {
  const typed = { code: '4173..22', name: '', officeYears: '2,5', centralYears: '100', actDate: '2020-02-30' }
  const faults = retentionRuleInput.safeParse(typed).error?.issues.map(({ path, message }) => `${path} ${message}`)
  expect(faults).toEqual(
    expect.arrayContaining([
      ...['code not_a_series', 'name missing', 'officeYears not_years', 'centralYears not_years'],
      ...['disposition missing', 'act missing', 'actDate not_a_date', 'inForceFrom missing'],
    ]),
  )
})

it.each([
  ['2020-01-15', true],
  ['2020-01-14', false],
])('adopted on 15 January 2020, a series that rules from %s: %s', (inForceFrom, taken) => {
  const typed = {
    ...{ formKey: '019a221a-6009-766e-a854-3a3757b2a508', code: '100', name: 'x', officeYears: '2', centralYears: '0' },
    ...{ disposition: 'E', act: 'Resolución 12', actDate: '2020-01-15', inForceFrom },
  }
  expect(retentionRuleInput.safeParse(typed).success).toBe(taken)
})
