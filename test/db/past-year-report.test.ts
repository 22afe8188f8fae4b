/** The report of a year that is over says what was so at its end, whatever is recorded afterwards (features D10). */
import { sql } from 'kysely'
import pino from 'pino'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { closeAction } from '../../app/commands/close-action.server.ts'
import { analyseCauses, planAction } from '../../app/commands/keep-plans.server.ts'
import { addControl, registerRisk } from '../../app/commands/keep-risks.server.ts'
import { recordFinding } from '../../app/commands/record-finding.server.ts'
import { reportAction } from '../../app/commands/report-action.server.ts'
import type { AppContext } from '../../app/context.server.ts'
import { riskYearContent } from '../../app/pages/risk-year.server.ts'
import type { Actor } from '../../app/session.server.ts'
import { DUB_CONTROLS, DUB_RISK } from '../../catalog/demo/risks.ts'
import { recordEvent } from '../../db/audit.ts'
import { withActor, withEntity } from '../../db/client.ts'
import { appToday, moveClock } from '../../db/clock.ts'
import { newId } from '../../db/ids.ts'
import { changeIndicator } from '../../db/indicator-versions.ts'
import { recordRiskEvent } from '../../db/risk-events.ts'
import { handOverRisks } from '../../db/risk-handover.ts'
import { addIndicator, findIndicator, recordReading } from '../../db/risk-indicators.ts'
import { recordReview } from '../../db/risk-reviews.ts'
import { listIndicatorsOfEntity } from '../../db/risk-year-lines.ts'
import { findRisk } from '../../db/risks.ts'
import { bogotaInstant, closeOfYear, daysBetween } from '../../domain/civil-dates.ts'
import { RUN_EVENTS, type RunStatus } from '../../domain/control-runs.ts'
import type { FindingInput } from '../../domain/improvement-inputs.ts'
import type { IndicatorCorrection } from '../../domain/risk-follow-inputs.ts'
import { periodAt } from '../../domain/risk-indicators.ts'
import type { ControlInput, RiskInput } from '../../domain/risk-inputs.ts'
import * as acts from '../../scripts/demonstration/acts.ts'
import { type Desk, openDesk } from '../support/capture.ts'

const DAY_MS = 86_400_000
const today = appToday()
const thisYear = Number(today.slice(0, 4))
const lastYear = thisYear - 1
const first = `${lastYear}-01-01`

let desk: Desk
let context: AppContext
let head: Actor
let auditor: Actor
beforeAll(async () => {
  desk = await openDesk()
  const config = { APP_SECRET: desk.secret, PUBLIC_URL: 'https://caracteriza.prueba.gov.co' }
  context = { db: desk.web, requestId: 'prueba', config, log: pino({ level: 'silent' }) } as unknown as AppContext
  auditor = await acts.actorOf(context, desk.entityId, 'control_interno')
  head = await acts.actorOf(context, desk.entityId, 'jefatura_ogac')
}, 120_000)
afterAll(() => desk?.close())
afterEach(() => moveClock(0))

/** Does it at noon of a day, and says so in the record, whose own clock is never moved. */
async function onDay<T>(day: string, work: () => Promise<T>): Promise<T> {
  const before = newId()
  moveClock(-daysBetween(day, today) * DAY_MS)
  const done = await work()
  moveClock(0)
  await withEntity(desk.owner, desk.entityId, (trx) =>
    sql`update event set at = ${bogotaInstant(day, '12:00')} where id > ${before}`.execute(trx),
  )
  return done
}

const by = () => ({ ...head, positionId: head.position.id, requestId: 'prueba' })
const asHead = <T>(work: Parameters<typeof withActor<T>>[2]) => withActor(desk.web, head, work)

/** What the worker leaves of a run, with its event. */
async function runIs(id: string, status: RunStatus, columns: { missed_on?: string } = {}): Promise<void> {
  await withEntity(desk.worker, desk.entityId, async (trx) => {
    await trx
      .updateTable('control_run')
      .set({ ...columns, status })
      .where('id', '=', id)
      .execute()
    await recordEvent(trx, { entityId: desk.entityId, type: RUN_EVENTS[status], objectId: id, origin: 'workflow' })
  })
}

async function openedRun(controlId: string, day: string): Promise<string> {
  const id = newId()
  await withEntity(desk.worker, desk.entityId, (trx) =>
    trx
      .insertInto('control_run')
      .values({
        ...{ id, entity_id: desk.entityId, control_id: controlId, workflow_id: id, status: 'open' },
        ...{ period_start: day, period_end: day, opens_on: day, due_on: day, late_until: `${thisYear}-12-31` },
      })
      .execute(),
  )
  await runIs(id, 'open')
  return id
}

