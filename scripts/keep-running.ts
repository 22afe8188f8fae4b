/** A component that is started again, ever more patiently, whenever it ends without having been asked to. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Exit, Started } from './processes.ts'
import { say } from './progress.ts'

export interface Running {
  started: Started
  stop: () => Promise<void>
}

export interface Kept<T extends Running> {
  /** What runs now; replaced at every restart. */
  current: () => T
  stop: () => Promise<void>
}

const LONGEST_WAIT_S = 30
const HEALTHY_AFTER_MS = 60_000

/**
 * The first start is awaited and may throw; later ones are tried until they work, `stop` is called, or it ended in a way
 * that `isOver` accepts.
 */
export async function keepRunning<T extends Running>(
  name: string,
  start: () => Promise<T>,
  isOver: (exit: Exit) => boolean = () => false,
): Promise<Kept<T>> {
  const stopping = new AbortController()
  let running: T | undefined = await start()
  let last = running
  const watch = async () => {
    let wait = 1
    while (!stopping.signal.aborted) {
      const since = performance.now()
      const exit = await running?.started.exited
      if (stopping.signal.aborted || (exit && isOver(exit))) return
      if (performance.now() - since > HEALTHY_AFTER_MS) wait = 1
      if (exit)
        say(`  ${name} terminó sin que se le pidiera (${exit.signal ?? `código ${exit.code}`}); reinicio en ${wait} s`)
      await sleep(wait * 1000, undefined, { signal: stopping.signal }).catch(() => undefined)
      if (stopping.signal.aborted) return
      wait = Math.min(wait * 2, LONGEST_WAIT_S)
      running = await start().catch((error: Error) => void say(`  ${name} no arrancó: ${error.message.split('\n')[0]}`))
      if (running) last = running
      if (running) say(`  ${name} en marcha otra vez`)
    }
  }
  const watching = watch()
  const stop = async () => {
    stopping.abort()
    await last.stop()
    await watching
    await running?.stop()
  }
  return { current: () => last, stop }
}
