import { useRevalidator } from '@remix-run/react'
import { useCallback, useEffect, useRef, useState } from 'react'
import { type Answers, entriesOf, type FieldError, type FormDefinition } from '../../../domain/forms.ts'
import type { ShownMerge } from '../../pages/draft-merge.server.ts'

const QUIET_MS = 1_000
const RETRY_MS = 5_000
/** Browsers let a closing page send 64 KiB in all: one save on its way and the last word. */
const LAST_WORD_BYTES = 30_000

export interface Standing {
  rev: number
  savedAt: string
  savedBy: string
  answers: Answers
}

/** Nothing was saved: what stands, and where it differs from what is on the page. */
export interface Conflict extends Standing {
  merge: ShownMerge
}

export type SaveState =
  | { kind: 'idle' | 'pending' | 'saving' | 'offline' | 'invalid' | 'signed_out' | 'conflict' }
  | { kind: 'saved'; at: string }
  | { kind: 'refused'; sentence: string }

type Reply =
  | { saved: true; rev: number; savedAt: string }
  | { saved: false; conflict: Conflict }
  | { saved: false; errors: FieldError[] }

interface Start {
  definition: FormDefinition
  answers: Answers
  rev: number
  /** Resource that saves and answers in JSON. */
  address: string
}

/** The draft as it is being typed: saved a second after the last key, again when the connection is back, never over somebody else's. */
export function useDraft({ definition, answers: start, rev: startRev, address }: Start) {
  const [answers, setAnswers] = useState(start)
  const [state, setState] = useState<SaveState>({ kind: 'idle' })
  const [errors, setErrors] = useState<FieldError[]>([])
  const [conflict, setConflict] = useState<Conflict | null>(null)
  const { revalidate } = useRevalidator()
  const draft = useRef({ answers: start, rev: startRev, dirty: false, stopped: false, sent: '' })
  const running = useRef<Promise<boolean> | null>(null)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)

  const bodyOf = useCallback(() => {
    const entries = entriesOf(definition, draft.current.answers)
    const made = [
      ['rev', String(draft.current.rev)],
      ['formulario', String(definition.version)],
    ]
    return new URLSearchParams([...entries, ...made])
  }, [definition])

  const send = useCallback(async (): Promise<boolean> => {
    const now = draft.current
    const body = bodyOf()
    now.dirty = false
    setState({ kind: 'saving' })
    const reply = await post(address, body)
    if ('rev' in reply) {
      now.rev = reply.rev
      setErrors([])
      setState(now.dirty ? { kind: 'pending' } : { kind: 'saved', at: reply.savedAt })
      revalidate()
      return true
    }
    now.dirty = true
    if ('conflict' in reply && contentOf(definition, reply.conflict.answers) === now.sent) {
      // Our own save arrived and only its answer was lost.
      now.rev = reply.conflict.rev
      return send()
    }
    now.sent = withoutRev(body)
    if ('conflict' in reply) {
      now.stopped = true
      setConflict(reply.conflict)
      setState({ kind: 'conflict' })
    } else if ('errors' in reply) {
      setErrors(reply.errors)
      setState({ kind: 'invalid' })
    } else {
      setState(reply)
    }
    return false
  }, [address, bodyOf, definition, revalidate])

  /** True when nothing is left unsaved. One save at a time; what was typed meanwhile goes with the next. */
  const flush = useCallback(async (): Promise<boolean> => {
    clearTimeout(timer.current)
    while (running.current) await running.current
    if (!draft.current.dirty) return true
    if (draft.current.stopped) return false
    running.current = send()
    const saved = await running.current.finally(() => {
      running.current = null
    })
    return saved && draft.current.dirty ? flush() : saved
  }, [send])

  const change = useCallback(
    (update: (answers: Answers) => Answers) => {
      draft.current.answers = update(draft.current.answers)
      draft.current.dirty = true
      setAnswers(draft.current.answers)
      if (draft.current.stopped) return
      setState({ kind: 'pending' })
      clearTimeout(timer.current)
      timer.current = setTimeout(flush, QUIET_MS)
    },
    [flush],
  )

  useEffect(() => {
    if (state.kind !== 'offline') return
    const again = setTimeout(flush, RETRY_MS)
    window.addEventListener('online', flush)
    return () => {
      clearTimeout(again)
      window.removeEventListener('online', flush)
    }
  }, [state, flush])

  useEffect(() => {
    const lastWord = () => {
      if (document.visibilityState !== 'hidden' || !draft.current.dirty || draft.current.stopped) return
      const body = bodyOf()
      if (body.toString().length > LAST_WORD_BYTES) return void flush()
      // It comes after the save that is on its way; saves of a draft wait for each other.
      if (running.current) body.set('rev', String(draft.current.rev + 1))
      draft.current.sent = withoutRev(body)
      fetch(address, { method: 'POST', body, keepalive: true }).then(
        () => flush(),
        () => undefined,
      )
    }
    document.addEventListener('visibilitychange', lastWord)
    return () => document.removeEventListener('visibilitychange', lastWord)
  }, [address, bodyOf, flush])

  const isDirty = useCallback(() => draft.current.dirty || running.current !== null, [])
  return { answers, state, errors, conflict, change, flush, isDirty }
}

async function post(address: string, body: URLSearchParams): Promise<Reply | SaveState> {
  try {
    const keepalive = body.toString().length <= LAST_WORD_BYTES
    const response = await fetch(address, { method: 'POST', body, keepalive })
    const isJson = response.headers.get('Content-Type')?.includes('json') ?? false
    if (response.redirected || !isJson) return response.ok ? { kind: 'signed_out' } : { kind: 'offline' }
    const reply = await response.json()
    if (response.ok || 'conflict' in reply || 'errors' in reply) return reply as Reply
    return response.status >= 500 ? { kind: 'offline' } : { kind: 'refused', sentence: String(reply.message ?? '') }
  } catch {
    return { kind: 'offline' }
  }
}

function contentOf(definition: FormDefinition, answers: Answers): string {
  return new URLSearchParams(entriesOf(definition, answers)).toString()
}

function withoutRev(body: URLSearchParams): string {
  const content = new URLSearchParams(body)
  content.delete('rev')
  content.delete('formulario')
  return content.toString()
}
