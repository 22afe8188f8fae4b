import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { answerAsOf, findActBehind } from '../../db/as-of.ts'
import { type Database, openDatabase, type Trx, withActor, withEntity } from '../../db/client.ts'
import { appNow, appToday, moveClock } from '../../db/clock.ts'
import { findGrant, moveGrant } from '../../db/grants.ts'
import { newId } from '../../db/ids.ts'
import { endTenure } from '../../db/tenure-changes.ts'
import { bogotaInstant } from '../../domain/civil-dates.ts'
import { asKnownThen, momentOf } from '../../domain/moments.ts'
import { PERMISSION_RULES } from '../../domain/permission-rules.ts'
import { smallTown, type Town } from '../support/town.ts'

/** Everything happens on civil days of 2026 in an entity installed in February. */
let town: Town
let owner: Database
let grantId: string
beforeAll(async () => {
  clockAt('2026-02-02')
  town = await smallTown()
  owner = openDatabase(town.database.ownerUrl, { max: 1 })
  clockAt('2026-03-02')
  grantId = await within(recordUnderAccess)
})
afterEach(() => moveClock(0))
afterAll(async () => {
  await owner.close()
  await town.close()
})

function clockAt(day: string, clock = '09:00'): void {
  moveClock(Date.parse(bogotaInstant(day, clock)) - Date.now())
}

const within = <T>(work: (trx: Trx) => Promise<T>) => withEntity(owner, town.entityId, work)
const delegate = () => town.holders.profesional_tic?.personId ?? ''

/** Asked on 2 March, granted on the 4th, and a record captured under it on the 10th. */
async function recordUnderAccess(trx: Trx): Promise<string> {
  const { entityId, holders } = town
  const [id, pointId] = [newId(), newId()]
  const asker = holders.secretaria_general
  await sql`insert into account (id, name, email, email_verified, entity_id, person_id)
    values (gen_random_uuid(), 'x', ${`${id}@prueba.test`}, true, ${entityId}, ${delegate()})`.execute(trx)
  await sql`insert into service_point (id, entity_id, agency_id, name)
    select ${pointId}::uuid, ${entityId}::uuid, agency_id, 'Ventanilla' from position where id = ${asker?.positionId}`.execute(
    trx,
  )
  await sql`insert into access_grant (id, entity_id, year, n, code, vigencia, agency_id, point_id, grantee_id, form, radicado,
      radicado_on, reason, starts_on, ends_on, content_hash, asked_by, asked_position)
    select ${id}::uuid, ${entityId}::uuid, 2026, 1, 'AD-2026-0001', 2026, agency_id, ${pointId}, ${delegate()}, 'F004', 'x',
      '2026-03-02', 'x', '2026-03-04', '2026-12-31', 'x', ${asker?.personId}, ${asker?.positionId}
    from position where id = ${asker?.positionId}`.execute(trx)
  clockAt('2026-03-04')
  await sql`select set_config('app.clock_offset', ${String(appNow().getTime() - Date.now())}, true)`.execute(trx)
  await sql`update access_grant set status = 'granted' where id = ${id}`.execute(trx)
  await sql`insert into event (id, entity_id, type, object_type, object_id, origin)
    values (${newId()}, ${entityId}, 'access.granted', 'access_grant', ${id}, 'workflow')`.execute(trx)
  const citizenId = newId()
  await sql`insert into citizen (id, entity_id) values (${citizenId}, ${entityId})`.execute(trx)
  await sql`insert into capture_record (id, entity_id, code, citizen_id, point_id, form, form_version, vigencia, grant_id, mode,
      network, network_basis, captured_by, captured_position, captured_at)
    values (gen_random_uuid(), ${entityId}, 'R-0001', ${citizenId}, ${pointId}, 'F004', 1, 2026, ${id}, 'online', 'remi', 'address',
      ${delegate()}, ${town.holders.profesional_tic?.positionId}, '2026-03-10T15:00:00Z')`.execute(trx)
  return id
}

const RECORD = { kind: 'record', code: 'R-0001', stepCode: '' } as const
const GRANT = { kind: 'grant', code: 'AD-2026-0001', stepCode: '' } as const

function moment(date: string, { time = '', known = '' } = {}) {
  moveClock(0)
  const found = momentOf({ date, time, known }, appNow())
  if ('fault' in found) throw new Error(found.fault)
  return found
}

type Asked = Parameters<typeof answerAsOf>[2]

async function ask(personId: string, object: Asked, at: ReturnType<typeof moment>) {
  return await withActor(town.web, town.admin, async (trx) => {
    const answer = await answerAsOf(trx, { entityId: town.entityId, personId }, object, at)
    if (!answer) return undefined
    const act = await findActBehind(trx, town.entityId, answer)
    return { ...answer, main: answer.rights[0]?.verdict, act: act?.type }
  })
}

