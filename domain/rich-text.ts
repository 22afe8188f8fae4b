/** Rich text of a report: blocks and words as the editor keeps them, checked, read and made canonical. */
import { z } from 'zod'
import { isStorable } from './storable.ts'

export type Mark = { type: 'bold' | 'italic' } | { type: 'link'; attrs: { href: string } }

export interface TextNode {
  type: 'text'
  text: string
  marks?: Mark[]
}

/** A number by reference: what it points to (report-numbers.ts), as it was shown when inserted, and what it was computed from. */
export interface NumberNode {
  type: 'number'
  attrs: { ref: string; shown: string; basis: string }
}

export type Inline = TextNode | NumberNode | { type: 'hardBreak' }

export interface Paragraph {
  type: 'paragraph'
  content?: Inline[]
}

/** Level 3 or 4: under the title of the page and that of the section. */
export interface HeadingNode {
  type: 'heading'
  attrs: { level: 3 | 4 }
  content?: Inline[]
}

/** A paragraph, and lists under it. */
export interface ListItem {
  type: 'listItem'
  content: (Paragraph | ListNode)[]
}

export interface ListNode {
  type: 'bulletList' | 'orderedList'
  content: ListItem[]
}

export interface TableCell {
  type: 'tableHeader' | 'tableCell'
  content: Paragraph[]
}

export interface TableRow {
  type: 'tableRow'
  content: TableCell[]
}

export interface TableNode {
  type: 'table'
  content: TableRow[]
}

export interface QuoteNode {
  type: 'blockquote'
  content: Paragraph[]
}

/** A saved figure by reference: row id in step 4. */
export interface FigureNode {
  type: 'figure'
  attrs: { id: string }
}

export type Block = Paragraph | HeadingNode | ListNode | TableNode | QuoteNode | FigureNode

export interface RichDoc {
  type: 'doc'
  content: Block[]
}

/** Characters of a document as stored. */
export const MAX_RICH_TEXT = 200_000

/** Only addresses a reader can be sent to from a public document. */
export function isSafeAddress(href: string): boolean {
  return /^(https?:\/\/|mailto:)[^\s]+$/i.test(href) && href.length <= 2_000
}

const text = z.string().refine(isStorable)
const id = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/)
const mark = z.union([
  z.object({ type: z.enum(['bold', 'italic']) }),
  z.object({ type: z.literal('link'), attrs: z.object({ href: z.string().refine(isSafeAddress) }) }),
])
const inline = z.union([
  z.object({ type: z.literal('text'), text: text.min(1), marks: z.array(mark).max(3).optional() }),
  z.object({
    type: z.literal('number'),
    attrs: z.object({
      ref: z.string().regex(/^[^\s|\]]{1,600}$/),
      shown: text.max(60).regex(/^[^|\]\n]*$/),
      basis: z.string().regex(/^([0-9a-f]{16})?$/),
    }),
  }),
  z.object({ type: z.literal('hardBreak') }),
])
const paragraph = z.object({ type: z.literal('paragraph'), content: z.array(inline).optional() })
/** Lists within lists, to this depth: what reads them calls itself. */
export const DEEPEST_LIST = 6
function listAt(depth: number): z.ZodType<ListNode> {
  const within = depth < DEEPEST_LIST ? z.union([paragraph, listAt(depth + 1)]) : paragraph
  const item: z.ZodType<ListItem> = z.object({
    type: z.literal('listItem'),
    content: z
      .array(within)
      .min(1)
      .refine((nodes) => nodes.every((one, i) => (one.type === 'paragraph') === (i === 0))),
  })
  return z.object({ type: z.enum(['bulletList', 'orderedList']), content: z.array(item).min(1) })
}
const cell = z.object({ type: z.enum(['tableHeader', 'tableCell']), content: z.array(paragraph).length(1) })
const row = z.object({ type: z.literal('tableRow'), content: z.array(cell).min(1).max(20) })
const block = z.union([
  paragraph,
  z.object({
    type: z.literal('heading'),
    attrs: z.object({ level: z.union([z.literal(3), z.literal(4)]) }),
    content: z.array(inline).optional(),
  }),
  listAt(1),
  z.object({ type: z.literal('table'), content: z.array(row).min(1).max(200) }),
  z.object({ type: z.literal('blockquote'), content: z.array(paragraph).min(1) }),
  z.object({ type: z.literal('figure'), attrs: z.object({ id }) }),
])
const RichDocument = z.object({ type: z.literal('doc'), content: z.array(block) })

