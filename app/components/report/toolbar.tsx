import { Button, TextField } from '@navikt/ds-react'
import { type Editor, useEditorState } from '@tiptap/react'
import { useId, useState } from 'react'
import { isSafeAddress } from '../../../domain/rich-text.ts'
import { reportText as text } from '../../text/report.ts'

interface Tool {
  label: string
  isOn?: (editor: Editor) => boolean
  isShown?: (editor: Editor) => boolean
  run: (editor: Editor) => void
}

const TOOLS: Tool[] = [
  { label: text.tools.bold, isOn: (e) => e.isActive('bold'), run: (e) => e.chain().focus().toggleBold().run() },
  { label: text.tools.italic, isOn: (e) => e.isActive('italic'), run: (e) => e.chain().focus().toggleItalic().run() },
  {
    label: text.tools.heading,
    isOn: (e) => e.isActive('heading', { level: 3 }),
    run: (e) => e.chain().focus().toggleHeading({ level: 3 }).run(),
  },
  {
    label: text.tools.subheading,
    isOn: (e) => e.isActive('heading', { level: 4 }),
    run: (e) => e.chain().focus().toggleHeading({ level: 4 }).run(),
  },
  {
    label: text.tools.bullets,
    isOn: (e) => e.isActive('bulletList'),
    run: (e) => e.chain().focus().toggleBulletList().run(),
  },
  {
    label: text.tools.numbers,
    isOn: (e) => e.isActive('orderedList'),
    run: (e) => e.chain().focus().toggleOrderedList().run(),
  },
  {
    label: text.tools.quote,
    isOn: (e) => e.isActive('blockquote'),
    run: (e) => e.chain().focus().toggleBlockquote().run(),
  },
  {
    label: text.tools.table,
    isShown: (e) => !e.isActive('table'),
    run: (e) => e.chain().focus().insertTable({ rows: 3, cols: 2, withHeaderRow: true }).run(),
  },
  { label: text.tools.row, isShown: (e) => e.isActive('table'), run: (e) => e.chain().focus().addRowAfter().run() },
  {
    label: text.tools.column,
    isShown: (e) => e.isActive('table'),
    run: (e) => e.chain().focus().addColumnAfter().run(),
  },
  {
    label: text.tools.removeTable,
    isShown: (e) => e.isActive('table'),
    run: (e) => e.chain().focus().deleteTable().run(),
  },
  { label: text.tools.undo, run: (e) => e.chain().focus().undo().run() },
  { label: text.tools.redo, run: (e) => e.chain().focus().redo().run() },
]

/** Formatting, each as a button that says whether it is on; every one is reached with the keyboard. */
export function Toolbar({ editor, controls }: { editor: Editor; controls: string }) {
  const shown = useEditorState({
    editor,
    selector: ({ editor: now }) =>
      TOOLS.map((tool) => ({ on: tool.isOn?.(now), isShown: tool.isShown ? tool.isShown(now) : true })),
  })
  return (
    <div role="toolbar" aria-label={text.toolbar} aria-controls={controls} className="report-toolbar">
      {TOOLS.map((tool, i) =>
        shown[i]?.isShown ? (
          <Button
            key={tool.label}
            type="button"
            size="xsmall"
            variant={shown[i]?.on ? 'primary' : 'secondary'}
            aria-pressed={shown[i]?.on}
            onClick={() => tool.run(editor)}
          >
            {tool.label}
          </Button>
        ) : null,
      )}
      <LinkTool editor={editor} />
    </div>
  )
}

function LinkTool({ editor }: { editor: Editor }) {
  const [address, setAddress] = useState('')
  const id = useId()
  return (
    <details className="report-tool">
      <summary>{text.tools.link}</summary>
      <div className="report-insert">
        <TextField
          id={id}
          size="small"
          label={text.linkAddress}
          value={address}
          onChange={(event) => setAddress(event.target.value)}
        />
        <Button
          type="button"
          size="small"
          variant="secondary"
          disabled={!isSafeAddress(address)}
          onClick={() => {
            editor.chain().focus().extendMarkRange('link').setLink({ href: address }).run()
            setAddress('')
          }}
        >
          {text.putLink}
        </Button>
      </div>
    </details>
  )
}
