/**
 * Random histories of people, positions, absences, accesses and steps (issue 7, N8): what the product says at the close of each
 * day is kept, and has to be what is answered of that day when everything has gone on, as is every answer for a fixed knowledge.
 */
import { sql } from 'kysely'
import { orderEndings, settleEnding } from '../../db/access-endings.ts'
import { listHeadPositions } from '../../db/agency-heads.ts'
import { answerAsOf } from '../../db/as-of.ts'
import { type Database, openDatabase, type Trx, withEntity } from '../../db/client.ts'
import { appNow, appToday, moveClock } from '../../db/clock.ts'
import { findCycleAt } from '../../db/cycles-at.ts'
import { endGrantEarlier, findGrant, moveGrant } from '../../db/grants.ts'
import { listJudgedGrants } from '../../db/grants-at.ts'
import { listGrantsInForce } from '../../db/grants-in-force.ts'
import { newId } from '../../db/ids.ts'
import { findPersonAt } from '../../db/people-at.ts'
import { findPersonAtWork, listPositionsToday } from '../../db/positions.ts'
import { roleUrl } from '../../db/roles.ts'
import { addTenure, endTenure } from '../../db/tenure-changes.ts'
import { addDays, bogotaInstant } from '../../domain/civil-dates.ts'
import { GRANT_STATUSES, type GrantStatus } from '../../domain/grants.ts'
import type { Moment } from '../../domain/moments.ts'
import { grantRow } from '../../domain/permission-rows.ts'
import { whyNot } from '../../domain/permissions.ts'
import { freshDatabase } from '../support/database.ts'
import { randomOf } from '../support/random.ts'

const FIRST_DAY = '2026-02-02'
const PEOPLE = 7
const CHANGES_A_DAY = 5
const DUTIES = ['profesional_ogac', 'jefatura_ogac', 'dependencia', 'atencion', 'control_interno', 'direccion_tic']
/** Of so many accesses, the first that were asked for, it is asked who may read them: they change the most. */
const READ = 4
const STEP_STATUSES = ['not_started', 'in_progress', 'in_review', 'in_approval', 'returned', 'approved', 'lapsed']

interface Place {
  entityId: string
  admin: { entityId: string; personId: string; positionId: string; requestId: string }
  agencies: string[]
  points: { id: string; agencyId: string }[]
  positions: string[]
  people: string[]
  cycleId: string
  steps: string[]
}

export interface Reconstructed {
  days: number
  changes: number
  /** Answers compared: of a day, and of a day as it was known on another. */
  answers: number
}

/** Throws at the first day that is answered otherwise than it was kept. Moves this process's clock and puts it back. */
export async function proveHistories(histories: number, seed: number, days = 40, from = 0): Promise<Reconstructed> {
  const database = await freshDatabase()
  const owner = openDatabase(database.ownerUrl, { max: 1 })
  const web = openDatabase(roleUrl(database.ownerUrl, database.secret, 'web'), { max: 2 })
  const total: Reconstructed = { days: 0, changes: 0, answers: 0 }
  try {
    for (let n = from; n < histories; n++) {
      const found = await proveHistory({ owner, web }, seed + n, days)
      for (const key of Object.keys(total) as (keyof Reconstructed)[]) total[key] += found[key]
    }
    return total
  } finally {
    moveClock(0)
    await Promise.all([owner.close(), web.close()])
    await database.drop()
  }
}

interface Kept {
  moment: Moment
  /** What the product said that day. */
  said: unknown
  /** What is answered of earlier days with what was known that day. */
  known: { moment: Moment; said: unknown }[]
}

