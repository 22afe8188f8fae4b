/**
 * Rich text as it is typed in a plain field, where there is no script: each line a block, few marks, and nothing lost on
 * the way there and back. Headings «# » and «## », lists «- » and «1. », quotations «> », tables «| a | b |», **bold**,
 * __italic__, [words](address), [[cifra:…]], [[figura:…]], [[salto]]; a backslash before a mark makes it a letter.
 */
import {
  type Block,
  canonicalRich,
  DEEPEST_LIST,
  type Inline,
  isSafeAddress,
  type ListItem,
  type ListNode,
  type Mark,
  type Paragraph,
  parseRich,
  type QuoteNode,
  type RichDoc,
  storedRich,
  type TableNode,
  type TextNode,
} from './rich-text.ts'

/** What the field shows of a stored answer. What was typed and is not stored yet is shown as typed. */
export function notationOf(value: string): string {
  const doc = parseRich(value)
  return doc ? printNotation(doc) : value
}

/** What the field sends, whether stored or just typed: the same text for the same document. */
export function sentNotation(value: string): string {
  return printNotation(parseRich(value) ?? parseNotation(value))
}

/** The stored answer of what a field sent. */
export function storedFromNotation(typed: string): string {
  return storedRich(parseNotation(typed))
}

const GROUPED = ['bulletList', 'orderedList', 'blockquote', 'table']

export function printNotation(doc: RichDoc): string {
  const blocks = canonicalRich(doc).content
  return blocks
    .map(
      (block, i) =>
        (GROUPED.includes(block.type) && blocks[i - 1]?.type === block.type ? '\n' : '') + printBlock(block),
    )
    .join('\n')
}

/** A figure as the plain field writes it. */
export const figureMark = (id: string) => `[[figura:${id}]]`

/** A number as the plain field writes it; of one just chosen only the reference is known. */
export const numberMark = (...parts: [ref: string, shown?: string, basis?: string]) => `[[cifra:${parts.join('|')}]]`

function printBlock(block: Block): string {
  switch (block.type) {
    case 'paragraph':
      return guarded(printLine(block.content))
    case 'heading':
      return `${'#'.repeat(block.attrs.level - 2)} ${printLine(block.content)}`
    case 'figure':
      return figureMark(block.attrs.id)
    case 'blockquote':
      return block.content.map((one) => `> ${printLine(one.content)}`).join('\n')
    case 'table':
      return printTable(block)
    default:
      return printList(block, '')
  }
}

function printList(list: ListNode, indent: string): string {
  return list.content
    .map((item, i) => {
      const mark = list.type === 'bulletList' ? '-' : `${i + 1}.`
      const [first, ...below] = item.content as [Paragraph, ...ListNode[]]
      return [
        `${indent}${mark} ${printLine(first.content)}`,
        ...below.map((one) => printList(one, `${indent}  `)),
      ].join('\n')
    })
    .join('\n')
}

function printTable(table: TableNode): string {
  return table.content
    .map((row) => `| ${row.content.map((cell) => printLine(cell.content[0]?.content, /[\\*_[\]|]/g)).join(' | ')} |`)
    .join('\n')
}

/** Characters that are marks wherever they stand in a line. */
const MARKS = /[\\*_[\]]/g

function printLine(content: readonly Inline[] = [], marks = MARKS): string {
  return content.map((node) => printInline(node, marks)).join('')
}

function printInline(node: Inline, marks: RegExp): string {
  if (node.type === 'hardBreak') return '[[salto]]'
  if (node.type === 'number') {
    const { ref, shown, basis } = node.attrs
    return numberMark(ref, shown, basis)
  }
  const has = (type: Mark['type']) => node.marks?.some((mark) => mark.type === type)
  const link = node.marks?.find((mark) => mark.type === 'link')
  let words = node.text.replace(marks, '\\$&')
  if (has('italic')) words = `__${words}__`
  if (has('bold')) words = `**${words}**`
  return link ? `[${words}](${link.attrs.href.replaceAll('(', '%28').replaceAll(')', '%29')})` : words
}

/** A paragraph that begins like a list, a heading, a quotation or a table. */
function guarded(line: string): string {
  return line.replace(/^(\s*)(?:([#>|-])|(\d+)\.)/, (_, blanks, mark, digits) =>
    mark ? `${blanks}\\${mark}` : `${blanks}${digits}\\.`,
  )
}

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
    const token = inner[i] === '[' ? matchAt(TOKEN, inner, i)?.[0] : undefined
    const taken = token ?? inner.slice(i, i + (inner[i] === '\\' ? 2 : 1))
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

const LINK = /\[((?:\\.|[^\\[\]])*)\]\(([^()\s]{1,2000})\)/sy
const TOKEN = /\[\[(salto|cifra:([^|\]\s]{1,600})(?:\|([^|\]]{0,60})(?:\|([0-9a-f]{16})?)?)?)\]\]/y
const ESCAPED = '\\*_[]|#->.'

function parseLine(line: string): Inline[] {
  const nodes: Inline[] = []
  const on = { bold: false, italic: false }
  const put = (text: string, within: Mark[] = [], href?: string) => {
    const has = (type: 'bold' | 'italic') => on[type] || within.some((mark) => mark.type === type)
    const marks: Mark[] = [
      ...(has('bold') ? [{ type: 'bold' as const }] : []),
      ...(has('italic') ? [{ type: 'italic' as const }] : []),
      ...(href ? [{ type: 'link' as const, attrs: { href } }] : []),
    ]
    const node: TextNode = { type: 'text', text, ...(marks.length > 0 && { marks }) }
    const last = nodes.at(-1)
    if (last?.type === 'text' && JSON.stringify(last.marks) === JSON.stringify(node.marks)) last.text += text
    else if (text !== '') nodes.push(node)
  }
  for (let i = 0; i < line.length; ) {
    const here = line[i] ?? ''
    const two = line.slice(i, i + 2)
    if (here === '\\' && line[i + 1] && ESCAPED.includes(line[i + 1] ?? '')) {
      put(line[i + 1] ?? '')
      i += 2
      continue
    }
    if (two === '**' || two === '__') {
      const mark = two === '**' ? 'bold' : 'italic'
      if (on[mark] || line.indexOf(two, i + 2) >= 0) {
        on[mark] = !on[mark]
        i += 2
        continue
      }
    }
    if (here === '[') {
      const token = matchAt(TOKEN, line, i)
      if (token) {
        const [, name, ref = '', shown = '', basis = ''] = token
        nodes.push(name === 'salto' ? { type: 'hardBreak' } : { type: 'number', attrs: { ref, shown, basis } })
        i += token[0].length
        continue
      }
      const link = matchAt(LINK, line, i)
      if (link && isSafeAddress(link[2] ?? '')) {
        for (const inner of parseLine(link[1] ?? '')) if (inner.type === 'text') put(inner.text, inner.marks, link[2])
        i += link[0].length
        continue
      }
    }
    put(here)
    i += 1
  }
  return nodes
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at
  return pattern.exec(text)
}
