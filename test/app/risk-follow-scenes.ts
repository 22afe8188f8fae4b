/** Scenes of the commands that follow a risk. */
import {
  addIndicator,
  changeReviewCadence,
  correctIndicator,
  measureIndicator,
  recordRiskEvent,
  retireIndicator,
  reviewRisk,
} from '../../app/commands/follow-risk.server.ts'
import { registerRisk } from '../../app/commands/keep-risks.server.ts'
import type { AppContext } from '../../app/context.server.ts'
import type { Actor } from '../../app/session.server.ts'
import { DUB_RISK } from '../../catalog/demo/risks.ts'
import { newId } from '../../db/ids.ts'
import type { EventType } from '../../domain/events.ts'
import type { IndicatorInput } from '../../domain/risk-follow-inputs.ts'
import { periodAt } from '../../domain/risk-indicators.ts'
import type { RiskInput } from '../../domain/risk-inputs.ts'
import { shortened } from '../support/naughty.ts'
import { type Scene, type Stage, TYPED } from './command-stage.ts'

const [KEEPER, OTHER] = ['profesional_ogac', 'profesional_tic']
const { text } = TYPED

async function standing(stage: Stage): Promise<string> {
  const ownerId = (await stage.actor('direccion_tic')).position.id
  const input = { formKey: newId(), ownerId, reason: '', answers: DUB_RISK } as RiskInput
  return await registerRisk(stage.on(), await stage.actor(KEEPER), { code: 'guia_7', n: 0 }, input)
}

async function sheet(stage: Stage): Promise<IndicatorInput> {
  const positionId = (await stage.actor('direccion_tic')).position.id
  const line = shortened(text, 100)
  return {
    ...{ formKey: newId(), name: line, objective: text, unit: 'number', formula: line, numerator: line },
    ...{ denominator: '', frequency: 'mensual', firstPeriod: '2026-01-01', source: line, location: line },
    ...{ availability: 'digital', trend: 'decreasing', goal: 2, critical: 10, positionId },
  }
}

type Act = (context: AppContext, actor: Actor) => Promise<unknown>

function scene(event: EventType, prepare: (stage: Stage) => Promise<Act>): Scene {
  const by = (duty: string) => async (stage: Stage) => {
    const act = await prepare(stage)
    const actor = await stage.actor(duty)
    return (context: AppContext) => act(context, actor)
  }
  return { events: [event], goes: by(KEEPER), refused: { code: 'not_in_charge', goes: by(OTHER) } }
}

export const RISK_FOLLOW_SCENES: Record<string, Scene> = {
  reviewRisk: scene('risk.reviewed', async (stage) => {
    const code = await standing(stage)
    const input = { formKey: newId(), lookedAt: text, conclusion: 'kept', reason: text } as const
    return (context, actor) => reviewRisk(context, actor, code, input)
  }),
  changeReviewCadence: scene('risk.cadence_changed', async (stage) => {
    const code = await standing(stage)
    return (context, actor) => changeReviewCadence(context, actor, code, { months: 1 })
  }),
  recordRiskEvent: scene('risk.materialized', async (stage) => {
    const code = await standing(stage)
    const words = { description: text, consequences: text, measures: text }
    const input = { ...words, formKey: newId(), occurredOn: '2026-01-05', endedOn: '', times: 1, incidentId: '' }
    return (context, actor) => recordRiskEvent(context, actor, code, input)
  }),
  addIndicator: scene('indicator.added', async (stage) => {
    const [code, input] = [await standing(stage), await sheet(stage)]
    return (context, actor) => addIndicator(context, actor, code, input)
  }),
  correctIndicator: scene('indicator.corrected', async (stage) => {
    const code = await addIndicator(stage.on(), await stage.actor(KEEPER), await standing(stage), await sheet(stage))
    const { unit: _, frequency: __, firstPeriod: ___, ...said } = await sheet(stage)
    const input = { ...said, formKey: newId(), readVersion: 1, reason: text, goal: 1 }
    return (context, actor) => correctIndicator(context, actor, code, input)
  }),
  retireIndicator: scene('indicator.retired', async (stage) => {
    const code = await addIndicator(stage.on(), await stage.actor(KEEPER), await standing(stage), await sheet(stage))
    return (context, actor) => retireIndicator(context, actor, code, { reason: text })
  }),
  measureIndicator: scene('indicator.measured', async (stage) => {
    const code = await addIndicator(stage.on(), await stage.actor(KEEPER), await standing(stage), await sheet(stage))
    const period = periodAt('mensual', '2026-01-01', 0)
    const note = shortened(text, 100)
    const input = { formKey: newId(), period: period.from, numerator: 1, denominator: null, note }
    return (context, actor) => measureIndicator(context, actor, code, { input, period })
  }),
}
