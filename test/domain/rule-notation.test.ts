/** Rules of segments against a reading of their own, over random rules and records (promises §6). */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Condition, matchesRule, parseRule, ruleFrom, type SegmentRule, writeRule } from '../../domain/segments.ts'

const VARIABLES = ['canal', 'zona', 'comuna', 'o', 'en']
const VALUES = ['1', '2', 'Rural', 'a, b', 'x;y', '{', ' borde', 'Presencial o Virtual', 'en', '=']

const condition = fc
  .record({
    variable: fc.constantFrom(...VARIABLES),
    op: fc.constantFrom('eq' as const, 'in' as const, 'neq' as const),
    values: fc.uniqueArray(fc.constantFrom(...VALUES), { minLength: 1, maxLength: 3 }),
  })
  .map((one): Condition => (one.op === 'eq' ? { ...one, values: one.values.slice(0, 1) } : one))
const rule = fc
  .array(fc.array(condition, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 3 })
  .map((groups) => ruleFrom(groups))
const record = fc.record(
  Object.fromEntries(VARIABLES.map((code) => [code, fc.option(fc.constantFrom(...VALUES, ''), { nil: null })])),
)

/** The meaning said in the plainest way: every group has a condition that the record meets. */
function naive({ all, any = [] }: SegmentRule, row: Record<string, string | null>): boolean {
  for (const group of [...all.map((one) => [one]), ...any]) {
    let met = false
    for (const { variable, op, values } of group) {
      const value = row[variable]
      if (!value) continue
      let found = false
      for (const one of values) if (one === value) found = true
      if (op === 'neq' ? !found : found) met = true
    }
    if (!met) return false
  }
  return true
}

describe('a rule over random records', () => {
  it('selects what a plain reading of it selects', () => {
    fc.assert(
      fc.property(rule, fc.array(record, { maxLength: 20 }), (one, rows) => {
        expect(rows.map((row) => matchesRule(one, row))).toEqual(rows.map((row) => naive(one, row)))
      }),
      { seed: 4, numRuns: 500 },
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
      { seed: 4, numRuns: 500 },
    )
  })
})
