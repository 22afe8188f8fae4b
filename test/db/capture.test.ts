import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { dropStaleDrafts } from '../../activities/drop-drafts.ts'
import * as drafts from '../../db/capture-drafts.ts'
import { listCaptureRecords } from '../../db/capture-pages.ts'
import { findCaptureRecord, findRecordsOf, openAnswers, reviseRecord } from '../../db/capture-records.ts'
import { readCaptured } from '../../db/captured-table.ts'
import { lookupHash } from '../../db/citizen-keys.ts'
import { type Trx, withActor, withEntity } from '../../db/client.ts'
import { appToday } from '../../db/clock.ts'
import { findGrant, isEligible } from '../../db/grants.ts'
import { listGrantsInForce } from '../../db/grants-in-force.ts'
import { newId } from '../../db/ids.ts'
import { isInForce } from '../../domain/grants.ts'
import { CONTENT, capture, type Delegate, type Desk, openDesk, said } from '../support/capture.ts'

let desk: Desk
let clerk: Delegate
let other: Delegate
let grantId: string
let recordId: string
const NUMBER = '1082000111'

beforeAll(async () => {
  desk = await openDesk()
  clerk = await desk.delegate('atencion')
  other = await desk.delegate('profesional_ogac')
  grantId = await desk.grant(clerk, { point: 1 })
  await desk.grant(other, { point: 0 })
  recordId = await capture(desk, clerk, grantId, NUMBER)
}, 120_000)
afterAll(() => desk?.close())

const as = <T>(who: Delegate, work: (trx: Trx) => Promise<T>) => withActor(desk.web, who, work)
const asOwner = <T>(work: (trx: Trx) => Promise<T>) => withEntity(desk.owner, desk.entityId, work)
const ring = () => ({ secret: desk.secret, entityId: desk.entityId })
const PROTECTED = ['capture_record', 'capture_version', 'consent'] as const

/** Rows of the captured data that the database itself lets through, whatever a query forgot. */
async function rowsSeenBy(who: Delegate): Promise<number[]> {
  return await as(who, async (trx) => {
    const counts: number[] = []
    for (const table of PROTECTED)
      counts.push(
        (await sql<{ n: number }>`select count(*)::int as n from ${sql.table(table)}`.execute(trx)).rows[0]?.n ?? -1,
      )
    return counts
  })
}

/** The record of the clerk copied under another id, straight in SQL as the application's role. */
async function insertedBy(who: Delegate): Promise<string> {
  const row = await asOwner((trx) =>
    trx.selectFrom('capture_record').selectAll().where('id', '=', recordId).executeTakeFirstOrThrow(),
  )
  const citizen = newId()
  await asOwner((trx) => sql`insert into citizen (id, entity_id) values (${citizen}, ${desk.entityId})`.execute(trx))
  const { scope: _scope, ...copied } = row
  const made = { ...copied, id: newId(), code: newId(), citizen_id: citizen, captured_by: who.personId }
  try {
    await as(who, (trx) => trx.insertInto('capture_record').values(made).execute())
    return 'inserted'
  } catch (failure) {
    return (failure as { code: string }).code
  }
}

/** Moves the one access of the clerk into a state, and puts it back afterwards. */
async function whileGrantIs(change: string, work: () => Promise<void>): Promise<void> {
  const before = await asOwner((trx) =>
    trx.selectFrom('access_grant').selectAll().where('id', '=', grantId).executeTakeFirstOrThrow(),
  )
  await asOwner((trx) => sql.raw(`update access_grant set ${change} where id = '${grantId}'`).execute(trx))
  try {
    await work()
  } finally {
    const { status, starts_on, ends_on, ended_at, cause } = before
    await asOwner((trx) =>
      trx
        .updateTable('access_grant')
        .set({ status, starts_on, ends_on, ended_at, cause })
        .where('id', '=', grantId)
        .execute(),
    )
  }
}

const YEAR = `${appToday().slice(0, 4)}`
const SHUT: [name: string, change: string][] = [
  ['revoked', `status = 'revoked', ended_at = now(), cause = 'incident'`],
  ['expired by the worker', `status = 'expired', ended_at = now()`],
  ['over, though nobody marked it', `starts_on = '${YEAR}-01-01', ends_on = app_today() - 1`],
  ['of later, though it is granted', `starts_on = app_today() + 1, ends_on = '${YEAR}-12-31'`],
]

