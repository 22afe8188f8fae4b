/** Reads the notation of rich-notation.ts: which lines make a block. */
import { canonicalRich } from './canonical.ts'
import {
  type Block,
  DEEPEST_LIST,
  type ListItem,
  type ListNode,
  type Paragraph,
  type QuoteNode,
  type RichDoc,
  type TableNode,
} from './document.ts'
import { parseLine, tokenAt } from './parse-line.ts'

const ITEM = /^(\s*)(?:(-)|\d{1,3}\.)\s(.*)$/s

export function parseNotation(typed: string): RichDoc {
  const lines = typed.replace(/\r\n?/g, '\n').split('\n')
  const content: Block[] = []
  for (let i = 0; i < lines.length; ) {
    const line = lines[i] ?? ''
    const takes = line.trim() === '' ? undefined : (READERS.find(({ starts }) => starts.test(line)) ?? LINE)
    const end = takes ? endOf(lines, i, takes) : i + 1
    if (takes) content.push(takes.read(lines.slice(i, end)))
    i = end
  }
  return canonicalRich({ type: 'doc', content })
}

interface Reader {
  starts: RegExp
  /** The lines that follow and start alike belong to the same block. */
  groups: boolean
  read: (lines: string[]) => Block
}

const LINE: Reader = { starts: /^/, groups: false, read: ([line = '']) => paragraphOf(line) }
const READERS: Reader[] = [
  {
    starts: /^#{1,2} /,
    groups: false,
    read: ([line = '']) => {
      const level = line.startsWith('## ') ? 4 : 3
      return { ...paragraphOf(line.slice(level - 1)), type: 'heading', attrs: { level } } as Block
    },
  },
  {
    starts: /^\[\[figura:[A-Za-z0-9_-]{1,64}\]\]\s*$/,
    groups: false,
    read: ([line = '']) => ({ type: 'figure', attrs: { id: line.trim().slice('[[figura:'.length, -2) } }),
  },
  {
    starts: /^> ?/,
    groups: true,
    read: (lines): QuoteNode => ({
      type: 'blockquote',
      content: lines.map((line) => paragraphOf(line.replace(/^> ?/, ''))),
    }),
  },
  { starts: /^\|.*\|\s*$/s, groups: true, read: tableOf },
  { starts: ITEM, groups: true, read: (lines) => listOf(lines, 1) },
]

function endOf(lines: string[], from: number, { starts, groups }: Reader): number {
  let end = from + 1
  while (groups && end < lines.length && starts.test(lines[end] ?? '') && isSameList(lines[from], lines[end])) end += 1
  return end
}

/** At the margin, a list of another kind begins another list. */
function isSameList(first = '', line = ''): boolean {
  const [a, b] = [ITEM.exec(first), ITEM.exec(line)]
  if (!a || !b) return true
  return (b[1]?.length ?? 0) > (a[1]?.length ?? 0) || (a[2] === undefined) === (b[2] === undefined)
}

function listOf(lines: string[], depth: number): ListNode {
  const [, margin = '', dash] = ITEM.exec(lines[0] ?? '') ?? []
  const items: { line: string; below: string[] }[] = []
  for (const line of lines) {
    const [, indent = '', , words = ''] = ITEM.exec(line) ?? []
    const last = items.at(-1)
    if (last && indent.length > margin.length && depth < DEEPEST_LIST) last.below.push(line)
    else items.push({ line: words, below: [] })
  }
  const content = items.map(
    ({ line, below }): ListItem => ({
      type: 'listItem',
      content: [paragraphOf(line), ...listsOf(below, depth + 1)],
    }),
  )
  return { type: dash ? 'bulletList' : 'orderedList', content }
}

function listsOf(lines: string[], depth: number): ListNode[] {
  const lists: ListNode[] = []
  for (let i = 0; i < lines.length; ) {
    let end = i + 1
    while (end < lines.length && isSameList(lines[i], lines[end])) end += 1
    lists.push(listOf(lines.slice(i, end), depth))
    i = end
  }
  return lists
}

function tableOf(lines: string[]): TableNode {
  const rows = lines.filter((line) => !/^\|(?:\s*:?-+:?\s*\|)+\s*$/.test(line))
  return {
    type: 'table',
    content: (rows.length > 0 ? rows : lines).map((line) => ({
      type: 'tableRow',
      content: cellsOf(line).map((cell) => ({ type: 'tableCell', content: [paragraphOf(cell)] })),
    })),
  }
}

/** Cells of « | a | b | »; a bar within a reference or after a backslash parts nothing. */
function cellsOf(line: string): string[] {
  const inner = line.trim().slice(1, -1)
  const cells = ['']
  for (let i = 0; i < inner.length; ) {
    const taken = tokenAt(inner, i)?.[0] ?? inner.slice(i, i + (inner[i] === '\\' ? 2 : 1))
    if (taken === '|') cells.push('')
    else cells[cells.length - 1] += taken
    i += taken.length
  }
  return cells.map((cell) => cell.replace(/^ | $/g, ''))
}

function paragraphOf(line: string): Paragraph {
  const content = parseLine(line)
  return content.length > 0 ? { type: 'paragraph', content } : { type: 'paragraph' }
}
