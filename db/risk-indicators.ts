/** Key risk indicators with their readings (features D11; ME-SIG-F-006): each change with its event, in one transaction. */
import { sql } from 'kysely'
import { addDays } from '../domain/civil-dates.ts'
import { Refused } from '../domain/refusals.ts'
import type { IndicatorInput, ReadingInput } from '../domain/risk-follow-inputs.ts'
import {
  type Availability,
  type IndicatorFrequency,
  type IndicatorTrend,
  type IndicatorUnit,
  indicatorValue,
  MEASURE_WITHIN_DAYS,
  nextPeriod,
  type Period,
  type ReadingLevel,
  readingLevel,
} from '../domain/risk-indicators.ts'
import { eventBy } from './administration.ts'
import { recordEvent } from './audit.ts'
import type { Trx } from './client.ts'
import { appToday } from './clock.ts'
import { listStandingPositions, openFinding } from './findings.ts'
import { endFollowUp, openFollowUp } from './follow-ups.ts'
import { idOf } from './ids.ts'
import { askReassessment, bodyHash, isTaken } from './risk-reviews.ts'
import type { HeldRisk, RiskKeeper } from './risks.ts'

/** Adds the sheet of an indicator and asks for its first reading; answers its code, also when the form comes again. */
export async function addIndicator(trx: Trx, by: RiskKeeper, risk: HeldRisk, input: IndicatorInput): Promise<string> {
  const { entityId } = by
  const { formKey: id, positionId, firstPeriod, denominator, goal, critical, ...sheet } = input
  const hash = bodyHash(input)
  await sql`select pg_advisory_xact_lock(hashtextextended(${entityId}, 47))`.execute(trx)
  const standing = await trx
    .selectFrom('risk_indicator')
    .select(['code', 'body_hash', 'risk_id as of'])
    .where('id', '=', id)
    .executeTakeFirst()
  if (isTaken(standing, { hash, of: risk.id })) return standing?.code ?? ''
  const owner = (await listStandingPositions(trx, entityId)).find((one) => one.id === positionId)
  if (!owner) throw new Refused('out_of_date')
  const { last } = await trx
    .selectFrom('risk_indicator')
    .select(({ fn }) => fn.max('n').as('last'))
    .where('entity_id', '=', entityId)
    .executeTakeFirstOrThrow()
  const n = (last ?? 0) + 1
  const code = `I-${String(n).padStart(3, '0')}`
  await trx
    .insertInto('risk_indicator')
    .values({
      ...{ ...sheet, id, entity_id: entityId, risk_id: risk.id, n, code, owner_position: positionId, body_hash: hash },
      ...{ goal: String(goal), critical: String(critical), first_period: firstPeriod, created_by: by.personId },
      denominator: sheet.unit === 'percent' ? denominator : null,
    })
    .execute()
  await recordEvent(trx, {
    ...{ ...eventBy(by), type: 'indicator.added', objectId: id },
    changes: [
      { field: 'code', before: null, after: code },
      { field: 'risk', before: null, after: risk.code },
    ],
  })
  await planReading(trx, entityId, { id, code, frequency: sheet.frequency, firstPeriod, measured: [], owner })
  return code
}

/** Asks for the reading of the first period nobody has measured, within ten days of its end. */
export async function planReading(
  trx: Trx,
  entityId: string,
  of: {
    id: string
    code: string
    frequency: IndicatorFrequency
    firstPeriod: string
    measured: readonly string[]
    owner: { id: string; duty: string }
  },
): Promise<void> {
  const { to } = nextPeriod(of.frequency, of.firstPeriod, of.measured)
  const about = { entityId, kind: 'indicator_reading' as const, objectId: of.id, code: of.code }
  const dueOn = addDays(to, MEASURE_WITHIN_DAYS)
  await openFollowUp(trx, { ...about, duty: of.owner.duty, positionId: of.owner.id, dueOn })
}

export interface IndicatorSheet {
  id: string
  code: string
  name: string
  objective: string
  formula: string
  numerator: string
  denominator: string | null
  unit: IndicatorUnit
  frequency: IndicatorFrequency
  source: string
  location: string
  availability: Availability
  trend: IndicatorTrend
  goal: number
  critical: number
  /** Civil date. */
  firstPeriod: string
  owner: string
  ownerPosition: string
  ownerDuty: string
  riskId: string
  riskCode: string
  riskOwner: string
  /** Counted from 1, one more with each correction and each time it passes to another position. */
  version: number
  retiredAt: Date | null
  retiredReason: string | null
}

/** One indicator by its code; undefined when not visible. `lock`: nobody else measures it, corrects it or hands it over meanwhile. */
export async function findIndicator(
  trx: Trx,
  entityId: string,
  code: string,
  { lock = false }: { lock?: boolean } = {},
): Promise<IndicatorSheet | undefined> {
  // Apart: of a row that changed while it was waited for, a join would still read the owner before.
  if (lock)
    await trx
      .selectFrom('risk_indicator')
      .select('id')
      .where('entity_id', '=', entityId)
      .where('code', '=', code)
      .forUpdate()
      .execute()
  const row = await trx
    .selectFrom('risk_indicator as i')
    .innerJoin('position as p', 'p.id', 'i.owner_position')
    .innerJoin('risk as r', 'r.id', 'i.risk_id')
    .select(['i.id', 'i.code', 'i.name', 'i.objective', 'i.formula', 'i.numerator', 'i.denominator', 'i.unit'])
    .select(['i.frequency', 'i.source', 'i.location', 'i.availability', 'i.trend', 'i.goal', 'i.critical'])
    .select(['i.first_period as firstPeriod', 'p.name as owner', 'p.id as ownerPosition', 'p.duty as ownerDuty'])
    .select(['r.id as riskId', 'r.code as riskCode', 'r.owner_position as riskOwner', 'i.version'])
    .select(['i.retired_at as retiredAt', 'i.retired_reason as retiredReason'])
    .where('i.entity_id', '=', entityId)
    .where('i.code', '=', code)
    .executeTakeFirst()
  if (!row) return undefined
  return {
    ...{ ...row, unit: row.unit as IndicatorUnit, frequency: row.frequency as IndicatorFrequency },
    ...{ availability: row.availability as Availability, trend: row.trend as IndicatorTrend },
    ...{ goal: Number(row.goal), critical: Number(row.critical) },
  }
}

