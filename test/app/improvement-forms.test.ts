/** The forms of findings and of their actions: what they lead to, and what they do not take (features D12). */
import pino from 'pino'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { analyseCauses, planAction } from '../../app/commands/keep-plans.server.ts'
import { registerRisk } from '../../app/commands/keep-risks.server.ts'
import { addPlanAction } from '../../app/commands/treat-risk.server.ts'
import type { AppContext } from '../../app/context.server.ts'
import { actOnNewFinding, loadNewFinding } from '../../app/pages/finding.server.ts'
import { actOnAction } from '../../app/pages/improvement-actions.server.ts'
import { loadRiskFollow } from '../../app/pages/risk-follow.server.ts'
import { actOnTreatment, loadTreatment } from '../../app/pages/risk-treatment.server.ts'
import { loadRisk } from '../../app/pages/risks.server.ts'
import type { Actor } from '../../app/session.server.ts'
import { DUB_RISK } from '../../catalog/demo/risks.ts'
import { withActor, withEntity } from '../../db/client.ts'
import { appNow, appToday, moveClock } from '../../db/clock.ts'
import { findFinding } from '../../db/finding-pages.ts'
import { newId } from '../../db/ids.ts'
import { dropAction } from '../../db/improvement-actions.ts'
import { findAction } from '../../db/improvement-pages.ts'
import { addDays, addMonths } from '../../domain/civil-dates.ts'
import * as acts from '../../scripts/demonstration/acts.ts'
import { type Desk, openDesk } from '../support/capture.ts'

let desk: Desk
let context: AppContext
let auditor: Actor
let owner: Actor
let risk: string
beforeAll(async () => {
  desk = await openDesk()
  const config = { APP_SECRET: desk.secret, PUBLIC_URL: 'https://caracteriza.prueba.gov.co' }
  context = { db: desk.web, requestId: 'prueba', config, log: pino({ level: 'silent' }) } as unknown as AppContext
  auditor = await acts.actorOf(context, desk.entityId, 'control_interno')
  owner = await acts.actorOf(context, desk.entityId, 'jefatura_ogac')
  const input = { formKey: newId(), ownerId: owner.position.id, reason: '', answers: DUB_RISK }
  risk = await registerRisk(context, owner, { code: 'guia_7', n: 0 }, input as Parameters<typeof registerRisk>[3])
}, 120_000)
afterAll(() => desk?.close())
afterEach(() => moveClock(0))

const formOf = (typed: Record<string, string>) => {
  const form = new FormData()
  for (const [name, value] of Object.entries(typed)) form.set(name, value)
  return form
}

const typedFinding = (about: string) => ({
  ...{ findingId: newId(), origin: 'audit', source: 'Informe de auditoría 04 de 2026', radicado: '', risk: about },
  ...{ foundOn: '2026-03-02', criterion: 'MM-GAC-P-008, paso 3.', condition: 'Faltan 2 fuentes.' },
  ...{ cause: 'No hay un acuerdo.', effect: 'El corte queda incompleto.', positionId: owner.position.id },
})

describe('a finding about a risk', () => {
  it('is recorded from the page of the risk by whoever may record findings, and by nobody else', async () => {
    const plain = await acts.actorOf(context, desk.entityId, 'profesional_tic')
    const page = (actor: Actor) => loadRisk(context, actor, risk, new URLSearchParams())
    for (const load of [(actor: Actor) => loadRiskFollow(context, actor, risk), page]) {
      expect((await load(auditor)).mayRecord).toBe(true)
      expect((await load(plain)).mayRecord).toBe(false)
    }
  })

  it('names its risk on the form, and lets one be chosen where no page of a risk led there', async () => {
    const led = await loadNewFinding(context, auditor, new URLSearchParams({ riesgo: risk }))
    expect(led.risk).toMatchObject({ code: risk, description: expect.stringContaining('Acceso no autorizado') })
    const free = await loadNewFinding(context, auditor, new URLSearchParams())
    expect(free.risk).toBeNull()
    expect(free.risks.map(({ code }) => code)).toContain(risk)
  })

  it('is not taken for a risk that is not there, beside its field and with what was typed', async () => {
    const typed = typedFinding('R-999')
    const answer = await actOnNewFinding(context, auditor, formOf(typed))
    expect(answer).toMatchObject({ data: { values: typed }, init: { status: 422 } })
    expect(answer).toMatchObject({
      data: {
        errors: [{ field: 'hallazgo-risk', message: expect.stringContaining('Ningún riesgo tiene ese código') }],
      },
    })
  })

  it('keeps the risk that was chosen, however its code was typed', async () => {
    const answer = await actOnNewFinding(context, auditor, formOf(typedFinding(risk.toLowerCase())))
    const code = locationOf(answer).split('/').at(-1)?.split('?')[0] ?? ''
    const found = await withActor(context.db, auditor, (trx) => findFinding(trx, desk.entityId, code))
    expect(found?.riskCode).toBe(risk)
  })
})

