/** The form of a rule keeps all of it in its address: what is opened from a rule, and what is typed wrong (F1, F2). */
import fc from 'fast-check'
import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, test } from 'vitest'
import { RuleFields } from '../../app/components/rules/rule-fields.tsx'
import { builtRule, groupsFrom, type RuleVariable, setRule } from '../../app/components/rules/rule-query.ts'
import { boundsOf, RANGE_OPERATORS } from '../../domain/ranges.ts'
import { type Condition, ruleFrom } from '../../domain/rules.ts'

const variable = (code: string, type: string, values: string[] = []): RuleVariable => ({
  ...{ code, label: code, type, values, isPrioritized: true },
})
const VARIABLES = [
  variable('zona', 'category', ['Rural', 'Urbana', 'a, b']),
  variable('edad', 'integer'),
  variable('fecha', 'date'),
]
const built = (address: string) => builtRule(groupsFrom(new URLSearchParams(address)), VARIABLES)

/** What a browser sends of the form as it opens. */
function sentBy(groups: Condition[][]): URLSearchParams {
  const markup = renderToStaticMarkup(createElement(RuleFields, { groups, variables: VARIABLES, faults: {} }))
  const sent = new URLSearchParams()
  const attribute = (tag: string, name: string) => new RegExp(` ${name}="([^"]*)"`).exec(tag)?.[1] ?? ''
  for (const [tag, options = ''] of markup.matchAll(/<input[^>]*>|<select[^>]*>(.*?)<\/select>/g)) {
    if (attribute(tag, 'type') === 'checkbox' && !/ checked=/.test(tag)) continue
    const chosen = /<option[^>]* selected=""[^>]*>/.exec(options)?.[0] ?? tag
    sent.append(attribute(tag, 'name'), attribute(chosen, 'value'))
  }
  return sent
}

describe('a rule in an address', () => {
  test('opens as itself, with what is joined by «o» and its ranges', () => {
    const listed = fc
      .record({
        op: fc.constantFrom('in' as const, 'neq' as const),
        values: fc.subarray(['Rural', 'Urbana', 'a, b'], { minLength: 1 }),
      })
      .map(
        ({ op, values }): Condition => ({
          ...{ variable: 'zona', op: op === 'in' && values.length === 1 ? 'eq' : op, values },
        }),
      )
    const bounds = { edad: ['0', '17,5', '60'], fecha: ['2025-12-31', '2026-01-01', '2026-06-30'] }
    const ranged = fc
      .record({ of: fc.constantFrom('edad' as const, 'fecha' as const), op: fc.constantFrom(...RANGE_OPERATORS) })
      .chain(({ of, op }) =>
        fc
          .subarray(bounds[of], { minLength: 2, maxLength: 2 })
          .map((values): Condition => ({ variable: of, op, values: values.slice(0, boundsOf(op)) })),
      )
    const groups = fc.array(fc.array(fc.oneof(listed, ranged), { minLength: 1, maxLength: 4 }), {
      minLength: 1,
      maxLength: 6,
    })
    fc.assert(
      fc.property(groups.map(ruleFrom), (rule) => {
        const search = new URLSearchParams()
        setRule(search, rule)
        expect(built(String(search))).toEqual({ rule, faults: {} })
      }),
    )
  })

  test.each([
    ['edad', 'mucho', '', { g0c0d: 'bound_not_number' }],
    ['edad', '', '2026-01-01', { g0c0h: 'bound_not_number' }],
    ['fecha', '60', 'ayer', { g0c0d: 'bound_not_date', g0c0h: 'bound_not_date' }],
    ['edad', '60', '18', { g0c0h: 'range_reversed' }],
    ['fecha', '2026-06-30', '2026-01-01', { g0c0h: 'range_reversed' }],
  ])('of %s from «%s» to «%s» counts nothing and says what is wrong', (code, from, to, faults) => {
    const search = new URLSearchParams({ g0c0: code, g0c0de: code, g0c0d: from, g0c0h: to })
    // What stands beside it would be counted without it.
    search.append('g1c0', 'zona')
    search.append('g1c0de', 'zona')
    search.append('g1c0v', 'Rural')
    expect(built(String(search))).toEqual({ rule: null, faults })
  })

  test.each([
    { variable: 'edad', op: 'in', values: ['18', '19', '20'] },
    { variable: 'edad', op: 'eq', values: ['18'] },
    { variable: 'edad', op: 'neq', values: ['18'] },
    { variable: 'fecha', op: 'in', values: ['2026-01-01', '2026-06-30'] },
    { variable: 'edad', op: 'lte', values: ['17,5'] },
    { variable: 'zona', op: 'neq', values: ['Rural', 'a, b'] },
  ] satisfies Condition[])('comes back out of its form as it went in: $variable $op $values', (condition) => {
    const rule = ruleFrom([[condition], [{ variable: 'zona', op: 'eq', values: ['Urbana'] }]])
    const search = new URLSearchParams()
    setRule(search, rule)
    const shown = groupsFrom(search)
    expect(built(String(sentBy(shown)))).toEqual({ rule, faults: {} })
    if (condition.variable === 'zona' || condition.op === 'lte') return
    // The button that removes it sends an empty end beside it.
    const asked = sentBy(shown)
    asked.append('g0c0d', '')
    expect(built(String(asked)).rule?.all).toEqual([{ variable: 'zona', op: 'eq', values: ['Urbana'] }])
    expect(groupsFrom(asked)[0]).toEqual([{ variable: condition.variable, op: 'between', values: ['', ''] }])
  })

  test('forgets bounds typed for another variable, and a range of a list', () => {
    expect(built('g0c0=edad&g0c0de=fecha&g0c0d=2026-01-01').rule).toBeNull()
    expect(built('g0c0=zona&g0c0de=zona&g0c0d=1').rule).toBeNull()
  })
})
