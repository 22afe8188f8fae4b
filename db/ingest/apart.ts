/** Runs a part of the intake in a process of its own, with little memory and little time: who asks lives on. */
import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { FileRefusal } from '../../domain/sources.ts'
import { FileRefused } from './file-refused.ts'

const DEADLINE_MS = 60_000

export type ApartAnswer<T> = { done: T } | { refusal: FileRefusal } | { failure: string }

/** Throws `FileRefused` when the file is refused, or takes more time or memory than it may. */
export async function runApart<T>(script: URL, task: object, options: ApartOptions = {}): Promise<T> {
  const answer = await answerOf<T>(script, task, options)
  if ('done' in answer) return answer.done
  if ('failure' in answer) throw new Error(answer.failure)
  const { code, ...where } = answer.refusal
  throw new FileRefused(code, where)
}

interface ApartOptions {
  heapMegabytes?: number
  deadlineMs?: number
  signal?: AbortSignal | undefined
}

function answerOf<T>(
  script: URL,
  task: object,
  { heapMegabytes = 192, deadlineMs = DEADLINE_MS, signal }: ApartOptions,
): Promise<ApartAnswer<T>> {
  return new Promise((resolve, reject) => {
    const { LD_LIBRARY_PATH, NODE_ENV } = process.env
    const child = fork(fileURLToPath(script), [], {
      execArgv: [`--max-old-space-size=${heapMegabytes}`],
      env: { LD_LIBRARY_PATH, NODE_ENV },
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    })
    const stop = () => child.kill('SIGKILL')
    const deadline = setTimeout(stop, deadlineMs)
    signal?.addEventListener('abort', stop, { once: true })
    child.once('message', (answer) => resolve(answer as ApartAnswer<T>))
    child.once('error', reject)
    // Killed by us for its time, or by its own limit of memory: after an answer this says nothing more.
    child.once('exit', () => {
      clearTimeout(deadline)
      signal?.removeEventListener('abort', stop)
      resolve({ refusal: { code: signal?.aborted ? 'cancelled' : 'too_slow' } })
    })
    child.send(task)
  })
}

/** The other side: one task, one answer. Gone when who asked is. */
export function answerApart<Task, T>(work: (task: Task) => Promise<T>): void {
  const end = () => process.kill(process.pid, 'SIGKILL')
  process.once('disconnect', end)
  process.once('message', async (task: Task) => {
    const answer: ApartAnswer<T> = await work(task).then(
      (done) => ({ done }),
      (error) =>
        error instanceof FileRefused
          ? { refusal: error.refusal }
          : { failure: error instanceof Error ? (error.stack ?? error.message) : String(error) },
    )
    process.send?.(answer, end)
  })
}
