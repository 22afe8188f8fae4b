import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { allRows } from '../../app/pages/lists/listing.server.ts'
import { RISK_YEAR_LISTINGS } from '../../app/pages/lists/risk-year.server.ts'
import { riskYearContent } from '../../app/pages/risk-year.server.ts'
import type { Actor } from '../../app/session.server.ts'
import { type Trx, withActor, withEntity } from '../../db/client.ts'
import { appToday } from '../../db/clock.ts'
import { newId } from '../../db/ids.ts'
import { recordRiskEvent } from '../../db/risk-events.ts'
import { addIndicator, findIndicator, recordReading } from '../../db/risk-indicators.ts'
import { recordReview } from '../../db/risk-reviews.ts'
import { listRiskYears } from '../../db/risk-year.ts'
import { findRisk } from '../../db/risks.ts'
import { riskYearPdf } from '../../documents/risk-year.ts'
import { addDays } from '../../domain/civil-dates.ts'
import { periodAt } from '../../domain/risk-indicators.ts'
import { makeRisk } from '../support/many-risks.ts'
import { smallTown, type Town } from '../support/town.ts'

let town: Town
let actor: Actor
const year = Number(appToday().slice(0, 4))
const first = `${year - 1}-01-01`

const act = <T>(work: (trx: Trx) => Promise<T>) => withActor(town.web, town.admin, work)

beforeAll(async () => {
  town = await smallTown()
  actor = { ...town.admin, entity: { name: 'Alcaldía de Prueba', dutyNames: {} } } as unknown as Actor
  const code = await act((trx) => makeRisk(trx, town.admin, 2))
  await act((trx) => makeRisk(trx, town.admin, 0))
  await act(async (trx) => {
    const risk = await findRisk(trx, town.entityId, code, { lock: true })
    if (!risk) throw new Error(code)
    const review = { formKey: newId(), lookedAt: 'Los controles', conclusion: 'kept', reason: 'Nada cambió' } as const
    await recordReview(trx, town.admin, risk, review)
    const happened = { formKey: newId(), occurredOn: addDays(appToday(), -1), endedOn: '', times: 3, incidentId: '' }
    const words = { description: 'Entró quien no debía', consequences: 'Se leyó un dato', measures: 'Se cerró' }
    await recordRiskEvent(trx, town.admin, risk, { ...happened, ...words })
    const sheet = { objective: 'Ver que nadie entre', formula: 'entradas', numerator: 'entradas', denominator: '' }
    const source = { source: 'El registro', location: 'Serie 1', availability: 'digital' } as const
    const limits = { unit: 'number', trend: 'decreasing', goal: 1, critical: 5, frequency: 'anual' } as const
    const about = {
      formKey: newId(),
      name: 'Entradas indebidas',
      firstPeriod: first,
      positionId: town.admin.positionId,
    }
    const indicator = await addIndicator(trx, town.admin, risk, { ...sheet, ...source, ...limits, ...about })
    const found = await findIndicator(trx, town.entityId, indicator, { lock: true })
    if (!found) throw new Error(indicator)
    const input = { formKey: newId(), period: first, numerator: 9, denominator: null, note: '' }
    const words2 = { source: 'x', criterion: 'La meta es una entrada', condition: 'Hubo nueve entradas' }
    await recordReading(trx, town.admin, found, { input, period: periodAt('anual', first, 0), wordsOf: () => words2 })
  })
  await insertRuns()
}, 60_000)
afterAll(() => town?.close())

/** As the worker leaves them: two in this year, one of them missed, and one in the year before. */
async function insertRuns(): Promise<void> {
  await withEntity(town.worker, town.entityId, async (trx) => {
    const controls = await trx.selectFrom('risk_control').select('id').orderBy('n').execute()
    const run = (control: number, start: string, rest: { status: string; missed_on?: string }) => ({
      ...{ id: newId(), entity_id: town.entityId, control_id: controls[control]?.id ?? '', workflow_id: newId() },
      ...{ period_start: start, period_end: start, opens_on: start, due_on: start, late_until: start, ...rest },
    })
    const missed = { status: 'missed', missed_on: `${year}-01-02` }
    await trx
      .insertInto('control_run')
      .values([
        run(0, `${year}-01-01`, missed),
        run(1, `${year}-01-01`, { status: 'open' }),
        run(1, `${year - 1}-01-01`, { status: 'paused' }),
      ])
      .execute()
  })
}