describe('a record of a citizen', () => {
  it('is read by whoever had the access then, by the act that gave it', async () => {
    const answer = await ask(delegate(), RECORD, moment('2026-03-11'))
    expect(answer?.main).toMatchObject({ may: true, hold: 'scope' })
    expect([answer?.grants.map(({ code, isInForce }) => [code, isInForce]), answer?.act]).toEqual([
      [['AD-2026-0001', true]],
      'access.granted',
    ])
  })

  it('is read by nobody before it was captured, nor by whoever had no access', async () => {
    const before = await ask(delegate(), RECORD, moment('2026-03-09'))
    expect([before?.object.existed, before?.rights]).toEqual([false, []])
    const other = await ask(town.admin.personId, RECORD, moment('2026-03-11'))
    expect(other?.main).toMatchObject({ may: false })
  })

  it('is read until the minute in which the access was revoked, whatever is asked later', async () => {
    const at = { before: moment('2026-05-04', { time: '10:29' }), after: moment('2026-05-04', { time: '10:31' }) }
    clockAt('2026-05-04', '10:30')
    await within(async (trx) => {
      const grant = await findGrant(trx, grantId)
      if (grant) await moveGrant(trx, grant.state, { status: 'revoked', cause: 'incident', at: appNow() })
    })
    moveClock(0)
    expect((await ask(delegate(), RECORD, at.before))?.main?.may).toBe(true)
    const after = await ask(delegate(), RECORD, at.after)
    expect([after?.main?.may, after?.grants[0]?.status, after?.grants[0]?.grounds.granted]).toEqual([
      false,
      'revoked',
      false,
    ])
  })
})

describe('what is recorded after the day it is about', () => {
  it('counts where everything known counts, and not in what was known then', async () => {
    const holder = town.holders.profesional_ogac ?? { personId: '' }
    await within((trx) =>
      sql`insert into account (id, name, email, email_verified, entity_id, person_id)
        values (gen_random_uuid(), 'x', 'ogac@prueba.test', true, ${town.entityId}, ${holder.personId})`.execute(trx),
    )
    const day = moment('2026-11-20')
    clockAt('2026-11-24')
    const tenure = await within((trx) =>
      trx.selectFrom('tenure').select('id').where('person_id', '=', holder.personId).executeTakeFirstOrThrow(),
    )
    await withActor(town.web, town.admin, (trx) =>
      endTenure(trx, town.admin, { id: tenure.id, on: '2026-11-18', actReference: 'Decreto 9', handTo: null }),
    )
    moveClock(0)
    const area = { kind: 'area', code: 'audit', stepCode: '' } as const
    const [now, then] = [await ask(holder.personId, area, day), await ask(holder.personId, area, asKnownThen(day))]
    expect(now?.person.held).toEqual([])
    expect(then?.person.held.map(({ tenureId }) => tenureId)).toEqual([tenure.id])
  })
})

describe('the rules of then', () => {
  it('judge a past date, with the duties they named', async () => {
    const reader = town.holders.jefatura_ogac?.personId ?? ''
    await within((trx) =>
      sql`insert into account (id, name, email, email_verified, entity_id, person_id, created_at)
        values (gen_random_uuid(), 'x', 'jefatura@prueba.test', true, ${town.entityId}, ${reader}, app_now())`.execute(
        trx,
      ),
    )
    // An instant is told to the millisecond.
    await sleep(5)
    const today = moment(appToday())
    expect((await ask(reader, GRANT, today))?.main).toMatchObject({ may: true, hold: 'duty' })
    const named = { ...PERMISSION_RULES.named, grantReaders: ['alcaldia'] }
    await within((trx) =>
      sql`insert into permission_rules (hash, content) values (${'ab'.repeat(32)}, ${JSON.stringify({ ...PERMISSION_RULES, named })}::jsonb)`.execute(
        trx,
      ),
    )
    await sleep(5)
    const after = moment(appToday())
    const [before, later] = [await ask(reader, GRANT, today), await ask(reader, GRANT, after)]
    expect([before?.main?.may, later?.main?.may]).toEqual([true, false])
    expect((later?.rules.n ?? 0) > (before?.rules.n ?? 0)).toBe(true)
  })
})

describe('a question that cannot be answered', () => {
  it.each([
    [{ date: '', time: '', known: '' }, 'date_missing'],
    [{ date: '2026-02-30', time: '', known: '' }, 'date_unreal'],
    [{ date: "2026-01-01'; drop", time: '', known: '' }, 'date_unreal'],
    [{ date: '2099-01-01', time: '', known: '' }, 'date_future'],
    [{ date: '2026-03-02', time: '25:00', known: '' }, 'time_unreal'],
    [{ date: '2026-11-27', time: '23:59', known: '' }, 'time_future'],
    [{ date: '2026-03-02', time: '', known: 'ayer' }, 'known_unreal'],
    [{ date: '2026-03-02', time: '', known: '2026-11-28' }, 'known_future'],
  ])('%o is %s', (asked, fault) => {
    expect(momentOf(asked, new Date('2026-11-27T15:00:00Z'))).toEqual({ fault })
  })

  it('takes a knowledge before the date, and a date alone to its close', () => {
    const now = new Date('2026-11-27T15:00:00Z')
    expect(momentOf({ date: '2026-03-02', time: '', known: '2026-03-01' }, now)).toEqual({
      ...{ at: '2026-03-03T04:59:59.999Z', known: '2026-03-02T04:59:59.999Z', stood: '2026-03-02T04:59:59.999Z' },
      day: '2026-03-02',
    })
    expect(momentOf({ date: '2026-11-27', time: '', known: '' }, now)).toMatchObject({ at: now.toISOString() })
  })

  it('is of no object where the code is nobody’s here', async () => {
    expect(await ask(delegate(), { ...RECORD, code: 'R-9999' }, moment('2026-03-11'))).toBeUndefined()
  })
})
