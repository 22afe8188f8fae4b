import { redirect } from '@remix-run/node'
import { type Trx, withActor } from '../../db/client.ts'
import { newId } from '../../db/ids.ts'
import { type EarlierSheet, listEarlierSheets, type SheetField } from '../../db/indicator-versions.ts'
import { findIndicator, type IndicatorSheet } from '../../db/risk-indicators.ts'
import { inFieldOrder, readInput } from '../../domain/input-reading.ts'
import { INDICATOR_FIELDS, indicatorCorrection, RetireIndicatorInput } from '../../domain/risk-follow-inputs.ts'
import { typedOf } from '../administration.server.ts'
import { invalid, notFound } from '../answer.server.ts'
import { correctIndicator, retireIndicator } from '../commands/follow-risk.server.ts'
import type { AppContext } from '../context.server.ts'
import type { Actor } from '../session.server.ts'
import { taken } from '../taken.server.ts'
import { inputErrors } from '../text/inputs.ts'
import { refusalSentence } from '../text/refusals.ts'
import { indicatorText as words } from '../text/risk-follow.ts'
import { ownersFor } from './risk-actions.server.ts'
import { riskObjection } from './risks.server.ts'

async function sheetOf(trx: Trx, context: AppContext, actor: Actor, code: string): Promise<IndicatorSheet> {
  const sheet = await findIndicator(trx, actor.entityId, code)
  if (!sheet) throw notFound(context.requestId)
  return sheet
}

export async function loadCorrection(context: AppContext, actor: Actor, code: string) {
  return await withActor(context.db, actor, async (trx) => {
    const sheet = await sheetOf(trx, context, actor, code)
    const isRetired = sheet.retiredAt !== null
    return {
      ...{ code, formKey: newId(), version: sheet.version, owners: await ownersFor(trx, actor) },
      initial: initialOf(sheet),
      whyNot: isRetired ? refusalSentence('indicator_retired', {}, actor) : riskObjection(actor),
    }
  })
}

/** The sheet as its form writes it. */
function initialOf(sheet: IndicatorSheet): Record<string, string> {
  const { name, objective, formula, numerator, denominator, source, location, availability, trend } = sheet
  const number = (value: number) => String(value).replace('.', ',')
  return {
    ...{ name, objective, formula, numerator, denominator: denominator ?? '', source, location, availability, trend },
    ...{ goal: number(sheet.goal), critical: number(sheet.critical), positionId: sheet.ownerPosition },
  }
}

export async function actOnCorrection(context: AppContext, actor: Actor, code: string, form: FormData) {
  const typed = typedOf(form)
  const { unit } = await withActor(context.db, actor, (trx) => sheetOf(trx, context, actor, code))
  const read = readInput(indicatorCorrection(unit), typed)
  if (!read.ok)
    return invalid(
      inputErrors(inFieldOrder(read.errors, INDICATOR_FIELDS), (path) => `indicador-${path}`),
      typed,
    )
  return await taken(actor, 'indicador', typed, async () => {
    await correctIndicator(context, actor, code, read.input)
    return redirect(`/riesgos/indicadores/${code}?hecho=correccion`)
  })
}

export async function actOnRetirement(context: AppContext, actor: Actor, code: string, form: FormData) {
  const typed = typedOf(form)
  const read = readInput(RetireIndicatorInput, typed)
  if (!read.ok)
    return invalid(
      inputErrors(read.errors, (path) => `retiro-${path}`),
      typed,
    )
  return await taken(actor, 'retiro', typed, async () => {
    await retireIndicator(context, actor, code, read.input)
    return redirect(`/riesgos/indicadores/${code}?hecho=retiro`)
  })
}

/** What each version said that the one after it says otherwise. */
export async function earlierSheets(trx: Trx, sheet: IndicatorSheet) {
  const earlier = await listEarlierSheets(trx, sheet.id)
  return earlier.map((one, at) => {
    const after = earlier[at - 1]?.said ?? sheet
    const changed = (Object.keys(one.said) as SheetField[]).filter((field) => one.said[field] !== after[field])
    return {
      ...{ n: one.n, reason: one.reason, position: one.position, at: one.correctedAt.toISOString() },
      said: changed.map((field) => ({ field: words.fields[field], value: shownValue(sheet, one, field) })),
    }
  })
}

function shownValue({ unit }: IndicatorSheet, { said }: EarlierSheet, field: SheetField): string {
  const value = said[field]
  if (field === 'trend') return words.trends[value as keyof typeof words.trends]
  if (field === 'availability') return words.availabilities[value as keyof typeof words.availabilities]
  return typeof value === 'number' ? words.value(value, unit) : (value ?? '')
}
