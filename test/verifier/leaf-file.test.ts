import { describe, expect, it } from 'vitest'
import { LeafFileFault, leafFileText, parseLeafFile } from '../../verifier/leaf-file.ts'
import { leafOf } from '../../verifier/merkle.ts'

const leaves = [0, 1, 2].map((n) => leafOf(Buffer.from([n])).toString('hex'))
const file = { origin: 'caracteriza/entidad', from: 7, leaves }
const text = leafFileText(file)

function saidOf(spoiled: string): string {
  try {
    return `${parseLeafFile(spoiled).leaves.length} leaves`
  } catch (error) {
    return error instanceof LeafFileFault ? `${error.code} ${error.line}` : String(error)
  }
}

describe('a file of leaves', () => {
  it('is read as it was written, also of a day without events', () => {
    expect(parseLeafFile(text)).toEqual(file)
    expect(parseLeafFile(leafFileText({ ...file, leaves: [] }))).toEqual({ ...file, leaves: [] })
  })

  it('is refused cut anywhere, with a line changed, added or doubled, and from a newer version', () => {
    for (let length = 0; length < text.length; length++)
      expect(saidOf(text.slice(0, length)), `${length}`).not.toMatch(/leaves$/)
    expect(saidOf(text.slice(0, 120))).toBe('cut 0')
    expect(saidOf(text.slice(0, -1))).toBe('cut 0')
    expect(saidOf(text.split('\n').slice(0, 3).join('\n'))).toBe('cut 0')
    expect(saidOf(text.replace(leaves[1] ?? '', 'x'))).toBe('malformed 3')
    expect(saidOf(`${text}${leaves[0]}\n`)).toBe('malformed 5')
    expect(saidOf(text.replace('hojas 1', 'hojas 2'))).toBe('newer_version 0')
    expect(saidOf('x')).toBe('other_format 0')
  })
})
