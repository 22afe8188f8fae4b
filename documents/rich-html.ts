/** Rich text as HTML without script: the frozen snapshot of a step, the page of a report and its file. */
import type { Block, Inline, ListItem, NumberNode, RichDoc } from '../domain/rich-text.ts'

export interface HtmlOptions {
  /** HTML of a figure by its id; a figure without any is left out. */
  figure?: (id: string) => string
  /** HTML of a number; without it, as it was shown when inserted. */
  number?: (attrs: NumberNode['attrs']) => string
  /** Added to the levels of headings, which are 3 and 4. */
  deeper?: 0 | 1
}

export function richHtml(doc: RichDoc, options: HtmlOptions = {}): string {
  return doc.content.map((block) => blockHtml(block, options)).join('\n')
}

function blockHtml(block: Block | ListItem, options: HtmlOptions): string {
  switch (block.type) {
    case 'paragraph':
      return `<p>${lineHtml(block.content, options)}</p>`
    case 'heading': {
      const tag = `h${block.attrs.level + (options.deeper ?? 0)}`
      return `<${tag}>${lineHtml(block.content, options)}</${tag}>`
    }
    case 'figure':
      return options.figure?.(block.attrs.id) ?? ''
    case 'blockquote':
      return `<blockquote>${block.content.map((one) => blockHtml(one, options)).join('')}</blockquote>`
    case 'table':
      return tableHtml(block, options)
    case 'listItem': {
      const [first, ...below] = block.content
      const words = first?.type === 'paragraph' ? lineHtml(first.content, options) : ''
      return `<li>${words}${below.map((one) => blockHtml(one, options)).join('')}</li>`
    }
    default: {
      const tag = block.type === 'bulletList' ? 'ul' : 'ol'
      return `<${tag}>${block.content.map((one) => blockHtml(one, options)).join('')}</${tag}>`
    }
  }
}

function tableHtml(table: Extract<Block, { type: 'table' }>, options: HtmlOptions): string {
  const [head, ...rows] = table.content
  const cells = (row: typeof head, open: string, close: string) =>
    row?.content.map((cell) => `${open}${lineHtml(cell.content[0]?.content, options)}${close}`).join('') ?? ''
  const body = rows.map((row) => `<tr>${cells(row, '<td>', '</td>')}</tr>`).join('')
  return `<table><thead><tr>${cells(head, '<th scope="col">', '</th>')}</tr></thead><tbody>${body}</tbody></table>`
}

function lineHtml(content: readonly Inline[] = [], options: HtmlOptions): string {
  return content.map((node) => inlineHtml(node, options)).join('')
}

function inlineHtml(node: Inline, { number }: HtmlOptions): string {
  if (node.type === 'hardBreak') return '<br>'
  if (node.type === 'number') return number?.(node.attrs) ?? escapedHtml(node.attrs.shown)
  return (node.marks ?? []).reduce((inner, mark) => {
    if (mark.type === 'link') return `<a href="${escapedHtml(mark.attrs.href)}">${inner}</a>`
    return mark.type === 'bold' ? `<strong>${inner}</strong>` : `<em>${inner}</em>`
  }, escapedHtml(node.text))
}

export function escapedHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')
}
