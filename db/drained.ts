import type { Writable } from 'node:stream'

/** Resolves when a stream whose `write` answered false takes more again, or has closed; it leaves no listener behind. */
export function drained(out: Writable): Promise<void> {
  return new Promise((resolve) => {
    const goOn = () => {
      out.off('drain', goOn).off('close', goOn)
      resolve()
    }
    if (out.closed) return resolve()
    out.on('drain', goOn).on('close', goOn)
  })
}
