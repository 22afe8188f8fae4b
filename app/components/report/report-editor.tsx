import { HStack, VStack } from '@navikt/ds-react'
import { type Editor, EditorContent, useEditor } from '@tiptap/react'
import { type ReactNode, useRef } from 'react'
import { richOf } from '../../../domain/rich-text.ts'
import { reportText as text } from '../../text/report.ts'
import { editorExtensions } from './editor-nodes.ts'
import { figureWords, type Titled } from './figure-words.ts'
import { type Citable, InsertFigure, InsertNumber } from './insert.tsx'
import { Toolbar } from './toolbar.tsx'

export interface Quotable {
  sources: Citable[]
  figures: Titled[]
  /** Figures the text shows that step 4 no longer has. */
  gone: Titled[]
}

/** The editor of a section's words, which begins with `value` and asks `onUpdate` at every change. */
export function useReportEditor(value: string, { sources, figures, gone }: Quotable, onUpdate: () => void) {
  const around = useRef<HTMLDivElement>(null)
  const titleOf = (origin: string) => sources.find((one) => one.origin === origin)?.title ?? ''
  const editor = useEditor({
    extensions: editorExtensions({ titleOf, figureOf: (id) => figureWords(id, figures, gone) }),
    content: richOf(value),
    immediatelyRender: false,
    // The page's security policy takes no style made at run time; the same rules stand in report.css.
    injectCSS: false,
    editorProps: {
      attributes: {
        ...{ id: 'texto', role: 'textbox', class: 'report-editor rich' },
        ...{ 'aria-multiline': 'true', 'aria-label': text.text, 'aria-describedby': 'texto-teclas' },
      },
      handleKeyDown: (_view, event) => leaveByKey(event, around.current),
    },
    onUpdate,
  })
  return { editor, around }
}

interface Props {
  editor: Editor
  around: React.RefObject<HTMLDivElement>
  sources: Citable[]
  figures: Titled[]
  /** What follows the text; Esc leads to its `.report-save`. */
  children: ReactNode
}

/** The editor with its bar, what can be inserted, and its keys. */
export function ReportEditor({ editor, around, sources, figures, children }: Props) {
  return (
    <VStack gap="space-12" ref={around}>
      <Toolbar editor={editor} controls="texto" />
      <HStack gap="space-16" wrap>
        <InsertNumber editor={editor} sources={sources} />
        <InsertFigure editor={editor} figures={figures} />
      </HStack>
      <EditorContent editor={editor} />
      <p className="quiet" id="texto-teclas">
        {text.keys}
      </p>
      {children}
    </VStack>
  )
}

/** Within a table Tab goes from cell to cell, so other keys lead out of the text: Alt+F10 to the bar, Esc to what follows. */
function leaveByKey({ altKey, key }: KeyboardEvent, around: HTMLElement | null): boolean {
  const to = altKey && key === 'F10' ? '[role=toolbar] [tabindex="0"]' : key === 'Escape' ? '.report-save' : null
  if (to) around?.querySelector<HTMLElement>(to)?.focus()
  return to !== null
}
