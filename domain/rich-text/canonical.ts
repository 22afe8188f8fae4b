/** One way to keep a document, however it was typed: what is stored, and that of which the hash is taken. */
import type {
  Block,
  HeadingNode,
  Inline,
  ListItem,
  ListNode,
  Mark,
  NumberNode,
  Paragraph,
  RichDoc,
  TableCell,
  TableNode,
  TableRow,
} from './document.ts'
import { isBlank } from './words.ts'

/** As it is stored; a document without a word is no answer. */
export function storedRich(doc: RichDoc): string {
  return isBlank(doc) ? '' : JSON.stringify(canonicalRich(doc))
}

/** The same document with every number shown anew. */
export function withNumbers(doc: RichDoc, change: (attrs: NumberNode['attrs']) => NumberNode['attrs']): RichDoc {
  return mapLines(doc, (content) =>
    content.map((one) => (one.type === 'number' ? { ...one, attrs: change(one.attrs) } : one)),
  )
}

/**
 * Two ways of typing one text are one document: neighbouring words with the same marks joined, marks in one order, lists
 * that follow each other joined, blank lines gone, the first row of a table its heading and every row as long.
 */
export function canonicalRich(doc: RichDoc): RichDoc {
  const { content } = mapLines(doc, joined)
  const kept = content.filter((one) => (one.type !== 'paragraph' && one.type !== 'heading') || !isBlankLine(one))
  return {
    type: 'doc',
    content: joinedLists(kept).map((one) => (one.type === 'table' ? squared(one) : one)) as Block[],
  }
}

/** The document of which the hash is taken (model.md §2): joined, then NFC, trimmed, runs of blanks collapsed by line. */
export function normalizedRich(doc: RichDoc): RichDoc {
  return canonicalRich(mapLines(doc, (content) => trimmed(joined(content))))
}

function isBlankLine({ content = [] }: Paragraph | HeadingNode): boolean {
  return content.every((one) => one.type === 'hardBreak' || (one.type === 'text' && one.text.trim() === ''))
}

function joinedLists<T extends Block | ListItem['content'][number]>(nodes: T[]): T[] {
  const out: T[] = []
  for (const node of nodes) {
    if (node.type !== 'bulletList' && node.type !== 'orderedList') {
      out.push(node)
      continue
    }
    const items = node.content.map((one): ListItem => ({ type: one.type, content: joinedLists(one.content) }))
    const last = out.at(-1)
    if (last?.type === node.type) (last as ListNode).content.push(...items)
    else out.push({ type: node.type, content: items } as T)
  }
  return out
}

function squared(table: TableNode): TableNode {
  const width = Math.max(...table.content.map((line) => line.content.length))
  const content = table.content.map((line, r): TableRow => {
    const type = r === 0 ? 'tableHeader' : 'tableCell'
    const cells = Array.from({ length: width }, (_, c) => line.content[c]?.content ?? [{ type: 'paragraph' as const }])
    return { type: 'tableRow', content: cells.map((one) => ({ type, content: one })) }
  })
  return { type: 'table', content }
}

function mapLines(doc: RichDoc, change: (content: Inline[]) => Inline[]): RichDoc {
  const within = (node: never): unknown => {
    const one = node as Block | ListItem | TableRow | TableCell
    if (one.type === 'figure') return { type: one.type, attrs: { id: one.attrs.id } }
    if (one.type === 'paragraph') return lineOf({ type: one.type }, change(one.content ?? []))
    if (one.type === 'heading')
      return lineOf({ type: one.type, attrs: { level: one.attrs.level } }, change(one.content ?? []))
    return { type: one.type, content: (one.content as never[]).map(within) }
  }
  return { type: 'doc', content: doc.content.map((one) => within(one as never)) as Block[] }
}

function lineOf(head: object, content: Inline[]): object {
  return content.length === 0 ? head : { ...head, content }
}

const MARK_ORDER = ['bold', 'italic', 'link']

function joined(content: Inline[]): Inline[] {
  const lines: Inline[] = []
  for (const node of content) {
    if (node.type !== 'text') {
      lines.push(node.type === 'number' ? { type: 'number', attrs: ordered(node.attrs) } : { type: 'hardBreak' })
      continue
    }
    const marks = [...(node.marks ?? [])]
      .sort((a, b) => MARK_ORDER.indexOf(a.type) - MARK_ORDER.indexOf(b.type))
      .map(
        (one): Mark => (one.type === 'link' ? { type: 'link', attrs: { href: one.attrs.href } } : { type: one.type }),
      )
    const last = lines.at(-1)
    const text = node.text.replace(/[\r\n]+/g, ' ')
    if (last?.type === 'text' && JSON.stringify(last.marks ?? []) === JSON.stringify(marks)) last.text += text
    else lines.push({ type: 'text', text, ...(marks.length > 0 && { marks }) })
  }
  return lines
}

const ordered = ({ ref, shown, basis }: NumberNode['attrs']) => ({ ref, shown, basis })

function trimmed(content: Inline[]): Inline[] {
  const lines: Inline[] = []
  content.forEach((node, i) => {
    if (node.type !== 'text') {
      lines.push(node)
      return
    }
    const before = lines.at(-1)
    const opens = !before || before.type === 'hardBreak' || (before.type === 'text' && before.text.endsWith(' '))
    const next = content[i + 1]
    let words = node.text.normalize('NFC').replace(/[ \t]+/g, ' ')
    if (opens) words = words.trimStart()
    if (!next || next.type === 'hardBreak') words = words.trimEnd()
    if (words !== '') lines.push({ ...node, text: words })
  })
  return lines
}
