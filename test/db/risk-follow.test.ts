import { setTimeout } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { NATIONAL_CALENDAR } from '../../catalog/calendar.ts'
import { DUB_RISK } from '../../catalog/demo/risks.ts'
import { addCalendarDay, type CalendarChange, previewCalendarDay, removeCalendarDay } from '../../db/calendar-days.ts'
import { type Trx, withActor, withEntity } from '../../db/client.ts'
import { appToday } from '../../db/clock.ts'
import { findFinding, listFindings } from '../../db/finding-pages.ts'
import { listRiskFollowUps } from '../../db/follow-ups.ts'
import { newId } from '../../db/ids.ts'
import { changeIndicator, listEarlierSheets, requireInUse, retireIndicator } from '../../db/indicator-versions.ts'
import { overwriteResidual, readOf } from '../../db/residual-overrides.ts'
import { retireControl } from '../../db/risk-controls.ts'
import { countRiskEvents, listControlIncidents, listRiskEvents, recordRiskEvent } from '../../db/risk-events.ts'
import { isAskedToOverwrite } from '../../db/risk-follow-ups.ts'
import { handOverRisks } from '../../db/risk-handover.ts'
import {
  addIndicator,
  findIndicator,
  isMeasured,
  listIndicators,
  listMeasurements,
  recordReading,
} from '../../db/risk-indicators.ts'
import { changeCadence, findCadence, listReviews, recordReview, reviewsObjection } from '../../db/risk-reviews.ts'
import { standOf } from '../../db/risk-standings.ts'
import { findRisk, reassessRisk, registerRisk } from '../../db/risks.ts'
import type { MovedTerm } from '../../db/terms.ts'
import { workingDayFrom } from '../../domain/calendar.ts'
import { addDays, addMonths } from '../../domain/civil-dates.ts'
import { placeOf } from '../../domain/follow-ups.ts'
import type {
  IndicatorCorrection,
  IndicatorInput,
  ReadingInput,
  RiskEventInput,
  RiskReviewInput,
} from '../../domain/risk-follow-inputs.ts'
import { periodAt } from '../../domain/risk-indicators.ts'
import type { RiskInput } from '../../domain/risk-inputs.ts'
import { rowsOf } from '../support/database.ts'
import { makeRisk } from '../support/many-risks.ts'
import { smallTown, type Town } from '../support/town.ts'

const KEY = { code: 'guia_7', n: 0 }
let town: Town
beforeAll(async () => {
  town = await smallTown()
})
afterAll(() => town?.close())

const act = <T>(work: (trx: Trx) => Promise<T>) => withActor(town.web, town.admin, work)
const risky = (): RiskInput =>
  ({ formKey: newId(), ownerId: town.admin.positionId, reason: '', answers: DUB_RISK }) as RiskInput

async function held(code: string) {
  return await act(async (trx) => {
    const risk = await findRisk(trx, town.admin.entityId, code, { lock: true })
    if (!risk) throw new Error(`no risk ${code}`)
    return risk
  })
}
const newRisk = async () => held(await act((trx) => registerRisk(trx, town.admin, KEY, risky())))

const review = (more: Partial<RiskReviewInput> = {}): RiskReviewInput => ({
  ...{ formKey: newId(), lookedAt: 'Los dos controles y sus evidencias.', conclusion: 'kept' },
  ...{ reason: 'Nada cambió en el proceso.', ...more },
})

const happening = (more: Partial<RiskEventInput> = {}): RiskEventInput => ({
  ...{ formKey: newId(), occurredOn: appToday(), endedOn: '', times: 1, description: 'Entró quien no debía.' },
  ...{ consequences: 'Vio datos de tres personas.', measures: 'Se retiró el acceso.', incidentId: '', ...more },
})

/** Besides that its treatment is to be decided: the risk stands above the appetite. */
const open = async (code: string) => {
  const { rows } = await act((trx) => listRiskFollowUps(trx, town.admin.entityId, { limit: 500 }))
  return rows.filter((row) => row.code === code && row.kind !== 'treat_risk').map(({ kind, dueOn }) => [kind, dueOn])
}
/** So many months from today, or the first day after that on which people work. */
const worked = (months: number) => workingDayFrom(addMonths(appToday(), months), NATIONAL_CALENDAR)
const movedBy = (change: CalendarChange) => ('moved' in change ? change.moved : undefined)
const kindsOf = async (code: string) => (await open(code)).map(([kind]) => kind)