/** First and last day from today. */
const DAYS = [
  [-3, -1],
  [-1, 0],
  [0, 0],
  [0, 1],
  [1, 2],
] as const

describe('a record within an access in force', () => {
  it('is the delegate’s to see, and to insert', async () => {
    expect(await rowsSeenBy(clerk)).toEqual([1, 1, 3])
    expect(await insertedBy(clerk)).toBe('inserted')
    await asOwner((trx) => sql`delete from capture_record where id <> ${recordId}`.execute(trx))
  })

  it('does not exist for a delegate of another point, nor for who has no access, nor from another municipality', async () => {
    const cali = await desk.delegate('atencion', 'cali')
    for (const who of [other, await desk.delegate('jefatura_ogac'), cali]) {
      expect(await rowsSeenBy(who)).toEqual([0, 0, 0])
      expect(await insertedBy(who)).toBe('42501')
    }
  })

  for (const [name, change] of SHUT)
    it(`is shut by an access that is ${name}: no row, and no insert as the application`, () =>
      whileGrantIs(change, async () => {
        expect(await rowsSeenBy(clerk)).toEqual([0, 0, 0])
        expect(await insertedBy(clerk)).toBe('42501')
      }))

  it('is shut by a closed account, a tenure that ended and a closed point, as the rule says of each row', async () => {
    const changes = [
      [
        `update account set disabled_at = now() where person_id = '${clerk.personId}'`,
        `update account set disabled_at = null where person_id = '${clerk.personId}'`,
      ],
      [
        `update tenure set to_date = app_today() - 1 where person_id = '${clerk.personId}'`,
        `update tenure set to_date = null where person_id = '${clerk.personId}'`,
      ],
      [`update service_point set ended_on = app_today() - 1`, `update service_point set ended_on = null`],
    ] as const
    for (const [shut, open] of changes) {
      await asOwner((trx) => sql.raw(shut).execute(trx))
      const seen = await rowsSeenBy(clerk)
      const eligible = await as(clerk, (trx) => isEligible(trx, grantId))
      await asOwner((trx) => sql.raw(open).execute(trx))
      expect([seen, eligible]).toEqual([[0, 0, 0], false])
    }
  })

  it('is judged in SQL as in domain/grants.ts, for every state and day', async () => {
    const judged: [domain: boolean, database: boolean][] = []
    for (const status of ['asked', 'accepted', 'granted', 'denied', 'expired', 'revoked'] as const)
      for (const [from, to] of DAYS) {
        const id = await desk.grant(other, { point: 1, form: 'F006', status, from, to })
        const state = (await asOwner((trx) => findGrant(trx, id)))?.state
        const found = await as(other, (trx) => listGrantsInForce(trx, other.personId))
        judged.push([state !== undefined && isInForce(state, appToday()), found.some((one) => one.id === id)])
        await asOwner((trx) => sql`delete from access_grant where id = ${id}`.execute(trx))
      }
    expect(judged.map(([domain]) => domain)).toEqual(judged.map(([, database]) => database))
    expect(judged.filter(([domain]) => domain)).toHaveLength(3)
  })
})

