import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { deliverMail, startMailer } from '../../activities/deliver-mail.ts'
import { gatherDigest } from '../../activities/gather-digest.ts'
import { sendDueNotices } from '../../activities/send-due-notices.ts'
import { tellOfAction } from '../../activities/tell-of-action.ts'
import type { Tools } from '../../activities/tools.ts'
import { withActor, withEntity, withoutEntity } from '../../db/client.ts'
import { appNow, moveClock } from '../../db/clock.ts'
import { idOf, newId } from '../../db/ids.ts'
import { createImprovementAction, type NewAction } from '../../db/improvement-actions.ts'
import { listDueMail, takeMail } from '../../db/mail.ts'
import { listOutgoingMail } from '../../db/outgoing-mail.ts'
import { openSmtp, type TestSmtp } from '../support/smtp.ts'
import { openCycle, smallTown, type Town } from '../support/town.ts'

let town: Town
let smtp: TestSmtp
let tools: Tools

beforeEach(async () => {
  town = await smallTown()
  smtp = await openSmtp()
  tools = { ...town.tools, smtpUrl: smtp.url }
})
afterEach(async () => {
  moveClock(0)
  await smtp.close()
  await town.close()
})

const AUTHOR = 'profesional_ogac@prueba.gov.co'
const SUPERIOR = 'secretaria_general@prueba.gov.co'

/** Moves the application's clock to 08:00 in Bogotá of a day, and some minutes more. */
function morningOf(day: string, minutes = 0): string {
  const at = Date.parse(`${day}T13:00:00.000Z`) + minutes * 60_000
  moveClock(0)
  moveClock(at - Math.round(performance.timeOrigin + performance.now()))
  return new Date(at).toISOString()
}

/** The workflow of a cycle, at its hour. */
const tell = (cycleId: string, now: string) => sendDueNotices(tools, { entityId: town.entityId, cycleId, now })

/** Step 1 open since noon of a day: ten working days, by the calendar on the wall. */
const openSince = (day: string) => openCycle(town, `${day}T17:00:00.000Z`)

/** An improvement action of the same author. */
async function actionDue(dueDate: string): Promise<string> {
  const { entityId, worker } = town
  const action: NewAction = {
    ...{ origin: 'finding', originKey: newId(), cycleId: null, stepVersionId: null, year: 2026 },
    ...{ what: 'Actualizar el inventario.', target: null, segment: null, priority: null, agencyId: null },
    ...{
      duty: 'profesional_ogac',
      positionId: null,
      checkerDuty: 'control_interno',
      indicator: 'Inventario.',
      dueDate,
    },
  }
  const made = await withEntity(worker, entityId, (trx) =>
    createImprovementAction(trx, action, { entityId, origin: 'system' }, appNow()),
  )
  return made.id
}

/** Two steps of the same author, overdue since 9 April and told of on 17 April 2026. */
async function twoOverdue(): Promise<string[]> {
  const cycles = [await openSince('2026-03-20'), await openSince('2026-03-20')]
  const now = morningOf('2026-04-17')
  for (const cycleId of cycles) await tell(cycleId, now)
  return cycles
}

const toAuthor = () => smtp.received.filter((letter) => letter.to === AUTHOR)

function mailToAuthor() {
  return withEntity(town.worker, town.entityId, (trx) =>
    trx
      .selectFrom('mail')
      .innerJoin('person', 'person.id', 'mail.person_id')
      .leftJoin('notice', 'notice.id', 'mail.notice_id')
      .select(['mail.id', 'mail.status', 'mail.failure', 'mail.digest_id', 'notice.status as notice'])
      .where('person.email', '=', AUTHOR)
      .orderBy('mail.id')
      .execute(),
  )
}

/** State of every notice to whoever must act that was told, by name. */
async function noticesToAuthor(): Promise<(string | null)[]> {
  return (await mailToAuthor()).filter((mail) => mail.notice).map((mail) => mail.notice)
}

