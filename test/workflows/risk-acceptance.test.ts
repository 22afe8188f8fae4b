import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { decideAcceptance } from '../../app/commands/decide-acceptance.server.ts'
import { addControl, reassessRisk, registerRisk } from '../../app/commands/keep-risks.server.ts'
import { addPlanAction, askAcceptance, recordTreatment } from '../../app/commands/treat-risk.server.ts'
import type { Actor } from '../../app/session.server.ts'
import { DUB_CONTROLS, DUB_RISK } from '../../catalog/demo/risks.ts'
import { openDatabase, type Trx, withDocumentCode, withEntity } from '../../db/client.ts'
import { appNow, appToday, moveClock } from '../../db/clock.ts'
import { newId } from '../../db/ids.ts'
import { listActions } from '../../db/improvement-pages.ts'
import { findAcceptance } from '../../db/risk-acceptances.ts'
import { listMapRows } from '../../db/risk-map-rows.ts'
import { nextForRisk } from '../../db/risk-next.ts'
import { listRisks } from '../../db/risk-pages.ts'
import { settleStanding } from '../../db/risk-standings.ts'
import { findRiskReceipt, findTreatment, listAcceptanceSignatures, listPlan } from '../../db/risk-treatment-pages.ts'
import { findRisk } from '../../db/risks.ts'
import { roleUrl } from '../../db/roles.ts'
import { examineStanding } from '../../db/standing-checks.ts'
import { movedBy } from '../../db/standing-moves.ts'
import { addDays, addMonths } from '../../domain/civil-dates.ts'
import type { RefusalCode } from '../../domain/refusals.ts'
import type { RiskInput } from '../../domain/risk-inputs.ts'
import type { RiskAnswers } from '../../domain/risks.ts'
import { parseCode } from '../../domain/verification-codes.ts'
import { acceptanceWorkflowId } from '../../workflows/messages.ts'
import { rowsOf } from '../support/database.ts'
import { fastForward } from '../support/temporal.ts'
import { openWorld, type World } from '../support/world.ts'

const KEY = { code: 'guia_7', n: 0 }
const DAY_S = 86_400
/** Muy baja × Leve: a low risk, which the head of the office that leads may accept. */
const LOW = { timesPerYear: 1, reputational: 'leve' }

let world: World
let keeper: Actor
let head: Actor
let mayor: Actor
beforeAll(async () => {
  world = await openWorld({ courier: true })
  const { config } = world.context
  world.context.publicDb = openDatabase(roleUrl(world.ownerUrl, config.APP_SECRET, 'public'), { max: 2 })
  ;[keeper, head, mayor] = await Promise.all([
    world.actor('profesional_ogac'),
    world.actor('jefatura_ogac'),
    world.actor('alcaldia'),
  ])
}, 120_000)
afterAll(async () => {
  await world.context.publicDb.close()
  await world.close()
}, 60_000)
afterEach(() => moveClock(0))

const rows = <T>(read: (trx: Trx) => Promise<T>): Promise<T> => withEntity(world.owner, world.entityId, read)

const typed = (change: Partial<RiskAnswers> = {}, reason = ''): RiskInput =>
  ({ formKey: newId(), ownerId: head.position.id, reason, answers: { ...DUB_RISK, ...LOW, ...change } }) as RiskInput

const register = (change: Partial<RiskAnswers> = {}, by = keeper) => registerRisk(world.context, by, KEY, typed(change))

/** Baja × Menor, with a control that is shown to work: above the appetite, accepted by the mayor. */
async function shown(): Promise<string> {
  const code = await register({ timesPerYear: 20, reputational: 'menor' })
  const design = { ...DUB_CONTROLS[0], formKey: newId(), ownerId: head.position.id, criteria: {} }
  await addControl(world.context, keeper, code, design as Parameters<typeof addControl>[3])
  const { id } = await held(code)
  await withEntity(world.owner, world.entityId, async (trx) => {
    await sql`insert into control_standing (control_id, entity_id, state, until)
      select c.id, c.entity_id, 'current', '2098-01-01' from risk_control c where c.risk_id = ${id}`.execute(trx)
    await settleStanding(trx, world.entityId, id, movedBy({ ...keeper, positionId: keeper.position.id }, 'reassessed'))
  })
  return code
}

