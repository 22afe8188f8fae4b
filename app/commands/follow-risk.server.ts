import type { Trx } from '../../db/client.ts'
import { changeIndicator, requireInUse, retireIndicator as retire } from '../../db/indicator-versions.ts'
import { recordRiskEvent as recordEvent } from '../../db/risk-events.ts'
import {
  addIndicator as add,
  findIndicator,
  type IndicatorSheet,
  isMeasured,
  recordReading,
} from '../../db/risk-indicators.ts'
import { changeCadence, recordReview } from '../../db/risk-reviews.ts'
import { findRisk, type HeldRisk, type RiskKeeper } from '../../db/risks.ts'
import { attendedRow, riskRow } from '../../domain/permission-rows.ts'
import { whyNot } from '../../domain/permissions.ts'
import { Refused, refuseIf } from '../../domain/refusals.ts'
import type {
  CadenceInput,
  IndicatorCorrection,
  IndicatorInput,
  ReadingInput,
  RiskEventInput,
  RiskReviewInput,
} from '../../domain/risk-follow-inputs.ts'
import type { Period } from '../../domain/risk-indicators.ts'
import type { AppContext } from '../context.server.ts'
import { recordingRefusals } from '../refusal.server.ts'
import type { Actor } from '../session.server.ts'
import { criticalWords } from '../text/risk-follow.ts'
import { permitted } from './permitted.server.ts'

/** Says what was looked at in a risk and whether it is rated anew (D10). */
export async function reviewRisk(
  context: AppContext,
  actor: Actor,
  code: string,
  input: RiskReviewInput,
): Promise<void> {
  await attending(context, actor, code, (trx, by, risk) => recordReview(trx, by, risk, input))
}

/** Records that what a risk names happened (D11). */
export async function recordRiskEvent(
  context: AppContext,
  actor: Actor,
  code: string,
  input: RiskEventInput,
): Promise<void> {
  await attending(context, actor, code, (trx, by, risk) => recordEvent(trx, by, risk, input))
}

/** Has a risk reviewed more often than its zone asks for (D10). */
export async function changeReviewCadence(
  context: AppContext,
  actor: Actor,
  code: string,
  { months }: CadenceInput,
): Promise<void> {
  await keeping(context, actor, code, (trx, by, risk) => changeCadence(trx, by, risk, months))
}

/** Adds an indicator to a risk (D11; ME-SIG-F-006); answers its code. */
export async function addIndicator(
  context: AppContext,
  actor: Actor,
  code: string,
  input: IndicatorInput,
): Promise<string> {
  return await keeping(context, actor, code, (trx, by, risk) => add(trx, by, risk, input))
}

/** Records what was measured of a period (D11). */
export async function measureIndicator(
  context: AppContext,
  actor: Actor,
  code: string,
  reading: { input: ReadingInput; period: Period },
): Promise<void> {
  const { entityId } = actor
  await recordingRefusals(context, actor, { objectId: entityId }, async (trx, by) => {
    const sheet = await findIndicator(trx, entityId, code, { lock: true })
    if (!sheet) throw new Refused('not_visible')
    const row = attendedRow(entityId, [sheet.ownerPosition, sheet.riskOwner])
    refuseIf(whyNot(permitted(actor), 'attend', 'Risk', row))
    if (await isMeasured(trx, sheet.id, reading.input)) return
    requireInUse(sheet)
    await recordReading(trx, by, sheet, { ...reading, wordsOf: (value) => criticalWords(sheet, reading.period, value) })
  })
}

/** Corrects the sheet of an indicator, with its reason. */
export async function correctIndicator(
  context: AppContext,
  actor: Actor,
  code: string,
  input: IndicatorCorrection,
): Promise<void> {
  await keepingIndicator(context, actor, code, (trx, by, sheet) => changeIndicator(trx, by, sheet, input))
}

/** Takes an indicator out of use, with its reason. Throws `Refused('indicator_retired')` where somebody did so before. */
export async function retireIndicator(
  context: AppContext,
  actor: Actor,
  code: string,
  { reason }: { reason: string },
): Promise<void> {
  await keepingIndicator(context, actor, code, async (trx, by, sheet) => {
    if (!(await retire(trx, by, sheet, reason))) throw new Refused('indicator_retired')
  })
}

async function keepingIndicator(
  context: AppContext,
  actor: Actor,
  code: string,
  work: (trx: Trx, by: RiskKeeper, sheet: IndicatorSheet) => Promise<void>,
): Promise<void> {
  const { entityId } = actor
  await recordingRefusals(context, actor, { objectId: entityId }, async (trx, by) => {
    refuseIf(whyNot(permitted(actor), 'keep', 'Risk', riskRow(entityId)))
    const sheet = await findIndicator(trx, entityId, code, { lock: true })
    if (!sheet) throw new Refused('not_visible')
    await work(trx, by, sheet)
  })
}

type Work<T> = (trx: Trx, by: RiskKeeper, risk: HeldRisk) => Promise<T>

async function attending<T>(context: AppContext, actor: Actor, code: string, work: Work<T>): Promise<T> {
  return await onRisk(context, actor, code, async (trx, by, risk) => {
    const row = attendedRow(actor.entityId, [risk.ownerPosition])
    refuseIf(whyNot(permitted(actor), 'attend', 'Risk', row))
    return await work(trx, by, risk)
  })
}

async function keeping<T>(context: AppContext, actor: Actor, code: string, work: Work<T>): Promise<T> {
  return await onRisk(context, actor, code, async (trx, by, risk) => {
    refuseIf(whyNot(permitted(actor), 'keep', 'Risk', riskRow(actor.entityId)))
    return await work(trx, by, risk)
  })
}

async function onRisk<T>(context: AppContext, actor: Actor, code: string, work: Work<T>): Promise<T> {
  const { entityId } = actor
  return await recordingRefusals(context, actor, { objectId: entityId }, async (trx, by) => {
    const risk = await findRisk(trx, entityId, code, { lock: true })
    if (!risk) throw new Refused('not_visible')
    return await work(trx, by, risk)
  })
}