const held = (code: string) =>
  asHead(async (trx) => {
    const risk = await findRisk(trx, desk.entityId, code, { lock: true })
    if (!risk) throw new Error(code)
    return risk
  })

async function happens(code: string, occurredOn: string, description: string): Promise<void> {
  const risk = await held(code)
  const input = { formKey: newId(), occurredOn, endedOn: '', times: 1, incidentId: '', description }
  const words = { consequences: 'Se leyó un dato', measures: 'Se cerró el acceso' }
  await asHead((trx) => recordRiskEvent(trx, by(), risk, { ...input, ...words }))
}

async function measured(indicator: string, period: string, numerator: number): Promise<void> {
  await asHead(async (trx) => {
    const found = await findIndicator(trx, desk.entityId, indicator, { lock: true })
    if (!found) throw new Error(indicator)
    const input = { formKey: newId(), period, numerator, denominator: null, note: '' }
    const wordsOf = () => ({ source: 'x', criterion: 'La meta es una', condition: 'Hubo más' })
    await recordReading(trx, by(), found, { input, period: periodAt('mensual', period, 0), wordsOf })
  })
}

/** What every version of the indicator says. */
const SHEET = {
  ...{ objective: 'Ver que nadie entre', formula: 'entradas', numerator: 'entradas', denominator: '' },
  ...{ source: 'El registro', location: 'Serie 1' },
  availability: 'digital',
} as const

async function corrected(
  indicator: string,
  change: Pick<IndicatorCorrection, 'name' | 'goal' | 'critical' | 'positionId'>,
): Promise<void> {
  await asHead(async (trx) => {
    const found = await findIndicator(trx, desk.entityId, indicator, { lock: true })
    if (!found) throw new Error(indicator)
    const of = { formKey: newId(), readVersion: found.version, reason: 'Era otra la meta', trend: found.trend }
    await changeIndicator(trx, by(), found, { ...SHEET, ...of, ...change })
  })
}

/** Indicators as the report of a year knows them. */
const sheetsOf = (year: number) =>
  asHead(async (trx) => {
    const knownIn = { year, before: closeOfYear(year, today).before }
    return (await listIndicatorsOfEntity(trx, desk.entityId, { knownIn })).rows
  })

const contentOf = (year: number) => asHead((trx) => riskYearContent(trx, head, year))
const partsOf = async (year: number) =>
  Object.fromEntries((await contentOf(year)).parts.map(({ id, rows }) => [id, rows]))

