import { Button, HStack, Textarea, VStack } from '@navikt/ds-react'
import { Form, useNavigation } from '@remix-run/react'
import type { Editor } from '@tiptap/react'
import { type MutableRefObject, useEffect, useImperativeHandle, useRef, useState } from 'react'
import { notationOf } from '../../../domain/rich-notation.ts'
import { reportText as text } from '../../text/report.ts'
import { SaveStatus } from '../step/save-status.tsx'
import { useHasScript } from '../use-has-script.ts'
import { useLeaving, useSaving } from '../use-saving.ts'
import { type Quotable, ReportEditor, useReportEditor } from './report-editor.tsx'

interface Props extends Quotable {
  value: string
  /** What the words were when the page was made; a save over other words is a conflict. */
  base: string
  /** Address of the section's page, to which the resource that saves it hangs. */
  address: string
  error?: string
  /** After each save, for what stands beside the editor. */
  onSaved?: () => void
  /** Filled in while the words are on the page and may have moved on from what is saved. */
  open?: MutableRefObject<OpenSection | null>
}

/** What the page asks of the editor before it does something with the words of the section. */
export interface OpenSection {
  /** True when nothing is left unsaved. */
  flush: () => Promise<boolean>
  now: () => { base: string; documento: string }
}

/** A section of the report. Without script a plain field with few marks; with it, an editor that saves by itself. */
export function SectionEditor(props: Props) {
  const hasScript = useHasScript()
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

function Editing({ value, base: startBase, address, sources, figures, gone, error: startError, onSaved, open }: Props) {
  const [error, setError] = useState(startError)
  const base = useRef(startBase)
  const held = useRef<Editor | null>(null)
  const documento = () => JSON.stringify(held.current?.getJSON())
  const { state, touch, flush, isDirty } = useSaving<{ base: string }, unknown, string>({
    address: `${address}/texto`,
    bodyOf: (before) => {
      const body = new URLSearchParams({ base: base.current, documento: documento() })
      if (before) body.set('antes', before.get('documento') ?? '')
      return body
    },
    onSaved: (saved) => {
      base.current = saved.base
      setError(undefined)
      onSaved?.()
    },
    onConflict: () => undefined,
    onErrors: ([first]) => setError(first),
  })
  const { editor, around } = useReportEditor(value, { sources, figures, gone }, touch)
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
    <ReportEditor editor={editor} around={around} sources={sources} figures={figures}>
      {error && <p className="aksel-error-message aksel-label">{error}</p>}
      {state.kind === 'conflict' && <Conflicting documento={documento()} base={base.current} />}
      <HStack gap="space-16" align="center" wrap>
        <Button type="button" className="report-save" onClick={() => void flush()}>
          {text.save}
        </Button>
        <SaveStatus state={state} saved={null} />
      </HStack>
    </ReportEditor>
  )
}

/** Sends both versions to the page that shows them side by side. */
function Conflicting({ documento, base }: { documento: string; base: string }) {
  return (
    <Form method="post">
      <input type="hidden" name="documento" value={documento} />
      <input type="hidden" name="base" value={base} />
      <Button type="submit" name="intent" value="guardar" variant="danger">
        {text.compare}
      </Button>
    </Form>
  )
}