async function events(objectId: string): Promise<string[]> {
  const query = 'select type from event where object_id = $1 order by at, id'
  return (await rowsOf<{ type: string }>(town.database.ownerUrl, query, [objectId])).map(({ type }) => type)
}

describe('a residual that was written over and lapsed', () => {
  /** Its two controls count for nothing on the probability. */
  async function overwritten() {
    const risk = await held(await act((trx) => makeRisk(trx, town.admin, 2)))
    await overwrite(risk.code)
    return risk
  }
  async function overwrite(code: string) {
    const risk = await held(code)
    const standing = await act((trx) => standOf(trx, risk.id))
    const { assessment, computed } = standing
    const levels = { probability: assessment.inherent.probability, impact: computed.declared.impact }
    const input = {
      formKey: newId(),
      read: readOf(standing),
      reason: 'El control cubre menos de lo que dice.',
      ...levels,
    }
    await act((trx) => overwriteResidual(trx, town.admin, risk, input))
  }
  const lapse = async (code: string) => {
    const risk = await held(code)
    const [control] = await act((trx) =>
      trx
        .selectFrom('risk_control')
        .select('code')
        .where('risk_id', '=', risk.id)
        .where('retired_at', 'is', null)
        .execute(),
    )
    await act((trx) => retireControl(trx, town.admin, risk, { code: control?.code ?? '', reason: 'Ya no se ejecuta.' }))
  }

  it('is asked of the owner of the risk the same day, with a notice, until it is written again', async () => {
    const { id, code } = await overwritten()
    expect(await kindsOf(code)).toEqual(['risk_review'])
    await lapse(code)
    expect((await kindsOf(code)).sort()).toEqual(['override_lapsed', 'risk_review'])
    expect(placeOf('override_lapsed', code)).toBe(`/riesgos/${code}/residual`)
    const query = `select n.kind, n.planned_on::text as on, f.position_id from notice n
      join follow_up f on f.id = n.follow_up_id where f.object_id = $1 and f.kind = 'override_lapsed' order by n.planned_at`
    const [first] = await rowsOf(town.database.ownerUrl, query, [id])
    expect(first).toEqual({ kind: 'reminder-now', on: appToday(), position_id: town.admin.positionId })
    expect(await act((trx) => isAskedToOverwrite(trx, id))).toBe(true)
    await overwrite(code)
    expect(await kindsOf(code)).toEqual(['risk_review'])
    expect(await act((trx) => isAskedToOverwrite(trx, id))).toBe(false)
  })

  it('is asked of whoever answers from the new rating on, until they say in a review that nothing more is needed', async () => {
    const { id, code } = await overwritten()
    const risk = await held(code)
    const owner = town.holders.direccion_tic?.positionId ?? ''
    const input = { ...risky(), ownerId: owner, reason: 'Pasa a la Dirección TIC.' }
    await act((trx) => reassessRisk(trx, town.admin, risk, { key: KEY, input, read: risk.assessment.contentHash }))
    const query = "select kind, position_id from follow_up where object_id = $1 and status = 'open' order by kind"
    expect(await rowsOf(town.database.ownerUrl, query, [id])).toEqual([
      { kind: 'override_lapsed', position_id: owner },
      { kind: 'risk_review', position_id: owner },
      { kind: 'treat_risk', position_id: owner },
    ])
    await act(async (trx) => recordReview(trx, town.admin, risk, review()))
    expect(await kindsOf(code)).toEqual(['risk_review'])
  })

  it('goes with the risk to whoever answers for it next, by the day it had', async () => {
    const { id, code } = await overwritten()
    await lapse(code)
    const asked = async () => {
      const query = `select position_id, duty, due_on::text as "dueOn" from follow_up
        where object_id = $1 and status = 'open' and kind = 'override_lapsed'`
      return await rowsOf<{ position_id: string; duty: string; dueOn: string }>(town.database.ownerUrl, query, [id])
    }
    const [before] = await asked()
    const risk = await held(code)
    const owner = town.holders.direccion_tic?.positionId ?? ''
    const input = { ...risky(), ownerId: owner, reason: 'Pasa a la Dirección TIC.' }
    await act((trx) => reassessRisk(trx, town.admin, risk, { key: KEY, input, read: risk.assessment.contentHash }))
    expect(before?.position_id).toBe(town.admin.positionId)
    expect(await asked()).toEqual([{ position_id: owner, duty: 'direccion_tic', dueOn: before?.dueOn }])
  })
})