/** What a reading past the critical value says as a finding. */
export interface CriticalWords {
  source: string
  criterion: string
  condition: string
}

/**
 * Records what was measured of a period; past the critical value it opens a finding of the risk's owner and asks for another
 * rating. The same form again records nothing.
 */
export async function recordReading(
  trx: Trx,
  by: RiskKeeper,
  indicator: IndicatorSheet,
  { input, period, wordsOf }: { input: ReadingInput; period: Period; wordsOf: (value: number) => CriticalWords },
): Promise<ReadingLevel> {
  const { entityId } = by
  const { formKey: id, numerator, denominator, note } = input
  if ((await listMeasurements(trx, indicator.id)).some(({ from }) => from === period.from))
    throw new Refused('period_measured')
  const value = indicatorValue(indicator.unit, numerator, denominator)
  const level = readingLevel(indicator, value)
  await trx
    .insertInto('indicator_reading')
    .values({
      ...{ id, entity_id: entityId, indicator_id: indicator.id, period_from: period.from, period_to: period.to, level },
      ...{ numerator: String(numerator), denominator: denominator === null ? null : String(denominator) },
      ...{ value: String(value), note: note || null, body_hash: bodyHash(input) },
      ...{ person_id: by.personId, position_id: by.positionId },
    })
    .execute()
  const change = (field: string, after: string | number) => ({ field, before: null, after })
  await recordEvent(trx, {
    ...{ ...eventBy(by), type: 'indicator.measured', objectId: indicator.id },
    changes: [
      ...[change('code', indicator.code), change('period', period.from), change('value', value)],
      change('level', level),
    ],
  })
  await endFollowUp(trx, { entityId, kind: 'indicator_reading', objectId: indicator.id })
  const measured = (await listMeasurements(trx, indicator.id)).map(({ from }) => from)
  await planReading(trx, entityId, {
    ...{ ...indicator, measured, owner: { id: indicator.ownerPosition, duty: indicator.ownerDuty } },
  })
  if (level === 'critical') await openCritical(trx, by, indicator, { readingId: id, words: wordsOf(value) })
  return level
}

async function openCritical(
  trx: Trx,
  by: RiskKeeper,
  { riskId, riskOwner }: IndicatorSheet,
  { readingId, words }: { readingId: string; words: CriticalWords },
): Promise<void> {
  const finding = { ...words, origin: 'indicator', radicado: null, foundOn: appToday(), cause: '', effect: '' } as const
  const id = idOf('critical reading', readingId)
  await openFinding(trx, { ...finding, id, ownerPosition: riskOwner, riskId }, eventBy(by), by)
  await askReassessment(trx, by.entityId, riskId)
}

/** Whether this reading stands already. Throws `Refused('body_differs')` where the same form says something else. */
export async function isMeasured(trx: Trx, indicatorId: string, input: ReadingInput): Promise<boolean> {
  const standing = await trx
    .selectFrom('indicator_reading')
    .select(['body_hash', 'indicator_id as of'])
    .where('id', '=', input.formKey)
    .executeTakeFirst()
  return isTaken(standing, { hash: bodyHash(input), of: indicatorId })
}

export interface ShownReading extends Period {
  numerator: number
  denominator: number | null
  value: number
  level: ReadingLevel
  note: string | null
  position: string
}

/** Readings of an indicator, the oldest period first. */
export async function listMeasurements(trx: Trx, indicatorId: string): Promise<ShownReading[]> {
  const rows = await trx
    .selectFrom('indicator_reading as m')
    .innerJoin('position', 'position.id', 'm.position_id')
    .select(['m.period_from as from', 'm.period_to as to', 'm.numerator', 'm.denominator', 'm.value', 'm.level'])
    .select(['m.note', 'position.name as position'])
    .where('m.indicator_id', '=', indicatorId)
    .orderBy('m.period_from')
    .execute()
  return rows.map((row) => ({
    ...{ ...row, numerator: Number(row.numerator), value: Number(row.value), level: row.level as ReadingLevel },
    denominator: row.denominator === null ? null : Number(row.denominator),
  }))
}

export interface IndicatorLine {
  code: string
  name: string
  unit: IndicatorUnit
  owner: string
  /** Of the last reading; null before the first. */
  value: number | null
  level: ReadingLevel | null
  retired: boolean
}

/** Indicators of a risk, in the order of their codes. */
export async function listIndicators(trx: Trx, riskId: string): Promise<IndicatorLine[]> {
  const found = await sql<Omit<IndicatorLine, 'value'> & { value: string | null }>`
    select i.code, i.name, i.unit, p.name as owner, m.value::text as value, m.level, i.retired_at is not null as retired
    from risk_indicator i join position p on p.id = i.owner_position
      left join lateral (select value, level from indicator_reading where indicator_id = i.id
        order by period_from desc limit 1) m on true
    where i.risk_id = ${riskId} order by i.n limit 100`.execute(trx)
  return found.rows.map((row) => ({ ...row, value: row.value === null ? null : Number(row.value) }))
}
