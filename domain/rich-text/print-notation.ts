/** Writes a document in the notation of rich-notation.ts. */
import { canonicalRich } from './canonical.ts'
import type { Block, Inline, ListNode, Mark, Paragraph, RichDoc, TableNode } from './document.ts'

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