describe('the review of a risk', () => {
  it('is asked of its owner by the day its zone gives, and again from the day it was done', async () => {
    const risk = await newRisk()
    // Alto: every three months.
    expect(await open(risk.code)).toEqual([['risk_review', worked(3)]])
    await act((trx) => recordReview(trx, town.admin, risk, review()))
    expect(await open(risk.code)).toEqual([['risk_review', worked(3)]])
    const [done] = await act((trx) => listReviews(trx, risk.id))
    expect(done).toMatchObject({ conclusion: 'kept', on: appToday(), dueOn: worked(3) })
    expect(await events(risk.id)).toEqual(['risk.registered', 'risk.reviewed'])
  })

  it('asks for another rating where it says so, until the risk is rated anew', async () => {
    const risk = await newRisk()
    await act((trx) => recordReview(trx, town.admin, risk, review({ conclusion: 'reassess' })))
    expect(await kindsOf(risk.code)).toEqual(['risk_reassessment', 'risk_review'])
    const again = { ...risky(), reason: 'Cambió la exposición del proceso.' }
    const rated = { key: KEY, input: again, read: risk.assessment.contentHash }
    await act((trx) => reassessRisk(trx, town.admin, risk, rated))
    expect(await kindsOf(risk.code)).toEqual(['risk_review'])
  })

  it('comes sooner where the risk says so, and goes to whoever answers for it then', async () => {
    const risk = await newRisk()
    expect(await act((trx) => changeCadence(trx, town.admin, risk, 1))).toBe(true)
    expect(await act((trx) => changeCadence(trx, town.admin, risk, 1))).toBe(false)
    expect(await open(risk.code)).toEqual([['risk_review', worked(1)]])
    const owner = town.holders.direccion_tic?.positionId ?? ''
    const again = { ...risky(), ownerId: owner, reason: 'Pasa a la Dirección TIC.' }
    await act((trx) =>
      reassessRisk(trx, town.admin, risk, { key: KEY, input: again, read: risk.assessment.contentHash }),
    )
    expect(await act((trx) => findCadence(trx, risk.id))).toMatchObject({
      ownMonths: 1,
      months: 1,
      ownerPosition: owner,
    })
    const query = "select distinct position_id from follow_up where object_id = $1 and status = 'open'"
    expect(await rowsOf(town.database.ownerUrl, query, [risk.id])).toEqual([{ position_id: owner }])
  })

  it('is due on no day that the entity does not work, by its own calendar', async () => {
    const risk = await newRisk()
    const day = worked(2)
    const own = { day, kind: 'extra', name: 'Día cívico', actReference: 'Decreto 9' } as const
    await act((trx) => addCalendarDay(trx, town.admin, own))
    await act((trx) => changeCadence(trx, town.admin, risk, 2))
    const next = workingDayFrom(addDays(day, 1), NATIONAL_CALENDAR)
    expect(await open(risk.code)).toEqual([['risk_review', next]])
    expect(await act((trx) => findCadence(trx, risk.id))).toMatchObject({ dueOn: next })
    await act((trx) => removeCalendarDay(trx, town.admin, day))
  })

  it('moves with a day that the entity stops or begins to work, and says so before', async () => {
    const risk = await newRisk()
    await act((trx) => changeCadence(trx, town.admin, risk, 2))
    const day = worked(2)
    const next = workingDayFrom(addDays(day, 1), NATIONAL_CALENDAR)
    const own = { day, kind: 'extra', name: 'Día cívico', actReference: 'Decreto 9' } as const
    const mine = (moved: readonly MovedTerm[] | undefined) =>
      moved?.flatMap(({ of, before, after }) => ('review' in of && of.review === risk.code ? [[before, after]] : []))
    expect(mine(await act((trx) => previewCalendarDay(trx, town.admin.entityId, own)))).toEqual([[day, next]])
    expect(await open(risk.code)).toEqual([['risk_review', day]])
    expect(mine(movedBy(await act((trx) => addCalendarDay(trx, town.admin, own))))).toEqual([[day, next]])
    expect(await open(risk.code)).toEqual([['risk_review', next]])
    expect(mine(movedBy(await act((trx) => removeCalendarDay(trx, town.admin, day))))).toEqual([[next, day]])
    expect(await open(risk.code)).toEqual([['risk_review', day]])
  })

  it('overdue keeps step 7 from being approved, names the risk, and nothing else', async () => {
    const risk = await newRisk()
    const asked = { stepCode: '7', signatureRole: 'approver' } as const
    const objection = (more: Partial<{ stepCode: '6' | '7'; signatureRole: 'approver' | 'reviewer' }> = {}) =>
      act((trx) => reviewsObjection(trx, town.admin.entityId, { ...asked, ...more }))
    expect(await objection()).toBeNull()
    await withEntity(town.worker, town.admin.entityId, (trx) =>
      trx
        .updateTable('follow_up')
        .set({ due_on: addDays(appToday(), -1) })
        .where('object_id', '=', risk.id)
        .execute(),
    )
    expect(await objection()).toMatchObject({ code: 'reviews_overdue', facts: { codes: risk.code } })
    expect(await objection({ signatureRole: 'reviewer' })).toBeNull()
    expect(await objection({ stepCode: '6' })).toBeNull()
    await act((trx) => recordReview(trx, town.admin, risk, review()))
    expect(await objection()).toBeNull()
  })

  it('has notices to its owner and, at its day, to whoever directs them', async () => {
    const risk = await newRisk()
    const query = `select n.kind, n.duty from notice n join follow_up f on f.id = n.follow_up_id
      where f.object_id = $1 and f.kind = 'risk_review' and n.status = 'planned' and n.kind not like 'overdue%' order by n.planned_at, n.duty`
    const planned = await rowsOf<{ kind: string; duty: string }>(town.database.ownerUrl, query, [risk.id])
    expect(planned.map(({ kind, duty }) => `${kind} ${duty}`)).toEqual([
      ...['reminder-3 in_charge', 'reminder-1 in_charge', 'expiry in_charge', 'expiry superior'],
    ])
  })
})