async function proveHistory(
  { owner, web }: { owner: Database; web: Database },
  seed: number,
  days: number,
): Promise<Reconstructed> {
  const random = randomOf(seed)
  setClock(FIRST_DAY, '06:00')
  const place = await withEntity(owner, newId(), (trx) => settle(trx, random))
  const kept: Kept[] = []
  let changes = 0
  const within = <T>(work: (trx: Trx) => Promise<T>) => withEntity(web, place.entityId, work)
  for (let n = 0; n < days; n++) {
    const day = addDays(FIRST_DAY, n)
    for (let change = 0; change < CHANGES_A_DAY; change++) {
      setClock(day, `${String(8 + change).padStart(2, '0')}:00`)
      if (await attempt(owner, place, random)) changes += 1
    }
    setClock(day, '18:00')
    const at = appNow().toISOString()
    const moment = { at, known: at, stood: at, day }
    const known = [...kept].filter(() => random() < 0.1).map((past) => ({ ...past.moment, known: at }))
    kept.push({
      moment,
      said: await within((trx) => saidToday(trx, place)),
      known: await within((trx) =>
        inTurn(known, async (one) => ({ moment: one, said: await saidAt(trx, place, one) })),
      ),
    })
  }
  let answers = 0
  for (const { moment, said, known } of kept) {
    await within(async (trx) => mustEqual(await saidAt(trx, place, moment), said, `${moment.day} of seed ${seed}`))
    for (const past of known) {
      const told = `${past.moment.day} as known on ${moment.day} of seed ${seed}`
      await within(async (trx) => mustEqual(await saidAt(trx, place, past.moment), past.said, told))
    }
    answers += 1 + known.length
  }
  return { days, changes, answers }
}

function mustEqual(found: unknown, expected: unknown, what: string): void {
  const [one, other] = [JSON.stringify(found), JSON.stringify(expected)]
  if (one !== other) throw new Error(`${what}: answered\n${one}\nwhere the product said\n${other}`)
}

/** Everything the product itself says now: who acts in what, what lets them in, what they may, how the steps stand. */
async function saidToday(trx: Trx, place: Place) {
  const { entityId } = place
  const grants = await trx
    .selectFrom('access_grant')
    .select(['id', 'grantee_id', 'agency_id'])
    .where('n', '<=', READ)
    .orderBy('n')
    .execute()
  const people = await inTurn(place.people, async (personId) => {
    const atWork = await findPersonAtWork(trx, personId)
    const account = await trx
      .selectFrom('account')
      .select('id')
      .where('person_id', '=', personId)
      .where('disabled_at', 'is', null)
      .executeTakeFirst()
    const held = atWork ? await listPositionsToday(trx, personId) : []
    const inForce = await listGrantsInForce(trx, personId)
    const readable: string[] = []
    for (const { id, grantee_id, agency_id } of grants) {
      const row = grantRow(entityId, await listHeadPositions(trx, agency_id), grantee_id)
      const may = held.some((position) => {
        const reach = position.actingFor?.scope ?? null
        const asker = { entityId, personId, positionId: position.id, duty: position.duty, reach }
        return whyNot(asker, 'read', 'Grant', row) === null
      })
      if (may && account) readable.push(id)
    }
    return {
      held: held.map((one) => [
        one.id,
        one.duty,
        one.kind,
        one.actingFor?.personId ?? null,
        one.actingFor?.scope ?? null,
      ]),
      inForce: inForce.map(({ id }) => id).sort(),
      readable,
    }
  })
  const steps = await trx
    .selectFrom('step')
    .select(['code', 'status', 'attempt_n as attempt'])
    .where('cycle_id', '=', place.cycleId)
    .orderBy('code')
    .execute()
  return { people, steps }
}

/** The same, answered of a moment. */
async function saidAt(trx: Trx, place: Place, moment: Moment) {
  const { entityId } = place
  const grants = await trx
    .selectFrom('access_grant')
    .select(['id', 'code'])
    .where('n', '<=', READ)
    .orderBy('n')
    .execute()
  const people = await inTurn(place.people, async (personId) => {
    const person = await findPersonAt(trx, { entityId, personId }, moment)
    const held = person.hasLeft ? [] : person.held
    const inForce = await listJudgedGrants(trx, person, moment)
    const readable: string[] = []
    for (const { id, code } of grants) {
      const answer = await answerAsOf(trx, { entityId, personId }, { kind: 'grant', code, stepCode: '' }, moment)
      if (answer?.rights[0]?.verdict.may) readable.push(id)
    }
    return {
      held: held.map((one) => [
        ...[one.positionId, one.duty, one.kind, one.actingFor?.personId ?? null, one.actingFor?.scope ?? null],
      ]),
      inForce: inForce
        .filter((one) => one.isInForce)
        .map(({ id }) => id)
        .sort(),
      readable,
    }
  })
  const cycle = await findCycleAt(trx, entityId, place.cycleId, moment)
  const steps = cycle?.steps.map(({ code, status, attempt }) => ({ code, status, attempt }))
  return { people, steps }
}

