/** Rules of segments against a reading of their own, over random rules and records (promises §6). */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { boundsOf, RANGE_OPERATORS } from '../../domain/ranges.ts'
import { parseRule, writeRule } from '../../domain/rule-notation.ts'
import { type Condition, matchesRule, ruleFrom, type SegmentRule } from '../../domain/rules.ts'

const VARIABLES = ['canal', 'zona', 'comuna', 'o', 'en', 'desde', 'entre']
const VALUES = ['1', '2', 'Rural', 'a, b', 'x;y', '{', ' borde', 'Presencial o Virtual', 'en', '=']

const NUMBERS = ['-3', '0', '17,5', '18', '60', '1200']
const DAYS = ['2025-12-31', '2026-01-01', '2026-02-28', '2026-06-30']

const variable = fc.constantFrom(...VARIABLES)
const listed = fc
  .record({
    variable,
    op: fc.constantFrom('eq' as const, 'in' as const, 'neq' as const),
    values: fc.uniqueArray(fc.constantFrom(...VALUES), { minLength: 1, maxLength: 3 }),
  })
  .map((one): Condition => (one.op === 'eq' ? { ...one, values: one.values.slice(0, 1) } : one))
const ranged = fc
  .record({
    variable,
    op: fc.constantFrom(...RANGE_OPERATORS),
    // Places in a list that rises, so that no range is reversed.
    bounds: fc.constantFrom(NUMBERS, DAYS).chain((all) => fc.subarray(all, { minLength: 2, maxLength: 2 })),
  })
  .map(({ bounds, ...one }): Condition => ({ ...one, values: bounds.slice(0, boundsOf(one.op)) }))
const condition = fc.oneof(listed, ranged)
const rule = fc
  .array(fc.array(condition, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 3 })
  .map((groups) => ruleFrom(groups))
const record = fc.record(
  Object.fromEntries(
    VARIABLES.map((code) => [code, fc.option(fc.constantFrom(...VALUES, ...NUMBERS, ...DAYS, ''), { nil: null })]),
  ),
)

/** The meaning said in the plainest way: every group has a condition that the record meets. */
function naive({ all, any = [] }: SegmentRule, row: Record<string, string | null>): boolean {
  for (const group of [...all.map((one) => [one]), ...any]) {
    let met = false
    for (const { variable, op, values } of group) {
      const value = row[variable]
      if (!value) continue
      if (op === 'gte' || op === 'lte' || op === 'between') {
        const low = op === 'lte' ? null : values[0]
        const high = op === 'gte' ? null : values.at(-1)
        if ((!low || isUpTo(low, value)) && (!high || isUpTo(value, high))) met = true
        continue
      }
      let found = false
      for (const one of values) if (one === value) found = true
      if (op === 'neq' ? !found : found) met = true
    }
    if (!met) return false
  }
  return true
}

/** Days only beside days, numbers only beside numbers. */
function isUpTo(one: string, other: string): boolean {
  const isDay = (text: string) => text.length === 10 && text[4] === '-'
  if (isDay(one) || isDay(other)) return isDay(one) && isDay(other) && one <= other
  return Number(one.replace(',', '.')) <= Number(other.replace(',', '.'))
}

describe('a rule over random records', () => {
  it('selects what a plain reading of it selects', () => {
    fc.assert(
      fc.property(rule, fc.array(record, { maxLength: 20 }), (one, rows) => {
        expect(rows.map((row) => matchesRule(one, row))).toEqual(rows.map((row) => naive(one, row)))
      }),
      { numRuns: 500 },
    )
  })

  it('is written in lines as a person would type it, also where it leaves several values out', () => {
    const all = [{ variable: 'comuna', op: 'neq' as const, values: ['1', '2'] }]
    expect(writeRule({ all })).toBe('comuna no en 1, 2')
  })

  it('is written and read again as itself', () => {
    fc.assert(
      fc.property(rule, (one) => {
        const read = parseRule(writeRule(one))
        expect(read).toEqual({ ok: true, rule: one })
      }),
      { numRuns: 500 },
    )
  })
})
