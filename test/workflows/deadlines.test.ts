import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { withoutEntity } from '../../db/client.ts'
import { stepOf } from '../../domain/cycle-state.ts'
import { openSmtp, type TestSmtp } from '../support/smtp.ts'
import { fastForward, timeOf } from '../support/temporal.ts'
import { complete, eventTypes, openWorld, type World } from '../support/world.ts'

let world: World
let smtp: TestSmtp

beforeAll(async () => {
  smtp = await openSmtp()
  world = await openWorld({ smtpUrl: smtp.url })
}, 120_000)
afterAll(async () => {
  await world.close()
  await smtp.close()
}, 60_000)

/** Real seconds for years of a cycle's time, in which half a year of notices is sent one by one. */
const PATIENCE = 150

/** Lets the cycle's own time pass until this instant, in Bogotá. */
async function until(cycleId: string, instant: string): Promise<void> {
  const { client } = world.temporal
  const left = Date.parse(`${instant}-05:00`) - (await timeOf(client, `cycle:${cycleId}`))
  if (left > 0) await fastForward(client, `cycle:${cycleId}`, Math.ceil(left / 1000), PATIENCE)
}

async function termOf(cycleId: string, stepCode: '1' | '2') {
  return await withoutEntity(world.owner, (trx) =>
    trx
      .selectFrom('term')
      .innerJoin('step', 'step.id', 'term.step_id')
      .select(['term.id', 'term.start_date', 'term.due_date'])
      .where('term.cycle_id', '=', cycleId)
      .where('step.code', '=', stepCode)
      .orderBy('term.created_at', 'desc')
      .executeTakeFirstOrThrow(),
  )
}

async function ledger(termId: string, status = 'sent') {
  const rows = await withoutEntity(world.owner, (trx) =>
    trx
      .selectFrom('notice')
      .select(['planned_on', 'kind', 'duty'])
      .where('term_id', '=', termId)
      .where('status', '=', status)
      .orderBy('planned_on')
      .orderBy('duty')
      .execute(),
  )
  return rows.map((row) => `${row.planned_on} ${row.kind} ${row.duty}`)
}

const AUTHOR = 'profesional.ogac@santamarta.demo.test'
const SUPERIOR = 'secretaria.general@santamarta.demo.test'

/** Whom the SMTP server was given a mail for about this step, once for each mail. */
function deliveredFor(cycleId: string, stepCode: '1' | '2'): string[] {
  const link = `/ejercicios/${cycleId}/pasos/${stepCode}`
  return smtp.received
    .filter((mail) => mail.text.includes(link))
    .map((mail) => mail.to)
    .sort()
}

/** Step 2 opened on this date of the cycle's own time. */
async function withStepTwoOpenedOn(instant: string): Promise<string> {
  const cycleId = await world.newCycle()
  await until(cycleId, instant)
  await complete(world, cycleId, '1')
  await expect
    .poll(async () => stepOf((await world.cycle(cycleId)).state, '2').status, { timeout: 10_000 })
    .toBe('in_progress')
  return cycleId
}

describe('the term of a step', () => {
  it('runs across the year end: reminders three and one working days before, escalation once expired', async () => {
    const cycleId = await withStepTwoOpenedOn('2029-12-20T10:00:00')
    const term = await termOf(cycleId, '2')
    expect(term).toMatchObject({ start_date: '2029-12-20', due_date: '2030-01-08' })
    await until(cycleId, '2030-01-10T07:00:00')
    expect(await ledger(term.id)).toEqual([
      '2030-01-02 reminder-3 in_charge',
      '2030-01-04 reminder-1 in_charge',
      '2030-01-09 expiry in_charge',
      '2030-01-09 expiry secretaria_general',
    ])
    expect((await eventTypes(world, cycleId)).filter((type) => type === 'term.expired')).toHaveLength(2)
    await expect.poll(() => deliveredFor(cycleId, '2'), { timeout: 30_000 }).toEqual([AUTHOR, AUTHOR, AUTHOR, SUPERIOR])
  }, 300_000)

  it('runs across Semana Santa and the first of May, and stops telling once the step is decided', async () => {
    const cycleId = await withStepTwoOpenedOn('2030-04-10T15:00:00')
    const term = await termOf(cycleId, '2')
    expect(term).toMatchObject({ start_date: '2030-04-10', due_date: '2030-04-26' })
    await until(cycleId, '2030-05-09T07:00:00')
    expect(await ledger(term.id)).toEqual([
      '2030-04-23 reminder-3 in_charge',
      '2030-04-25 reminder-1 in_charge',
      '2030-04-27 expiry in_charge',
      '2030-04-27 expiry secretaria_general',
      '2030-04-29 overdue-1 in_charge',
      '2030-05-02 overdue-3 in_charge',
      '2030-05-08 overdue-7 in_charge',
    ])
    const delivered = [AUTHOR, AUTHOR, AUTHOR, AUTHOR, AUTHOR, AUTHOR, SUPERIOR]
    await expect.poll(() => deliveredFor(cycleId, '2'), { timeout: 30_000 }).toEqual(delivered)
    await complete(world, cycleId, '2')
    expect((await ledger(term.id, 'superseded')).length).toBeGreaterThan(0)
    expect(await ledger(term.id, 'planned')).toEqual([])
  }, 300_000)

  it('reaches the people by mail: one for each notice and recipient, without a name or a typed text', async () => {
    const planned = await withoutEntity(world.owner, (trx) => trx.selectFrom('mail').select('id').execute())
    await expect.poll(() => smtp.received.length, { timeout: 30_000 }).toBe(planned.length)
    for (const mail of smtp.received) {
      expect(mail.text).toContain('/ejercicios/')
      expect(`${mail.subject} ${mail.text}`).not.toMatch(/Ejercicio de prueba/)
    }
  }, 60_000)
})