const locationOf = (answer: object): string =>
  ('headers' in answer ? (answer as Response).headers.get('location') : '') ?? ''

/** Code of an action of a plan that `owner` answers for, for whoever holds this position. */
async function plannedFor(positionId: string): Promise<{ finding: string; code: string }> {
  const said = locationOf(await actOnNewFinding(context, auditor, formOf(typedFinding(''))))
  const finding = said.split('/').at(-1)?.split('?')[0] ?? ''
  const root = 'Ningún documento dice quién la pide.'
  await analyseCauses(context, owner, finding, {
    ...{ formKey: newId(), method: 'list', steps: ['Nadie la pidió.'], root },
  })
  const what = { what: 'Acordar la entrega.', dueDate: '2097-02-01', indicator: 'Acuerdo firmado.' }
  return { finding, code: await planAction(context, owner, finding, { formKey: newId(), positionId, ...what }) }
}

const send = (actor: Actor, code: string, typed: Record<string, string>) =>
  actOnAction(
    context,
    actor,
    code,
    new Request('http://localhost/mejora', { method: 'POST', body: new URLSearchParams(typed) }),
  )

describe('an activity of the treatment of a risk', () => {
  it('is open on the page of the risk while somebody decides whether it is given up', async () => {
    const days = { startsOn: appToday(), dueDate: addMonths(appToday(), 2), followUpOn: addMonths(appToday(), 1) }
    const what = { what: 'Revisar los accesos.', indicator: 'Accesos revisados.', positionId: owner.position.id }
    await addPlanAction(context, owner, risk, { formKey: newId(), ...what, ...days })
    const states = async () => {
      const { plan } = await loadTreatment(context, owner, risk, new URLSearchParams())
      return plan.rows.map(({ code, state }) => ({ code, state }))
    }
    const [line] = await states()
    const typed = {
      formulario: 'avance',
      entryId: newId(),
      status: 'drop_asked',
      body: 'Ya no hace falta.',
      evidence: '',
    }
    expect(locationOf(await send(owner, line?.code ?? '', typed))).toContain('hecho=avance')
    expect(await states()).toEqual([{ code: line?.code, state: 'open' }])
  })

  it('is looked at by its last day, and has not begun before its first', async () => {
    const input = { formKey: newId(), ownerId: owner.position.id, reason: '', answers: DUB_RISK }
    const fresh = await registerRisk(
      context,
      owner,
      { code: 'guia_7', n: 0 },
      input as Parameters<typeof registerRisk>[3],
    )
    const [startsOn, dueDate] = [addDays(appToday(), 7), addMonths(appToday(), 2)]
    const typed = { formulario: 'plan', formKey: newId(), what: 'Revisar los accesos.', startsOn, dueDate }
    const rest = { indicator: 'Accesos revisados.', positionId: owner.position.id }
    const plan = async (followUpOn: string) => {
      const body = new URLSearchParams({ ...typed, ...rest, followUpOn })
      return await actOnTreatment(context, owner, fresh, new Request('http://localhost/', { method: 'POST', body }))
    }
    expect(await plan(addDays(dueDate, 1))).toMatchObject({
      init: { status: 422 },
      data: {
        values: typed,
        errors: [{ field: 'plan-followUpOn', message: expect.stringContaining('después de que la actividad termine') }],
      },
    })
    expect(locationOf(await plan(dueDate))).toContain('hecho=plan')
    const shown = async () =>
      (await loadTreatment(context, owner, fresh, new URLSearchParams())).plan.rows.map(({ state }) => state)
    expect(await shown()).toEqual(['ahead'])
    moveClock(7 * 86_400_000)
    expect(await shown()).toEqual(['open'])
  })

  it('that was given up is shown as given up, and is no plan', async () => {
    const load = () => loadTreatment(context, owner, risk, new URLSearchParams())
    const plan = async () => {
      const { hasPlan, plan } = await load()
      return [hasPlan, plan.rows.map(({ state }) => state)]
    }
    expect(await plan()).toEqual([true, ['open']])
    const [line] = (await load()).plan.rows
    const { id } = await withActor(context.db, owner, (trx) =>
      trx
        .selectFrom('improvement_action')
        .select('id')
        .where('code', '=', line?.code ?? '')
        .executeTakeFirstOrThrow(),
    )
    const by = { entityId: desk.entityId, origin: 'system' as const }
    await withEntity(context.db, desk.entityId, async (trx) => dropAction(trx, id, by, appNow()))
    expect(await plan()).toEqual([false, ['dropped']])
  })
})

