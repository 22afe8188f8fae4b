import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Database, openDatabase, withActor, withEntity, withoutEntity } from '../../db/client.ts'
import { appToday } from '../../db/clock.ts'
import { newId } from '../../db/ids.ts'
import { listPositionsToday } from '../../db/positions.ts'
import { type RuntimeRole, roleUrl } from '../../db/roles.ts'
import { demoEntityId } from '../../db/seed.ts'
import { substitutesOf } from '../../db/substitutes.ts'
import { findLiveTenure } from '../../db/tenures.ts'
import { askWhoAsks } from '../../db/who-asks.ts'
import { demonstrationDatabase, type FreshDatabase } from '../support/database.ts'

let database: FreshDatabase
/** One connection, so that what a question leaves behind would be met by the next. */
let web: Database
let owner: Database
beforeAll(async () => {
  database = await demonstrationDatabase()
  web = openDatabase(urlOf('web'), { max: 1 })
  owner = openDatabase(database.ownerUrl, { max: 1 })
}, 120_000)
afterAll(async () => {
  await Promise.all([web?.close(), owner?.close()])
  await database?.drop()
})

const urlOf = (role: RuntimeRole) => roleUrl(database.ownerUrl, database.secret, role)

/** A session of whoever holds a duty; answers the hash of its token. */
async function sessionOf(slug: 'santamarta' | 'cali', duty: string, kind = 'person'): Promise<string> {
  const token = `hash-${newId()}`
  await withoutEntity(owner, (trx) =>
    sql`insert into session (account_id, token, kind, proof, expires_at)
      select a.id, ${token}, ${kind}, 'password', app_now() + interval '10 hours' from account a
      join tenure t on t.person_id = a.person_id join position pos on pos.id = t.position_id
      where pos.entity_id = ${demoEntityId(slug)} and pos.duty = ${duty} limit 1`.execute(trx),
  )
  return token
}

describe('whoever asks', () => {
  it('is the person of the session, in their own municipality, again and again on one connection', async () => {
    const [here, there] = [await sessionOf('santamarta', 'jefatura_ogac'), await sessionOf('cali', 'jefatura_ogac')]
    // PostgreSQL takes its general plan from the sixth run on.
    for (let run = 0; run < 8; run++) {
      const [one, other] = [await askWhoAsks(web, here), await askWhoAsks(web, there)]
      expect(one?.person?.entity.id).toBe(demoEntityId('santamarta'))
      expect(other?.person?.entity.id).toBe(demoEntityId('cali'))
      expect([one?.entityId, other?.entityId]).toEqual([one?.person?.entity.id, other?.person?.entity.id])
      expect(one?.person?.positions.map(({ duty }) => duty)).toEqual(['jefatura_ogac'])
      expect(one?.provedAt).toBeInstanceOf(Date)
    }
  })

  it('leaves nothing on the connection: the next transaction sees no row before it says whose, and may write', async () => {
    await askWhoAsks(web, await sessionOf('santamarta', 'jefatura_ogac'))
    const [seen] = await withoutEntity(web, async (trx) => {
      const found = await sql<{ n: string; written: string }>`select count(*) as n,
        current_setting('transaction_read_only') as written from person`.execute(trx)
      return found.rows
    })
    expect(seen).toEqual({ n: '0', written: 'off' })
  })

  it('is nobody with a token that never was, nor before the code of the second factor', async () => {
    expect(await askWhoAsks(web, 'never')).toBeUndefined()
    const pending = await askWhoAsks(web, await sessionOf('santamarta', 'jefatura_ogac', 'pending'))
    expect([pending?.kind, pending?.person]).toEqual(['pending', null])
  })

  it('is nobody at work once they have left, and their account says that it was closed', async () => {
    const token = await sessionOf('santamarta', 'profesional_sig')
    const personId = (await askWhoAsks(web, token))?.personId ?? ''
    await withEntity(owner, demoEntityId('santamarta'), async (trx) => {
      await sql`update person set ended_on = app_today() - 1 where id = ${personId}`.execute(trx)
      await sql`update account set disabled_at = app_now() where person_id = ${personId}`.execute(trx)
    })
    expect(await askWhoAsks(web, token)).toMatchObject({ personId, isClosed: true, person: null })
  })
})

