/** The one door to the reading of a file: a process of its own, whose memory ends with it (docs/decisions/0008). */
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { ReaderMessage, ReadingTask } from './ingest/reader-process.ts'
import type { BuildOptions, BuildResult, Progress } from './ingest.ts'

const READER = fileURLToPath(new URL('./ingest/reader-process.ts', import.meta.url))

/**
 * `buildSnapshot` in a reader of its own, whose peak stays under 512 MB. A refusal is an answer, `cancelled` when
 * `signal` says so; a reader that died is thrown. What a killed one leaves lies in `outDir`: give it a folder of its own.
 */
export async function readApart({ signal, onProgress, ...task }: BuildOptions): Promise<BuildResult> {
  if (signal?.aborted) return CANCELLED
  const reader = startReader()
  const exited = once(reader, 'exit')
  const stop = () => reader.kill('SIGKILL')
  signal?.addEventListener('abort', stop, { once: true })
  try {
    return await answerOf(reader, task, onProgress)
  } catch (failure) {
    if (signal?.aborted) return CANCELLED
    throw failure
  } finally {
    signal?.removeEventListener('abort', stop)
    stop()
    await exited
  }
}

const CANCELLED: BuildResult = { ok: false, refusal: { code: 'cancelled' } }

/**
 * No secret in its arguments or environment, which others on the machine may see; the task holds a key. It may ask V8 to
 * collect, and glibc keeps one heap instead of one for each thread: both for the sake of its peak.
 */
function startReader(): ChildProcess {
  const { LD_LIBRARY_PATH, NODE_ENV } = process.env
  const env = { LD_LIBRARY_PATH, NODE_ENV, MALLOC_ARENA_MAX: '1' }
  return fork(READER, [], { serialization: 'advanced', env, execArgv: ['--expose-gc'] })
}

function answerOf(
  reader: ChildProcess,
  task: ReadingTask,
  onProgress?: (progress: Progress) => void,
): Promise<BuildResult> {
  return new Promise((resolve, reject) => {
    reader.on('message', (message: ReaderMessage) => {
      if (message.kind === 'progress') onProgress?.(message.progress)
      else if (message.kind === 'result') resolve(message.result)
      else reject(message.error)
    })
    reader.once('error', reject)
    reader.once('exit', (code, by) => reject(new Error(`the reader ended with ${by ?? code}`)))
    reader.send(task)
  })
}
