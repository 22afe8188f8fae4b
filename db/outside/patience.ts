/** How long somebody else's server may be silent before a person is told (issue 4: a connection that stalls). */
import { OutsideFailed } from './failed.ts'

export interface Patience {
  /** Without an answer, or without one more piece of it. */
  ms: number
  /** Without the first piece of a table that its server has to put in order before it sends one. */
  sortingMs: number
  /** Ends the waiting with its reason. */
  signal?: AbortSignal
}

export const PATIENCE: Patience = { ms: 10_000, sortingMs: 600_000 }

/** The answer, or a failure with `code` once it took too long; `giveUp` closes what it came through. */
export async function within<T>(
  { ms, signal }: Pick<Patience, 'ms' | 'signal'>,
  code: 'timed_out' | 'stalled' | 'sorting_stalled',
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

/**
 * Each piece as it comes; a stream that falls silent fails as `stalled`, and one nobody reads any more is closed. Of one
 * that `isSorted` the first piece may take longer, and fails as `sorting_stalled`.
 */
export async function* eachWithin<T>(
  patience: Patience,
  stream: AsyncIterable<T>,
  { giveUp, isSorted = false }: { giveUp: () => void; isSorted?: boolean },
): AsyncGenerator<T> {
  const pieces = stream[Symbol.asyncIterator]()
  let isOver = false
  let isSorting = isSorted
  try {
    for (;;) {
      const [ms, code] = isSorting
        ? [patience.sortingMs, 'sorting_stalled' as const]
        : [patience.ms, 'stalled' as const]
      const next = await within({ ...patience, ms }, code, pieces.next(), giveUp)
      isSorting = false
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
