/** The zones of a year are those at its end, whatever came after (features D10): worked out from what the record keeps. */
import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { allRows } from '../../app/pages/lists/listing.server.ts'
import { RISK_YEAR_LISTINGS } from '../../app/pages/lists/risk-year.server.ts'
import { riskYearContent } from '../../app/pages/risk-year.server.ts'
import type { Actor } from '../../app/session.server.ts'
import { DUB_RISK } from '../../catalog/demo/risks.ts'
import { recordEvent } from '../../db/audit.ts'
import { type Database, openDatabase, type Trx, withActor, withEntity } from '../../db/client.ts'
import { appToday, moveClock } from '../../db/clock.ts'
import { newId } from '../../db/ids.ts'
import { overwriteResidual, readOf } from '../../db/residual-overrides.ts'
import { retireControl } from '../../db/risk-controls.ts'
import { settleStanding, standOf } from '../../db/risk-standings.ts'
import { findRisk, type HeldRisk, reassessRisk } from '../../db/risks.ts'
import { listRisksAt } from '../../db/risks-at.ts'
import { movedBy } from '../../db/standing-moves.ts'
import { riskYearPdf } from '../../documents/risk-year.ts'
import { bogotaInstant, daysBetween } from '../../domain/civil-dates.ts'
import type { RiskInput } from '../../domain/risk-inputs.ts'
import type { Place } from '../../domain/risks.ts'
import { makeRisk } from '../support/many-risks.ts'
import { smallTown, type Town } from '../support/town.ts'

const DAY_MS = 86_400_000
const REASON = 'El control cubre menos de lo que dice su diseño.'
const KEY = { code: 'guia_7', n: 0 }
const today = appToday()
const thisYear = Number(today.slice(0, 4))
const [lastYear, before] = [thisYear - 1, thisYear - 2]

let town: Town
let owner: Database
let actor: Actor
beforeAll(async () => {
  town = await smallTown()
  owner = openDatabase(town.database.ownerUrl, { max: 1 })
  actor = { ...town.admin, entity: { name: 'Alcaldía de Prueba', dutyNames: {} } } as unknown as Actor
  await sharedPast()
}, 60_000)
afterAll(async () => {
  await owner?.close()
  await town?.close()
})
afterEach(() => moveClock(0))

const act = <T>(work: (trx: Trx) => Promise<T>) => withActor(town.web, town.admin, work)
/** Noon of a day: what people do meanwhile happens then. */
const onDay = (day: string) => moveClock(-daysBetween(day, today) * DAY_MS)
const noon = (day: string) => bogotaInstant(day, '12:00')

async function held(trx: Trx, code: string): Promise<HeldRisk> {
  const risk = await findRisk(trx, town.entityId, code, { lock: true })
  if (!risk) throw new Error(code)
  return risk
}

/** What the worker says of the evidence of a control, and on which day. */
async function shows(riskId: string, day: string, evidence: 'current' | 'expired'): Promise<void> {
  const until = evidence === 'current' ? '2098-01-01' : null
  const ids = await withEntity(town.worker, town.entityId, async (trx) => {
    const controls = await trx.selectFrom('risk_control').select('id').where('risk_id', '=', riskId).execute()
    for (const { id } of controls) {
      await trx
        .insertInto('control_standing')
        .values({ entity_id: town.entityId, control_id: id, state: evidence, until })
        .onConflict((oc) => oc.column('control_id').doUpdateSet({ state: evidence, until }))
        .execute()
      await recordEvent(trx, {
        ...{ entityId: town.entityId, type: 'control.evidence_changed', objectId: id, origin: 'system' },
        changes: [{ field: 'evidence', before: null, after: evidence }],
      })
    }
    await settleStanding(trx, town.entityId, riskId, movedBy(town.admin, 'reassessed'))
    return controls.map(({ id }) => id)
  })
  // The clock of the record is never moved: the day it happened is put there by hand.
  await withEntity(owner, town.entityId, (trx) =>
    sql`update event set at = ${noon(day)} where type = 'control.evidence_changed' and object_id = any(${ids})
      and changes @> ${JSON.stringify([{ field: 'evidence', after: evidence }])}`.execute(trx),
  )
}

/**
 * R-001 was rated two years ago, shown to work and written over; last year its evidence ended; this year a control was retired, so
 * what was written lapsed, and it was rated anew. R-002 came this year.
 */
async function sharedPast(): Promise<void> {
  onDay(`${before}-03-01`)
  const code = await act((trx) => makeRisk(trx, town.admin, 2))
  const { id: riskId } = await act((trx) => held(trx, code))
  await shows(riskId, `${before}-04-01`, 'current')
  onDay(`${before}-05-01`)
  await act(async (trx) => {
    const risk = await held(trx, code)
    const standing = await standOf(trx, risk.id)
    const { assessment, computed } = standing
    const read = readOf(standing)
    const place = { probability: assessment.inherent.probability, impact: computed.declared.impact }
    await overwriteResidual(trx, town.admin, risk, { formKey: newId(), read, reason: REASON, ...place })
  })
  await shows(riskId, `${lastYear}-06-01`, 'expired')
  moveClock(0)
  await act(async (trx) => {
    const risk = await held(trx, code)
    const [control] = await trx
      .selectFrom('risk_control')
      .select('code')
      .where('risk_id', '=', risk.id)
      .orderBy('n')
      .execute()
    await retireControl(trx, town.admin, risk, { code: control?.code ?? '', reason: 'Ya no se ejecuta.' })
  })
  await act(async (trx) => {
    const risk = await held(trx, code)
    const answers = { ...DUB_RISK, timesPerYear: 1 }
    const input = { formKey: newId(), ownerId: risk.ownerPosition, reason: REASON, answers } as RiskInput
    await reassessRisk(trx, town.admin, risk, { key: KEY, input, read: risk.assessment.contentHash })
  })
  await act((trx) => makeRisk(trx, town.admin, 1))
}

