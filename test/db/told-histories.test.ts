import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { sendDueNotices } from '../../activities/send-due-notices.ts'
import { requireCycleMap } from '../../app/pages/cycle-map.server.ts'
import { loadTerms } from '../../app/pages/ran-terms.server.ts'
import { loadSentNotices } from '../../app/pages/sent-notices.server.ts'
import type { Actor } from '../../app/session.server.ts'
import { recordEvents } from '../../db/audit.ts'
import { addCalendarDay } from '../../db/calendar-days.ts'
import { withActor, withEntity } from '../../db/client.ts'
import { moveClock } from '../../db/clock.ts'
import { findCycle } from '../../db/cycles.ts'
import { newId } from '../../db/ids.ts'
import { leadingTo, settleMail, takeMail, toldBeside, writeMail } from '../../db/mail.ts'
import { up } from '../../db/migrations/0079_told_histories.ts'
import { saveTransition } from '../../db/transitions.ts'
import type { CycleState } from '../../domain/cycle-state.ts'
import { asOwner, openCycle, smallTown, type Town } from '../support/town.ts'

let town: Town
let actor: Actor
beforeAll(async () => {
  town = await smallTown()
  const { entityId, admin } = town
  const position = { id: admin.positionId, duty: 'administracion', actingFor: null }
  actor = { entityId, personId: admin.personId, scopes: [], position, entity: { dutyNames: {} } } as unknown as Actor
})
afterEach(() => moveClock(0))
afterAll(() => town.close())

/** Moves the application's clock to noon in Bogotá of a day. */
function goTo(day: string): string {
  const noon = `${day}T17:00:00.000Z`
  moveClock(0)
  moveClock(Date.parse(noon) - Math.round(performance.timeOrigin + performance.now()))
  return noon
}

const terms = (query: string) =>
  withActor(town.web, town.admin, (trx) => loadTerms(trx, actor, new URLSearchParams(query)))
const notices = (query: string) =>
  withActor(town.web, town.admin, (trx) => loadSentNotices(trx, actor, new URLSearchParams(query)))

/** The step as `to` makes it, at the workflow's clock. */
async function turn(cycleId: string, now: string, to: Partial<CycleState['steps'][number]>): Promise<void> {
  await withEntity(town.worker, town.entityId, async (trx) => {
    const cycle = await findCycle(trx, cycleId)
    if (!cycle) throw new Error('no cycle')
    const steps = cycle.state.steps.map((step) => (step.code === '1' ? { ...step, ...to } : step))
    const cause = {
      decision: null,
      origin: 'workflow',
      workflowId: `cycle:${cycleId}`,
      requestId: null,
      bodyHash: null,
    }
    await saveTransition(trx, cycle, { ...cycle.state, steps }, { ...cause, now: new Date(now) } as never)
  })
}