describe('a citizen', () => {
  it('stands in no column in clear, and opens under their own key alone', async () => {
    const dump = await asOwner(async (trx) => {
      const rows = await Promise.all(
        ['citizen', 'capture_record', 'capture_version', 'consent', 'capture_outcome', 'event'].map((table) =>
          sql<{ t: string }>`select t::text from ${sql.table(table)} t`.execute(trx),
        ),
      )
      return rows.flatMap((found) => found.rows.map(({ t }) => t)).join('\n')
    })
    expect(dump).not.toContain(NUMBER)
    expect(dump).not.toContain(Buffer.from(NUMBER).toString('hex'))
    expect(dump).not.toContain(Buffer.from('Persona').toString('hex'))
    const answers = await as(clerk, async (trx) => {
      const record = await findCaptureRecord(trx, desk.entityId, recordId)
      return record && (await openAnswers(trx, ring(), record))
    })
    expect(answers).toEqual(said(NUMBER))
  })

  it('is found by the document within one’s accesses, and by nobody else', async () => {
    const document = { type: 'CC', number: '1.082.000.111' }
    expect(await as(clerk, (trx) => findRecordsOf(trx, ring(), document))).toEqual([recordId])
    expect(await as(other, (trx) => findRecordsOf(trx, ring(), document))).toEqual([])
    const hash = (entityId: string) => lookupHash(desk.secret, entityId, { type: 'CC', number: NUMBER }).toString('hex')
    expect(hash(desk.entityId)).not.toBe(hash(newId()))
  })

  it('captured by two at once, or twice, has one record at a point and one key everywhere', async () => {
    const again = await Promise.all([1, 2, 3, 4].map(() => capture(desk, clerk, grantId, '1082000222')))
    expect(new Set(again).size).toBe(1)
    const [elsewhere] = await as(other, (trx) => listGrantsInForce(trx, other.personId))
    const there = await capture(desk, other, elsewhere?.id ?? '', '1082000222')
    const citizens = await asOwner((trx) =>
      trx
        .selectFrom('capture_record')
        .select('citizen_id')
        .where('id', 'in', [again[0] ?? '', there])
        .execute(),
    )
    expect(there).not.toBe(again[0])
    expect(new Set(citizens.map(({ citizen_id }) => citizen_id)).size).toBe(1)
  })

  it('whose key was destroyed cannot be read, and never gets another', async () => {
    const id = await capture(desk, clerk, grantId, '1082000333')
    await asOwner((trx) =>
      sql`update citizen set key_state = 'destroyed', wrapped_key = null, master_key_id = null, destroyed_at = now()
        where id = (select citizen_id from capture_record where id = ${id})`.execute(trx),
    )
    const read = as(clerk, async (trx) => {
      const record = await findCaptureRecord(trx, desk.entityId, id)
      return record && (await openAnswers(trx, ring(), record))
    })
    await expect(read).rejects.toMatchObject({ code: 'citizen_erased' })
    const revived = asOwner((trx) =>
      sql`update citizen set key_state = 'never', destroyed_at = null where key_state = 'destroyed'`.execute(trx),
    )
    await expect(revived).rejects.toMatchObject({ code: 'CZ003' })
  })

  it('keeps every version of a correction readable, under another document too', async () => {
    const id = await capture(desk, clerk, grantId, '1082000444')
    const correct = (number: string) =>
      as(clerk, async (trx) => {
        const record = await findCaptureRecord(trx, desk.entityId, id, { lock: true })
        if (!record) throw new Error('no record')
        const { personId, positionId } = clerk
        const document = { type: 'CC', number }
        return await reviseRecord(trx, ring(), record, {
          answers: said(number),
          formVersion: 1,
          document,
          personId,
          positionId,
        })
      })
    expect(await correct('1082000445')).toBe(2)
    expect(await as(clerk, (trx) => findRecordsOf(trx, ring(), { type: 'CC', number: '1082000445' }))).toEqual([id])
    expect(await as(clerk, (trx) => findRecordsOf(trx, ring(), { type: 'CC', number: '1082000444' }))).toEqual([])
    const first = await as(clerk, async (trx) => {
      const record = await findCaptureRecord(trx, desk.entityId, id)
      return record && (await openAnswers(trx, ring(), { ...record, rev: 1 }))
    })
    expect(first).toEqual(said('1082000444'))
    await expect(correct(NUMBER)).rejects.toMatchObject({ code: 'citizen_recorded' })
  })
})