const START = '{"type":"doc"'

/** The document a stored answer holds; null when it holds plain text, or anything no editor of ours writes. */
export function parseRich(value: string): RichDoc | null {
  if (!value.startsWith(START) || value.length > MAX_RICH_TEXT) return null
  try {
    return RichDocument.parse(JSON.parse(value)) as RichDoc
  } catch {
    return null
  }
}

/** Each line a paragraph, letter for letter; blank lines only part paragraphs. */
export function docFromPlain(plain: string): RichDoc {
  const lines = plain.split('\n').filter((line) => line.trim() !== '')
  return {
    type: 'doc',
    content: lines.map((line) => ({ type: 'paragraph', content: [{ type: 'text', text: line }] })),
  }
}

/** The document of an answer, whichever form version wrote it. */
export function richOf(value: string): RichDoc {
  return parseRich(value) ?? docFromPlain(value)
}

/** As it is stored; a document without a word is no answer. */
export function storedRich(doc: RichDoc): string {
  return isBlank(doc) ? '' : JSON.stringify(canonicalRich(doc))
}

/** True where there is neither a word nor a figure. */
export function isBlank(doc: RichDoc): boolean {
  return plainText(doc).trim() === '' && figuresIn(doc).length === 0
}

function isBlankLine({ content = [] }: Paragraph | HeadingNode): boolean {
  return content.every((one) => one.type === 'hardBreak' || (one.type === 'text' && one.text.trim() === ''))
}

/** Blocks that hold words, in reading order: paragraphs and headings, those within lists, quotations and tables too. */
export function textBlocks(doc: RichDoc): (Paragraph | HeadingNode)[] {
  return doc.content.flatMap(wordsOf)
}

function wordsOf(node: Block | ListItem | TableRow | TableCell): (Paragraph | HeadingNode)[] {
  if (node.type === 'paragraph' || node.type === 'heading') return [node]
  if (node.type === 'figure') return []
  return (node.content as (Block | ListItem | TableRow | TableCell)[]).flatMap(wordsOf)
}

/** Numbers by reference, in reading order. */
export function numbersIn(doc: RichDoc): NumberNode['attrs'][] {
  return textBlocks(doc)
    .flatMap((one) => one.content ?? [])
    .flatMap((one) => (one.type === 'number' ? [one.attrs] : []))
}

/** Figures inserted, by id, each once. */
export function figuresIn(doc: RichDoc): string[] {
  return [...new Set(doc.content.flatMap((one) => (one.type === 'figure' ? [one.attrs.id] : [])))]
}

/** The words of a line, numbers as they were shown; `other` says what stands for a number instead. */
export function lineText(content: readonly Inline[] = [], other?: string): string {
  return content
    .map((one) => (one.type === 'text' ? one.text : one.type === 'hardBreak' ? '\n' : (other ?? one.attrs.shown)))
    .join('')
}

/** One line per block; a table's row is one line, its cells parted by « | ». */
export function plainText(doc: RichDoc): string {
  return doc.content.map(blockText).join('\n')
}

/** The words of one block, as `plainText` prints it; a figure has none. */
export function blockText(node: Block | ListItem): string {
  switch (node.type) {
    case 'paragraph':
    case 'heading':
      return lineText(node.content)
    case 'figure':
      return ''
    case 'table':
      return node.content
        .map((line) => line.content.map((one) => one.content.map(blockText).join(' ')).join(' | '))
        .join('\n')
    default:
      return (node.content as (Block | ListItem)[]).map(blockText).join('\n')
  }
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
