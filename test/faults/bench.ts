/** The whole product on a PostgreSQL and a Temporal of its own, with its people signed in and every part at hand to be killed. */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client, Connection } from '@temporalio/client'
import { DEMO_ENTITIES } from '../../catalog/demo-users.ts'
import { type Database, openDatabase, withEntity } from '../../db/client.ts'
import type { FaultPoint } from '../../db/fault-points.ts'
import { demoEntityId } from '../../db/seed.ts'
import { eventually, livePid, run } from '../../scripts/processes.ts'
import { signIn, type Visitor } from '../support/http.ts'
import { mustBe } from '../support/must-be.ts'
import { type OwnSystem, type Part, startOwnSystem } from '../support/system.ts'

export type People = Record<string, Visitor>

export interface Bench {
  system: OwnSystem
  owner: Database
  client: Client
  entityId: string
  /** Signed-in people of the demonstration municipality by the duty of their position. */
  people: People
  /** The next process that comes by this point kills or stops itself. */
  arm: (point: FaultPoint, action: 'kill' | 'stop') => void
  disarm: () => void
  /** Whether a part with a pid file of its own (all but PostgreSQL) is running. */
  isAlive: (part: Part) => boolean
  untilStopped: (part: Part) => Promise<void>
  untilGone: (part: Part) => Promise<void>
  goOn: (part: Part) => void
  /** Starts parts in the order in which they need each other and waits until the pages answer. */
  start: (parts: readonly Part[]) => Promise<void>
  close: () => Promise<void>
}

const ORDER: Part[] = ['postgres', 'temporal', 'worker', 'web']

export async function openBench(): Promise<Bench> {
  const folder = mkdtempSync(join(tmpdir(), 'caracteriza-faults-'))
  const orders = join(folder, 'next-fault')
  const system = await startOwnSystem({ env: { TEST_FAULT: `@${orders}`, LOG_LEVEL: 'warn' } })
  const pidOf = (part: Part) => livePid(join(system.dataDir, 'run'), part)
  const connection = Connection.lazy({ address: system.temporalAddress })
  const owner = openDatabase(system.ownerUrl, { max: 4 })
  return {
    system,
    owner,
    client: new Client({ connection, namespace: system.namespace }),
    entityId: demoEntityId('santamarta'),
    people: await enter(system.url),
    arm: (point, action) => writeFileSync(orders, `${point}=${action}`),
    disarm: () => rmSync(orders, { force: true }),
    isAlive: (part) => pidOf(part) !== undefined,
    untilStopped: (part) => eventually(async () => mustBe(await isStopped(pidOf(part)), `${part} did not stop`), 30),
    untilGone: (part) => eventually(async () => mustBe(pidOf(part) === undefined, `${part} did not die`), 30),
    goOn: (part) => void process.kill(pidOf(part) ?? 0, 'SIGCONT'),
    start: (parts) => startParts(system, parts),
    close: async () => {
      await Promise.all([owner.close(), connection.close()])
      await system.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function enter(url: string): Promise<People> {
  const entered = (DEMO_ENTITIES[0]?.users ?? []).map(
    async (user) => [user.duty, await signIn(url, user.email)] as const,
  )
  return Object.fromEntries(await Promise.all(entered))
}

export function visitorOf(people: People, duty: string): Visitor {
  const visitor = people[duty]
  if (!visitor) throw new Error(`nobody signed in for ${duty}`)
  return visitor
}

async function startParts(system: OwnSystem, parts: readonly Part[]): Promise<void> {
  for (const part of ORDER.filter((one) => parts.includes(one))) await system.start(part)
  await eventually(async () => {
    const answer = await fetch(`${system.url}/salud`, { signal: AbortSignal.timeout(5_000) })
    mustBe(answer.ok, 'the pages do not answer')
  }, 180)
}

/** Stopped by SIGSTOP, as the system tells it. */
async function isStopped(pid: number | undefined): Promise<boolean> {
  if (pid === undefined) return false
  if (existsSync(`/proc/${pid}/stat`)) return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.[0] === 'T'
  return (await run('ps', ['-o', 'state=', '-p', String(pid)])).stdout.trim().startsWith('T')
}

/** What the invariants are read from: the record, and the workflows beside it. */
export type Recorded = Pick<Bench, 'owner' | 'client' | 'entityId'>

/** Rows as the owner of the tables sees them within the municipality. */
export function read<T>(bench: Recorded, work: Parameters<typeof withEntity<T>>[2]): Promise<T> {
  return withEntity(bench.owner, bench.entityId, work)
}
