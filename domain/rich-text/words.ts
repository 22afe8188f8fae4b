/** What a document says: its words, its numbers and its figures, in reading order. */
import type {
  Block,
  HeadingNode,
  Inline,
  ListItem,
  NumberNode,
  Paragraph,
  RichDoc,
  TableCell,
  TableRow,
} from './document.ts'

/** True where there is neither a word nor a figure. */
export function isBlank(doc: RichDoc): boolean {
  return plainText(doc).trim() === '' && figuresIn(doc).length === 0
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
