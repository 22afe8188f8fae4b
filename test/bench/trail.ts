/**
 * Bench `trail` (issue 7): the auditor's trail of an entity with 10,000,000 events, whole and narrowed in every way its form has, page
 * after page over HTTP; and the product's own query as its own role.
 */

import { timelineFilters } from '../../app/text/timeline.ts'
import { DEMO_ENTITIES } from '../../catalog/demo-users.ts'
import { openDatabase, type Trx, withActor, withEntity } from '../../db/client.ts'
import { roleUrl } from '../../db/roles.ts'
import { demoEntityId } from '../../db/seed.ts'
import { listTrailActors } from '../../db/timeline.ts'
import { listTrail } from '../../db/trail.ts'
import { signIn } from '../support/http.ts'
import { manyEvents } from '../support/many-events.ts'
import { TEST_SECRET } from '../support/services.ts'
import type { System } from '../support/system.ts'
import { type BenchRow, below, percentile, timed } from './figures.ts'
import { onRealSystem } from './real-services.ts'

const EVENTS = 10_000_000
const PEOPLE = 300
const DUTY = 'control_interno'
const PAGES = 400
const QUERIES = 2_000
const WARM = 40
/** As many as a page shows. */
const PAGE = 25
const PAGE_MS = 50
const QUERY_MS = 5

export function trail(): Promise<BenchRow[]> {
  return onRealSystem(async (system) => {
    const entityId = demoEntityId('santamarta')
    console.log(
      `${EVENTS} events in ${Math.round((await timed(() => manyEvents(system.superuserUrl, { entityId, events: EVENTS, people: PEOPLE }))) / 1_000)} s`,
    )
    const filters = await filtersOf(system, entityId)
    const queries = await queryTimes(system, entityId, filters)
    const pages = await pageTimes(system, filters)
    return [
      below('trail: page over HTTP, p99', percentile(pages, 99), 'ms', PAGE_MS),
      below('trail: query, p99', percentile(queries, 99), 'ms', QUERY_MS),
    ]
  })
}

/** Each filter by itself and pairs of them, of what is frequent and of what is rare. */
async function filtersOf(system: System, entityId: string): Promise<string[]> {
  const owner = openDatabase(system.ownerUrl, { max: 1 })
  try {
    const { people, positions } = await withEntity(owner, entityId, (trx) => listTrailActors(trx, entityId))
    const busy = people.find(({ name }) => name === 'Profesional 1')?.id
    const some = people.find(({ name }) => name === 'Profesional 120')?.id
    const idle = people.find(({ name }) => name === `Profesional ${PEOPLE}`)?.id
    const [first, last] = [positions[0]?.id, positions.at(-1)?.id]
    const [early, late] = ['del=2024-01-08&al=2024-01-09', 'del=2026-06-01']
    const kinds = ['decisiones', 'plazos', 'comentarios', 'descargas', 'rechazos']
    const ones = ['', ...kinds.map((kind) => `clase=${kind}`), 'paso=3', 'paso=7', early, late]
    const who = [busy, some, idle].map((id) => `persona=${id}`).concat([first, last].map((id) => `cargo=${id}`))
    const pairs = who.flatMap((one) => [`${one}&clase=rechazos`, `${one}&paso=5`, `${one}&${early}`])
    return [
      ...ones,
      ...who,
      ...pairs,
      'clase=comentarios&paso=2',
      `clase=rechazos&${early}`,
      `persona=${some}&cargo=${first}`,
    ]
  } finally {
    await owner.close()
  }
}

/** The product's own query as its own role, from page to page. */
async function queryTimes(system: System, entityId: string, filters: string[]): Promise<number[]> {
  const web = openDatabase(roleUrl(system.ownerUrl, TEST_SECRET, 'web'), { max: 2 })
  const by = { entityId, personId: entityId, positionId: null }
  const times: number[] = []
  try {
    let cursor: string | null = null
    for (let n = 0; n < QUERIES + WARM; n++) {
      const asked = filters[Math.floor(n / 3) % filters.length] ?? ''
      if (n % 3 === 0) cursor = null
      const wanted = { ...timelineFilters(new URLSearchParams(asked)), cursor, limit: PAGE }
      const [time, next] = await withActor(web, by, async (trx: Trx) => {
        let page: string | null = null
        const took = await timed(async () => {
          page = (await listTrail(trx, entityId, wanted)).next
        })
        return [took, page] as const
      })
      cursor = next
      if (n >= WARM) times.push(time)
    }
  } finally {
    await web.close()
  }
  return times
}

/** Signed in, following the page's own link to what is older. */
async function pageTimes(system: System, filters: string[]): Promise<number[]> {
  const users = DEMO_ENTITIES.find(({ slug }) => slug === 'santamarta')?.users
  const auditor = await signIn(system.url, users?.find(({ duty }) => duty === DUTY)?.email ?? '')
  const times: number[] = []
  let older: string | undefined
  for (let n = 0; n < PAGES + WARM; n++) {
    const asked = older ?? `/auditoria?${filters[Math.floor(n / 2) % filters.length]}`
    let body = ''
    const took = await timed(async () => {
      const answer = await auditor.get(asked)
      if (answer.status !== 200) throw new Error(`${asked} answered ${answer.status}`)
      body = answer.body
    })
    if (n >= WARM) times.push(took)
    const link = /href="(\/auditoria\?[^"]*desde=[^"]*)"/.exec(body)?.[1]?.replaceAll('&amp;', '&')
    older = n % 2 === 0 ? link : undefined
  }
  return times
}
