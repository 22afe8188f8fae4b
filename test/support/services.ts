/**
 * Where the tests' PostgreSQL and Temporal are. `npm test` starts them and says so in TEST_POSTGRES_URL and
 * TEST_TEMPORAL_ADDRESS; a test run by hand uses a shared pair that ends by itself when nobody needs it any more.
 */
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, openSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { livePid } from '../../scripts/processes.ts'

/** Secret of every test installation; at least 32 characters, worth nothing outside. */
export const TEST_SECRET = 'secreto-de-pruebas-0123456789-abcdefgh'

export interface Services {
  /** Superuser's address of the cluster, database `postgres`. */
  postgresUrl: string
  temporalAddress: string
}

export const sharedFolder = join(tmpdir(), `caracteriza-test-${process.getuid?.() ?? userInfo().username}`)
export const sharedFile = join(sharedFolder, 'services.json')
export const heartbeatFile = join(sharedFolder, 'heartbeat')

let known: Promise<Services> | undefined

/** Both services, started when nobody did. */
export function testServices(): Promise<Services> {
  known ??= findServices()
  return known
}

async function findServices(): Promise<Services> {
  const { TEST_POSTGRES_URL: postgresUrl, TEST_TEMPORAL_ADDRESS: temporalAddress } = process.env
  if (postgresUrl && temporalAddress) return { postgresUrl, temporalAddress }
  mkdirSync(sharedFolder, { recursive: true, mode: 0o711 })
  keepAlive()
  for (let tries = 0; tries < 600; tries++) {
    if (livePid(sharedFolder, 'keeper') === undefined) startKeeper()
    else if (existsSync(sharedFile)) return JSON.parse(readFileSync(sharedFile, 'utf8'))
    await sleep(200)
  }
  throw new Error(`the shared test services did not start: see ${join(sharedFolder, 'keeper.log')}`)
}

/** Tells the keeper that somebody is still at work. */
function keepAlive(): void {
  if (!existsSync(heartbeatFile)) writeFileSync(heartbeatFile, '')
  const beat = () => {
    const seconds = (performance.timeOrigin + performance.now()) / 1000
    utimesSync(heartbeatFile, seconds, seconds)
  }
  beat()
  setInterval(beat, 20_000).unref()
}

/** Several test processes may find no keeper at once: whoever makes the lock folder starts it. */
function startKeeper(): void {
  const lock = join(sharedFolder, 'starting')
  try {
    mkdirSync(lock)
  } catch {
    const made = statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? 0
    if (performance.timeOrigin + performance.now() - made > 10_000) rmSync(lock, { recursive: true, force: true })
    return
  }
  rmSync(sharedFile, { force: true })
  const log = openSync(join(sharedFolder, 'keeper.log'), 'a')
  const script = fileURLToPath(new URL('./keeper.ts', import.meta.url))
  const node = fileURLToPath(new URL('../../node_modules/.bin/node', import.meta.url))
  const program = existsSync(node) ? node : process.execPath
  spawn(program, [script], { detached: true, stdio: ['ignore', log, log] }).unref()
}
