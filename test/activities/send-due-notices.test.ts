import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sendDueNotices } from '../../activities/send-due-notices.ts'
import { withActor, withEntity } from '../../db/client.ts'
import { addTenure, endTenure, listTenures } from '../../db/tenure-changes.ts'
import { idOf, openCycle, smallTown, type Town } from '../support/town.ts'

let town: Town
beforeAll(async () => {
  town = await smallTown()
})
afterAll(() => town.close())

/** 08:00 in Bogotá. */
const morning = (day: string) => `${day}T13:00:00.000Z`
const noon = (day: string) => `${day}T17:00:00.000Z`

const tell = (cycleId: string, now: string) => sendDueNotices(town.tools, { entityId: town.entityId, cycleId, now })

function ledger(cycleId: string) {
  return withEntity(town.worker, town.entityId, (trx) =>
    trx
      .selectFrom('notice')
      .select(['kind', 'duty', 'planned_on', 'status', 'catches_up'])
      .where('cycle_id', '=', cycleId)
      .where('status', '!=', 'planned')
      .orderBy('planned_at')
      .orderBy('duty')
      .execute(),
  )
}

function mailOf(cycleId: string) {
  return withEntity(town.worker, town.entityId, (trx) =>
    trx
      .selectFrom('mail')
      .innerJoin('notice', 'notice.id', 'mail.notice_id')
      .innerJoin('person', 'person.id', 'mail.person_id')
      .select(['notice.kind', 'person.display_name as to', 'mail.subject', 'mail.body', 'mail.link', 'mail.message_id'])
      .where('notice.cycle_id', '=', cycleId)
      .orderBy('notice.planned_at')
      .orderBy('person.display_name')
      .execute(),
  )
}

function eventsOf(cycleId: string, type: string) {
  return withEntity(town.worker, town.entityId, (trx) =>
    trx.selectFrom('event').selectAll().where('cycle_id', '=', cycleId).where('type', '=', type).execute(),
  )
}