describe('the list', () => {
  it('holds the records of one’s accesses and no other, page by page, and nothing for a scope that is not one’s own', async () => {
    const actor = async (who: Delegate) => ({
      ...who,
      scopes: (await as(who, (trx) => listGrantsInForce(trx, who.personId))).map(({ scope }) => scope),
    })
    const [own, foreign] = [await actor(clerk), await actor(other)]
    const seen: string[] = []
    for (let cursor: string | null = null, first = true; first || cursor; first = false) {
      const page = await as(clerk, (trx) => listCaptureRecords(trx, own, { cursor, limit: 2 }))
      seen.push(...page.rows.map(({ id }) => id))
      cursor = page.next
    }
    const all = await asOwner((trx) => trx.selectFrom('capture_record').select(['id', 'scope']).execute())
    expect(seen.sort()).toEqual(
      all
        .filter(({ scope }) => own.scopes.includes(scope as string))
        .map(({ id }) => id)
        .sort(),
    )
    const [scope = ''] = foreign.scopes
    expect((await as(clerk, (trx) => listCaptureRecords(trx, own, { scope }))).rows).toEqual([])
    // The rule forged, the database still refuses.
    expect((await as(clerk, (trx) => listCaptureRecords(trx, foreign))).rows).toEqual([])
  })
})

describe('captured records as a source', () => {
  it('are one line each with a pseudonym, and nothing that identifies; the erased are not among them', async () => {
    const pieces: Buffer[] = []
    const set = { form: 'F004', vigencia: Number(YEAR) } as const
    for await (const piece of readCaptured(desk.worker, ring(), set)) pieces.push(piece)
    const [header = '', ...lines] = Buffer.concat(pieces).toString('utf8').trim().split('\n')
    expect(header.split(',').slice(0, 5)).toEqual(['seudonimo', 'punto_atencion', 'mes', 'modo', 'edad'])
    const standing = await asOwner((trx) =>
      sql<{ n: number }>`select count(*)::int as n from capture_record r join citizen c on c.id = r.citizen_id
        where c.key_state = 'active' and r.entity_id = ${desk.entityId}`.execute(trx),
    )
    expect(lines).toHaveLength(standing.rows[0]?.n ?? 0)
    expect(lines.join()).not.toMatch(/Persona Inventada|10820/)
    const people = lines.map((line) => line.split(',')[0])
    // One of them was captured at two points.
    expect(new Set(people).size).toBe(people.length - 1)
  })
})

describe('a draft', () => {
  const begin = (id: string) =>
    as(clerk, async (trx) => {
      const grant = (await listGrantsInForce(trx, clerk.personId)).find((one) => one.id === grantId)
      if (!grant) throw new Error('no access')
      const content = { ...CONTENT, answers: said(NUMBER) }
      return await drafts.insertCaptureDraft(trx, ring(), {
        id,
        personId: clerk.personId,
        grant,
        formVersion: 1,
        recordId: null,
        content,
      })
    })
  const find = (id: string, who = clerk) =>
    as(who, (trx) => drafts.findCaptureDraft(trx, ring(), { id, personId: who.personId }))

  it('is one’s own, sealed, the same when begun twice, and keeps what each page added', async () => {
    const id = newId()
    expect([await begin(id), await begin(id)]).toEqual([true, false])
    await as(clerk, async (trx) => {
      const draft = await drafts.findCaptureDraft(trx, ring(), { id, personId: clerk.personId, lock: true })
      if (draft) await drafts.saveCaptureDraft(trx, ring(), draft, { ...draft.content, answers: said('5') })
    })
    expect((await find(id))?.content.answers).toEqual(said('5'))
    expect(await find(id, other)).toBeUndefined()
    const [row] = await asOwner((trx) =>
      trx.selectFrom('capture_draft').select('sealed').where('id', '=', id).execute(),
    )
    expect(row?.sealed.toString('latin1')).not.toContain('Persona')
  })

  it('is nobody’s after a day, and gone the moment its access ends', async () => {
    const id = newId()
    await begin(id)
    await asOwner((trx) =>
      sql`update capture_draft set saved_at = now() - interval '25 hours' where id = ${id}`.execute(trx),
    )
    expect(await find(id)).toBeUndefined()
    await dropStaleDrafts(desk.worker)
    const dropped = await asOwner((trx) =>
      trx.selectFrom('event').select(['type', 'origin']).where('object_id', '=', id).execute(),
    )
    expect(dropped).toEqual([{ type: 'capture.dropped', origin: 'system' }])
    await begin(newId())
    await whileGrantIs(`status = 'revoked', ended_at = now(), cause = 'incident'`, async () => {
      expect(await asOwner((trx) => trx.selectFrom('capture_draft').select('id').execute())).toEqual([])
    })
  })
})