describe('the terms of a cycle', () => {
  it('are told attempt by attempt, with what moved them and by how much they were kept or missed', async () => {
    const cycleId = await openCycle(town, goTo('2026-03-20'))
    goTo('2026-03-24')
    const civic = { day: '2026-04-07', kind: 'extra', name: 'Día cívico', actReference: 'Decreto 9' } as const
    await withActor(town.web, town.admin, (trx) => addCalendarDay(trx, town.admin, civic))
    await turn(cycleId, goTo('2026-04-13'), { status: 'approved' })
    await turn(cycleId, goTo('2026-05-04'), { status: 'in_progress', attempt: 2 })
    goTo('2026-05-05')
    const page = await terms(`ejercicio=${cycleId}`)
    expect(page.way.at(-1)?.to).toBe(`/ejercicios/${cycleId}`)
    expect(page.terms.map(({ what, code, result }) => [what.replace(/, .*?(?= \(|$)/, ''), code, result])).toEqual([
      ['Paso 1 (intento 2)', 'running', 'Corre todavía: faltan 9 días hábiles.'],
      ['Paso 1', 'late', 'Se cumplió tarde, el lunes 13 de abril de 2026, 2 días hábiles después de vencer.'],
      ['Paso 1', 'moved', expect.stringContaining('jueves 9 de abril de 2026')],
    ])
    const [, late, moved] = page.terms
    expect(late?.due).toBe('jueves 9 de abril de 2026; antes vencía el miércoles 8 de abril de 2026')
    expect([late?.count, late?.start]).toEqual([
      '10 días hábiles',
      'viernes 20 de marzo de 2026; se cuenta desde el día siguiente',
    ])
    expect(late?.out).toMatch(/^6 sábados y domingos; lunes 23 de marzo.*Día cívico \(Decreto 9\)$/)
    expect(moved?.out).not.toContain('Día cívico')
    expect(late?.days.at(-1)).toEqual({ date: '2026-04-09', counts: true, n: 10 })
  })

  it('of a step that stops being open says so, and of a subject that has none, or that nobody sees, nothing', async () => {
    const cycleId = await openCycle(town, goTo('2026-08-03'))
    await turn(cycleId, goTo('2026-08-05'), { status: 'cancelled' })
    const [stopped] = (await terms(`ejercicio=${cycleId}`)).terms
    expect(stopped).toMatchObject({ code: 'stopped', result: expect.stringMatching(/^Dejó de correr el miércoles 5/) })
    expect((await terms(`ejercicio=${await openCycle(town, goTo('2026-08-03'), null)}`)).terms).toEqual([])
    for (const query of ['', `ejercicio=${newId()}`, `riesgo=${newId()}`])
      for (const read of [terms, notices]) await expect(read(query)).rejects.toMatchObject({ code: 'not_visible' })
  })
})

describe('the map of a cycle', () => {
  it('counts what came back, and tells from how far a step was reopened', async () => {
    const cycleId = await openCycle(town, goTo('2026-03-20'))
    const { entityId } = town
    const of = { entityId, objectId: entityId, cycleId, origin: 'workflow' } as const
    const record = (type: 'step.opened' | 'step.returned' | 'reopening.granted', stepCode: string) =>
      withActor(town.web, town.admin, (trx) => recordEvents(trx, [{ ...of, type, stepCode }]))
    await record('step.returned', '1')
    await record('step.returned', '1')
    await record('step.opened', '2')
    await record('step.opened', '3')
    await record('reopening.granted', '1')
    // Reopened once more before it got as far again.
    await record('step.opened', '1')
    await record('step.opened', '2')
    await record('reopening.granted', '1')
    await record('step.opened', '1')
    await record('reopening.granted', '1')
    const context = { requestId: 'x' } as Parameters<typeof requireCycleMap>[2]
    const { rows, svg } = await withActor(town.web, town.admin, (trx) => requireCycleMap(trx, cycleId, context))
    expect(rows.map(({ code, returns, reopenings, isCurrent }) => [code, returns, reopenings, isCurrent])).toEqual([
      ['1', 2, '1, cuando iba por el paso 3; 1, cuando iba por el paso 2; 1, cuando iba por el paso 1', true],
      ...['2', '3', '4', '5', '6', '7'].map((code) => [code, 0, '0', false]),
    ])
    expect(svg).toContain('Mapa de los 7 pasos: 0 aprobados; va por el paso 1; devoluciones: 2; reaperturas: 3.')
    const absent = withActor(town.web, town.admin, (trx) => requireCycleMap(trx, newId(), context))
    await expect(absent).rejects.toMatchObject({ status: 404 })
  })
})

describe('what was told of a cycle', () => {
  it('stands by position, with what became of each mail, and names nobody', async () => {
    const { entityId } = town
    const cycleId = await openCycle(town, goTo('2026-06-01'))
    expect((await notices(`ejercicio=${cycleId}`)).notices).toEqual([])
    const send = (now: string) => sendDueNotices(town.tools, { entityId, cycleId, now })
    await send(goTo('2026-06-12'))
    await send(goTo('2026-06-18'))
    // Under a path of its own, as behind a proxy.
    const publicUrl = 'https://prueba.gov.co/caracteriza'
    const page = `/ejercicios/${cycleId}/pasos/1`
    const personId = town.holders.profesional_tic?.personId ?? ''
    const mail = { entityId, noticeId: null, personId, body: 'x' }
    const mention = newId()
    await withEntity(town.worker, entityId, async (trx) => {
      const other = toldBeside(publicUrl, page.replace(cycleId, newId()))
      await writeMail(trx, { ...mail, id: mention, subject: 'Lo mencionan', ...toldBeside(publicUrl, page) })
      await writeMail(trx, { ...mail, id: newId(), subject: 'Otra cosa', ...other })
      await writeMail(trx, { ...mail, id: newId(), subject: 'Para Ana María', ...leadingTo(publicUrl, page) })
      await takeMail(trx, mention)
      await settleMail(
        trx,
        { id: mention, entity_id: entityId },
        { status: 'failed', failure: '550 tic@prueba.gov.co' },
      )
    })
    const { notices: rows } = await notices(`ejercicio=${cycleId}`)
    const told = rows.map(({ what, positions, duty, outcome }) => [what, positions, duty, outcome])
    expect([told[0], told[3]]).toEqual([
      ['Lo mencionan', 'profesional_tic', null, 'failed'],
      [expect.stringContaining('Paso 1: el plazo vence el'), 'profesional_ogac', 'Quien debe actuar', 'planned'],
    ])
    // Both were written in one transaction.
    expect(told.slice(1, 3).sort()).toEqual([
      ['Aviso: venció el plazo del paso 1', 'secretaria_general', 'Secretaría General', 'planned'],
      ['Paso 1: el plazo venció el miércoles 17 de junio de 2026', 'profesional_ogac', 'Quien debe actuar', 'planned'],
    ])
    expect(JSON.stringify(rows)).not.toContain('@')
  })

  it('fills its pages without losing or repeating a row', async () => {
    const { entityId } = town
    const cycleId = await openCycle(town, goTo('2026-06-01'))
    const lead = toldBeside('https://caracteriza.prueba.gov.co', `/ejercicios/${cycleId}`)
    const personId = town.holders.profesional_tic?.personId ?? ''
    await withEntity(town.worker, entityId, async (trx) => {
      for (let n = 0; n < 30; n++)
        await writeMail(trx, {
          ...{ id: newId(), entityId, noticeId: null, personId, subject: `Aviso ${n}`, body: 'x' },
          ...lead,
        })
    })
    const first = await notices(`ejercicio=${cycleId}`)
    const second = await notices(`ejercicio=${cycleId}&desde=${first.next}`)
    expect([first.notices.length, second.notices.length, second.next]).toEqual([25, 5, null])
    expect(new Set([...first.notices, ...second.notices].map(({ what }) => what)).size).toBe(30)
  })

  it('is found in what was written before a mail said where it leads, but for copies of receipts and secrets', async () => {
    const { entityId } = town
    const cycleId = newId()
    const links = [
      `https://x.test/base/ejercicios/${cycleId}/pasos/1`,
      `https://x.test/ejercicios/${cycleId}/actos/${newId()}`,
      `https://x.test/accesos/campanas/${cycleId}`,
      'https://x.test/riesgos/R-001/controles/C-001/ejecuciones/2026-05-01',
      `https://x.test/ausencias/${cycleId}`,
      'https://x.test/ejercicios',
    ]
    let found: (string | null)[] = []
    const upgraded = asOwner(town, (owner) =>
      withEntity(owner, entityId, async (trx) => {
        await sql`alter table control_run drop column arithmetic, drop column calendar_version`.execute(trx)
        await sql`alter table mail drop column path`.execute(trx)
        await sql`drop index term_cycle, term_replaced, notice_cycle`.execute(trx)
        const write = (link: string, sensitive: boolean) =>
          sql`insert into mail (id, entity_id, subject, body, link, sensitive, message_id)
            values (${newId()}, ${entityId}, 'x', 'x', ${link}, ${sensitive}, ${newId()})`.execute(trx)
        for (const link of links) await write(link, false)
        await write(`${links[0]}/secreto`, true)
        await up(trx as never)
        const rows = await sql<{ path: string | null }>`
          select path from mail where link like 'https://x.test/%' order by id`.execute(trx)
        found = rows.rows.map(({ path }) => path)
        throw new RangeError('enough')
      }),
    )
    await expect(upgraded).rejects.toThrow('enough')
    expect(found).toEqual([
      ...[`/ejercicios/${cycleId}/pasos/1`, null, `/accesos/campanas/${cycleId}`],
      ...['/riesgos/R-001/controles/C-001/ejecuciones/2026-05-01', null, null, null],
    ])
  })
})
