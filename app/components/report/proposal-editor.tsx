import { Button, HStack, Textarea, VStack } from '@navikt/ds-react'
import { Form, Link, useNavigation } from '@remix-run/react'
import { useRef } from 'react'
import { notationOf } from '../../../domain/rich-notation.ts'
import { confirmFormText } from '../../text/parts.ts'
import { proposalsText as text } from '../../text/proposals.ts'
import { reportText } from '../../text/report.ts'
import { useHasScript } from '../use-has-script.ts'
import { type Quotable, ReportEditor, useReportEditor } from './report-editor.tsx'

interface Props extends Quotable {
  /** The words to begin with. */
  value: string
  formKey: string
  reason: string
  /** What is wrong, by field: `texto` or `motivo`. */
  errors: Record<string, string>
  /** Address of the section's page. */
  back: string
}

/** Other words for a section, and why. Without script a plain field with few marks. */
export function ProposalEditor(props: Props) {
  const hasScript = useHasScript()
  return (
    <Form method="post" noValidate>
      <input type="hidden" name="formKey" value={props.formKey} />
      {hasScript ? <Editing {...props} /> : <Plain {...props} />}
    </Form>
  )
}

function Plain(props: Props) {
  return (
    <VStack gap="space-16">
      <Textarea
        id="texto"
        name="texto"
        label={text.words}
        description={reportText.notationHelp}
        defaultValue={notationOf(props.value)}
        error={props.errors.texto}
        minRows={12}
        resize="vertical"
      />
      <WhyAndSend {...props} />
    </VStack>
  )
}

function Editing(props: Props) {
  const documento = useRef<HTMLInputElement>(null)
  const { editor, around } = useReportEditor(props.value, props, () => {
    if (documento.current) documento.current.value = JSON.stringify(editor?.getJSON())
  })
  if (!editor) return null
  return (
    <ReportEditor editor={editor} around={around} sources={props.sources} figures={props.figures}>
      <input type="hidden" name="documento" ref={documento} defaultValue={props.value} />
      {props.errors.texto && <p className="aksel-error-message aksel-label">{props.errors.texto}</p>}
      <WhyAndSend {...props} />
    </ReportEditor>
  )
}

function WhyAndSend({ reason, errors, back }: Props) {
  const busy = useNavigation().state === 'submitting'
  return (
    <VStack gap="space-16">
      <Textarea
        id="motivo"
        name="motivo"
        label={text.reason}
        description={text.reasonHelp}
        defaultValue={reason}
        error={errors.motivo}
        minRows={3}
      />
      <HStack gap="space-16" wrap>
        <Button type="submit" className="report-save" loading={busy}>
          {text.send}
        </Button>
        <Button as={Link} to={back} variant="tertiary">
          {confirmFormText.cancel}
        </Button>
      </HStack>
    </VStack>
  )
}