const partsOf = async (year: number) => {
  const { parts } = await act((trx) => riskYearContent(trx, actor, year))
  return Object.fromEntries(parts.map((part) => [part.id, part]))
}
const placesAt = async (instant: string | null) => {
  const { rows } = await act((trx) => listRisksAt(trx, town.entityId, { before: instant, cursor: null, limit: 10 }))
  return rows
}
const zonesOf = (rows: string[][]) => rows.filter((cells) => cells.slice(2).some((cell) => cell !== '0'))

it('says of now what the standing of each risk says', async () => {
  const standing = await act((trx) =>
    trx
      .selectFrom('risk_standing as s')
      .innerJoin('risk as r', 'r.id', 's.risk_id')
      .select([
        'r.code',
        's.inherent_zone',
        's.declared_zone',
        's.declared_p',
        's.demonstrated_zone',
        's.demonstrated_p',
      ])
      .orderBy('r.n')
      .execute(),
  )
  const derived = (await placesAt(null)).map(({ code, places: { inherent, declared, demonstrated } }) => ({
    ...{ code, inherent_zone: inherent.zone, declared_zone: declared.zone, declared_p: declared.p },
    ...{ demonstrated_zone: demonstrated.zone, demonstrated_p: demonstrated.p },
  }))
  expect(derived).toEqual(standing)
  expect(derived).toHaveLength(2)
})

it('says of the end of a year what stood then: its assessment, its controls, their evidence and what was written over', async () => {
  const [risk, ...others] = await placesAt(bogotaInstant(`${thisYear}-01-01`, '00:00'))
  expect(others).toEqual([])
  expect(risk?.overwritten).toMatchObject({ reason: REASON, computed: { probability: 2 } })
  const [earlier] = await placesAt(bogotaInstant(`${lastYear}-01-01`, '00:00'))
  // With evidence in force it was shown to be what was written; once that ended, as much as without controls.
  const at = (place: Place | undefined) => [place?.p, place?.i, place?.zone]
  expect(at(earlier?.places.declared)).toEqual(at(risk?.places.declared))
  expect(earlier?.places.demonstrated.p).toBe(earlier?.places.declared.p)
  expect(risk?.places.demonstrated.p).toBe(risk?.places.inherent.p)
  expect(Number(risk?.places.declared.i)).toBeLessThanOrEqual(Number(risk?.places.demonstrated.i))
  const [now] = await placesAt(null)
  expect(now?.places.inherent.probability).toBeLessThan(risk?.places.inherent.probability ?? 0)
  expect(await placesAt(bogotaInstant(`${before}-01-01`, '00:00'))).toEqual([])
})

it('prints the zones of the year asked for, the overwritten ones marked with their reason, on the page, the PDF and the list', async () => {
  const past = await partsOf(lastYear)
  expect(past.zonas?.title).toBe(`Riesgos por zona al 31 de diciembre de ${lastYear}`)
  expect(
    zonesOf(past.zonas?.rows ?? [])
      .flat()
      .join(' '),
  ).toContain('1 (1 sobrescrito)')
  expect(past.sobrescritos?.rows).toEqual([
    ['R-001', expect.any(String), expect.any(String), REASON, expect.any(String)],
  ])
  const now = await partsOf(thisYear)
  expect(
    zonesOf(now.zonas?.rows ?? [])
      .flat()
      .join(' '),
  ).not.toContain('sobrescrito')
  expect(now.sobrescritos?.rows).toEqual([])
  expect((await partsOf(before - 1)).zonas?.rows).toEqual([])

  const listed = async (year: number) =>
    await act(async (trx) =>
      allRows(await RISK_YEAR_LISTINGS.risk_zones(trx, actor, new URLSearchParams(`vigencia=${year}`))),
    )
  const [line = [], ...others] = await listed(lastYear)
  expect(others).toEqual([])
  expect([line[0], line[3], ...line.slice(7, 10)]).toEqual([
    'R-001',
    `${lastYear}-12-31`,
    'Sí',
    expect.any(String),
    REASON,
  ])
  expect((await listed(thisYear)).map((row) => [row[0], row[3], row[7]])).toEqual([
    ['R-001', appToday(), 'No'],
    ['R-002', appToday(), 'No'],
  ])
  const content = await act((trx) => riskYearContent(trx, actor, lastYear))
  expect(content.maps).toHaveLength(3)
  expect(riskYearPdf(content, '2026-11-27T12:00:00.000Z').toString('latin1')).toMatch(/pdfuaid/)
})
