import { mergeAttributes, Node } from '@tiptap/core'
import { Blockquote } from '@tiptap/extension-blockquote'
import { ListItem } from '@tiptap/extension-list'
import { TableCell, TableHeader, TableKit } from '@tiptap/extension-table'
import StarterKit from '@tiptap/starter-kit'
import { isSafeAddress } from '../../../domain/rich-text.ts'
import { reportText as text } from '../../text/report.ts'

interface Titles {
  /** Title of a figure or segment by `figura:g1`. */
  titleOf: (origin: string) => string
  /** What stands for a figure, by its id. */
  figureOf: (id: string) => string
}

/** A number by reference: one piece that is moved and deleted whole, never typed into. */
const numberNode = ({ titleOf }: Titles) =>
  Node.create({
    name: 'number',
    group: 'inline',
    inline: true,
    atom: true,
    addAttributes: () => ({ ref: { default: '' }, shown: { default: '' }, basis: { default: '' } }),
    parseHTML: () => [{ tag: 'data[data-ref]' }],
    renderHTML: ({ node, HTMLAttributes }) => [
      'data',
      mergeAttributes(HTMLAttributes, {
        ...{ class: 'report-number', 'data-ref': node.attrs.ref },
        title: text.numberTitle(titleOf(String(node.attrs.ref).split('/')[0] ?? '')),
      }),
      String(node.attrs.shown || '…'),
    ],
  })

const figureNode = ({ figureOf }: Titles) =>
  Node.create({
    name: 'figure',
    group: 'block',
    atom: true,
    addAttributes: () => ({ id: { default: '' } }),
    parseHTML: () => [{ tag: 'div[data-figure]' }],
    renderHTML: ({ node }) => [
      'div',
      { class: 'report-figure', 'data-figure': node.attrs.id },
      figureOf(String(node.attrs.id)),
    ],
  })

/** What the editor can hold is exactly what rich-text.ts takes. */
export function editorExtensions(titles: Titles) {
  return [
    StarterKit.configure({
      heading: { levels: [3, 4] },
      ...{ code: false, codeBlock: false, strike: false, underline: false, horizontalRule: false },
      ...{ blockquote: false, listItem: false },
      link: { openOnClick: false, autolink: false, isAllowedUri: (href) => isSafeAddress(href) },
    }),
    Blockquote.extend({ content: 'paragraph+' }),
    ListItem.extend({ content: 'paragraph (bulletList|orderedList)*' }),
    TableKit.configure({ tableCell: false, tableHeader: false, table: { resizable: false } }),
    TableCell.extend({ content: 'paragraph' }),
    TableHeader.extend({ content: 'paragraph' }),
    numberNode(titles),
    figureNode(titles),
  ]
}