const contentOf = (of: number) => act((trx) => riskYearContent(trx, actor, of))

async function partsOf(of: number) {
  return Object.fromEntries((await contentOf(of)).parts.map(({ id, rows }) => [id, rows]))
}

async function fileOf(list: keyof typeof RISK_YEAR_LISTINGS, search: string, cells = 3): Promise<unknown[][]> {
  const rows = await act(async (trx) =>
    allRows(await RISK_YEAR_LISTINGS[list](trx, actor, new URLSearchParams(search))),
  )
  return rows.map((row) => row.slice(0, cells))
}

describe('the report of a year of the risk process', () => {
  it('counts what was done, reviewed, measured, found and what happened in it, and nothing of another year', async () => {
    const parts = await partsOf(year)
    expect(parts.ejecuciones).toEqual([
      ['No ejecutado a tiempo', '1', '0'],
      ['Por ejecutar', '1', '0'],
      ['Total', '2', '0'],
    ])
    expect(parts['sin-ejecutar']).toEqual([['C-001', 'R-001', expect.any(String), '1', '1']])
    expect(parts.revisiones?.[0]).toEqual(['Se mantuvo la valoración', '1'])
    expect(parts.hechos).toMatchObject([[expect.any(String), 'R-001', '3', 'Entró quien no debía', 'Se cerró']])
    expect(parts.indicadores).toMatchObject([['I-001', 'Entradas indebidas', 'R-001', '1', '1', '9', 'Crítico']])
    expect(parts.hallazgos).toEqual([['Indicador', 'Por analizar', '1']])
    // What was said this year of the one before stands in the report of this one.
    const before = await partsOf(year - 1)
    expect(Object.values(before).flat()).toEqual([])
    expect(await act((trx) => listRiskYears(trx, town.entityId))).toContain(year)
  })

  it('shows both risks in their zones at each moment', async () => {
    const { zonas } = await partsOf(year)
    const alto = zonas?.find(([, zone]) => zone === 'Alto')
    expect(alto?.slice(2)).toEqual(['2', '2', '2'])
    expect((zonas ?? []).map((cells) => Number(cells[2])).reduce((a, b) => a + b, 0)).toBe(2)
  })

  it('is a PDF/UA with each map drawn and said in words', async () => {
    const content = await contentOf(year)
    const pdf = riskYearPdf(content, '2026-11-27T12:00:00.000Z').toString('latin1')
    expect(pdf.startsWith('%PDF-')).toBe(true)
    expect(pdf).toMatch(/pdfuaid/)
    expect(content.maps).toHaveLength(3)
    expect(riskYearPdf(content, '2026-11-27T12:00:00.000Z').toString('latin1')).toBe(pdf)
  })
})

describe('lists of what happens to risks, as files', () => {
  it('hold the year of their address, or every one', async () => {
    expect(await fileOf('control_runs', `vigencia=${year}`)).toHaveLength(2)
    expect(await fileOf('control_runs', '')).toHaveLength(3)
    expect(await fileOf('control_runs', 'control=C-001', 2)).toEqual([['R-001', 'C-001']])
    expect(await fileOf('risk_reviews', `vigencia=${year}`, 2)).toEqual([['R-001', appToday()]])
    expect(await fileOf('risk_reviews', `vigencia=${year - 1}`)).toEqual([])
    expect(await fileOf('risk_events', `vigencia=${Number(addDays(appToday(), -1).slice(0, 4))}`)).toHaveLength(1)
    expect(await fileOf('indicator_readings', `vigencia=${year - 1}&indicador=I-001`)).toHaveLength(1)
    expect(await fileOf('indicator_readings', 'indicador=I-002')).toEqual([])
    expect(await fileOf('risk_indicators', '')).toEqual([['I-001', 'Entradas indebidas', 'R-001']])
  })

  it('names what is due of every risk', async () => {
    const due = (await fileOf('risk_dues', '')).map(([what]) => what)
    expect(due).toEqual(expect.arrayContaining(['Revisar el riesgo R-002', 'Medir el indicador I-001']))
  })
})