async function inTurn<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const found: R[] = []
  for (const item of items) found.push(await work(item))
  return found
}

function setClock(day: string, clock: string): void {
  moveClock(Date.parse(bogotaInstant(day, clock)) - Date.now())
}

/** One random change by the product's own functions where it has them; false where it, or the record, refused it. */
async function attempt(owner: Database, place: Place, random: () => number): Promise<boolean> {
  const one = CHANGES[Math.floor(random() * CHANGES.length)] as Change
  try {
    return await withEntity(owner, place.entityId, (trx) => one(trx, place, random))
  } catch (error) {
    // Of the record, by its constraints and guards.
    if (/^(23|CZ)/.test((error as { code?: string }).code ?? '')) return false
    throw error
  }
}

type Change = (trx: Trx, place: Place, random: () => number) => Promise<boolean>

const pick = <T>(items: readonly T[], random: () => number) => items[Math.floor(random() * items.length)] as T
const dayNear = (random: () => number, back: number, ahead: number) =>
  addDays(appToday(), Math.floor(random() * (back + ahead + 1)) - back)

/** Dates lie on both sides of today: much is recorded after the day it is about. */
const CHANGES: Change[] = [
  async (trx, { admin, people, positions }, random) => {
    const from = dayNear(random, 6, 4)
    const to = random() < 0.5 ? null : addDays(from, Math.floor(random() * 15))
    const kind = random() < 0.7 ? ('titular' as const) : ('encargado' as const)
    const given = { personId: pick(people, random), positionId: pick(positions, random), kind, from, to }
    return 'id' in (await addTenure(trx, admin, { ...given, actReference: 'Decreto 3' }))
  },
  async (trx, { admin, entityId }, random) => {
    const tenures = await trx.selectFrom('tenure').select('id').where('entity_id', '=', entityId).execute()
    const ended = { id: pick(tenures, random).id, on: dayNear(random, 6, 3), actReference: 'Decreto 4', handTo: null }
    return 'id' in (await endTenure(trx, admin, ended))
  },
  async (trx, { positions }, random) => {
    const set = random() < 0.5 ? { duty: pick(DUTIES, random) } : { heads_agency: random() < 0.5 }
    await trx.updateTable('position').set(set).where('id', '=', pick(positions, random)).execute()
    return true
  },
  async (trx, { people }, random) => {
    const closed = random() < 0.4 ? appNow() : null
    await trx
      .updateTable('account')
      .set({ disabled_at: closed })
      .where('person_id', '=', pick(people, random))
      .execute()
    return true
  },
  async (trx, { points }, random) => {
    const ended = random() < 0.5 ? null : dayNear(random, 3, 3)
    await trx.updateTable('service_point').set({ ended_on: ended }).where('id', '=', pick(points, random).id).execute()
    return true
  },
  async (trx, { people }, random) => {
    const ended = random() < 0.7 ? null : dayNear(random, 3, 3)
    await trx.updateTable('person').set({ ended_on: ended }).where('id', '=', pick(people, random)).execute()
    return true
  },
  plansAbsence,
  async (trx, { people, entityId }, random) => {
    const done = await trx
      .updateTable('absence')
      .set({ cancelled_at: appNow(), cancelled_by: pick(people, random) })
      .where('cancelled_at', 'is', null)
      .where('entity_id', '=', entityId)
      .where('person_id', '=', pick(people, random))
      .executeTakeFirst()
    return done.numUpdatedRows > 0n
  },
  asksAccess,
  asksAccess,
  movesAccess,
  movesAccess,
  movesAccess,
  async (trx, place, random) => {
    const grant = await someGrant(trx, place, random, ['granted'])
    if (!grant) return false
    await endGrantEarlier(trx, grant.state, dayNear(random, 2, 8))
    return true
  },
  async (trx, place, random) => {
    const grant = await someGrant(trx, place, random, ['granted'])
    if (!grant) return false
    const order = { cause: 'transfer', origin: 'tenure', originId: newId(), orderedBy: null } as const
    await orderEndings(trx, [grant.state.id], {
      ...{ entityId: place.entityId, ...order, effectiveOn: dayNear(random, 4, 4) },
    })
    return true
  },
  async (trx, { entityId }, random) => {
    const open = await trx
      .selectFrom('access_ending')
      .select(['id', 'grant_id'])
      .where('entity_id', '=', entityId)
      .where('settled_at', 'is', null)
      .execute()
    if (open.length === 0) return false
    const { id, grant_id } = pick(open, random)
    const isKept = random() < 0.5
    await settleEnding(trx, id, isKept ? 'kept' : 'revoked')
    const grant = await findGrant(trx, grant_id)
    if (!isKept && grant?.state.status === 'granted')
      await moveGrant(trx, grant.state, { status: 'revoked', cause: 'transfer', at: appNow() })
    return true
  },
  async (trx, { steps }, random) => {
    const moved = { status: pick(STEP_STATUSES, random), attempt_n: 1 + Math.floor(random() * 3) }
    await trx.updateTable('step').set(moved).where('id', '=', pick(steps, random)).execute()
    return true
  },
]

