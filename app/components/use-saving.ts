import { useBeforeUnload, useBlocker, useRevalidator } from '@remix-run/react'
import { useCallback, useEffect, useRef, useState } from 'react'
import { savingText } from '../text/steps.ts'

const QUIET_MS = 1_000
const RETRY_MS = 5_000
/** Browsers let a closing page send 64 KiB in all: one save on its way and the last word. */
const LAST_WORD_BYTES = 30_000

export type SaveState =
  | { kind: 'idle' | 'pending' | 'saving' | 'offline' | 'invalid' | 'signed_out' | 'conflict' }
  | { kind: 'saved'; at: string }
  | { kind: 'refused'; sentence: string }

/** What the resource that saves answers in JSON; anything else is a refusal with its sentence, or no answer at all. */
type Reply<Saved, Conflict, Fault> =
  | ({ saved: true; savedAt: string } & Saved)
  | { saved: false; conflict: Conflict }
  | { saved: false; errors: Fault[] }

interface Saving<Saved, Conflict, Fault> {
  /** Resource that saves and answers in JSON. */
  address: string
  /**
   * What is on the page now, and what it was made from; with the save before it that nobody said yes to yet, still on its way
   * or its answer lost. What stands may be either, whichever of the two came first.
   */
  bodyOf: (before: URLSearchParams | null) => URLSearchParams
  onSaved: (reply: Saved) => void
  onConflict: (conflict: Conflict) => void
  onErrors: (errors: Fault[]) => void
}

/** Saves what is typed a second after the last key, again when the connection is back, and once more when the page goes away. */
export function useSaving<Saved extends object, Conflict, Fault>(asked: Saving<Saved, Conflict, Fault>) {
  const [state, setState] = useState<SaveState>({ kind: 'idle' })
  const { revalidate } = useRevalidator()
  const latest = useRef(asked)
  latest.current = asked
  const standing = useRef({ dirty: false, stopped: false, unanswered: null as URLSearchParams | null })
  const running = useRef<{ body: URLSearchParams; done: Promise<boolean> } | null>(null)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)

  const send = useCallback(
    async (body: URLSearchParams): Promise<boolean> => {
      const now = standing.current
      const before = now.unanswered
      now.dirty = false
      setState({ kind: 'saving' })
      const reply = await post<Saved, Conflict, Fault>(latest.current.address, body)
      if ('saved' in reply && reply.saved) {
        // A last word sent meanwhile still waits for its answer.
        if (now.unanswered === before) now.unanswered = null
        latest.current.onSaved(reply)
        setState(now.dirty ? { kind: 'pending' } : { kind: 'saved', at: reply.savedAt })
        revalidate()
        return true
      }
      now.dirty = true
      // A last word sent meanwhile may have come first: what stands is our own.
      if ('conflict' in reply && now.unanswered && now.unanswered !== before)
        return await send(latest.current.bodyOf(now.unanswered))
      now.unanswered = body
      if ('conflict' in reply) {
        latest.current.onConflict(reply.conflict)
        now.stopped = true
        setState({ kind: 'conflict' })
      } else if ('errors' in reply) {
        latest.current.onErrors(reply.errors)
        setState({ kind: 'invalid' })
      } else {
        setState(reply)
      }
      return false
    },
    [revalidate],
  )

  /** True when nothing is left unsaved. One save at a time; what was typed meanwhile goes with the next. */
  const flush = useCallback(async (): Promise<boolean> => {
    clearTimeout(timer.current)
    while (running.current) await running.current.done
    const { dirty, stopped, unanswered } = standing.current
    if (!dirty) return true
    if (stopped) return false
    const body = latest.current.bodyOf(unanswered)
    const done = send(body)
    running.current = { body, done }
    const saved = await done.finally(() => {
      running.current = null
    })
    return saved && standing.current.dirty ? flush() : saved
  }, [send])

  const touch = useCallback(() => {
    standing.current.dirty = true
    if (standing.current.stopped) return
    setState({ kind: 'pending' })
    clearTimeout(timer.current)
    timer.current = setTimeout(flush, QUIET_MS)
  }, [flush])

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
      const now = standing.current
      if (document.visibilityState !== 'hidden' || !now.dirty || now.stopped) return
      const body = latest.current.bodyOf(running.current?.body ?? now.unanswered)
      if (body.toString().length > LAST_WORD_BYTES) return void flush()
      now.unanswered = body
      fetch(latest.current.address, { method: 'POST', body, keepalive: true }).then(
        () => flush(),
        () => undefined,
      )
    }
    document.addEventListener('visibilitychange', lastWord)
    return () => document.removeEventListener('visibilitychange', lastWord)
  }, [flush])

  const isDirty = useCallback(() => standing.current.dirty || running.current !== null, [])
  return { state, touch, flush, isDirty }
}

async function post<Saved, Conflict, Fault>(
  address: string,
  body: URLSearchParams,
): Promise<Reply<Saved, Conflict, Fault> | SaveState> {
  try {
    const keepalive = body.toString().length <= LAST_WORD_BYTES
    const response = await fetch(address, { method: 'POST', body, keepalive })
    const isJson = response.headers.get('Content-Type')?.includes('json') ?? false
    if (response.redirected || !isJson) return response.ok ? { kind: 'signed_out' } : { kind: 'offline' }
    const reply = await response.json()
    if (response.ok || 'conflict' in reply || 'errors' in reply) return reply as Reply<Saved, Conflict, Fault>
    return response.status >= 500 ? { kind: 'offline' } : { kind: 'refused', sentence: String(reply.message ?? '') }
  } catch {
    return { kind: 'offline' }
  }
}

/** Leaving inside the product saves first; leaving with something that could not be saved asks. */
export function useLeaving(isDirty: () => boolean, flush: () => Promise<boolean>): void {
  const blocker = useBlocker(({ currentLocation, nextLocation }) => {
    return isDirty() && currentLocation.pathname !== nextLocation.pathname
  })
  useEffect(() => {
    if (blocker.state !== 'blocked') return
    void flush().then((saved) => (saved || window.confirm(savingText.leave) ? blocker.proceed() : blocker.reset()))
  }, [blocker, flush])
  useBeforeUnload(
    useCallback(
      (event) => {
        if (isDirty()) event.preventDefault()
      },
      [isDirty],
    ),
  )
}