describe('an action of a plan that somebody asks to give up', () => {
  const asking = () => ({
    formulario: 'avance',
    entryId: newId(),
    status: 'drop_asked',
    body: 'Ya no hace falta.',
    evidence: '',
  })
  const told = (finding: string) =>
    withEntity(desk.owner, desk.entityId, async (trx) => ({
      mail: await trx
        .selectFrom('mail')
        .select(['person_id', 'body'])
        .where('subject', 'like', `%descartar%${finding}`)
        .execute(),
      asked: await trx
        .selectFrom('follow_up')
        .select('kind')
        .where('code', '=', finding)
        .where('status', '=', 'open')
        .execute(),
    }))

  it('is told to whoever answers for the plan at once and once, and asks nothing of them', async () => {
    const doer = await acts.actorOf(context, desk.entityId, 'profesional_tic')
    const { finding, code } = await plannedFor(doer.position.id)
    const typed = asking()
    for (let i = 0; i < 2; i += 1) expect(locationOf(await send(doer, code, typed))).toContain('hecho=avance')
    const { mail, asked } = await told(finding)
    expect(mail.map((one) => one.person_id)).toEqual([owner.personId])
    expect(mail[0]?.body).toContain(`la acción ${code} del plan del hallazgo ${finding}`)
    expect(asked).toEqual([])
  })

  it('is told to nobody where they asked it themselves', async () => {
    const { finding, code } = await plannedFor(owner.position.id)
    expect(locationOf(await send(owner, code, asking()))).toContain('hecho=avance')
    expect((await told(finding)).mail).toEqual([])
  })
})

describe('an action reported as carried out', () => {
  it('is taken with evidence alone: otherwise the sentence stands beside the field, and nothing is kept', async () => {
    const { code } = await plannedFor(owner.position.id)
    const report = (evidence: string) =>
      send(owner, code, { formulario: 'cumplida', entryId: newId(), body: 'Se firmó el acuerdo.', evidence })
    const statusOf = async () =>
      (await withActor(context.db, owner, (trx) => findAction(trx, desk.entityId, code)))?.status
    const refusals = () =>
      withActor(context.db, auditor, (trx) =>
        trx
          .selectFrom('event')
          .select(['actor_person', 'reason_code'])
          .where('reason_code', 'like', 'result_%')
          .execute(),
      )
    expect(await report('  ')).toMatchObject({
      init: { status: 422 },
      data: {
        values: { body: 'Se firmó el acuerdo.' },
        errors: [{ field: 'cumplida-evidence', message: expect.stringContaining('Aporte la evidencia') }],
      },
    })
    expect(await statusOf()).toBe('unreported')
    expect(await refusals()).toEqual([{ actor_person: owner.personId, reason_code: 'result_unshown' }])
    // Whoever may not report hears that, and not what their report lacks.
    const unseen = { formulario: 'cumplida', entryId: newId(), body: 'Se firmó el acuerdo.', evidence: '' }
    expect(await send(auditor, code, unseen)).toMatchObject({
      init: { status: 403 },
      data: {
        values: { body: 'Se firmó el acuerdo.' },
        errors: [{ field: 'cumplida-', message: expect.stringContaining('responde') }],
      },
    })
    expect(locationOf(await report('Acuerdo 012 de 2026'))).toContain('hecho=cumplida')
    expect(await statusOf()).toBe('done')
  })
})
