import { redirect } from '@remix-run/node'
import { withActor } from '../../db/client.ts'
import { appToday } from '../../db/clock.ts'
import { listStandingPositions } from '../../db/findings.ts'
import { newId } from '../../db/ids.ts'
import { findIndicator, type IndicatorSheet, listMeasurements, type ShownReading } from '../../db/risk-indicators.ts'
import { findRisk } from '../../db/risks.ts'
import { indicatorChart } from '../../documents/indicator-chart.ts'
import { addDays } from '../../domain/civil-dates.ts'
import { inFieldOrder, readInput } from '../../domain/input-reading.ts'
import { INDICATOR_FIELDS, IndicatorInput, readingInput } from '../../domain/risk-follow-inputs.ts'
import { endedPeriods, MEASURE_WITHIN_DAYS, nextPeriod } from '../../domain/risk-indicators.ts'
import { typedOf } from '../administration.server.ts'
import { invalid, notFound } from '../answer.server.ts'
import { addIndicator, measureIndicator } from '../commands/follow-risk.server.ts'
import type { AppContext } from '../context.server.ts'
import type { Actor } from '../session.server.ts'
import { taken } from '../taken.server.ts'
import { inputErrors } from '../text/inputs.ts'
import { levelText, indicatorText as words } from '../text/risk-follow.ts'
import { actOnRetirement, earlierSheets } from './indicator-versions.server.ts'
import { attendObjection } from './risk-follow-summary.server.ts'
import { riskObjection } from './risks.server.ts'

export async function loadNewIndicator(context: AppContext, actor: Actor, code: string) {
  return await withActor(context.db, actor, async (trx) => {
    if (!(await findRisk(trx, actor.entityId, code))) throw notFound(context.requestId)
    const owners = await listStandingPositions(trx, actor.entityId)
    return {
      ...{ code, formKey: newId(), whyNot: riskObjection(actor) },
      owners: owners.map(({ id, name, agency }) => ({ id, name, agency })),
    }
  })
}

export async function actOnNewIndicator(context: AppContext, actor: Actor, code: string, form: FormData) {
  const typed = typedOf(form)
  const read = readInput(IndicatorInput, typed)
  if (!read.ok)
    return invalid(
      inputErrors(inFieldOrder(read.errors, INDICATOR_FIELDS), (path) => `indicador-${path}`),
      typed,
    )
  return await taken(actor, 'indicador', typed, async () => {
    const made = await addIndicator(context, actor, code, read.input)
    return redirect(`/riesgos/indicadores/${made}?hecho=indicador`)
  })
}

/** The sheet, its readings as a chart and as a table, and the periods that nobody has measured. */
export async function loadIndicator(context: AppContext, actor: Actor, code: string) {
  return await withActor(context.db, actor, async (trx) => {
    const sheet = await findIndicator(trx, actor.entityId, code)
    if (!sheet) throw notFound(context.requestId)
    const readings = await listMeasurements(trx, sheet.id)
    const measured = readings.map(({ from }) => from)
    const next = nextPeriod(sheet.frequency, sheet.firstPeriod, measured)
    return {
      sheet,
      readings: [...readings].reverse(),
      chart: chartOf(sheet, readings),
      open: sheet.retiredAt === null ? openPeriods(sheet, measured) : [],
      earlier: await earlierSheets(trx, sheet),
      whyNotKeep: riskObjection(actor),
      nextOn: addDays(next.to, MEASURE_WITHIN_DAYS),
      whyNot: attendObjection(actor, [sheet.ownerPosition, sheet.riskOwner]),
      formKey: newId(),
    }
  })
}

const openPeriods = ({ frequency, firstPeriod }: IndicatorSheet, measured: readonly string[]) =>
  endedPeriods(frequency, firstPeriod, appToday()).filter(({ from }) => !measured.includes(from))

function chartOf({ name, unit, goal, critical }: IndicatorSheet, readings: readonly ShownReading[]): string | null {
  const said = readings.map((one) => words.point(words.period(one), words.value(one.value, unit), levelText[one.level]))
  return indicatorChart({
    alt: words.alt(name, said),
    points: readings.map(({ from, value, level }) => ({ label: from.slice(0, 7), value, level })),
    goal: { value: goal, label: words.goalLine(words.value(goal, unit)) },
    critical: { value: critical, label: words.criticalLine(words.value(critical, unit)) },
  })
}

export async function actOnIndicator(context: AppContext, actor: Actor, code: string, form: FormData) {
  const typed = typedOf(form)
  if (typed.formulario === 'retiro') return await actOnRetirement(context, actor, code, form)
  const { sheet, periods } = await withActor(context.db, actor, async (trx) => {
    const found = await findIndicator(trx, actor.entityId, code)
    if (!found) throw notFound(context.requestId)
    return { sheet: found, periods: endedPeriods(found.frequency, found.firstPeriod, appToday()) }
  })
  const read = readInput(readingInput(sheet.unit, periods), typed)
  if (!read.ok)
    return invalid(
      inputErrors(read.errors, (path) => `medicion-${path}`),
      typed,
    )
  const { input } = read
  return await taken(actor, 'medicion', typed, async () => {
    const period = periods.find(({ from }) => from === input.period)
    if (!period) throw notFound(context.requestId)
    await measureIndicator(context, actor, code, { input, period })
    return redirect(`/riesgos/indicadores/${code}?hecho=medicion`)
  })
}
