/** The reader's process: takes one task from the worker that forked it, tells how it goes, and is gone when the worker is. */
import { type BuildOptions, type BuildResult, buildSnapshot, type Progress } from '../ingest.ts'

export type ReadingTask = Omit<BuildOptions, 'signal' | 'onProgress'>

export type ReaderMessage =
  | { kind: 'progress'; progress: Progress }
  | { kind: 'result'; result: BuildResult }
  | { kind: 'failure'; error: unknown }

const tell = (message: ReaderMessage) => process.send?.(message)

/** Not `exit`: that would wait for what the engine is writing. */
const end = () => process.kill(process.pid, 'SIGKILL')
process.once('disconnect', end).once('error', end)

process.once('message', async (task: ReadingTask) => {
  try {
    const result = await buildSnapshot({ ...task, onProgress: (progress) => tell({ kind: 'progress', progress }) })
    tell({ kind: 'result', result })
  } catch (error) {
    tell({ kind: 'failure', error })
  }
})