describe('what really happened', () => {
  it('is counted over twelve months and asks for another rating, once', async () => {
    const risk = await newRisk()
    await act((trx) => recordRiskEvent(trx, town.admin, risk, happening({ times: 3 })))
    const old = happening({ occurredOn: addMonths(appToday(), -13), times: 40 })
    await act((trx) => recordRiskEvent(trx, town.admin, risk, old))
    expect(await act((trx) => countRiskEvents(trx, risk.id))).toBe(3)
    expect(await kindsOf(risk.code)).toEqual(['risk_reassessment', 'risk_review'])
    expect((await act((trx) => listRiskEvents(trx, risk.id))).map(({ times }) => times)).toEqual([3, 40])
    expect(await events(risk.id)).toEqual(['risk.registered', 'risk.materialized', 'risk.materialized'])
  })

  it('is recorded once however often its form comes, and refused in other words or after today', async () => {
    const risk = await newRisk()
    const once = happening()
    const record = (more: Partial<RiskEventInput> = {}) =>
      act((trx) => recordRiskEvent(trx, town.admin, risk, { ...once, ...more }))
    await record()
    await record()
    expect(await act((trx) => countRiskEvents(trx, risk.id))).toBe(1)
    await expect(record({ times: 2 })).rejects.toMatchObject({ code: 'body_differs' })
    const ahead = happening({ occurredOn: addDays(appToday(), 1) })
    await expect(act((trx) => recordRiskEvent(trx, town.admin, risk, ahead))).rejects.toMatchObject({ code: '23514' })
  })

  it('names the incident of the automatic control that showed it, and no other', async () => {
    const risk = await newRisk()
    const incidentId = newId()
    const insert = (id: string, control: string | null) =>
      rowsOf(
        town.database.superuserUrl,
        `insert into incident (id, entity_id, kind, object_type, object_id, control)
          values ($1, $2, 'control_failed', 'control', $1, $3)`,
        [id, town.admin.entityId, control],
      )
    await insert(incidentId, 'access_unreviewed')
    const other = newId()
    await insert(other, null)
    await act((trx) => recordRiskEvent(trx, town.admin, risk, happening({ incidentId })))
    expect(await act((trx) => listRiskEvents(trx, risk.id))).toMatchObject([{ control: 'access_unreviewed' }])
    const offered = await act((trx) => listControlIncidents(trx, town.admin.entityId))
    expect(offered.map(({ id }) => id)).toEqual([incidentId])
    for (const unknown of [other, newId()])
      await expect(
        act((trx) => recordRiskEvent(trx, town.admin, risk, happening({ incidentId: unknown }))),
      ).rejects.toMatchObject({ code: 'out_of_date' })
  })
})

