/** Protects tables in a thread of its own, one question after the other: neither pages nor workflows wait for a solver. */
import { Worker } from 'node:worker_threads'
import type { Together } from '../domain/disclosure/together.ts'
import type { Protected, ProtectionAnswer, ProtectionLimits, ProtectionTask } from './protection-thread.ts'

interface Waiting {
  resolve: (done: Protected) => void
  reject: (failure: unknown) => void
}

const waiting = new Map<number, Waiting>()
let thread: Worker | undefined
let last = 0

/** Time counts from when its turn comes. Throws what the thread died of; the next question gets another thread. */
export function protectApart(asked: Together, limits: ProtectionLimits): Promise<Protected> {
  const worker = openThread()
  const id = ++last
  return new Promise((resolve, reject) => {
    waiting.set(id, { resolve, reject })
    // Whoever waits keeps the process alive; a thread with nothing to do does not.
    worker.ref()
    worker.postMessage({ id, asked, limits } satisfies ProtectionTask)
  })
}

function openThread(): Worker {
  if (thread) return thread
  const worker = new Worker(new URL('./protection-thread.ts', import.meta.url), { execArgv: [] })
  worker.on('message', (answer: ProtectionAnswer) => {
    const one = waiting.get(answer.id)
    waiting.delete(answer.id)
    if (waiting.size === 0) worker.unref()
    if ('done' in answer) one?.resolve(answer.done)
    else one?.reject(answer.failure)
  })
  worker.once('error', endWith)
  worker.once('exit', (code) => endWith(new Error(`the thread of the solver ended with ${code}`)))
  thread = worker
  return worker
}

function endWith(failure: unknown): void {
  thread = undefined
  for (const { reject } of waiting.values()) reject(failure)
  waiting.clear()
}
