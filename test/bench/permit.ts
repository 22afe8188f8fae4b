/**
 * Bench `permit`: what deciding one request adds to it: session → person → position → accesses over HTTP, with ten thousand
 * accesses in the municipality, and the ability over one record of citizens' data. The naive way is the same address asked by
 * nobody, through the same client: it is off to sign in before anything is decided.
 */

import { sql } from 'kysely'
import { DEMO_ENTITIES } from '../../catalog/demo-users.ts'
import { openDatabase, withEntity } from '../../db/client.ts'
import { newId } from '../../db/ids.ts'
import { demoEntityId } from '../../db/seed.ts'
import { scopeKey } from '../../domain/capture.ts'
import { abilityFor, may } from '../../domain/permissions.ts'
import { signIn, stranger, type Visitor } from '../support/http.ts'
import type { System } from '../support/system.ts'
import { type BenchRow, percentile, round, timed } from './figures.ts'
import { onRealSystem } from './real-services.ts'

const GRANTS = 10_000
/** Points at which each person has access: their own scopes are read at every request. */
const POINTS = 10
/** A burst of other work falls on some rounds, not on the middle one. */
const ROUNDS = 11
const ASKED = 200
const WARM = 200
const LIMIT_MS = 3
/** Answers nothing, as being sent to sign in does, and asks nothing of the record but who is there and what they may. */
const ADDRESS = '/sesion'

export function permit(): Promise<BenchRow[]> {
  return onRealSystem(async (system) => {
    await fill(system)
    const users = DEMO_ENTITIES.find(({ slug }) => slug === 'santamarta')?.users
    const clerk = await signIn(system.url, users?.find(({ duty }) => duty === 'atencion')?.email ?? '')
    const nobody = stranger(system.url)
    for (let i = 0; i < WARM; i++) await pair(nobody, clerk)
    const rounds: Round[] = []
    for (let n = 0; n < ROUNDS; n++) rounds.push(await askedRound(nobody, clerk))
    const middle = (values: number[]) => percentile(values, 50)
    const without = middle(rounds.map((one) => one.without))
    const added = round(middle(rounds.map((one) => one.added)) + percentile(abilities(), 95))
    const row = { name: 'permit: added to a request, p95', value: added, unit: 'ms', baseline: round(without) }
    return [{ ...row, ratio: null, target: `≤ ${LIMIT_MS} ms`, ok: added <= LIMIT_MS }]
  })
}

interface Round {
  without: number
  added: number
}

async function askedRound(nobody: Visitor, clerk: Visitor): Promise<Round> {
  const pairs: Awaited<ReturnType<typeof pair>>[] = []
  for (let i = 0; i < ASKED; i++) pairs.push(await pair(nobody, clerk))
  const [without, deciding] = [pairs.map((one) => one.without), pairs.map((one) => one.deciding)].map((times) =>
    percentile(times, 95),
  ) as [number, number]
  return { without, added: deciding - without }
}

/** Side by side, so that whatever else the machine does falls on both alike. */
async function pair(nobody: Visitor, clerk: Visitor) {
  return { without: await timed(() => ask(nobody, 302)), deciding: await timed(() => ask(clerk, 204)) }
}

async function ask(visitor: Visitor, expected: number): Promise<void> {
  const { status } = await visitor.get(ADDRESS)
  if (status !== expected) throw new Error(`${ADDRESS} answered ${status}`)
}

/** The last part happens in the process of the web alone: the rules of whoever asks, and one record held against them. */
function abilities(): number[] {
  const entityId = demoEntityId('santamarta')
  const [personId, positionId] = [newId(), newId()]
  const scopes = Array.from({ length: POINTS }, () => scopeKey({ pointId: newId(), form: 'F004', vigencia: 2026 }))
  const row = { entityId, scope: scopes.at(-1) ?? '' }
  const asker = { entityId, personId, positionId, duty: 'atencion', scopes }
  return Array.from({ length: WARM + ASKED }, () => {
    const start = performance.now()
    if (!may(abilityFor(asker), 'read', 'Record', row)) throw new Error('the access does not let its own person read')
    return performance.now() - start
  }).slice(WARM)
}

/** Whoever signs in has access at every point; the other accesses are of people of their own. */
async function fill({ ownerUrl }: System): Promise<void> {
  const owner = openDatabase(ownerUrl, { max: 1 })
  const entityId = demoEntityId('santamarta')
  await withEntity(owner, entityId, async (trx) => {
    await sql`insert into service_point (id, entity_id, agency_id, name)
      select gen_random_uuid(), ${entityId}, a.id, 'Punto de prueba ' || n from agency a, generate_series(1, ${POINTS}) n
      where a.entity_id = ${entityId} and a.code = 'salud'`.execute(trx)
    await sql`insert into person (id, entity_id, display_name, document_hash)
      select gen_random_uuid(), ${entityId}, 'Persona de prueba ' || n, 'prueba ' || n
      from generate_series(2, ${GRANTS / POINTS}) n`.execute(trx)
    await sql`insert into access_grant (id, entity_id, year, n, code, vigencia, agency_id, point_id, grantee_id, form, radicado,
        radicado_on, reason, starts_on, ends_on, content_hash, asked_by, asked_position, status)
      select gen_random_uuid(), ${entityId}, 2099, g.n, 'AD-2099-' || g.n, extract(year from app_today()), g.agency_id,
        g.point_id, g.person_id, 'F004', 'x', app_today(), 'x', app_today(), app_today(), 'x', h.person_id, h.position_id,
        'granted'
      from (
        select row_number() over () as n, s.agency_id, s.id as point_id, p.id as person_id from service_point s, person p
        where s.name like 'Punto de prueba %' and (p.display_name like 'Persona de prueba %' or p.id =
          (select t.person_id from tenure t join position pos on pos.id = t.position_id where pos.entity_id = ${entityId} and pos.duty = 'atencion'))
      ) g, (
        select t.person_id, t.position_id from tenure t join position pos on pos.id = t.position_id
        where pos.entity_id = ${entityId} and pos.duty = 'dependencia'
      ) h`.execute(trx)
    await sql`analyze access_grant`.execute(trx)
  })
  await owner.close()
}
