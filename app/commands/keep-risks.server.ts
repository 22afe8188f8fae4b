import type { Trx } from '../../db/client.ts'
import { appNow } from '../../db/clock.ts'
import { requireChosen } from '../../db/methodology-choices.ts'
import { addControl as add, retireControl as retire } from '../../db/risk-controls.ts'
import {
  findRisk,
  type HeldRisk,
  type RiskKeeper,
  reassessRisk as reassess,
  registerRisk as register,
} from '../../db/risks.ts'
import { tellOwner } from '../../db/standing-mail.ts'
import type { MovedRisk } from '../../db/standing-moves.ts'
import { riskRow } from '../../domain/permission-rows.ts'
import { whyNot } from '../../domain/permissions.ts'
import { Refused, refuseIf } from '../../domain/refusals.ts'
import { objectionToAnswers } from '../../domain/risk-answers.ts'
import type { ControlInput, RetireControlInput, RiskInput } from '../../domain/risk-inputs.ts'
import type { MethodologyKey } from '../../domain/risk-methodology.ts'
import type { AppContext } from '../context.server.ts'
import { recordingRefusals } from '../refusal.server.ts'
import type { Actor } from '../session.server.ts'
import { standingMail } from '../text/control-mail.ts'
import { permitted } from './permitted.server.ts'

/** Registers a risk rated with a methodology (guía v7, num. 3); answers its code. */
export async function registerRisk(
  context: AppContext,
  actor: Actor,
  key: MethodologyKey,
  input: RiskInput,
): Promise<string> {
  return await recordingRefusals(context, actor, { objectId: actor.entityId }, async (trx, by) => {
    refuseIf(whyNot(permitted(actor), 'keep', 'Risk', riskRow(actor.entityId)))
    const { methodology } = await requireChosen(trx, actor.entityId, { key, typology: input.answers.typology })
    refuseIf(objectionToAnswers(methodology, input.answers))
    return await register(trx, by, key, input)
  })
}

/** Rates a risk anew. `read`: hash of the assessment the page showed. */
export async function reassessRisk(
  context: AppContext,
  actor: Actor,
  code: string,
  asked: { key: MethodologyKey; input: RiskInput; read: string },
): Promise<void> {
  await movingRisk(context, actor, code, async (trx, by, risk) => {
    const { answers } = asked.input
    const { methodology } = await requireChosen(trx, actor.entityId, { key: asked.key, typology: answers.typology })
    refuseIf(objectionToAnswers(methodology, answers))
    return await reassess(trx, by, risk, asked)
  })
}

/** Adds a control to a risk: its residual follows at once. */
export async function addControl(context: AppContext, actor: Actor, code: string, input: ControlInput): Promise<void> {
  await movingRisk(context, actor, code, (trx, by, risk) => add(trx, by, risk, input))
}

/** Takes a control away, with its reason. Throws `Refused('control_retired')` where somebody did so before. */
export async function retireControl(
  context: AppContext,
  actor: Actor,
  code: string,
  { control, reason }: RetireControlInput & { control: string },
): Promise<void> {
  await movingRisk(context, actor, code, (trx, by, risk) => retire(trx, by, risk, { code: control, reason }))
}

/** What may move a risk: where it demonstrably stands elsewhere because of it, whoever answers for it is told. */
export async function movingRisk(
  context: AppContext,
  actor: Actor,
  code: string,
  work: (trx: Trx, by: RiskKeeper, risk: HeldRisk) => Promise<MovedRisk | null>,
): Promise<void> {
  const { PUBLIC_URL: publicUrl } = context.config
  await keepingRisk(context, actor, code, async (trx, by, risk) => {
    const moved = await work(trx, by, risk)
    if (moved) await tellOwner(trx, moved, { publicUrl, now: appNow(), words: standingMail, by: by.personId })
  })
}

/** A change of a risk that stands, held meanwhile, by whoever keeps risks. */
export async function keepingRisk(
  context: AppContext,
  actor: Actor,
  code: string,
  work: (trx: Trx, by: RiskKeeper, risk: HeldRisk) => Promise<void>,
): Promise<void> {
  const { entityId } = actor
  await recordingRefusals(context, actor, { objectId: entityId }, async (trx, by) => {
    refuseIf(whyNot(permitted(actor), 'keep', 'Risk', riskRow(entityId)))
    const risk = await findRisk(trx, entityId, code, { lock: true })
    if (!risk) throw new Refused('not_visible')
    await work(trx, by, risk)
  })
}
