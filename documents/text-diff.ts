/** What differs between two texts, block by block and word by word (features G3). */
import { diffArrays, diffWordsWithSpace } from 'diff'

export interface DiffPart {
  kind: 'same' | 'added' | 'removed'
  text: string
}

export interface DiffBlock {
  kind: 'same' | 'changed' | 'added' | 'removed'
  parts: DiffPart[]
}

/** Beyond this many characters a block is compared as a whole: nobody reads such a paragraph word by word. */
const LONGEST_BLOCK = 20_000

/** Each line is a block. Blocks that took the place of others are compared by words, in order; the rest came or went whole. */
export function diffBlocks(before: string, after: string): DiffBlock[] {
  const blocks: DiffBlock[] = []
  let gone: string[] = []
  for (const { added, removed, value } of diffArrays(linesOf(before), linesOf(after))) {
    if (removed) {
      gone = value
      continue
    }
    if (added) {
      value.forEach((line, i) => {
        blocks.push(gone[i] === undefined ? whole('added', line) : changed(gone[i], line))
      })
      blocks.push(...gone.slice(value.length).map((line) => whole('removed', line)))
    } else {
      blocks.push(...gone.map((line) => whole('removed', line)), ...value.map((line) => whole('same', line)))
    }
    gone = []
  }
  return [...blocks, ...gone.map((line) => whole('removed', line))]
}

const linesOf = (text: string) => text.split('\n').filter((line) => line.trim() !== '')

const whole = (kind: DiffPart['kind'], text: string): DiffBlock => ({ kind, parts: [{ kind, text }] })

function changed(before: string, after: string): DiffBlock {
  if (before.length + after.length > LONGEST_BLOCK)
    return { kind: 'changed', parts: [...whole('removed', before).parts, ...whole('added', after).parts] }
  const parts = diffWordsWithSpace(before, after).map(({ added, removed, value }): DiffPart => {
    return { kind: added ? 'added' : removed ? 'removed' : 'same', text: value }
  })
  return { kind: 'changed', parts }
}
