import type { Trx } from '../../db/client.ts'
import {
  countActionsOfYear,
  countFindingsOfYear,
  countReviewsOfYear,
  countRunsOfYear,
  listMissedOfYear,
  type ReportedYear,
} from '../../db/risk-year.ts'
import { listEventsOfEntity, listIndicatorsOfEntity } from '../../db/risk-year-lines.ts'
import type { RiskAt } from '../../db/risks-at.ts'
import type { YearPart } from '../../documents/risk-year.ts'
import { runStateText } from '../text/control-runs.ts'
import { findingOriginText, findingStateText } from '../text/findings.ts'
import { formatDate, formatDayOf, formatNumber } from '../text/format.ts'
import { actionStateText } from '../text/improvement.ts'
import { listNames } from '../text/lists.ts'
import { placeWords } from '../text/place-words.ts'
import { indicatorText, levelText } from '../text/risk-follow.ts'
import { riskYearText as words } from '../text/risk-year.ts'

/** Lines of a table of the report; the rest stand in the list taken away as a file. */
const MOST = 50

type Words = Pick<YearPart, 'title' | 'header' | 'none'>

/** A table of the report in its words. */
export function yearPart(
  id: string,
  { title, header, none }: Words,
  { rows, figures, note = '' }: { rows: string[][]; figures: number[]; note?: string },
): YearPart {
  return { id, title, header, none, figures, rows, note }
}

/** What was done, reviewed, measured and corrected in a year, and what came true. */
export async function yearParts(trx: Trx, entityId: string, year: ReportedYear): Promise<YearPart[]> {
  return [
    await runs(trx, entityId, year),
    await missed(trx, entityId, year),
    await reviews(trx, entityId, year),
    await indicators(trx, entityId, year),
    await events(trx, entityId, year),
    await findings(trx, entityId, year),
    await actions(trx, entityId, year),
  ]
}

/** Residuals that somebody had written over, with what is computed and why. */
export function overwrittenPart(risks: readonly RiskAt[], day: string): YearPart {
  const found = risks.flatMap(({ code, methodology, places, overwritten }) =>
    overwritten === null
      ? []
      : [
          [
            ...[code, placeWords(methodology, overwritten.computed), placeWords(methodology, places.declared)],
            ...[overwritten.reason, words.writtenBy(overwritten.position, formatDayOf(overwritten.writtenAt))],
          ],
        ],
  )
  return yearPart('sobrescritos', words.overwritten(day), {
    ...{ rows: found.slice(0, MOST), figures: [] },
    note: noteOf(found.length > MOST, listNames.risk_zones),
  })
}

async function runs(trx: Trx, entityId: string, year: ReportedYear): Promise<YearPart> {
  const counted = await countRunsOfYear(trx, entityId, year)
  const sum = (of: 'n' | 'late') => formatNumber(counted.reduce((all, one) => all + one[of], 0))
  const rows = counted.map(({ key, n, late }) => [runStateText[key], formatNumber(n), formatNumber(late)])
  const total = counted.length > 0 ? [[words.runs.total, sum('n'), sum('late')]] : []
  return yearPart('ejecuciones', words.runs, { rows: [...rows, ...total], figures: [1, 2] })
}

async function missed(trx: Trx, entityId: string, year: ReportedYear): Promise<YearPart> {
  const found = await listMissedOfYear(trx, entityId, year, MOST + 1)
  const rows = found
    .slice(0, MOST)
    .map(({ control, risk, owner, runs, missed }) => [control, risk, owner, formatNumber(runs), formatNumber(missed)])
  return yearPart('sin-ejecutar', words.missed, {
    rows,
    figures: [3, 4],
    note: noteOf(found.length > MOST, listNames.control_runs),
  })
}

async function reviews(trx: Trx, entityId: string, year: ReportedYear): Promise<YearPart> {
  const counted = await countReviewsOfYear(trx, entityId, year)
  const names = (['kept', 'reassess', 'late', 'open'] as const).map((key) => [
    words.reviews[key],
    formatNumber(counted[key]),
  ])
  const isEmpty = Object.values(counted).every((n) => n === 0)
  return yearPart('revisiones', words.reviews, { rows: isEmpty ? [] : names, figures: [1] })
}

async function indicators(trx: Trx, entityId: string, year: ReportedYear): Promise<YearPart> {
  const { rows, next } = await listIndicatorsOfEntity(trx, entityId, { knownIn: year, limit: MOST })
  const { retired, unmeasured } = words.indicators
  const lines = rows.map((one) => [
    ...[one.code, one.retired ? retired(one.name) : one.name, one.risk],
    ...[formatNumber(one.readings), formatNumber(one.criticals)],
    one.value === null ? unmeasured : indicatorText.value(one.value, one.unit),
    one.level ? levelText[one.level] : '',
  ])
  const note = noteOf(next !== null, listNames.risk_indicators)
  return yearPart('indicadores', words.indicators, { rows: lines, figures: [3, 4, 5], note })
}

async function events(trx: Trx, entityId: string, year: ReportedYear): Promise<YearPart> {
  const { rows, next } = await listEventsOfEntity(trx, entityId, { knownIn: year, limit: MOST })
  const lines = rows.map(({ occurredOn, risk, times, description, measures }) => [
    ...[formatDate(occurredOn), risk, formatNumber(times), description, measures],
  ])
  return yearPart('hechos', words.events, {
    rows: lines,
    figures: [2],
    note: noteOf(next !== null, listNames.risk_events),
  })
}

async function findings(trx: Trx, entityId: string, year: ReportedYear): Promise<YearPart> {
  const counted = await countFindingsOfYear(trx, entityId, year)
  const rows = counted.map(({ origin, status, n }) => [
    findingOriginText[origin],
    findingStateText[status],
    formatNumber(n),
  ])
  return yearPart('hallazgos', words.findings, { rows, figures: [2] })
}

async function actions(trx: Trx, entityId: string, year: ReportedYear): Promise<YearPart> {
  const counted = await countActionsOfYear(trx, entityId, year)
  const rows = counted.map(({ key, n }) => [actionStateText[key], formatNumber(n)])
  return yearPart('acciones', words.actions, { rows, figures: [1] })
}

const noteOf = (isCut: boolean, list: string) => (isCut ? words.more(MOST, list) : '')
