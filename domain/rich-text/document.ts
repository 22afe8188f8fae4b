/** A document as the editor keeps it, and what of it is taken: blocks, words and their marks, checked. */
import { z } from 'zod'
import { isStorable } from '../storable.ts'

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
