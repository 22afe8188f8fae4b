import { Button, HStack, ProgressBar, VStack } from '@navikt/ds-react'
import { Form, useNavigate, useNavigation } from '@remix-run/react'
import { type FormEvent, useEffect, useId, useRef, useState } from 'react'
import { MAX_FILE_BYTES } from '../../../domain/sources.ts'
import { fileRefusalSentence } from '../../text/file-refusals.ts'
import { formatBytes } from '../../text/format.ts'
import { sourceText } from '../../text/sources.ts'

interface Props {
  /** Address of the source's page; the upload with progress goes beside it. */
  to: string
  label: string
  /** The refusal of a plain form. */
  error?: string
  /** There is a snapshot already: loading another file is not the main thing to do. */
  isReplacement?: boolean
  /** The import whose rejects the file corrects. */
  corrects?: string
}

type Sending = { phase: 'idle' } | { phase: 'sending'; sent: number; total: number } | { phase: 'looking' }

/** Sends a file with real progress; without JavaScript the same form posts to the page. */
export function FileUpload({ to, label, error, isReplacement, corrects }: Props) {
  const inputId = useId()
  const query = corrects ? `?corrige=${corrects}` : ''
  const navigate = useNavigate()
  const isPosting = useNavigation().state === 'submitting'
  const request = useRef<XMLHttpRequest | null>(null)
  const [state, setState] = useState<Sending>({ phase: 'idle' })
  const [problem, setProblem] = useState(error)
  useEffect(() => setProblem(error), [error])
  useEffect(() => () => request.current?.abort(), [])

  function finish(message: string | undefined) {
    request.current = null
    setState({ phase: 'idle' })
    setProblem(message)
  }

  function send(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const body = new FormData(event.currentTarget)
    const file = body.get('archivo')
    if (!(file instanceof File) || file.name === '') return setProblem(fileRefusalSentence({ code: 'no_file' }))
    if (file.size > MAX_FILE_BYTES) return setProblem(fileRefusalSentence({ code: 'too_large' }))
    const xhr = new XMLHttpRequest()
    request.current = xhr
    setProblem(undefined)
    setState({ phase: 'sending', sent: 0, total: file.size })
    xhr.upload.onprogress = ({ loaded, total }) => setState({ phase: 'sending', sent: loaded, total })
    xhr.upload.onload = () => setState({ phase: 'looking' })
    xhr.onabort = () => finish(sourceText.stopped)
    xhr.onerror = () => finish(sourceText.lost)
    xhr.onload = () => answered(xhr)
    xhr.open('POST', `${to}/archivo${query}`)
    xhr.responseType = 'json'
    xhr.send(body)
  }

  function answered(xhr: XMLHttpRequest) {
    if (xhr.status !== 200) return finish(xhr.response?.message ?? sourceText.lost)
    finish(undefined)
    navigate(xhr.response.outcome === 'same' ? `${to}?mismo=1` : to, { preventScrollReset: true })
  }

  return (
    <Form method="post" action={`${to}${query}`} encType="multipart/form-data" onSubmit={send} className="reading">
      <VStack gap="space-16">
        <input type="hidden" name="accion" value="cargar" />
        <div className="file-field">
          <label htmlFor={inputId} className="aksel-label">
            {corrects ? sourceText.correctFile : sourceText.chooseFile}
          </label>
          <p id={`${inputId}-help`} className="quiet">
            {corrects ? sourceText.correctHelp : sourceText.fileHelp}
          </p>
          <input
            id={inputId}
            type="file"
            name="archivo"
            accept=".csv,.tsv,.txt,.xlsx,text/csv,text/plain"
            aria-describedby={`${inputId}-help ${inputId}-problem`}
            aria-invalid={problem ? true : undefined}
            disabled={state.phase !== 'idle'}
          />
          <p id={`${inputId}-problem`} className="file-field__problem" aria-live="polite">
            {problem}
          </p>
        </div>
        <Progress state={state} />
        <HStack gap="space-16" wrap>
          <Button
            type="submit"
            variant={isReplacement ? 'secondary' : 'primary'}
            loading={isPosting || state.phase !== 'idle'}
          >
            {label}
          </Button>
          {state.phase === 'sending' && (
            <Button type="button" variant="tertiary" onClick={() => request.current?.abort()}>
              {sourceText.stopSending}
            </Button>
          )}
        </HStack>
      </VStack>
    </Form>
  )
}

function Progress({ state }: { state: Sending }) {
  if (state.phase === 'idle') return null
  const [sent, total] = state.phase === 'sending' ? [state.sent, state.total] : [1, 1]
  const words =
    state.phase === 'looking' ? sourceText.looking : sourceText.sending(formatBytes(sent), formatBytes(total))
  return (
    <VStack gap="space-8">
      <ProgressBar value={Math.round((sent / Math.max(1, total)) * 100)} valueMax={100} aria-label={words} />
      <p className="quiet">{words}</p>
    </VStack>
  )
}
