/** Where the Temporal server and its schema tool come from: cache, PATH, official release, Go; in this order. */
import type { ChildProcess } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  accessSync,
  chmodSync,
  constants,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { homedir } from 'node:os'
import { delimiter, join } from 'node:path'
import { Explained, run } from './processes.ts'

/** Any patch of this minor fits; this exact one is fetched or built, because newer patches ask for a newer Go. */
export const TEMPORAL_VERSION = '1.32.0'
const FITTING = /\b1\.32\.\d+\b/
const RELEASES = 'https://github.com/temporalio/temporal/releases/download'

const LONGEST_DOWNLOAD_MS = 15 * 60_000

export interface TemporalPrograms {
  server: string
  sqlTool: string
}

/** Tells the person what is happening; called with a sentence. */
export type Progress = (sentence: string) => void

export function cacheFolder(env: NodeJS.ProcessEnv = process.env): string {
  return join(env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'caracteriza', 'temporal', TEMPORAL_VERSION)
}

const exe = (name: string) => (process.platform === 'win32' ? `${name}.exe` : name)

function programsIn(folder: string): TemporalPrograms {
  return { server: join(folder, exe('temporal-server')), sqlTool: join(folder, exe('temporal-sql-tool')) }
}

export async function findTemporal(
  progress: Progress,
  env: NodeJS.ProcessEnv = process.env,
): Promise<TemporalPrograms> {
  const cache = cacheFolder(env)
  if (areExecutable(programsIn(cache))) return programsIn(cache)
  const onPath = await programsOnPath(env.PATH ?? '')
  if (onPath) return onPath
  const reasons: string[] = []
  for (const obtain of [downloadRelease, buildWithGo]) {
    const partial = partialFolder(cache)
    try {
      await obtain(partial, progress, env)
      await requireFitting(programsIn(partial))
      return keep(partial, cache)
    } catch (error) {
      reasons.push((error as Error).message)
      rmSync(partial, { recursive: true, force: true })
    }
  }
  throw new Explained(
    `No hay servidor de Temporal ${TEMPORAL_VERSION}: ${reasons.join('; ')}. Opciones: conecte la red y repita, instale Go 1.26 ` +
      `o superior, copie temporal-server y temporal-sql-tool en ${cache}, o indique un servidor con TEMPORAL_ADDRESS.`,
  )
}

/** Beside its final place, so that the last step is one rename; what an interrupted run left there is removed. */
function partialFolder(cache: string): string {
  const parent = join(cache, '..')
  mkdirSync(parent, { recursive: true })
  for (const name of readdirSync(parent)) {
    const path = join(parent, name)
    const hours = (performance.timeOrigin + performance.now() - statSync(path).mtimeMs) / 3_600_000
    if (name.startsWith('partial-') && hours > 1) rmSync(path, { recursive: true, force: true })
  }
  return mkdtempSync(join(parent, 'partial-'))
}

function keep(partial: string, cache: string): TemporalPrograms {
  mkdirSync(cache, { recursive: true })
  const from = programsIn(partial)
  const to = programsIn(cache)
  renameSync(from.sqlTool, to.sqlTool)
  renameSync(from.server, to.server)
  rmSync(partial, { recursive: true, force: true })
  return to
}