describe('what is overdue for one person on one day', () => {
  it('leaves as one mail once every cycle has told, and each notice keeps its own line', async () => {
    const cycles = [await openSince('2026-03-20'), await openSince('2026-03-18'), await openSince('2026-03-20')]
    const now = morningOf('2026-04-17')
    for (const cycleId of cycles.slice(0, 2)) await tell(cycleId, now)
    await deliverMail(tools)
    expect(smtp.received.map((letter) => letter.to)).toEqual([SUPERIOR, SUPERIOR])
    await tell(cycles[2] ?? '', now)
    await Promise.all([deliverMail(tools), deliverMail(tools)])
    await deliverMail(tools)
    const [letter, ...others] = toAuthor()
    expect(others).toEqual([])
    expect(letter?.subject).toBe('3 pasos siguen vencidos')
    const step =
      'Paso 1 («Identificar los objetivos y el alcance de la caracterización»), vigencia 2026: plazo hasta el'
    expect(letter?.text.trim().split(/\r?\n/)).toEqual([
      'Estos pasos esperan por usted y su plazo está vencido:',
      '',
      `- ${step} lunes 6 de abril de 2026, venció hace 9 días hábiles.`,
      `- ${step} miércoles 8 de abril de 2026, venció hace 7 días hábiles.`,
      `- ${step} miércoles 8 de abril de 2026, venció hace 7 días hábiles.`,
      '',
      'Entre, revise lo que falta y haga su parte.',
      '',
      'Este mensaje reemplaza 12 avisos anteriores que no se enviaron.',
      '',
      'Caracteriza envía este mensaje automáticamente. Para ver en su bandeja lo vencido del cargo con el que entre, abra este enlace:',
      '',
      'https://caracteriza.prueba.gov.co/bandeja?grupo=vencido',
    ])
    const parts = (await mailToAuthor()).filter((mail) => mail.notice)
    const digestId = idOf('digest', ...parts.map((mail) => mail.id))
    expect(letter?.messageId).toBe(`<${digestId}@caracteriza.prueba.gov.co>`)
    expect(parts.map((mail) => [mail.status, mail.digest_id, mail.notice])).toEqual(
      cycles.map(() => ['gathered', digestId, 'sent']),
    )
    const { rows } = await withActor(town.web, town.admin, (trx) => listOutgoingMail(trx, town.entityId))
    expect(rows.filter((mail) => mail.personName === 'profesional_ogac')).toMatchObject([
      { id: digestId, status: 'sent', gathers: 3 },
    ])
  })

  it('holds the days of improvement actions too, past or about to come, and the head above is told by itself', async () => {
    const cycleId = await openSince('2026-03-20')
    morningOf('2026-03-20')
    const actions = [await actionDue('2026-04-08'), await actionDue('2026-04-20')]
    const now = morningOf('2026-04-17')
    await tell(cycleId, now)
    for (const actionId of actions) await tellOfAction(tools, { entityId: town.entityId, actionId, now })
    await deliverMail(tools)
    const [letter, ...others] = toAuthor()
    expect(others).toEqual([])
    expect(letter?.subject).toBe('3 plazos suyos están vencidos o por vencer')
    const step = '«Identificar los objetivos y el alcance de la caracterización»'
    expect(letter?.text.split(/\r?\n/).filter((line) => line.startsWith('-'))).toEqual([
      `- Paso 1 (${step}), vigencia 2026: plazo hasta el miércoles 8 de abril de 2026, venció hace 7 días hábiles.`,
      '- Acción de mejora AM-2026-001: plazo hasta el miércoles 8 de abril de 2026, venció hace 7 días hábiles.',
      '- Acción de mejora AM-2026-002: plazo hasta el lunes 20 de abril de 2026, falta 1 día hábil.',
    ])
    expect(letter?.text).toMatch(/\/bandeja\s*$/)
    const above = smtp.received.filter(({ to }) => to === SUPERIOR).map(({ subject }) => subject)
    expect(above).toContain('Aviso: venció el plazo de la acción de mejora AM-2026-001')
  })

  it('is one mail with its deep link where it is one step, and another mail on another day', async () => {
    const cycleId = await openSince('2026-03-20')
    await tell(cycleId, morningOf('2026-04-13'))
    await tell(cycleId, morningOf('2026-04-17'))
    await deliverMail(tools)
    expect(toAuthor().map((letter) => letter.subject)).toEqual([
      'Paso 1: sigue vencido desde el miércoles 8 de abril de 2026',
      'Paso 1: sigue vencido desde el miércoles 8 de abril de 2026',
    ])
    for (const { text } of toAuthor()) expect(text).toContain(`/ejercicios/${cycleId}/pasos/1`)
  })

  it('waits ten minutes for a cycle that does not tell, and no longer', async () => {
    await openSince('2026-03-20')
    const cycleId = await openSince('2026-03-20')
    await tell(cycleId, morningOf('2026-04-17'))
    morningOf('2026-04-17', 9)
    await deliverMail(tools)
    expect(toAuthor()).toEqual([])
    morningOf('2026-04-17', 11)
    await deliverMail(tools)
    expect(toAuthor()).toHaveLength(1)
  })

  it('says intentado of every notice when the outcome is unknown, and is not sent again', async () => {
    smtp.answer = 'hangs up'
    await twoOverdue()
    await deliverMail(tools)
    expect(await noticesToAuthor()).toEqual(['attempted', 'attempted'])
    smtp.answer = 'accepts'
    morningOf('2026-04-17', 60)
    await deliverMail(tools)
    expect(toAuthor()).toHaveLength(1)
  })

  it('left on its way by a crash says so of every notice when the mailer starts', async () => {
    await twoOverdue()
    const due = await withoutEntity(town.worker, (trx) => listDueMail(trx, 20))
    const digest = await withEntity(town.worker, town.entityId, async (trx) => {
      for (const mail of due) {
        const id = await gatherDigest(trx, tools, mail)
        if (id) return await takeMail(trx, id)
      }
    })
    expect(digest?.attempts).toBe(1)
    const mailer = startMailer(tools, (error) => {
      throw error
    })
    await expect.poll(noticesToAuthor).toEqual(['attempted', 'attempted'])
    await mailer.stop()
    expect(toAuthor()).toEqual([])
  })

  it('refused by the server is the same mail each time; in the end every notice failed, with its event', async () => {
    smtp.answer = 'refuses'
    const cycles = await twoOverdue()
    for (const wait of [1, 3, 9, 25]) {
      morningOf('2026-04-17', wait)
      await deliverMail(tools)
    }
    const mail = await mailToAuthor()
    expect(mail.filter((one) => !one.notice)).toMatchObject([{ status: 'failed', failure: 'smtp_451' }])
    expect(await noticesToAuthor()).toEqual(['failed', 'failed'])
    const events = await withEntity(town.worker, town.entityId, (trx) =>
      trx
        .selectFrom('event')
        .innerJoin('notice', 'notice.id', 'event.object_id')
        .select(['event.cycle_id', 'event.origin'])
        .where('event.type', '=', 'notice.failed')
        .where('notice.duty', '=', 'in_charge')
        .execute(),
    )
    expect(events.map((event) => event.cycle_id).sort()).toEqual(cycles.sort())
    const opened = await withEntity(town.worker, town.entityId, (trx) =>
      trx.selectFrom('event').select(['origin', 'reason_code']).where('type', '=', 'incident.opened').execute(),
    )
    expect(new Set(opened.map((event) => `${event.reason_code} ${event.origin}`))).toEqual(
      new Set(['notice_undelivered system']),
    )
  })
})