async function plansAbsence(trx: Trx, { entityId, people, admin }: Place, random: () => number): Promise<boolean> {
  const tenures = await trx
    .selectFrom('tenure')
    .select(['person_id', 'position_id'])
    .where('entity_id', '=', entityId)
    .execute()
  const { person_id, position_id } = pick(tenures, random)
  const from = dayNear(random, 0, 4)
  const id = newId()
  await trx
    .insertInto('absence')
    .values({
      ...{ id, entity_id: entityId, person_id, position_id, from_date: from, reason: 'vacation', act_reference: 'R 1' },
      ...{
        to_date: addDays(from, Math.floor(random() * 8)),
        planned_by: admin.personId,
        planned_position: admin.positionId,
      },
    })
    .execute()
  const scope = pick(['all', 'decisions', 'elaboration'], random)
  await trx
    .insertInto('substitution')
    .values({ id: newId(), entity_id: entityId, absence_id: id, substitute_id: pick(people, random), scope })
    .execute()
  return true
}

async function asksAccess(
  trx: Trx,
  { entityId, people, points, admin }: Place,
  random: () => number,
): Promise<boolean> {
  const { id: pointId, agencyId } = pick(points, random)
  const { n } = await trx
    .selectFrom('access_grant')
    .select(({ fn }) => fn.countAll<string>().as('n'))
    .where('entity_id', '=', entityId)
    .executeTakeFirstOrThrow()
  const starts = dayNear(random, 4, 4)
  await trx
    .insertInto('access_grant')
    .values({
      ...{ id: newId(), entity_id: entityId, year: 2026, n: Number(n) + 1, code: `AD-2026-${String(Number(n) + 1)}` },
      ...{ vigencia: 2026, agency_id: agencyId, point_id: pointId, grantee_id: pick(people, random), form: 'F004' },
      ...{ radicado: 'x', radicado_on: starts, reason: 'x', starts_on: starts, ends_on: addDays(starts, 20) },
      ...{ content_hash: 'x', asked_by: admin.personId, asked_position: admin.positionId },
      status: pick(['filed', 'granted', 'granted'], random),
    })
    .execute()
  return true
}

async function movesAccess(trx: Trx, place: Place, random: () => number): Promise<boolean> {
  const grant = await someGrant(trx, place, random, ['filed', 'asked', 'accepted', 'granted'])
  if (!grant) return false
  const to = pick<GrantStatus>(random() < 0.6 ? ['asked', 'accepted', 'granted'] : GRANT_STATUSES, random)
  if (to === grant.state.status) return false
  await moveGrant(trx, grant.state, { status: to, cause: to === 'revoked' ? 'incident' : null, at: appNow() })
  return true
}

