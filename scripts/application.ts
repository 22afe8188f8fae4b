/** The two processes of the product itself: worker and web. */
import { type ChildProcess, spawn } from 'node:child_process'
import { createWriteStream, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Running } from './keep-running.ts'
import { clearPid, Explained, eventually, run, stopOrphan, stopProgram, writePid } from './processes.ts'
import { say } from './progress.ts'
import { root } from './web-build.ts'

/** A process of ours begins a line with this when a person at the terminal should read it. */
const FOR_PEOPLE = '» '

/**
 * Room for what a page needs only while it is drawn, in MB for each half of the young part of the heap: with Node's 16 such things are taken
 * for lasting ones, and clearing them away keeps one page in a hundred waiting.
 */
const YOUNG_HEAP = '--max-semi-space-size=64'

export type Environment = Record<string, string | undefined>

/** Starts one of our entry points; what it prints goes to its log, and lines that begin with `» ` to the terminal too. */
export async function startOurs(name: string, file: string, env: Environment, dataDir: string): Promise<Running> {
  const runDir = join(dataDir, 'run')
  await stopOrphan(runDir, name)
  const options = { cwd: root, env: { ...process.env, ...env }, detached: true } as const
  const child = spawn(process.execPath, [YOUNG_HEAP, join(root, file)], {
    ...options,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  if (child.pid) writePid(runDir, name, child.pid)
  relay(child, join(dataDir, 'logs'), name)
  const exited = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve) => {
    child.once('exit', (code, signal) => resolve({ code, signal }))
    child.once('error', () => resolve({ code: -1, signal: null }))
  })
  const started = { child, exited }
  const stop = async () => {
    // A worker lets its activities finish for up to half a minute.
    await stopProgram(started, 'SIGTERM', 35_000)
    clearPid(runDir, name)
  }
  return { started, stop }
}

function relay(child: ChildProcess, logDir: string, name: string): void {
  mkdirSync(logDir, { recursive: true, mode: 0o700 })
  const log = createWriteStream(join(logDir, `${name}.log`), { flags: 'a' })
  for (const stream of [child.stdout, child.stderr]) {
    if (!stream) continue
    createInterface({ input: stream }).on('line', (line) => {
      log.write(`${line}\n`)
      if (line.startsWith(FOR_PEOPLE)) say(`  ${line.slice(FOR_PEOPLE.length)}`)
    })
  }
  child.once('close', () => log.end())
}

/** Runs the migrations in a process of their own; answers its last line. */
export async function migrate(env: Environment): Promise<string> {
  try {
    const { stdout } = await run(process.execPath, [join(root, 'db/migrate.ts')], {
      cwd: root,
      env: { ...process.env, ...env },
    })
    return stdout.trim().split('\n').at(-1) ?? ''
  } catch (error) {
    const { stderr = '' } = error as { stderr?: string }
    throw new Explained(
      `Las migraciones de la base de datos fallaron:\n${stderr.trim().split('\n').slice(0, 15).join('\n')}`,
    )
  }
}

/** Waits until `/listo` answers 200; what is still missing is told to `note`. */
export async function untilReady(
  port: number,
  seconds: number,
  note: (sentence: string) => void,
  giveUp: () => string | undefined,
): Promise<void> {
  let last = ''
  const ask = async () => {
    const response = await fetch(`http://127.0.0.1:${port}/listo`, { signal: AbortSignal.timeout(5_000) })
    if (response.status === 200) return note('')
    const text = (await response.text()).slice(0, 300)
    if (text !== last) note(`falta: ${text}`)
    last = text
    throw new Explained(`El sistema no estuvo listo a tiempo; /listo respondió ${response.status}: ${text}`)
  }
  await eventually(ask, seconds, giveUp)
}
