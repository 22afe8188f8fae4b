import { CancelledFailure, Context } from '@temporalio/activity'

const PROGRESS_MS = 1_000
const HEARTBEAT_MS = 3_000

/**
 * Beats for Temporal, tells the page how far it is, and stops when either the workflow or the page asks to cancel.
 * `note` writes down how far, from `start` on, and answers whether it is not wanted any more.
 */
export async function withProgress<P, T>(
  start: P,
  note: (soFar: P) => Promise<boolean>,
  work: (signal: AbortSignal, onProgress: (soFar: P) => void) => Promise<T>,
): Promise<T> {
  const activity = Context.current()
  const asked = new AbortController()
  let soFar = start
  let isWriting = false
  const write = async () => {
    if (isWriting) return
    isWriting = true
    const isUnwanted = await note(soFar)
      // A page that lags is no reason to stop.
      .catch(() => false)
      .finally(() => {
        isWriting = false
      })
    if (isUnwanted) asked.abort(new CancelledFailure('cancelled'))
  }
  const timers = [setInterval(write, PROGRESS_MS), setInterval(() => activity.heartbeat(soFar), HEARTBEAT_MS)]
  try {
    return await work(AbortSignal.any([activity.cancellationSignal, asked.signal]), (now) => {
      soFar = now
    })
  } finally {
    for (const timer of timers) clearInterval(timer)
  }
}