it('stays as it was, whatever is executed, corrected, measured or known later', async () => {
  const risk = await onDay(`${lastYear}-02-02`, async () => {
    const input = { formKey: newId(), ownerId: head.position.id, reason: '', answers: DUB_RISK } as RiskInput
    const code = await registerRisk(context, head, { code: 'guia_7', n: 0 }, input)
    const design = { ...DUB_CONTROLS[0], formKey: newId(), ownerId: head.position.id, criteria: {} }
    await addControl(context, head, code, design as unknown as ControlInput)
    return code
  })
  const controlId = await asHead(
    async (trx) =>
      (await trx.selectFrom('risk_control').select('id').orderBy('created_at', 'desc').executeTakeFirstOrThrow()).id,
  )
  const late = await onDay(`${lastYear}-03-02`, () => openedRun(controlId, `${lastYear}-03-02`))
  await onDay(`${lastYear}-04-01`, () => runIs(late, 'missed', { missed_on: `${lastYear}-04-01` }))
  const december = await onDay(`${lastYear}-12-01`, () => openedRun(controlId, `${lastYear}-12-01`))
  const indicator = await onDay(`${lastYear}-03-03`, async () => {
    const limits = { unit: 'number', trend: 'decreasing', goal: 1, critical: 5, frequency: 'mensual' } as const
    const about = { formKey: newId(), name: 'Entradas indebidas', firstPeriod: first, positionId: head.position.id }
    const of = await held(risk)
    return await asHead((trx) => addIndicator(trx, by(), of, { ...SHEET, ...limits, ...about }))
  })
  await onDay(`${lastYear}-03-04`, () => measured(indicator, first, 2))
  const finding = await onDay(`${lastYear}-11-03`, () =>
    recordFinding(context, auditor, {
      ...{ findingId: newId(), origin: 'audit', source: 'Informe 04', radicado: '', risk: '' },
      ...{
        foundOn: `${lastYear}-11-03`,
        criterion: 'Paso 3.',
        condition: 'Faltan 2 fuentes.',
        cause: 'No hay acuerdo.',
      },
      ...{ effect: 'El corte queda incompleto.', positionId: head.position.id },
    } as FindingInput),
  )
  await onDay(`${lastYear}-11-04`, () =>
    analyseCauses(context, head, finding, {
      ...{ formKey: newId(), method: 'list', steps: ['Nadie la pidió.'], root: 'Nadie sabe quién la pide.' },
    }),
  )
  const action = await onDay(`${lastYear}-11-05`, () =>
    planAction(context, head, finding, {
      ...{ formKey: newId(), positionId: head.position.id, what: 'Acordar la entrega.' },
      ...{ dueDate: `${lastYear}-12-15`, indicator: 'Acuerdo firmado.' },
    }),
  )
  await onDay(`${lastYear}-11-20`, () =>
    reportAction(context, head, action, {
      ...{ entryId: newId(), status: 'in_progress', body: 'Se redacta.', evidence: '', files: [] },
    }),
  )
  await onDay(`${lastYear}-11-21`, () => happens(risk, `${lastYear}-11-20`, 'Entró quien no debía'))

  const then = await contentOf(lastYear)
  const parts = await partsOf(lastYear)
  expect(parts.ejecuciones).toEqual([
    ['No ejecutado a tiempo', '1', '0'],
    ['Por ejecutar', '1', '0'],
    ['Total', '2', '0'],
  ])
  expect(parts['sin-ejecutar']).toEqual([[expect.any(String), risk, head.position.name, '2', '1']])
  expect(parts.indicadores).toMatchObject([[indicator, 'Entradas indebidas', risk, '1', '0', '2', expect.any(String)]])
  expect(parts.hallazgos).toEqual([['Auditoría', 'En plan', '1']])
  expect(parts.acciones).toEqual([['En curso', '1']])
  expect(parts.hechos).toHaveLength(1)
  expect(parts.revisiones?.at(-1)?.[1]).toBe('1')

  await runIs(late, 'executed')
  await runIs(late, 'verified')
  await runIs(december, 'missed', { missed_on: `${thisYear}-01-02` })
  await openedRun(controlId, `${lastYear}-06-01`)
  await closeAction(context, head, action, { entryId: newId(), body: 'Se firmó.', evidence: 'Acuerdo 012', files: [] })
  await measured(indicator, `${lastYear}-02-01`, 9)
  await happens(risk, `${lastYear}-12-30`, 'Entró otra vez')
  const of = await held(risk)
  const review = { formKey: newId(), lookedAt: 'Los controles', conclusion: 'kept', reason: 'Nada cambió' } as const
  await asHead((trx) => recordReview(trx, by(), of, review))
  const tic = await acts.actorOf(context, desk.entityId, 'direccion_tic')
  const administrator = await acts.actorOf(context, desk.entityId, 'administracion')
  await withActor(desk.web, administrator, (trx) =>
    handOverRisks(
      trx,
      { ...administrator, positionId: administrator.position.id, requestId: 'prueba' },
      [{ kind: 'control', id: controlId }],
      {
        id: tic.position.id,
        duty: 'direccion_tic',
      },
    ),
  )

  expect(await contentOf(lastYear)).toEqual(then)
  // What was known later is told by the report of the year in which it was.
  const now = await partsOf(thisYear)
  expect(now.hechos).toMatchObject([
    [expect.stringContaining(String(lastYear)), risk, '1', 'Entró otra vez', expect.any(String)],
  ])
  expect(now.indicadores).toMatchObject([[indicator, 'Entradas indebidas', risk, '1', '1', '9', 'Crítico']])
  expect(now.revisiones?.[0]?.[1]).toBe('1')
  const sheets = await sheetsOf(lastYear)
  expect(sheets).toMatchObject([{ name: 'Entradas indebidas', goal: 1, critical: 5, owner: head.position.name }])
  await corrected(indicator, { name: 'Entradas sin permiso', goal: 0, critical: 3, positionId: tic.position.id })
  expect(await sheetsOf(lastYear)).toEqual(sheets)
  expect(await contentOf(lastYear)).toEqual(then)
  expect(await sheetsOf(thisYear)).toMatchObject([{ name: 'Entradas sin permiso', goal: 0, owner: tic.position.name }])
})
