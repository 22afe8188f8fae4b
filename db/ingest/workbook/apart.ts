/** A workbook is looked at in a process of its own, with little memory and little time: a web process lives on. */
import { fork } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { FileRefusal } from '../../../domain/sources.ts'
import { FileRefused } from '../file-refused.ts'
import type { HeadSheet } from '../head.ts'

const DEADLINE_MS = 60_000
const HEAP_MEGABYTES = 192

export type Looked = { sheets: HeadSheet[] } | { refusal: FileRefusal } | { failure: string }

/** Heads of a workbook's sheets. Throws `FileRefused` also when the look takes too long or too much memory. */
export async function lookApart(file: string, signal?: AbortSignal): Promise<HeadSheet[]> {
  const work = await mkdtemp(join(tmpdir(), 'caracteriza-look-'))
  try {
    const looked = await inChild(file, work, signal)
    if ('sheets' in looked) return looked.sheets
    if ('refusal' in looked) {
      const { code, ...where } = looked.refusal
      throw new FileRefused(code, where)
    }
    throw new Error(looked.failure)
  } finally {
    await rm(work, { recursive: true, force: true })
  }
}

function inChild(file: string, work: string, signal: AbortSignal | undefined): Promise<Looked> {
  return new Promise((resolve, reject) => {
    const child = fork(fileURLToPath(new URL('./look-process.ts', import.meta.url)), [file, work], {
      execArgv: [`--max-old-space-size=${HEAP_MEGABYTES}`],
      env: { NODE_ENV: 'production' },
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    })
    const deadline = setTimeout(() => child.kill('SIGKILL'), DEADLINE_MS)
    const stop = () => child.kill('SIGKILL')
    signal?.addEventListener('abort', stop, { once: true })
    child.once('message', (looked) => resolve(looked as Looked))
    child.once('error', reject)
    // Killed by us for its time, or by its own limit of memory: after an answer this says nothing more.
    child.once('exit', () => {
      clearTimeout(deadline)
      signal?.removeEventListener('abort', stop)
      resolve({ refusal: { code: signal?.aborted ? 'cancelled' : 'too_slow' } })
    })
  })
}