const wish = (change: Partial<{ formKey: string; reason: string; until: string }> = {}) => ({
  ...{ formKey: newId(), reason: 'Es poco probable y su efecto es leve.', until: addMonths(appToday(), 6) },
  ...change,
})

/** Asked for, and its workflow has read it. */
async function ask(code: string, form = wish(), by = keeper): Promise<string> {
  await askAcceptance(world.context, by, code, form)
  const handle = world.context.temporal.workflow.getHandle(acceptanceWorkflowId(form.formKey))
  await expect
    .poll(
      () =>
        handle.describe().then(
          ({ status }) => status.name,
          () => '',
        ),
      { timeout: 10_000 },
    )
    .toBe('RUNNING')
  return form.formKey
}

const state = async (id: string) => {
  const found = await rows((trx) => findAcceptance(trx, id))
  if (!found) throw new Error('there is no such acceptance')
  return found.state
}

async function decide(id: string, verdict: 'accept_risk' | 'decline_risk' | 'withdraw_risk', by: Actor, hash?: string) {
  const contentHash = hash ?? (await state(id)).contentHash
  const input = { acceptanceId: id, verdict, contentHash, observation: 'Como se habló en el comité.' }
  return await decideAcceptance(world.context, { ...by, provedAt: appNow() }, input)
}

const codeOf = (work: Promise<unknown>): Promise<RefusalCode | null> =>
  work.then(
    () => null,
    (failure: { code: RefusalCode }) => failure.code,
  )

const eventsOf = (id: string) =>
  rows(async (trx) =>
    (await trx.selectFrom('event').select('type').where('object_id', '=', id).orderBy('at').execute()).map(
      ({ type }) => type,
    ),
  )

/** What is asked of whom by the inbox, of one risk. */
const waitingFor = (code: string) =>
  rows(async (trx) => {
    const open = trx
      .selectFrom('follow_up')
      .select(['kind', 'duty'])
      .where('code', '=', code)
      .where('status', '=', 'open')
    const asked = await open.where('kind', 'in', ['accept_risk', 'treat_risk']).execute()
    return asked.map(({ kind, duty }) => `${kind} ${duty}`)
  })

/** What the page, the list and the official map say is done about a risk, and whether it is asked that it be accepted. */
const inForce = async (code: string): Promise<[string | null, boolean]> => {
  const { rows: lines } = await rows((trx) => listMapRows(trx, world.entityId, { cursor: null, limit: 100 }))
  const line = lines.find((one) => one.code === code)
  const { id } = await held(code)
  const page = (await rows((trx) => findTreatment(trx, id)))?.option ?? null
  const listed = (await rows((trx) => listRisks(trx, world.entityId, { limit: 100 }))).rows.find(
    (one) => one.code === code,
  )
  expect([line?.treatment, listed?.treatment, listed?.isAcceptanceAsked]).toEqual([page, page, line?.isAcceptanceAsked])
  return [page, line?.isAcceptanceAsked ?? false]
}

const held = async (code: string) => {
  const risk = await rows((trx) => findRisk(trx, world.entityId, code))
  if (!risk) throw new Error(`no risk ${code}`)
  return risk
}

