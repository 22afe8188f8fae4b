import { Button, HStack, Textarea, VStack } from '@navikt/ds-react'
import { Form, useBlocker, useFetcher } from '@remix-run/react'
import { EditorContent, useEditor } from '@tiptap/react'
import { useCallback, useEffect, useRef, useState } from 'react'
import { notationOf } from '../../../domain/rich-notation.ts'
import { richOf } from '../../../domain/rich-text.ts'
import { reportText as text } from '../../text/report.ts'
import { editorExtensions } from './editor-nodes.ts'
import { type Citable, InsertFigure, InsertNumber } from './insert.tsx'
import { Toolbar } from './toolbar.tsx'

interface Props {
  value: string
  /** What the words were when the page was made; a save over other words is a conflict. */
  base: string
  sources: Citable[]
  figures: { id: string; title: string }[]
  error?: string
}

/** A section of the report. Without script a plain field with few marks; with it, an editor that saves by itself. */
export function SectionEditor(props: Props) {
  const [hasScript, setHasScript] = useState(false)
  useEffect(() => setHasScript(true), [])
  return hasScript ? <Editing {...props} /> : <Plain {...props} />
}

function Plain({ value, base, error }: Props) {
  return (
    <Form method="post" noValidate>
      <VStack gap="space-16">
        <input type="hidden" name="base" value={base} />
        <Textarea
          id="texto"
          name="texto"
          label={text.text}
          description={text.notationHelp}
          defaultValue={notationOf(value)}
          error={error}
          minRows={12}
          resize="vertical"
        />
        <div>
          <Button type="submit" name="intent" value="guardar">
            {text.save}
          </Button>
        </div>
      </VStack>
    </Form>
  )
}

const QUIET_MS = 1_000

type Answer = { saved?: { base: string; at: string }; conflict?: unknown; error?: string } | undefined

function Editing({ value, base: startBase, sources, figures, error }: Props) {
  const fetcher = useFetcher<Answer>()
  const [dirty, setDirty] = useState(false)
  const base = useRef(startBase)
  const around = useRef<HTMLDivElement>(null)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const titleOf = (origin: string) => sources.find((one) => one.origin === origin)?.title ?? ''
  const editor = useEditor({
    extensions: editorExtensions({ titleOf }),
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
    onUpdate: () => {
      setDirty(true)
      clearTimeout(timer.current)
      timer.current = setTimeout(() => send.current(), QUIET_MS)
    },
  })
  const send = useRef(() => {})
  send.current = () => {
    if (!editor || fetcher.state !== 'idle') return
    clearTimeout(timer.current)
    setDirty(false)
    fetcher.submit(
      { intent: 'guardar', base: base.current, documento: JSON.stringify(editor.getJSON()), sola: 'si' },
      { method: 'post' },
    )
  }
  const answer = fetcher.data
  useEffect(() => {
    if (answer?.saved) base.current = answer.saved.base
  }, [answer])
  // What was typed while a save was on its way goes with the next.
  useEffect(() => {
    if (fetcher.state === 'idle' && dirty) {
      clearTimeout(timer.current)
      timer.current = setTimeout(() => send.current(), QUIET_MS)
    }
  }, [fetcher.state, dirty])
  useLeaving(dirty || fetcher.state !== 'idle', () => send.current())
  const isConflict = answer?.conflict !== undefined
  if (!editor) return null
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
      {(answer?.error ?? error) && <p className="aksel-error-message aksel-label">{answer?.error ?? error}</p>}
      {isConflict && <Conflicting documento={JSON.stringify(editor.getJSON())} base={base.current} />}
      <HStack gap="space-16" align="center" wrap>
        <Button type="button" className="report-save" onClick={() => send.current()}>
          {text.save}
        </Button>
        <span role="status" className="quiet">
          {dirty
            ? text.unsaved
            : fetcher.state !== 'idle'
              ? text.saving
              : answer?.saved
                ? text.saved(answer.saved.at)
                : ''}
        </span>
      </HStack>
    </VStack>
  )
}

/** Within a table Tab goes from cell to cell, so other keys lead out of the text: Alt+F10 to the bar, Esc to what follows. */
function leaveByKey({ altKey, key }: KeyboardEvent, around: HTMLElement | null): boolean {
  const to = altKey && key === 'F10' ? '[role=toolbar] [tabindex="0"]' : key === 'Escape' ? '.report-save' : null
  if (to) around?.querySelector<HTMLElement>(to)?.focus()
  return to !== null
}

/** Sends both versions to the page that shows them side by side. */
function Conflicting({ documento, base }: { documento: string; base: string }) {
  return (
    <Form method="post">
      <input type="hidden" name="documento" value={documento} />
      <input type="hidden" name="base" value={base} />
      <Button type="submit" name="intent" value="guardar" variant="danger">
        {text.conflictTitle}
      </Button>
    </Form>
  )
}

/** Leaving with something unsaved asks; within the product it is saved first. */
function useLeaving(isUnsaved: boolean, save: () => void): void {
  const blocker = useBlocker(({ currentLocation, nextLocation }) => {
    return isUnsaved && currentLocation.pathname !== nextLocation.pathname
  })
  useEffect(() => {
    if (blocker.state !== 'blocked') return
    if (isUnsaved) save()
    else blocker.proceed()
  }, [blocker, isUnsaved, save])
  const warn = useCallback((event: BeforeUnloadEvent) => event.preventDefault(), [])
  useEffect(() => {
    if (!isUnsaved) return
    window.addEventListener('beforeunload', warn)
    return () => window.removeEventListener('beforeunload', warn)
  }, [isUnsaved, warn])
}
