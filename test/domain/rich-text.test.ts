import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseNotation, printNotation, sentNotation, storedFromNotation } from '../../domain/rich-notation.ts'
import {
  type Block,
  canonicalRich,
  docFromPlain,
  type Inline,
  type ListItem,
  type ListNode,
  normalizedRich,
  parseRich,
  plainText,
  type RichDoc,
  richOf,
  storedRich,
} from '../../domain/rich-text.ts'

const words = fc.oneof(
  fc.string({ minLength: 1, maxLength: 12, unit: 'grapheme' }),
  fc.constantFrom(
    '1. ',
    '# ',
    '- ',
    '> ',
    '| a |',
    '**',
    '__',
    '\\',
    '[[cifra:x]]',
    '[a](b)',
    ' ',
    'ñandú',
    '\\|',
    ']]',
  ),
)
const marks = fc.subarray([
  { type: 'bold' as const },
  { type: 'italic' as const },
  { type: 'link' as const, attrs: { href: 'https://www.santamarta.gov.co/a_b' } },
])
const inline: fc.Arbitrary<Inline> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ type: fc.constant('text' as const), text: words, marks }) },
  {
    weight: 1,
    arbitrary: fc.record({
      type: fc.constant('number' as const),
      attrs: fc.record({
        ref: fc.constantFrom('figura:g1/Presencial//n', 'segmento:m2///p'),
        shown: fc.constantFrom('1.234', '27,36 %', ''),
        basis: fc.constantFrom('0123456789abcdef', ''),
      }),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ type: 'hardBreak' as const }) },
)
const content = fc.array(inline, { maxLength: 5 })
const paragraph = content.map((nodes) => ({ type: 'paragraph' as const, content: nodes }))
const listOf = (depth: number): fc.Arbitrary<ListNode> => {
  const below = depth < 3 ? fc.array(listOf(depth + 1), { maxLength: 2 }) : fc.constant([])
  const item = fc
    .tuple(paragraph, below)
    .map(([first, lists]): ListItem => ({ type: 'listItem', content: [first, ...lists] }))
  return fc.record({
    type: fc.constantFrom('bulletList' as const, 'orderedList' as const),
    content: fc.array(item, { minLength: 1, maxLength: 2 }),
  })
}
const cell = paragraph.map((one) => ({ type: 'tableCell' as const, content: [one] }))
const block: fc.Arbitrary<Block> = fc.oneof(
  paragraph,
  fc.record({
    type: fc.constant('heading' as const),
    attrs: fc.record({ level: fc.constantFrom(3 as const, 4 as const) }),
    content,
  }),
  listOf(1),
  fc.record({ type: fc.constant('blockquote' as const), content: fc.array(paragraph, { minLength: 1, maxLength: 3 }) }),
  fc.record({
    type: fc.constant('table' as const),
    content: fc.array(
      fc.record({ type: fc.constant('tableRow' as const), content: fc.array(cell, { minLength: 1, maxLength: 3 }) }),
      { minLength: 1, maxLength: 3 },
    ),
  }),
  fc.record({ type: fc.constant('figure' as const), attrs: fc.record({ id: fc.constantFrom('g1', 'g2') }) }),
)
const doc: fc.Arbitrary<RichDoc> = fc
  .array(block, { maxLength: 6 })
  .map((blocks) => ({ type: 'doc' as const, content: blocks }))

describe('rich text typed in a plain field', () => {
  it('comes back as the same document, whatever it holds', () => {
    fc.assert(
      fc.property(doc, (one) => {
        expect(parseNotation(printNotation(one))).toEqual(canonicalRich(one))
      }),
      { seed: 9, numRuns: 400 },
    )
  })

  it('is the same text once sent, however it was typed', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 80 }), (typed) => {
        const sent = sentNotation(typed)
        expect(sentNotation(sent)).toBe(sent)
        expect(storedFromNotation(sent)).toBe(storedFromNotation(typed))
      }),
      { seed: 9, numRuns: 400 },
    )
  })

  it('reads headings, lists, quotations, tables, marks and references', () => {
    const typed = [
      '# Canales',
      'El canal **presencial** recibe [[cifra:figura:g3/Presencial//n|900|0123456789abcdef]] comunicaciones.',
      '- Uno',
      '  1. Dentro',
      '> Según [la entidad](https://www.santamarta.gov.co)',
      '| Canal | Registros |',
      '|---|---|',
      '| Virtual | 12 |',
      '[[figura:g3]]',
    ].join('\n')
    const read = parseNotation(typed)
    expect(read.content.map((one) => one.type)).toEqual([
      ...['heading', 'paragraph', 'bulletList', 'blockquote', 'table', 'figure'],
    ])
    expect(plainText(read)).toBe(
      'Canales\nEl canal presencial recibe 900 comunicaciones.\nUno\nDentro\nSegún la entidad\nCanal | Registros\nVirtual | 12\n',
    )
  })
})

describe('rich text as stored', () => {
  it('passes its own check, and nothing else does', () => {
    fc.assert(
      fc.property(doc, (one) => {
        const stored = storedRich(one)
        if (stored !== '') expect(parseRich(stored)).toEqual(canonicalRich(one))
      }),
      { seed: 9, numRuns: 200 },
    )
    const scripted = { type: 'link', attrs: { href: 'javascript:alert(1)' } }
    for (const wrong of [
      '{"type":"doc"',
      '{"type":"doc","content":[{"type":"script"}]}',
      JSON.stringify(docFromPlain('a')).replace('"text":"a"', `"text":"a","marks":[${JSON.stringify(scripted)}]`),
    ])
      expect(parseRich(wrong)).toBeNull()
  })

  it('keeps plain text letter for letter, each line a paragraph', () => {
    const plain = '1. **Uno** | dos\n\n<b>Tres</b> \\ [[cifra:x]]'
    expect(plainText(richOf(plain))).toBe('1. **Uno** | dos\n<b>Tres</b> \\ [[cifra:x]]')
  })

  it('is hashed by block after joining its nodes (model.md §2)', () => {
    const parts = (...texts: string[]): RichDoc => ({
      type: 'doc',
      content: [{ type: 'paragraph', content: texts.map((text) => ({ type: 'text', text })) }],
    })
    const whole = JSON.stringify(normalizedRich(parts('Uno dos tres')))
    expect(JSON.stringify(normalizedRich(parts(' Uno', ' ', '  dos\t', 'tres ')))).toBe(whole)
    expect(JSON.stringify(normalizedRich(parts('Uno dos', 'tres')))).not.toBe(whole)
    const bold = {
      type: 'doc',
      content: [{ type: 'paragraph', content: [{ type: 'text', text: 'Uno dos tres', marks: [{ type: 'bold' }] }] }],
    }
    expect(JSON.stringify(normalizedRich(bold as RichDoc))).not.toBe(whole)
  })
})