describe('the acceptance of a risk', () => {
  it('is signed by whom the policy names, on exactly what stands, with a receipt anybody can check', async () => {
    const code = await register()
    const id = await ask(code)
    expect(await waitingFor(code)).toEqual(['accept_risk jefatura_ogac'])
    const { id: riskId } = await held(code)
    expect(await inForce(code)).toEqual([null, true])
    expect(await codeOf(decide(id, 'accept_risk', mayor))).toBe('not_in_charge')
    expect(await codeOf(decide(id, 'accept_risk', head, 'f'.repeat(64)))).toBe('content_changed')
    const { settled, receiptCode } = await decide(id, 'accept_risk', head)
    expect([settled, (await state(id)).status, await waitingFor(code)]).toEqual([true, 'accepted', []])
    expect(await inForce(code)).toEqual(['accept', false])
    expect(await rows((trx) => findTreatment(trx, riskId))).toMatchObject({
      ...{ position: head.position.name, isCurrent: true, statement: wish().reason },
    })
    const [signature] = await rows((trx) => listAcceptanceSignatures(trx, id))
    expect(signature).toMatchObject({ kind: 'accept_risk', observation: 'Como se habló en el comité.', receiptCode })
    expect(signature?.statement).toMatch(/exactamente como está valorado/)
    const receipt = await withDocumentCode(world.context.publicDb, parseCode(receiptCode) ?? '', (trx) =>
      findRiskReceipt(trx, parseCode(receiptCode) ?? ''),
    )
    expect(receipt).toMatchObject({ kind: 'accept_risk' })
    expect(await eventsOf(id)).toEqual(['risk.acceptance_asked', 'act.refused', 'act.refused', 'risk.accepted'])
    expect(await codeOf(askAcceptance(world.context, keeper, code, wish()))).toBe('acceptance_open')
  })

  it('is never of whoever rated the risk, nor past the rule of the database', async () => {
    const code = await register({}, head)
    const id = await ask(code)
    expect(await codeOf(decide(id, 'accept_risk', head))).toBe('own_work')
    const forged = `insert into risk_signature (id, entity_id, acceptance_id, kind, person_id, position_id, person_name,
        position_name, tenure_kind, duty, statement, method, content_hash, receipt_code)
      select act.id, act.entity_id, a.id, 'accept_risk', '${head.personId}', '${head.position.id}', 'x', 'x', 'titular', 'x',
        'x', 'x', a.content_hash, 'x' from risk_acceptance a, act where a.id = '${id}' limit 1`
    await expect(rowsOf(world.ownerUrl, forged)).rejects.toThrow(/nobody accepts what they rated/)
  })

  it('is refused above what may be accepted, past its longest term, and of a risk of integrity', async () => {
    const asked = async (change: Partial<RiskAnswers>, form = wish()) =>
      codeOf(askAcceptance(world.context, keeper, await register(change), form))
    expect(await asked({ timesPerYear: 12_000, reputational: 'mayor' })).toBe('zone_not_acceptable')
    expect(await asked({ timesPerYear: 20, reputational: 'menor' })).toBe('acceptance_unproven')
    expect(await asked({}, wish({ until: addMonths(appToday(), 13) }))).toBe('acceptance_too_long')
    expect(await asked({}, wish({ until: addDays(appToday(), -1) }))).toBe('acceptance_too_long')
    const causes = { area: 'reputacional', immediateCause: 'un trato indebido', rootCause: 'falta de control' }
    expect(await asked({ ...causes, typology: 'integridad', classification: 'fraude_interno' })).toBe(
      'never_acceptable',
    )
  })

  it('is asked for once by one form, and refused in other words', async () => {
    const code = await register()
    const form = wish()
    const id = await ask(code, form)
    await askAcceptance(world.context, keeper, code, form)
    expect(await eventsOf(id)).toEqual(['risk.acceptance_asked'])
    const other = { ...form, reason: 'Otra razón distinta de la primera.' }
    expect(await codeOf(askAcceptance(world.context, keeper, code, other))).toBe('body_differs')
  })

  it('lapses in the transaction that changes the risk or its controls, and can be asked for again', async () => {
    const code = await shown()
    expect(await waitingFor(code)).toEqual(['treat_risk jefatura_ogac'])
    const id = await ask(code)
    expect(await waitingFor(code)).toEqual(['accept_risk alcaldia'])
    await decide(id, 'accept_risk', mayor)
    expect(await waitingFor(code)).toEqual([])
    const control = { ...DUB_CONTROLS[0], formKey: newId(), ownerId: head.position.id, criteria: {} }
    await addControl(world.context, keeper, code, control as Parameters<typeof addControl>[3])
    expect([(await state(id)).status, await waitingFor(code)]).toEqual(['lapsed', ['treat_risk jefatura_ogac']])
    expect(await codeOf(decide(id, 'withdraw_risk', keeper))).toBe('acceptance_over')
    const low = await register()
    const again = await ask(low)
    const { assessment } = await held(low)
    const input = typed({ timesPerYear: 2 }, 'La actividad subió este año')
    await reassessRisk(world.context, keeper, low, { key: KEY, input, read: assessment.contentHash })
    // Within the appetite nothing has to be decided.
    expect([(await state(again)).status, await waitingFor(low)]).toEqual(['lapsed', []])
    expect(await eventsOf(again)).toEqual(['risk.acceptance_asked', 'risk.acceptance_lapsed'])
  })

  it('is declined or withdrawn with its reason', async () => {
    const grave = await shown()
    const declined = await ask(grave)
    await decide(declined, 'decline_risk', mayor)
    expect(await waitingFor(grave)).toEqual(['treat_risk jefatura_ogac'])
    const code = await register()
    const withdrawn = await ask(code)
    await decide(withdrawn, 'accept_risk', head)
    await decide(withdrawn, 'withdraw_risk', keeper)
    expect([(await state(declined)).status, (await state(withdrawn)).status]).toEqual(['declined', 'withdrawn'])
    expect([await inForce(code), await waitingFor(code)]).toEqual([[null, false], []])
    await expect(ask(code)).resolves.toBeTruthy()
  })

  it('expires by itself after its last day', async () => {
    const code = await shown()
    const id = await ask(code, wish({ until: addDays(appToday(), 40) }))
    await decide(id, 'accept_risk', mayor)
    moveClock(39 * DAY_S * 1000)
    await fastForward(world.context.temporal, acceptanceWorkflowId(id), 39 * DAY_S)
    expect([(await state(id)).status, await waitingFor(code)]).toEqual(['accepted', ['treat_risk jefatura_ogac']])
    moveClock(42 * DAY_S * 1000)
    await fastForward(world.context.temporal, acceptanceWorkflowId(id), 3 * DAY_S)
    await expect.poll(async () => (await state(id)).status, { timeout: 10_000 }).toBe('expired')
    expect((await eventsOf(id)).at(-1)).toBe('risk.acceptance_expired')
    expect(await waitingFor(code)).toEqual(['treat_risk jefatura_ogac'])
  })
})