describe('the notices of a term', () => {
  // Ten working days from Friday 20 March 2026: 23 March is San José, 2 and 3 April are Holy Thursday and Friday.
  it('across Semana Santa fall on the days a calendar on the wall says', async () => {
    const cycleId = await openCycle(town, noon('2026-03-20'))
    const told: string[] = []
    let next: string | null = await tell(cycleId, noon('2026-03-20'))
    while (next && next < '2026-05-15') {
      told.push(next)
      next = await tell(cycleId, next)
    }
    expect(told).toEqual(
      [
        '2026-04-01',
        '2026-04-07',
        '2026-04-09',
        '2026-04-13',
        '2026-04-17',
        '2026-04-24',
        '2026-05-01',
        '2026-05-08',
      ].map(morning),
    )
    expect(
      (await ledger(cycleId)).map((row) => [row.kind, row.duty, row.status, row.catches_up].join(' ')).sort(),
    ).toEqual([
      'expiry in_charge sent 0',
      'expiry secretaria_general sent 0',
      'overdue-3 in_charge sent 0',
      'overdue-7 in_charge sent 0',
      'overdue-week-1 in_charge sent 0',
      'overdue-week-2 in_charge sent 0',
      'overdue-week-3 in_charge sent 0',
      'reminder-1 in_charge sent 0',
      'reminder-3 in_charge sent 0',
    ])
    expect(await eventsOf(cycleId, 'term.expired')).toHaveLength(1)
    expect(await eventsOf(cycleId, 'notice.sent')).toHaveLength(9)
  })

  it('across a year end skip Christmas and the first days of January', async () => {
    const cycleId = await openCycle(town, noon('2026-12-16'))
    // 17, 18, 21, 22, 23, 24, 28, 29, 30, 31 December: Christmas does not count, nor does New Year's Day.
    const told: string[] = []
    let next: string | null = await tell(cycleId, noon('2026-12-16'))
    while (next && next < '2027-01-20') {
      told.push(next)
      next = await tell(cycleId, next)
    }
    expect(told).toEqual(
      ['2026-12-28', '2026-12-30', '2027-01-01', '2027-01-04', '2027-01-06', '2027-01-13'].map(morning),
    )
  })

  it('after days of downtime catch up once, and twice the same run tells nobody twice', async () => {
    const cycleId = await openCycle(town, noon('2026-03-20'))
    await tell(cycleId, morning('2026-04-01'))
    await tell(cycleId, morning('2026-04-07'))
    // Everything from the expiry to the seventh working day after the term falls due while nothing runs.
    const before = (await mailOf(cycleId)).length
    await Promise.all([tell(cycleId, noon('2026-04-17')), tell(cycleId, noon('2026-04-17'))])
    await tell(cycleId, noon('2026-04-17'))
    const sent = (await mailOf(cycleId)).slice(before)
    expect(sent.map((mail) => [mail.kind, mail.to])).toEqual([
      ['expiry', 'secretaria_general'],
      ['overdue-7', 'profesional_ogac'],
    ])
    const rows = await ledger(cycleId)
    expect(rows.filter((row) => row.catches_up > 0).map((row) => [row.kind, row.catches_up])).toEqual([
      ['overdue-7', 2],
    ])
    expect(await eventsOf(cycleId, 'term.expired')).toHaveLength(1)
    expect(await eventsOf(cycleId, 'notice.sent')).toHaveLength(rows.filter((row) => row.status === 'sent').length)
  })

  it('carry one link, no name and nothing a person typed', async () => {
    const cycleId = await openCycle(town, noon('2026-03-20'))
    await tell(cycleId, morning('2026-04-01'))
    const [mail] = await mailOf(cycleId)
    expect(mail?.subject).toBe('Paso 1: el plazo vence el miércoles 8 de abril de 2026')
    expect(mail?.link).toBe(`https://caracteriza.prueba.gov.co/ejercicios/${cycleId}/pasos/1`)
    expect(mail?.message_id).toMatch(/^<[0-9a-f-]{36}@caracteriza\.prueba\.gov\.co>$/)
    expect(`${mail?.subject} ${mail?.body}`).not.toMatch(/profesional_ogac|Caracterización 2026|@/)
  })

  it('reach whoever holds the position on that day, and the head of its agency when nobody does', async () => {
    const cycleId = await openCycle(town, noon('2026-03-20'))
    const author = town.holders.profesional_ogac
    if (!author) throw new Error('no author')
    await withActor(town.web, town.admin, async (trx) => {
      const [tenure] = (await listTenures(trx, town.entityId, author)).rows
      idOf(await endTenure(trx, town.admin, { id: tenure?.id ?? '', on: '2026-03-30', actReference: 'Resolución 3' }))
    })
    await tell(cycleId, morning('2026-04-01'))
    const substitute = town.holders.profesional_sig
    if (!substitute) throw new Error('no substitute')
    const encargo = { kind: 'encargado', from: '2026-04-05', to: '2026-04-30', actReference: 'Resolución 4' } as const
    await withActor(town.web, town.admin, async (trx) =>
      idOf(
        await addTenure(trx, town.admin, { ...encargo, personId: substitute.personId, positionId: author.positionId }),
      ),
    )
    await tell(cycleId, morning('2026-04-07'))
    const mail = await mailOf(cycleId)
    expect(mail.map((one) => [one.kind, one.to])).toEqual([
      ['reminder-3', 'secretaria_general'],
      ['reminder-1', 'profesional_sig'],
    ])
    expect(mail[0]?.subject).toBe('Aviso: cargo vacante en el paso 1')
    const back = { ...author, kind: 'titular', from: '2026-05-01', to: null, actReference: 'Resolución 5' } as const
    await withActor(town.web, town.admin, (trx) => addTenure(trx, town.admin, back))
  })
})
