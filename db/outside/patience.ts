/** How long somebody else's server may be silent before a person is told (issue 4: a connection that stalls). */
import { OutsideFailed } from './failed.ts'

export interface Patience {
  /** Without an answer, or without one more piece of it. */
  ms: number
  /** Ends the waiting with its reason. */
  signal?: AbortSignal
}

export const PATIENCE: Patience = { ms: 10_000 }

/** The answer, or a failure with `code` once it took too long; `giveUp` closes what it came through. */
export async function within<T>(
  { ms, signal }: Patience,
  code: 'timed_out' | 'stalled',
  answer: Promise<T>,
  giveUp: () => void,
): Promise<T> {
  let end: (reason: unknown) => void = () => undefined
  const over = new Promise<never>((_, reject) => {
    end = (reason) => {
      giveUp()
      reject(reason)
    }
  })
  const timer = setTimeout(() => end(new OutsideFailed(code)), ms)
  const onAbort = () => end(signal?.reason)
  signal?.addEventListener('abort', onAbort, { once: true })
  if (signal?.aborted) onAbort()
  // Whatever it says after we gave up, nobody waits for.
  answer.catch(() => undefined)
  try {
    return await Promise.race([answer, over])
  } finally {
    clearTimeout(timer)
    signal?.removeEventListener('abort', onAbort)
  }
}

/** Each piece as it comes; a stream that falls silent fails as `stalled`, and one nobody reads any more is closed. */
export async function* eachWithin<T>(
  patience: Patience,
  stream: AsyncIterable<T>,
  giveUp: () => void,
): AsyncGenerator<T> {
  const pieces = stream[Symbol.asyncIterator]()
  let isOver = false
  try {
    for (;;) {
      const next = await within(patience, 'stalled', pieces.next(), giveUp)
      if (next.done) {
        isOver = true
        return
      }
      yield next.value
    }
  } finally {
    if (!isOver) giveUp()
  }
}