function areExecutable(programs: TemporalPrograms): boolean {
  try {
    for (const path of Object.values(programs)) accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

async function requireFitting(programs: TemporalPrograms): Promise<void> {
  for (const path of [programs.server, programs.sqlTool]) {
    const { stdout, stderr } = await run(path, ['--version'])
    if (!FITTING.test(stdout + stderr)) throw new Error(`${path} no es de la serie 1.32`)
  }
}

async function programsOnPath(path: string): Promise<TemporalPrograms | undefined> {
  for (const folder of path.split(delimiter).filter(Boolean)) {
    const programs = programsIn(folder)
    if (!areExecutable(programs)) continue
    if (
      await requireFitting(programs).then(
        () => true,
        () => false,
      )
    )
      return programs
  }
  return undefined
}

async function fetchWithin(url: string, seconds: number): Promise<Response> {
  const aborter = new AbortController()
  // Only the answer has to come at once; the archive itself may take as long as the line needs.
  const timer = setTimeout(() => aborter.abort(new Error(`no respondió en ${seconds} s`)), seconds * 1000)
  try {
    const response = await fetch(url, {
      signal: AbortSignal.any([aborter.signal, AbortSignal.timeout(LONGEST_DOWNLOAD_MS)]),
    })
    if (!response.ok) throw new Error(`respuesta ${response.status}`)
    return response
  } finally {
    clearTimeout(timer)
  }
}

async function downloadRelease(folder: string, progress: Progress): Promise<void> {
  const system = process.platform === 'win32' ? 'windows' : process.platform
  const arch = process.arch === 'x64' ? 'amd64' : process.arch
  const archive = `temporal_${TEMPORAL_VERSION}_${system}_${arch}.${system === 'windows' ? 'zip' : 'tar.gz'}`
  const base = `${RELEASES}/v${TEMPORAL_VERSION}`
  progress(`descargando ${archive}`)
  try {
    const sums = await (await fetchWithin(`${base}/checksums.txt`, 5)).text()
    const expected = sums
      .split('\n')
      .find((line) => line.trim().endsWith(archive))
      ?.trim()
      .split(/\s+/)[0]
    if (!expected) throw new Error('la publicación no trae ese archivo')
    const bytes = Buffer.from(await (await fetchWithin(`${base}/${archive}`, 5)).arrayBuffer())
    if (createHash('sha256').update(bytes).digest('hex') !== expected)
      throw new Error('la suma de verificación no coincide')
    const file = join(folder, archive)
    writeFileSync(file, bytes)
    await run('tar', ['-xf', file, '-C', folder])
    rmSync(file)
    for (const path of Object.values(programsIn(folder))) chmodSync(path, 0o755)
  } catch (error) {
    throw new Error(`la descarga oficial falló (${(error as Error).cause ?? (error as Error).message})`)
  }
}

async function buildWithGo(folder: string, progress: Progress, env: NodeJS.ProcessEnv): Promise<void> {
  await run('go', ['version'], { env }).catch(() => {
    throw new Error('no hay Go instalado para compilarlo')
  })
  const caches = join(folder, 'go')
  mkdirSync(caches)
  const start = performance.now()
  progress('compilando con Go, una sola vez: unos siete minutos')
  const timer = setInterval(() => progress(`compilando con Go: ${minutes(start)} de unos siete minutos`), 30_000)
  try {
    const module = `go.temporal.io/server/cmd`
    const targets = [`${module}/server@v${TEMPORAL_VERSION}`, `${module}/tools/sql@v${TEMPORAL_VERSION}`]
    const places = { GOBIN: folder, GOMODCACHE: join(caches, 'mod'), GOCACHE: join(caches, 'build'), GOTMPDIR: caches }
    const options = { env: { ...env, ...places, GOFLAGS: '-modcacherw' }, maxBuffer: 1 << 26 }
    const build = run('go', ['install', ...targets], options)
    await endingWithUs(build.child, folder, build)
    renameSync(join(folder, exe('server')), programsIn(folder).server)
    renameSync(join(folder, exe('sql')), programsIn(folder).sqlTool)
  } catch (error) {
    const reason = (error as { stderr?: string }).stderr?.trim().split('\n').at(-1)
    throw new Error(`la compilación con Go falló (${reason ?? (error as Error).message})`)
  } finally {
    clearInterval(timer)
    rmSync(caches, { recursive: true, force: true })
  }
}

/** A build that nobody waits for any more is ended, and its gigabytes go with it. */
async function endingWithUs(child: ChildProcess, folder: string, work: Promise<unknown>): Promise<void> {
  const end = () => {
    child.kill()
    rmSync(folder, { recursive: true, force: true })
  }
  process.once('exit', end)
  try {
    await work
  } finally {
    process.off('exit', end)
  }
}

function minutes(start: number): string {
  const seconds = Math.round((performance.now() - start) / 1000)
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`
}