describe('the treatment of a risk', () => {
  it('is asked of whoever answers for it from the day it is rated above the appetite until it is decided', async () => {
    const grave = { timesPerYear: 12_000, reputational: 'mayor' }
    const code = await register(grave)
    expect([await waitingFor(code), await waitingFor(await register())]).toEqual([['treat_risk jefatura_ogac'], []])
    expect(await deciding('avoid', code)).toBeNull()
    expect(await waitingFor(code)).toEqual([])
    const rate = async (change: Partial<RiskAnswers>, ownerId = head.position.id) => {
      const { assessment } = await held(code)
      const input = { ...typed(change, 'Cambió la actividad este año'), ownerId }
      await reassessRisk(world.context, keeper, code, { key: KEY, input, read: assessment.contentHash })
    }
    await rate(grave)
    expect(await waitingFor(code)).toEqual(['treat_risk jefatura_ogac'])
    await rate({ ...grave, timesPerYear: 13_000 }, keeper.position.id)
    expect(await waitingFor(code)).toEqual(['treat_risk profesional_ogac'])
    await rate({})
    expect(await waitingFor(code)).toEqual([])
  })

  const deciding = (option: 'accept' | 'avoid', code: string) =>
    codeOf(
      recordTreatment(world.context, keeper, code, { formKey: newId(), option, statement: 'Deja de hacerse así.' }),
    )

  it('is never that it is accepted where nobody may, nor without the signature of whom the policy names', async () => {
    const causes = { area: 'reputacional', immediateCause: 'un trato indebido', rootCause: 'falta de control' }
    const integrity = await register({ ...causes, typology: 'integridad', classification: 'fraude_interno' })
    const grave = await register({ timesPerYear: 12_000, reputational: 'mayor' })
    expect(await deciding('accept', integrity)).toBe('never_acceptable')
    expect(await deciding('accept', grave)).toBe('zone_not_acceptable')
    expect(await deciding('accept', await register())).toBe('acceptance_unasked')
    expect([await inForce(integrity), await inForce(grave)]).toEqual([
      [null, false],
      [null, false],
    ])
  })

  it('is what was decided before, while an acceptance waits and once it ended', async () => {
    const code = await register()
    expect(await deciding('avoid', code)).toBeNull()
    const id = await ask(code)
    expect(await inForce(code)).toEqual(['avoid', true])
    expect(await deciding('avoid', code)).toBe('acceptance_open')
    await decide(id, 'decline_risk', head)
    expect(await inForce(code)).toEqual(['avoid', false])
    await decide(await ask(code), 'accept_risk', head)
    expect(await inForce(code)).toEqual(['accept', false])
    const control = { ...DUB_CONTROLS[0], formKey: newId(), ownerId: head.position.id, criteria: {} }
    await addControl(world.context, keeper, code, control as Parameters<typeof addControl>[3])
    expect(await inForce(code)).toEqual(['avoid', false])
    expect(await waitingFor(code)).toEqual([])
  })

  it('has a plan whose activities are improvement actions, checked by somebody else', async () => {
    const code = await register({ timesPerYear: 12_000, reputational: 'mayor' })
    const decided = { formKey: newId(), option: 'mitigate' as const, statement: 'Se revisan los accesos cada mes.' }
    for (let i = 0; i < 2; i += 1) await recordTreatment(world.context, keeper, code, decided)
    const other = { ...decided, option: 'avoid' as const }
    expect(await codeOf(recordTreatment(world.context, keeper, code, other))).toBe('body_differs')
    const plan = {
      ...{ formKey: newId(), what: 'Revisar los accesos de cada punto', positionId: head.position.id },
      ...{ startsOn: appToday(), dueDate: addMonths(appToday(), 2), followUpOn: addMonths(appToday(), 1) },
      indicator: 'Accesos revisados de los que hay',
    }
    const risk = await held(code)
    const next = async () => (await rows((trx) => nextForRisk(trx, risk.id))).next
    expect(await next()).toBe('plan')
    for (let i = 0; i < 2; i += 1) await addPlanAction(world.context, keeper, code, plan)
    expect(await next()).toBeNull()
    const { rows: lines } = await rows((trx) => listPlan(trx, risk.id))
    expect(lines.map(({ what, owner }) => [what, owner])).toEqual([
      ['Revisar los accesos de cada punto', head.position.name],
    ])
    const actions = await rows((trx) => listActions(trx, world.entityId, { origin: 'risk' }))
    expect(actions.rows.map(({ code: one }) => one)).toEqual(lines.map(({ code: one }) => one))
    expect((await eventsOf(risk.id)).filter((type) => type === 'risk.treated')).toHaveLength(1)
    // The page says what the standing check does: an activity that was given up is no plan.
    const unplanned = async () => {
      const { violations } = await rows((trx) => examineStanding(trx, world.entityId, 'risk_unplanned'))
      return violations.map(({ label }) => label)
    }
    expect(await unplanned()).not.toContain(code)
    await rowsOf(world.ownerUrl, "update improvement_action set status = 'dropped' where origin = 'risk'")
    expect([await next(), await unplanned()]).toEqual(['plan', expect.arrayContaining([code])])
  })
})