async function someGrant(trx: Trx, { entityId }: Place, random: () => number, statuses: GrantStatus[]) {
  const found = await trx
    .selectFrom('access_grant')
    .select('id')
    .where('entity_id', '=', entityId)
    .where('status', 'in', statuses)
    .orderBy('n')
    .execute()
  return found.length === 0 ? undefined : await findGrant(trx, pick(found, random).id)
}

/** A municipality on its first morning: two organismos with points, some positions, people with accounts, a cycle. */
async function settle(trx: Trx, random: () => number): Promise<Place> {
  const { rows } = await sql<{ id: string }>`select current_setting('app.entity') as id`.execute(trx)
  const entityId = rows[0]?.id ?? ''
  const name = `Municipio ${entityId.slice(-6)}`
  await trx.insertInto('entity').values({ id: entityId, name, short_name: name, divipola: '47001', nit: 'x' }).execute()
  const agencies = [newId(), newId()]
  for (const [n, id] of agencies.entries())
    await trx
      .insertInto('agency')
      .values({ id, entity_id: entityId, name: `Organismo ${n}` })
      .execute()
  const points = [0, 1, 2].map((n) => ({ id: newId(), agencyId: agencies[n % 2] as string }))
  for (const [n, { id, agencyId }] of points.entries())
    await trx
      .insertInto('service_point')
      .values({ id, entity_id: entityId, agency_id: agencyId, name: `Punto ${n}` })
      .execute()
  const positions = DUTIES.map(() => newId())
  for (const [n, id] of positions.entries())
    await trx
      .insertInto('position')
      .values({
        id,
        entity_id: entityId,
        agency_id: agencies[n % 2] as string,
        name: `Cargo ${n}`,
        duty: DUTIES[n] as string,
      })
      .execute()
  const people = Array.from({ length: PEOPLE }, newId)
  for (const [n, id] of people.entries()) {
    await trx
      .insertInto('person')
      .values({ id, entity_id: entityId, display_name: `P ${n}`, document_hash: id })
      .execute()
    const account = { id: newId(), entity_id: entityId, person_id: id, name: `P ${n}`, email: `${id}@prueba.gov.co` }
    await trx.insertInto('account').values(account).execute()
  }
  const admin = { entityId, personId: newId(), positionId: newId(), requestId: 'x' }
  await trx
    .insertInto('person')
    .values({ id: admin.personId, entity_id: entityId, display_name: 'A', document_hash: 'a' })
    .execute()
  await trx
    .insertInto('position')
    .values({
      id: admin.positionId,
      entity_id: entityId,
      agency_id: agencies[0] as string,
      name: 'A',
      duty: 'administracion',
    })
    .execute()
  await addTenure(trx, admin, {
    ...{ personId: admin.personId, positionId: admin.positionId, kind: 'titular', from: '2020-01-01', to: null },
    actReference: 'Decreto 1',
  })
  for (const positionId of positions)
    await addTenure(trx, admin, {
      ...{ personId: pick(people, random), positionId, kind: 'titular', from: '2025-01-01', to: null },
      actReference: 'Decreto 2',
    })
  return { entityId, admin, agencies, points, positions, people, ...(await beginCycle(trx, entityId, admin.personId)) }
}

async function beginCycle(trx: Trx, entityId: string, personId: string) {
  const [cycleId, versionId] = [newId(), newId()]
  await trx
    .insertInto('procedure_version')
    .values({
      ...{
        id: versionId,
        entity_id: entityId,
        procedure_code: 'X',
        version: 1,
        content: '{}',
        content_hash: versionId,
      },
      ...{ adopted_on: '2025-01-01', act_reference: 'x' },
    })
    .execute()
  await trx
    .insertInto('cycle')
    .values({
      ...{
        id: cycleId,
        entity_id: entityId,
        procedure_version_id: versionId,
        vigencia: 2026,
        name: 'E',
        radicado: 'x',
      },
      ...{ trd: 'x', status: 'active', requested_by: personId },
    })
    .execute()
  const steps = ['1', '2', '3'].map((code) => ({
    id: newId(),
    entity_id: entityId,
    cycle_id: cycleId,
    code,
    status: 'not_started',
  }))
  await trx.insertInto('step').values(steps).execute()
  return { cycleId, steps: steps.map(({ id }) => id) }
}
