/** Processes below a process and what they weigh, from Linux's `/proc`. */
import { readdirSync, readFileSync } from 'node:fs'

/** A process and everything below it. */
export function treeOf(top: number): number[] {
  const parents = new Map<number, number>()
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue
    const stat = readOr(`/proc/${name}/stat`)
    // The name in parentheses may hold anything; the parent stands second after the last one.
    parents.set(Number(name), Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]))
  }
  const below = (pid: number): number[] => [
    pid,
    ...[...parents].filter(([, parent]) => parent === pid).flatMap(([child]) => below(child)),
  ]
  return below(top)
}

/** The readers of files that a process has started. */
export function readersOf(pid: number): number[] {
  return treeOf(pid).filter((one) => readOr(`/proc/${one}/cmdline`).includes('reader-process'))
}

/** Processes of the product's own that a process has started: readers, and whoever looks at a file that arrives. */
export function ownBelow(pid: number): number[] {
  return treeOf(pid).filter((one) => one !== pid && /(db|activities)\/[^\0]*\.ts/.test(readOr(`/proc/${one}/cmdline`)))
}

/** The most memory a process has had resident so far, in megabytes; 0 when it is gone. */
export function peakOf(pid: number): number {
  return Number(/^VmHWM:\s+(\d+)/m.exec(readOr(`/proc/${pid}/status`))?.[1] ?? 0) / 1024
}

/** The text of a file of `/proc`; empty when the process is gone. */
export function readOr(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