const FIRST = `${addMonths(appToday(), -4).slice(0, 7)}-01`

const sheet = (more: Partial<IndicatorInput> = {}): IndicatorInput => ({
  ...{ formKey: newId(), name: 'Accesos sin retirar', objective: 'Ver si se retiran a tiempo.', unit: 'percent' },
  ...{ formula: 'sin retirar / revisados × 100', numerator: 'Sin retirar', denominator: 'Revisados' },
  ...{ frequency: 'mensual', firstPeriod: FIRST, source: 'Caracteriza', location: 'Serie 12', availability: 'digital' },
  ...{ trend: 'decreasing', goal: 2, critical: 10, positionId: town.admin.positionId, ...more },
})

async function measured(code: string, at: number, numerator: number, formKey = newId()) {
  const period = periodAt('mensual', FIRST, at)
  const input: ReadingInput = { formKey, period: period.from, numerator, denominator: 100, note: '' }
  return await act(async (trx) => {
    const found = await findIndicator(trx, town.admin.entityId, code, { lock: true })
    if (!found) throw new Error(`no ${code}`)
    if (await isMeasured(trx, found.id, input)) return null
    const wordsOf = (value: number) => ({ source: 'Indicador', criterion: 'Meta 2 %.', condition: `Midió ${value} %.` })
    return await recordReading(trx, town.admin, found, { input, period, wordsOf })
  })
}

describe('an indicator', () => {
  it('is measured period after period, each asked for within ten days of its end', async () => {
    const risk = await newRisk()
    const code = await act((trx) => addIndicator(trx, town.admin, risk, sheet()))
    expect(await open(code)).toEqual([['indicator_reading', addDays(periodAt('mensual', FIRST, 0).to, 10)]])
    expect(await measured(code, 0, 2)).toBe('on_goal')
    expect(await open(code)).toEqual([['indicator_reading', addDays(periodAt('mensual', FIRST, 1).to, 10)]])
    expect(await measured(code, 1, 5)).toBe('warning')
    const lines = await act((trx) => listIndicators(trx, risk.id))
    expect(lines).toMatchObject([{ code, value: 5, level: 'warning' }])
    expect(await kindsOf(risk.code)).toEqual(['risk_review'])
  })

  it('past its critical value opens a finding of the risk and asks for another rating', async () => {
    const risk = await newRisk()
    const code = await act((trx) => addIndicator(trx, town.admin, risk, sheet()))
    expect(await measured(code, 0, 11)).toBe('critical')
    const { rows } = await act((trx) => listFindings(trx, town.admin.entityId, { riskId: risk.id }))
    expect(rows).toMatchObject([{ origin: 'indicator', status: 'to_analyse', condition: 'Midió 11 %.' }])
    const found = await act((trx) => findFinding(trx, town.admin.entityId, rows[0]?.code ?? ''))
    expect(found).toMatchObject({ riskCode: risk.code, ownerPosition: risk.ownerPosition })
    expect(await kindsOf(risk.code)).toEqual(['risk_reassessment', 'risk_review'])
  })

  it('is added and measured once however often a form comes; other words and a measured period are refused', async () => {
    const risk = await newRisk()
    const once = sheet()
    const add = (more: Partial<IndicatorInput> = {}) =>
      act((trx) => addIndicator(trx, town.admin, risk, { ...once, ...more }))
    const code = await add()
    expect(await add()).toBe(code)
    await expect(add({ name: 'Otro indicador' })).rejects.toMatchObject({ code: 'body_differs' })
    const key = newId()
    await measured(code, 0, 3, key)
    expect(await measured(code, 0, 3, key)).toBeNull()
    await expect(measured(code, 0, 4, key)).rejects.toMatchObject({ code: 'body_differs' })
    await expect(measured(code, 0, 4)).rejects.toMatchObject({ code: 'period_measured' })
    const { id } = (await act((trx) => findIndicator(trx, town.admin.entityId, code))) ?? { id: '' }
    expect(await act((trx) => listMeasurements(trx, id))).toHaveLength(1)
    expect(await events(id)).toEqual(['indicator.added', 'indicator.measured'])
  })
})

