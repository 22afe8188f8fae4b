/** The blocks of a report as the PDF prints them: rich text without depth that a tagged document would refuse. */
import type { Block, Inline, ListItem, ListNode, Paragraph, RichDoc } from '../domain/rich-text.ts'

export interface Run {
  text: string
  bold: boolean
  italic: boolean
  href: string | null
}

export interface PrintedList {
  ordered: boolean
  items: { runs: Run[]; below: PrintedList[] }[]
}

export type PrintedBlock =
  | { kind: 'paragraph'; runs: Run[] }
  | { kind: 'heading'; level: number; number: string | null; runs: Run[] }
  | { kind: 'list'; list: PrintedList }
  | { kind: 'quote'; paragraphs: Run[][] }
  | { kind: 'table'; header: Run[][]; rows: Run[][][] }
  | { kind: 'figure'; id: string }

/** Headings are counted below the section of that number, or not at all. A line break within a paragraph is a run of «\n» alone. */
export function printedBlocks(doc: RichDoc, section: string | null): PrintedBlock[] {
  let above = 1
  const counts: number[] = []
  return doc.content.map((block): PrintedBlock => {
    if (block.type !== 'heading') return printedBlock(block)
    // No level is skipped (PDF/UA-1): a heading of the second kind stands below one of the first or takes its place.
    const level = Math.min(block.attrs.level - 1, above + 1)
    above = level
    counts.length = level - 1
    counts[level - 2] = (counts[level - 2] ?? 0) + 1
    const number = section && `${section}${counts.join('.')}.`
    return { kind: 'heading', level, number, runs: runsOf(block.content) }
  })
}

function printedBlock(block: Exclude<Block, { type: 'heading' }>): PrintedBlock {
  switch (block.type) {
    case 'paragraph':
      return { kind: 'paragraph', runs: runsOf(block.content) }
    case 'figure':
      return { kind: 'figure', id: block.attrs.id }
    case 'blockquote':
      return { kind: 'quote', paragraphs: block.content.map((one) => runsOf(one.content)) }
    case 'table': {
      const [header = [], ...rows] = block.content.map((row) =>
        row.content.map((cell) => runsOf(cell.content[0]?.content)),
      )
      return { kind: 'table', header, rows }
    }
    default:
      return { kind: 'list', list: printedList(block) }
  }
}

function printedList(list: ListNode): PrintedList {
  return { ordered: list.type === 'orderedList', items: list.content.map(printedItem) }
}

function printedItem({ content }: ListItem): PrintedList['items'][number] {
  const [first, ...below] = content as [Paragraph, ...ListNode[]]
  return { runs: runsOf(first.content), below: below.map(printedList) }
}

function runsOf(content: readonly Inline[] = []): Run[] {
  return content.map((node): Run => {
    if (node.type === 'hardBreak') return { text: '\n', bold: false, italic: false, href: null }
    if (node.type === 'number') return { text: node.attrs.shown, bold: false, italic: false, href: null }
    const marks = node.marks ?? []
    const link = marks.find((mark) => mark.type === 'link')
    return {
      text: node.text,
      bold: marks.some((mark) => mark.type === 'bold'),
      italic: marks.some((mark) => mark.type === 'italic'),
      href: link?.attrs.href ?? null,
    }
  })
}
