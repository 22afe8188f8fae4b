import { Button, HStack, Textarea, VStack } from '@navikt/ds-react'
import { Form, useNavigation } from '@remix-run/react'
import { type Editor, EditorContent, useEditor } from '@tiptap/react'
import { type MutableRefObject, useEffect, useImperativeHandle, useRef, useState, useSyncExternalStore } from 'react'
import { notationOf } from '../../../domain/rich-notation.ts'
import { richOf } from '../../../domain/rich-text.ts'
import { reportText as text } from '../../text/report.ts'
import { SaveStatus } from '../step/save-status.tsx'
import { useLeaving, useSaving } from '../use-saving.ts'
import { editorExtensions } from './editor-nodes.ts'
import { figureWords, type Titled } from './figure-words.ts'
import { type Citable, InsertFigure, InsertNumber } from './insert.tsx'
import { Toolbar } from './toolbar.tsx'

interface Props {
  value: string
  /** What the words were when the page was made; a save over other words is a conflict. */
  base: string
  /** Address of the section's page, to which the resource that saves it hangs. */
  address: string
  sources: Citable[]
  figures: Titled[]
  /** Figures the text shows that step 4 no longer has. */
  gone: Titled[]
  error?: string
  /** Filled in while the words are on the page and may have moved on from what is saved. */
  open?: MutableRefObject<OpenSection | null>
}

/** What the page asks of the editor before it does something with the words of the section. */
export interface OpenSection {
  /** True when nothing is left unsaved. */
  flush: () => Promise<boolean>
  now: () => { base: string; documento: string }
}

const never = () => () => undefined

/** A section of the report. Without script a plain field with few marks; with it, an editor that saves by itself. */
export function SectionEditor(props: Props) {
  // Of a page that comes from the server the plain field is taken over; anywhere else it would only take a key or two.
  const hasScript = useSyncExternalStore(
    never,
    () => true,
    () => false,
  )
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

function Editing({ value, base: startBase, address, sources, figures, gone, error: startError, open }: Props) {
  const [error, setError] = useState(startError)
  const base = useRef(startBase)
  const held = useRef<Editor | null>(null)
  const around = useRef<HTMLDivElement>(null)
  const documento = () => JSON.stringify(held.current?.getJSON())
  const { state, touch, flush, isDirty } = useSaving<{ base: string }, unknown, string>({
    address: `${address}/texto`,
    bodyOf: (before) => {
      const body = new URLSearchParams({ base: base.current, documento: documento() })
      if (before) body.set('antes', before.body.get('documento') ?? '')
      return body
    },
    onSaved: (saved) => {
      base.current = saved.base
      setError(undefined)
    },
    onConflict: () => false,
    onErrors: ([first]) => setError(first),
  })
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
    onUpdate: touch,
  })
  held.current = editor
  useLeaving(isDirty, flush)
  useImperativeHandle(open, () => ({ flush, now: () => ({ base: base.current, documento: documento() }) }))
  // What would be typed now would not survive the document that is on its way.
  const isReplaced = useNavigation().formData?.get('intent') === 'actualizar'
  useEffect(() => {
    editor?.setEditable(!isReplaced, false)
  }, [editor, isReplaced])
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
      {error && <p className="aksel-error-message aksel-label">{error}</p>}
      {state.kind === 'conflict' && <Conflicting documento={documento()} base={base.current} />}
      <HStack gap="space-16" align="center" wrap>
        <Button type="button" className="report-save" onClick={() => void flush()}>
          {text.save}
        </Button>
        <SaveStatus state={state} saved={null} />
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