describe('an indicator that is corrected or retired', () => {
  const correction = (more: Partial<IndicatorCorrection> = {}): IndicatorCorrection => {
    const { unit: _, frequency: __, firstPeriod: ___, ...said } = sheet()
    return { ...said, readVersion: 1, goal: 5, reason: 'La meta se acordó con la alta dirección.', ...more }
  }
  async function added() {
    const risk = await newRisk()
    const code = await act((trx) => addIndicator(trx, town.admin, risk, sheet()))
    const found = () => act((trx) => findIndicator(trx, town.admin.entityId, code))
    const change = (input: IndicatorCorrection) =>
      act(async (trx) => {
        const held = await findIndicator(trx, town.admin.entityId, code, { lock: true })
        if (held) await changeIndicator(trx, town.admin, held, input)
      })
    return { code, found, change }
  }
  const openReading = (id: string) =>
    rowsOf<{ status: string; position_id: string }>(
      town.database.superuserUrl,
      'select status, position_id from follow_up where object_id = $1',
      [id],
    )

  it('goes on with the position it passed to: a form of before is refused, also one that comes meanwhile', async () => {
    const { found, change } = await added()
    const to = { id: town.holders.direccion_tic?.positionId ?? '', duty: 'direccion_tic' }
    const id = (await found())?.id ?? ''
    const late = await act(async (trx) => {
      await handOverRisks(trx, town.admin, [{ kind: 'indicator', id }], to)
      const meanwhile = change(correction()).catch((failure: unknown) => failure)
      await setTimeout(300)
      return { meanwhile }
    })
    expect(await late.meanwhile).toMatchObject({ code: 'content_changed' })
    await expect(change(correction())).rejects.toMatchObject({ code: 'content_changed' })
    expect(await found()).toMatchObject({ ownerPosition: to.id, version: 2, goal: 2 })
    await change(correction({ readVersion: 2, positionId: to.id }))
    expect(await found()).toMatchObject({ ownerPosition: to.id, version: 3, goal: 5 })
  })

  it('keeps what it said with the reason, and what was measured with its level', async () => {
    const { code, found, change } = await added()
    await measured(code, 0, 4)
    const before = await found()
    const next = town.holders.direccion_tic?.positionId ?? ''
    const once = correction({ positionId: next })
    await change(once)
    await change(once)
    const after = await found()
    expect(after).toMatchObject({ version: 2, goal: 5, ownerPosition: next, unit: 'percent' })
    const id = after?.id ?? ''
    expect(await act((trx) => listEarlierSheets(trx, id))).toMatchObject([
      { n: 1, said: { goal: 2, critical: 10, owner: before?.owner }, reason: once.reason },
    ])
    expect((await act((trx) => listMeasurements(trx, id))).map(({ level }) => level)).toEqual(['warning'])
    expect((await openReading(id)).at(-1)).toEqual({ status: 'open', position_id: next })
    expect(await events(id)).toEqual(['indicator.added', 'indicator.measured', 'indicator.corrected'])
    await expect(change({ ...once, reason: 'Otro motivo distinto del primero.' })).rejects.toMatchObject({
      code: 'body_differs',
    })
    await expect(change(correction({ goal: 6 }))).rejects.toMatchObject({ code: 'content_changed' })
  })

  it('retired is asked for no longer, refuses corrections, and keeps what was measured', async () => {
    const { code, found, change } = await added()
    await measured(code, 0, 4)
    const sheetNow = await found()
    if (!sheetNow) throw new Error(code)
    const retire = () => act((trx) => retireIndicator(trx, town.admin, sheetNow, 'Otro indicador lo reemplaza.'))
    expect(await retire()).toBe(true)
    expect(await retire()).toBe(false)
    expect((await openReading(sheetNow.id)).filter(({ status }) => status === 'open')).toEqual([])
    const retired = await found()
    expect(retired?.retiredReason).toBe('Otro indicador lo reemplaza.')
    expect(() => requireInUse(retired ?? sheetNow)).toThrow('indicator_retired')
    await expect(change(correction())).rejects.toMatchObject({ code: 'indicator_retired' })
    expect(await act((trx) => listMeasurements(trx, sheetNow.id))).toHaveLength(1)
    expect(await events(sheetNow.id)).toEqual(['indicator.added', 'indicator.measured', 'indicator.retired'])
  })
})
