import { Button, TextField } from '@navikt/ds-react'
import { type Editor, useEditorState } from '@tiptap/react'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
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

/** Where the focus goes within the bar (ARIA's toolbar): the bar is one stop of the Tab key. */
const MOVES: Record<string, (at: number, count: number) => number> = {
  ArrowRight: (at, count) => (at + 1) % count,
  ArrowLeft: (at, count) => (at - 1 + count) % count,
  Home: () => 0,
  End: (_at, count) => count - 1,
}

/** Formatting, each as a button that says whether it is on; arrows go through them, Esc goes back to the text. */
export function Toolbar({ editor, controls }: { editor: Editor; controls: string }) {
  const [current, setCurrent] = useState('')
  const [isLinking, setLinking] = useState(false)
  const states = useEditorState({
    editor,
    selector: ({ editor: now }) =>
      TOOLS.map((tool) => ({ on: tool.isOn?.(now), isShown: tool.isShown ? tool.isShown(now) : true })),
  })
  const shown = TOOLS.flatMap((tool, i) => (states[i]?.isShown ? [{ ...tool, on: states[i]?.on }] : []))
  const stop = [...shown.map(({ label }) => label), text.tools.link].find((label) => label === current)
  const place = (label: string) => ({
    ...({ type: 'button', size: 'xsmall', onFocus: () => setCurrent(label) } as const),
    tabIndex: label === (stop ?? shown[0]?.label) ? 0 : -1,
  })
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    if (event.key === 'Escape') editor.commands.focus()
    const buttons = [...event.currentTarget.querySelectorAll('button')]
    const to = MOVES[event.key]?.(buttons.indexOf(event.target as HTMLButtonElement), buttons.length)
    if (to === undefined) return
    event.preventDefault()
    buttons[to]?.focus()
  }
  return (
    <>
      <div
        role="toolbar"
        aria-label={text.toolbar}
        aria-controls={controls}
        className="report-toolbar"
        onKeyDown={onKeyDown}
      >
        {shown.map(({ label, on, run }) => (
          <Button
            key={label}
            {...place(label)}
            variant={on ? 'primary' : 'secondary'}
            aria-pressed={on}
            onClick={() => run(editor)}
          >
            {label}
          </Button>
        ))}
        <Button
          {...place(text.tools.link)}
          variant={isLinking ? 'primary' : 'secondary'}
          aria-expanded={isLinking}
          onClick={() => setLinking(!isLinking)}
        >
          {text.tools.link}
        </Button>
      </div>
      {isLinking && <LinkPanel editor={editor} onEnd={() => setLinking(false)} />}
    </>
  )
}

/** Over the words that are marked; an empty address takes the link away. */
function LinkPanel({ editor, onEnd }: { editor: Editor; onEnd: () => void }) {
  const [address, setAddress] = useState(String(editor.getAttributes('link').href ?? ''))
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => field.current?.focus(), [])
  const isUsable = address === '' || isSafeAddress(address)
  const put = () => {
    if (!isUsable) return
    const words = editor.chain().focus().extendMarkRange('link')
    if (address === '') words.unsetLink().run()
    else words.setLink({ href: address }).run()
    onEnd()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter') put()
    if (event.key !== 'Escape') return
    editor.commands.focus()
    onEnd()
  }
  return (
    <div className="report-insert">
      <TextField
        size="small"
        label={text.linkAddress}
        value={address}
        ref={field}
        onKeyDown={onKeyDown}
        onChange={(event) => setAddress(event.target.value)}
      />
      <Button type="button" size="small" variant="secondary" disabled={!isUsable} onClick={put}>
        {text.putLink}
      </Button>
    </div>
  )
}
