/** Bench `start`: a warm `npm start` until it is ready, and what the whole tree of processes weighs at rest. */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { freePort, livePid } from '../../scripts/processes.ts'
import { root } from '../../scripts/web-build.ts'
import { readOr, treeOf } from '../support/process-tree.ts'
import { type BenchRow, below } from './figures.ts'

const READY_MS = 15 * 60_000
const LIFE_MS = 20 * 60_000
const REST_MS = 30_000
const ROUNDS = 3

interface Installation {
  dataDir: string
  port: number
}

export async function start(): Promise<BenchRow[]> {
  const at = { dataDir: mkdtempSync(join(tmpdir(), 'caracteriza-start-')), port: await freePort() }
  try {
    // The first start makes the data folder and lives the demonstration to its end: that is not what is measured.
    await run(at, untilAlive)
    const seconds: number[] = []
    let megabytes = 0
    for (let round = 0; round < ROUNDS; round++) {
      await run(at, async (child, ready) => {
        seconds.push(ready)
        if (round < ROUNDS - 1) return
        await untilAlive(child)
        await sleep(REST_MS)
        megabytes = pssOf(treeOf(child.pid ?? 0))
      })
    }
    return [
      below('start: warm, to /listo', Math.max(...seconds), 's', 15),
      below('start: PSS of the tree at rest', megabytes, 'MB', 1_200),
    ]
  } finally {
    rmSync(at.dataDir, { recursive: true, force: true })
  }

  async function untilAlive(_child: ChildProcess): Promise<void> {
    const deadline = performance.now() + LIFE_MS
    await sleep(2_000)
    while (livePid(join(at.dataDir, 'run'), 'demonstration') !== undefined) {
      if (performance.now() > deadline) throw new Error('the demonstration did not come to its end')
      await sleep(500)
    }
  }
}

/** Starts as a person would, hands over the seconds it took to be ready, and stops it as Ctrl-C does. */
async function run(
  { dataDir, port }: Installation,
  work: (child: ChildProcess, seconds: number) => Promise<void>,
): Promise<void> {
  const {
    TEST_POSTGRES_URL: _,
    TEST_TEMPORAL_ADDRESS: __,
    DATABASE_URL: ___,
    TEMPORAL_ADDRESS: ____,
    ...env
  } = process.env
  const begun = performance.now()
  const child = spawn('npm', ['start'], {
    cwd: root,
    env: { ...env, DATA_DIR: dataDir, PORT: String(port) },
    detached: true,
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  try {
    await untilListo(child, port)
    await work(child, (performance.now() - begun) / 1000)
  } finally {
    // Ctrl-C reaches everything in the foreground of a terminal.
    if (child.exitCode === null && child.pid) process.kill(-child.pid, 'SIGINT')
    await ended
  }
}

async function untilListo(child: ChildProcess, port: number): Promise<void> {
  const deadline = performance.now() + READY_MS
  while (performance.now() < deadline) {
    if (child.exitCode !== null) throw new Error(`npm start ended with ${child.exitCode}`)
    const answer = await fetch(`http://127.0.0.1:${port}/listo`).catch(() => undefined)
    if (answer?.status === 200) return
    await sleep(50)
  }
  throw new Error('/listo did not answer 200')
}

/** Proportional set size in megabytes: shared pages count once over all who share them. */
function pssOf(pids: number[]): number {
  const kilobytes = pids.map((pid) => Number(/^Pss:\s+(\d+)/m.exec(readOr(`/proc/${pid}/smaps_rollup`))?.[1] ?? 0))
  return kilobytes.reduce((sum, one) => sum + one, 0) / 1024
}
