/** Bench `inbox`: "Mi bandeja" with a million lines in the database, twenty thousand of them open. */
import pg from 'pg'
import { DEMO_ENTITIES } from '../../catalog/demo-users.ts'
import { openDatabase, withActor } from '../../db/client.ts'
import { listInbox } from '../../db/inbox.ts'
import { roleUrl } from '../../db/roles.ts'
import { demoEntityId } from '../../db/seed.ts'
import { signIn } from '../support/http.ts'
import { manyTasks } from '../support/many-tasks.ts'
import { TEST_SECRET } from '../support/services.ts'
import type { System } from '../support/system.ts'
import type { Holder, Town } from '../support/town.ts'
import { type BenchRow, below, percentile, timed } from './figures.ts'
import { onRealSystem } from './real-services.ts'

const TASKS = 1_000_000
const OPEN = 20_000
const DUTY = 'profesional_sig'
const PAGES = 300
const QUERIES = 2_000
const WARM = 30

export function inbox(): Promise<BenchRow[]> {
  return onRealSystem(async (system) => {
    const holders = await holdersOf(system)
    const holder = holders[DUTY] as Holder
    const entityId = demoEntityId('santamarta')
    await fill(system, entityId, holders)
    const queries = await queryTimes(system, { entityId, ...holder })
    const pages = await pageTimes(system)
    return [
      below('inbox: page over HTTP, p95', percentile(pages, 95), 'ms', 100),
      below('inbox: query, p99', percentile(queries, 99), 'ms', 5),
    ]
  })
}

async function holdersOf(system: System): Promise<Record<string, Holder>> {
  const client = new pg.Client({ connectionString: system.superuserUrl })
  await client.connect()
  const { rows } = await client.query(
    `select p.duty, p.id as "positionId", t.person_id as "personId" from position p
     join tenure t on t.position_id = p.id where p.entity_id = $1`,
    [demoEntityId('santamarta')],
  )
  await client.end()
  return Object.fromEntries((rows as Holder[]).map((holder) => [holder.duty, holder]))
}

async function fill(system: System, entityId: string, holders: Record<string, Holder>): Promise<void> {
  const { superuserUrl } = system
  const admin = { entityId, personId: holders.administracion?.personId ?? '', positionId: null }
  const place = { database: { superuserUrl }, entityId, admin, holders } as unknown as Town
  await manyTasks(place, DUTY, { tasks: TASKS, open: OPEN })
}

/** The product's own query as its own role, page after page to the end and again. */
async function queryTimes(system: System, actor: Holder & { entityId: string }): Promise<number[]> {
  const web = openDatabase(roleUrl(system.ownerUrl, TEST_SECRET, 'web'), { max: 2 })
  const times: number[] = []
  let cursor: string | null = null
  while (times.length < QUERIES + WARM) {
    cursor = await withActor(web, actor, async (trx) => {
      let next: string | null = null
      times.push(
        await timed(async () => {
          next = (await listInbox(trx, actor, {}, cursor)).next
        }),
      )
      return next
    })
  }
  await web.close()
  return times.slice(WARM)
}

const FILTERS = [
  ...['', 'grupo=vencido', 'asignacion=libres', 'paso=3', 'vigencia=2024', 'vence-desde=2026-01-01'],
  ...['orden=prioridad', 'orden=creacion', 'estado=en-revision', 'prioridad=media&orden=creacion'],
]

/** Signed in, with and without filters, following the page's own link to the next page. */
async function pageTimes(system: System): Promise<number[]> {
  const users = DEMO_ENTITIES.find((entity) => entity.slug === 'santamarta')?.users
  const visitor = await signIn(system.url, users?.find((user) => user.duty === DUTY)?.email ?? '')
  const times: number[] = []
  let path: string | undefined
  for (let i = 0; i < PAGES + WARM; i++) {
    const asked: string = path ?? `/bandeja?${FILTERS[i % FILTERS.length]}`
    let body = ''
    times.push(
      await timed(async () => {
        const answer = await visitor.get(asked)
        if (answer.status !== 200) throw new Error(`${asked} answered ${answer.status}`)
        body = answer.body
      }),
    )
    const link = /href="(\/bandeja\?[^"]*desde=[^"]*)"/.exec(body)?.[1]?.replaceAll('&amp;', '&')
    path = i % 10 === 9 ? undefined : link
  }
  return times.slice(WARM)
}
