import fc from 'fast-check'
import { expect, it } from 'vitest'
import { numberKey, originOf, parseNumberKey, staleNumbers } from '../../domain/report-numbers.ts'
import { parseNotation } from '../../domain/rich-notation.ts'

it('a reference is read back as it was written, whatever the labels of rows and columns', () => {
  const label = fc.oneof(fc.constant(null), fc.string({ minLength: 1, maxLength: 20, unit: 'grapheme' }))
  const ref = fc.record({
    source: fc.constantFrom('figure' as const, 'segment' as const),
    id: fc.constantFrom('g1', 'f_2-x'),
    row: label,
    column: label,
    as: fc.constantFrom('n' as const, 'p' as const),
  })
  fc.assert(
    fc.property(ref, (one) => {
      const key = numberKey(one)
      expect(parseNumberKey(key)).toEqual(one)
      const [node] = parseNotation(`a [[cifra:${key}|1|]]`).content
      expect(node).toMatchObject({ content: [{}, { attrs: { ref: key, shown: '1' } }] })
    }),
    { seed: 4 },
  )
  for (const wrong of ['', 'figura:g1', 'figura:g1///x', 'otra:g1///n', 'figura:g1/%//n'])
    expect(parseNumberKey(wrong)).toBeNull()
})

it('only the numbers of a figure that changed are stale, and those of one that went away are gone', () => {
  const [now, before] = ['a'.repeat(16), 'b'.repeat(16)]
  const doc = parseNotation(
    `[[cifra:figura:g1/X//n|10|${now}]] [[cifra:figura:g2/Y//n|20|${before}]] [[cifra:figura:g3///n|30|${now}]]`,
  )
  const bases = new Map([
    ['figura:g1', now],
    ['figura:g2', now],
  ])
  expect(staleNumbers(doc, bases)).toEqual([
    { ref: 'figura:g2/Y//n', shown: '20', isGone: false },
    { ref: 'figura:g3///n', shown: '30', isGone: true },
  ])
  expect(originOf('figura:g2/Y//n')).toBe('figura:g2')
})