it('nobody but the web asks for a session, and the web reads no token even so', async () => {
  const token = await sessionOf('santamarta', 'jefatura_ogac')
  for (const role of ['worker', 'public', 'auditor', 'sealer', 'session'] as const) {
    const other = openDatabase(urlOf(role), { max: 1 })
    const asked = withoutEntity(other, (trx) => sql`select session_behind(${token})`.execute(trx))
    await expect(asked, role).rejects.toThrow(/permission denied/)
    await expect(askWhoAsks(other, token), role).rejects.toThrow(/permission denied/)
    await other.close()
  }
  const tokens = withoutEntity(web, (trx) => sql`select token from session`.execute(trx))
  await expect(tokens).rejects.toThrow(/permission denied/)
  expect(JSON.stringify(await askWhoAsks(web, token))).not.toContain(token)
})

it('acting for the absent is the same for who asks, the transaction of an act and who is told of it, on every day of it', async () => {
  const entityId = demoEntityId('santamarta')
  const [absent, deputy] = await withEntity(owner, entityId, async (trx) => {
    const found = await sql<{ personId: string; positionId: string; tenureId: string }>`
      select t.person_id as "personId", t.position_id as "positionId", t.id as "tenureId" from tenure t
      join position pos on pos.id = t.position_id where pos.duty in ('jefatura_ogac', 'profesional_ogac')
      order by pos.duty`.execute(trx)
    return found.rows
  })
  if (!absent || !deputy) throw new Error('the demonstration has both')
  const [absenceId, substitutionId] = [newId(), newId()]
  await withEntity(owner, entityId, async (trx) => {
    await sql`insert into absence (id, entity_id, person_id, position_id, from_date, to_date, reason, act_reference, planned_by,
        planned_position) values (${absenceId}, ${entityId}, ${absent.personId}, ${absent.positionId}, app_today(), app_today(),
        'vacation', 'Resolución 1', ${absent.personId}, ${absent.positionId})`.execute(trx)
    await sql`insert into substitution (id, entity_id, absence_id, substitute_id, scope)
      values (${substitutionId}, ${entityId}, ${absenceId}, ${deputy.personId}, 'all')`.execute(trx)
  })
  /** Whether each of the three lets the deputy act after `change`, which is then undone. */
  const after = async (change: ReturnType<typeof sql>) => {
    const answers: boolean[] = []
    const undo = new Error('undo')
    const tried = withActor(owner, { entityId, personId: deputy.personId }, async (trx) => {
      await change.execute(trx)
      const asked = await listPositionsToday(trx, deputy.personId)
      const { personId, positionId } = absent
      const acted = await findLiveTenure(trx, { personId: deputy.personId, positionId, actingFor: personId })
      const told = await substitutesOf(trx, { entityId, day: appToday(), positionId })
      answers.push(
        asked.some(({ actingFor }) => actingFor?.substitutionId === substitutionId),
        acted !== undefined,
        told.includes(deputy.personId),
      )
      throw undo
    })
    await tried.catch((error) => expect(error).toBe(undo))
    return answers
  }
  const [all, none] = [
    [true, true, true],
    [false, false, false],
  ]
  const absence = (set: ReturnType<typeof sql>) => sql`update absence set ${set} where id = ${absenceId}`
  expect(await after(sql`select 1`)).toEqual(all)
  expect(await after(absence(sql`from_date = app_today() - 9, to_date = app_today() + 9`))).toEqual(all)
  for (const change of [
    absence(sql`from_date = app_today() + 1, to_date = app_today() + 1`),
    absence(sql`from_date = app_today() - 1, to_date = app_today() - 1`),
    absence(sql`cancelled_at = app_now(), cancelled_by = ${absent.personId}`),
    sql`update tenure set to_date = app_today() - 1 where id = ${absent.tenureId}`,
    sql`update tenure set from_date = app_today() + 1, to_date = null where id = ${absent.tenureId}`,
    sql`update position set ended_on = app_today() - 1 where id = ${absent.positionId}`,
    sql`update person set ended_on = app_today() - 1 where id = ${absent.personId}`,
    sql`update person set ended_on = app_today() - 1 where id = ${deputy.personId}`,
  ])
    expect(await after(change)).toEqual(none)
})
