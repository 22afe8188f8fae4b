/** Child processes, ports and pid files: what PostgreSQL, Temporal, the worker and the web application have in common. */
import { type ChildProcess, execFile, execFileSync, type SpawnOptions, spawn } from 'node:child_process'
import { existsSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'

export const run = promisify(execFile)

/** An error whose message is one sentence for the person at the terminal: printed without a stack trace. */
export class Explained extends Error {}

export interface Exit {
  code: number | null
  signal: NodeJS.Signals | null
}

export interface Started {
  child: ChildProcess
  exited: Promise<Exit>
}

/**
 * Starts a program in a process group of its own, so that Ctrl-C at the terminal reaches only the supervisor and the
 * parts stop in order. Its output is appended to `logFile`.
 */
export function startProgram(command: string, args: string[], logFile: string, options: SpawnOptions = {}): Started {
  mkdirSync(dirname(logFile), { recursive: true, mode: 0o700 })
  const log = openSync(logFile, 'a')
  const child = spawn(command, args, { ...options, detached: true, stdio: ['ignore', log, log] })
  const exited = new Promise<Exit>((resolve) => {
    child.once('exit', (code, signal) => resolve({ code, signal }))
    child.once('error', () => resolve({ code: -1, signal: null }))
  })
  return { child, exited }
}

/** Asks for an end with `signal`; kills what has not ended after `patience` milliseconds. */
export async function stopProgram(started: Started, signal: NodeJS.Signals, patience = 15_000): Promise<void> {
  if (started.child.exitCode !== null || started.child.signalCode !== null) return
  started.child.kill(signal)
  const late = sleep(patience, 'late' as const, { ref: false })
  if ((await Promise.race([started.exited, late])) === 'late') started.child.kill('SIGKILL')
  await started.exited
}

export function lastLines(file: string, count = 12): string {
  if (!existsSync(file)) return ''
  return readFileSync(file, 'utf8')
    .trimEnd()
    .split('\n')
    .slice(-count)
    .map((line) => line.slice(0, 300))
    .join('\n')
}

/**
 * A free port between 20000 and 32000: below the range the system hands out to outgoing connections, and because
 * Temporal stores membership ports in a signed 16-bit column, so that it cannot use one above 32767.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = 20_000 + Math.floor(Math.random() * 12_000)
    if (!(await portFault(port))) return port
  }
}

/** The system's code for why nobody can listen there, for example EADDRINUSE; undefined when one can. */
export async function portFault(port: number, host = '127.0.0.1'): Promise<string | undefined> {
  return await new Promise((resolve) => {
    const server = createServer()
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message))
    server.listen(port, host, () => server.close(() => resolve(undefined)))
  })
}

/**
 * Ports by name, kept in `file` so that a restart uses the same ones: Temporal's members find each other by address,
 * and a person's open connections stay valid. A port taken by somebody else meanwhile is replaced.
 */
export async function keptPorts<Name extends string>(
  file: string,
  names: readonly Name[],
): Promise<Record<Name, number>> {
  const kept: Record<string, number> = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {}
  const chosen = {} as Record<Name, number>
  for (const name of names) {
    let port = kept[name] ?? 0
    while (!port || Object.values(chosen).includes(port) || (await portFault(port))) port = await freePort()
    chosen[name] = port
  }
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  writeFileSync(file, JSON.stringify({ ...kept, ...chosen }, null, 2))
  return chosen
}

/** Tries `attempt` until it succeeds, `giveUp` says so or `seconds` are over; the last failure is thrown. */
export async function eventually<T>(
  attempt: () => Promise<T>,
  seconds: number,
  giveUp?: (error: unknown) => string | undefined,
): Promise<T> {
  const deadline = performance.now() + seconds * 1000
  for (;;) {
    try {
      return await attempt()
    } catch (error) {
      const reason = giveUp?.(error)
      if (reason) throw new Explained(reason)
      if (performance.now() > deadline) throw error
      await sleep(100)
    }
  }
}

/** When the process began, as the system tells it; tells a process from a later one with the same number. */
function birthOf(pid: number): string | undefined {
  try {
    const stat = `/proc/${pid}/stat`
    if (existsSync('/proc/self/stat')) {
      const fields = readFileSync(stat, 'utf8').split(') ')[1]?.split(' ')
      return fields?.[0] === 'Z' ? undefined : fields?.[19]
    }
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim() || undefined
  } catch {
    return undefined
  }
}

export function isAlive(pid: number): boolean {
  return birthOf(pid) !== undefined
}

const pidFile = (runDir: string, name: string) => join(runDir, `${name}.pid`)

export function writePid(runDir: string, name: string, pid = process.pid): void {
  mkdirSync(runDir, { recursive: true, mode: 0o700 })
  writeFileSync(pidFile(runDir, name), JSON.stringify({ pid, birth: birthOf(pid) }))
}

export function clearPid(runDir: string, name: string): void {
  rmSync(pidFile(runDir, name), { force: true })
}

/** The process a pid file names, when it is still that very process. */
export function livePid(runDir: string, name: string): number | undefined {
  try {
    const { pid, birth } = JSON.parse(readFileSync(pidFile(runDir, name), 'utf8')) as { pid: number; birth?: string }
    return birth !== undefined && birthOf(pid) === birth ? pid : undefined
  } catch {
    return undefined
  }
}

/** Ends what an earlier run left behind after its supervisor was killed. True when there was something to end. */
export async function stopOrphan(runDir: string, name: string, signal: NodeJS.Signals = 'SIGTERM'): Promise<boolean> {
  const pid = livePid(runDir, name)
  if (pid !== undefined) await endProcess(pid, signal)
  clearPid(runDir, name)
  return pid !== undefined
}

export async function endProcess(pid: number, signal: NodeJS.Signals, patience = 10_000): Promise<void> {
  const birth = birthOf(pid)
  const deadline = performance.now() + patience
  signalTo(pid, signal)
  while (birth !== undefined && birthOf(pid) === birth) {
    if (performance.now() > deadline) signalTo(pid, 'SIGKILL')
    await sleep(50)
  }
}

function signalTo(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

/** Runs `end` once, however often one is asked to stop: a terminal, a parent and a process group may all ask. */
export function onStop(end: () => Promise<unknown>, code: number): void {
  let asked = false
  const stop = () => {
    if (asked) return
    asked = true
    void end().finally(() => process.exit(code))
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop)
}
