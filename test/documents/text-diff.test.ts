import fc from 'fast-check'
import { expect, it } from 'vitest'
import { diffBlocks } from '../../documents/text-diff.ts'

it('shows the words that came and went within a block, and blocks that came or went whole', () => {
  const before = 'El canal presencial es el más usado.\nSe va.\nQueda igual.'
  const after = 'El canal virtual es el más usado.\nQueda igual.\nLlega.'
  const blocks = diffBlocks(before, after)
  expect(blocks.map(({ kind }) => kind)).toEqual(['changed', 'removed', 'same', 'added'])
  expect(blocks[0]?.parts.filter(({ kind }) => kind !== 'same')).toEqual([
    { kind: 'removed', text: 'presencial' },
    { kind: 'added', text: 'virtual' },
  ])
})

it('holds all of both texts, whatever they are', () => {
  const text = fc.array(fc.constantFrom('uno', 'dos dos', 'tres, cuatro', 'ñ', ' x '), { maxLength: 8 })
  const of = (blocks: ReturnType<typeof diffBlocks>, not: string) =>
    blocks
      .filter(({ kind }) => kind !== not)
      .map(({ parts }) => parts.flatMap((part) => (part.kind === not ? [] : [part.text])).join(''))
  fc.assert(
    fc.property(text, text, (before, after) => {
      const blocks = diffBlocks(before.join('\n'), after.join('\n'))
      expect(of(blocks, 'added')).toEqual(before)
      expect(of(blocks, 'removed')).toEqual(after)
    }),
    { seed: 3 },
  )
})
