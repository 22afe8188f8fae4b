import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { deliverMail, startMailer } from '../../activities/deliver-mail.ts'
import { sendDueNotices } from '../../activities/send-due-notices.ts'
import type { Tools } from '../../activities/tools.ts'
import { withActor, withEntity } from '../../db/client.ts'
import { moveClock } from '../../db/clock.ts'
import { newId } from '../../db/ids.ts'
import { takeMail, writeMail } from '../../db/mail.ts'
import { listOutgoingMail } from '../../db/outgoing-mail.ts'
import { openSmtp, type TestSmtp } from '../support/smtp.ts'
import { openCycle, smallTown, type Town } from '../support/town.ts'

let town: Town
let tools: Tools
let smtp: TestSmtp

beforeAll(async () => {
  town = await smallTown()
  smtp = await openSmtp()
  tools = { ...town.tools, smtpUrl: smtp.url }
})
afterEach(() => {
  smtp.answer = 'accepts'
  smtp.received = []
  moveClock(0)
})
afterAll(async () => {
  await smtp.close()
  await town.close()
})

async function plan(): Promise<string> {
  const cycleId = await openCycle(town, '2026-03-20T17:00:00.000Z')
  await sendDueNotices(tools, { entityId: town.entityId, cycleId, now: '2026-04-01T13:00:00.000Z' })
  return cycleId
}

function mailOf(cycleId: string) {
  return withEntity(town.worker, town.entityId, (trx) =>
    trx
      .selectFrom('mail')
      .innerJoin('notice', 'notice.id', 'mail.notice_id')
      .select(['mail.id', 'mail.status', 'mail.failure', 'mail.attempts', 'notice.status as notice', 'mail.message_id'])
      .where('notice.cycle_id', '=', cycleId)
      .executeTakeFirstOrThrow(),
  )
}

const minutes = (n: number) => moveClock(n * 60_000 + 1_000)

describe('outgoing mail', () => {
  it('arrives once, with one link, no personal data and the Message-ID of its row', async () => {
    const cycleId = await plan()
    await Promise.all([deliverMail(tools), deliverMail(tools)])
    await deliverMail(tools)
    expect(smtp.received).toHaveLength(1)
    const [mail] = smtp.received
    const row = await mailOf(cycleId)
    expect(row).toMatchObject({ status: 'sent', notice: 'sent', attempts: 1 })
    expect(mail?.messageId).toBe(row.message_id)
    expect(mail?.to).toBe('profesional_ogac@prueba.gov.co')
    expect(mail?.subject).toBe('Paso 1: el plazo vence el miércoles 8 de abril de 2026')
    expect(mail?.text.match(/https?:\S+/g)).toEqual([`https://caracteriza.prueba.gov.co/ejercicios/${cycleId}/pasos/1`])
    expect(`${mail?.subject} ${mail?.text}`).not.toMatch(/profesional_ogac|@|Caracterización 2026/)
  })

  it('refused by the server is tried again after 1, 5 and 15 minutes, then it and its notice have failed', async () => {
    smtp.answer = 'refuses'
    const cycleId = await plan()
    await deliverMail(tools)
    expect(await deliverMail(tools)).toBe(0)
    for (const [wait, attempts] of [
      [1, 2],
      [6, 3],
      [21, 4],
    ] as const) {
      expect(await mailOf(cycleId)).toMatchObject({ status: 'planned', failure: 'smtp_451', attempts: attempts - 1 })
      minutes(wait)
      await deliverMail(tools)
    }
    expect(await mailOf(cycleId)).toMatchObject({ status: 'failed', notice: 'failed', attempts: 4 })
    expect(await failures(cycleId)).toHaveLength(1)
  })

  it('waits for a server that is down, without counting it as a refusal', async () => {
    const cycleId = await plan()
    const nowhere = { ...tools, smtpUrl: 'smtp://127.0.0.1:9' }
    for (let i = 0; i < 6; i++) {
      minutes(6 * i)
      await deliverMail(nowhere)
    }
    expect(await mailOf(cycleId)).toMatchObject({
      status: 'planned',
      failure: 'unreachable',
      attempts: 0,
      notice: 'sent',
    })
    minutes(60)
    await deliverMail(tools)
    expect(await mailOf(cycleId)).toMatchObject({ status: 'sent' })
    expect(smtp.received).toHaveLength(1)
  })

  it('whose outcome is unknown says intentado and is not sent again', async () => {
    smtp.answer = 'hangs up'
    const cycleId = await plan()
    await deliverMail(tools)
    expect(await mailOf(cycleId)).toMatchObject({ status: 'attempted', failure: 'unknown', notice: 'attempted' })
    smtp.answer = 'accepts'
    minutes(60)
    await deliverMail(tools)
    expect(smtp.received).toHaveLength(1)
  })

  it('left on its way by a crash says so in the ledger when the mailer starts', async () => {
    const cycleId = await plan()
    const { id } = await mailOf(cycleId)
    await withEntity(town.worker, town.entityId, (trx) => takeMail(trx, id))
    const mailer = startMailer(tools, (error) => {
      throw error
    })
    await expect.poll(async () => (await mailOf(cycleId)).notice).toBe('attempted')
    await mailer.stop()
    expect(smtp.received).toHaveLength(0)
  })

  it('is kept to be read where there is no server, and never shows a link that carries a secret', async () => {
    const cycleId = await plan()
    const secret = { id: newId(), noticeId: null, subject: 'Su enlace', body: 'x', link: 'https://x/secreto' }
    const { personId } = town.admin
    await withEntity(town.worker, town.entityId, (trx) =>
      writeMail(trx, { ...secret, entityId: town.entityId, personId, sensitive: true, host: 'x' }),
    )
    await deliverMail(town.tools)
    expect(await mailOf(cycleId)).toMatchObject({ status: 'kept', notice: 'sent' })
    const page = await withActor(town.web, town.admin, (trx) => listOutgoingMail(trx, town.entityId, null, 2))
    expect(page.rows[0]).toMatchObject({ status: 'kept', personName: 'profesional_ogac' })
    const next = await withActor(town.web, town.admin, (trx) => listOutgoingMail(trx, town.entityId, page.next, 50))
    const all = [...page.rows, ...next.rows]
    expect(new Set(all.map((mail) => mail.id)).size).toBe(all.length)
    expect(all.some((mail) => mail.id === secret.id)).toBe(false)
  })
})

function failures(cycleId: string) {
  return withEntity(town.worker, town.entityId, (trx) =>
    trx.selectFrom('event').select('id').where('cycle_id', '=', cycleId).where('type', '=', 'notice.failed').execute(),
  )
}
