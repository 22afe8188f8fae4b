/** Scenes of the commands that keep the risk map, and that have the controls of the product run. */
import { addControl, reassessRisk, registerRisk, retireControl } from '../../app/commands/keep-risks.server.ts'
import { runChecks } from '../../app/commands/run-checks.server.ts'
import type { AppContext } from '../../app/context.server.ts'
import type { Actor } from '../../app/session.server.ts'
import { DUB_CONTROLS, DUB_RISK } from '../../catalog/demo/risks.ts'
import { withEntity } from '../../db/client.ts'
import { newId } from '../../db/ids.ts'
import { findRisk } from '../../db/risks.ts'
import type { EventType } from '../../domain/events.ts'
import type { ControlInput, RiskInput } from '../../domain/risk-inputs.ts'
import { type Scene, type Stage, TYPED } from './command-stage.ts'

const KEEPER = 'profesional_ogac'
const KEY = { code: 'guia_7', n: 0 }

/** Rated as the demonstration's, in words that must not reach the record of events. */
async function typed(stage: Stage): Promise<RiskInput> {
  const { text } = TYPED
  const answers = { ...DUB_RISK, process: text, objective: text, asset: text, threat: text, vulnerability: text }
  const ownerId = (await stage.actor('direccion_tic')).position.id
  return { formKey: newId(), ownerId, reason: text, answers: { ...answers, description: text } } as RiskInput
}

async function control(stage: Stage): Promise<ControlInput> {
  const ownerId = (await stage.actor('direccion_tic')).position.id
  const design = DUB_CONTROLS[0] as (typeof DUB_CONTROLS)[number]
  return { ...design, action: TYPED.text, complement: TYPED.text, formKey: newId(), ownerId, criteria: {} }
}

async function standing(stage: Stage): Promise<string> {
  return await registerRisk(stage.on(), await stage.actor(KEEPER), KEY, await typed(stage))
}

async function controlled(stage: Stage): Promise<{ code: string; control: string }> {
  const code = await standing(stage)
  const added = await control(stage)
  await addControl(stage.on(), await stage.actor(KEEPER), code, added)
  const row = await withEntity(stage.world.owner, stage.entityId, (trx) =>
    trx.selectFrom('risk_control').select('code').where('id', '=', added.formKey).executeTakeFirstOrThrow(),
  )
  return { code, control: row.code }
}

type Act = (context: AppContext, actor: Actor) => Promise<unknown>

/** Whoever keeps risks does it; who does not is told whom to ask. */
function kept(event: EventType, prepare: (stage: Stage) => Promise<Act>): Scene {
  const by = (duty: string) => async (stage: Stage) => {
    const act = await prepare(stage)
    const actor = await stage.actor(duty)
    return (context: AppContext) => act(context, actor)
  }
  return { events: [event], goes: by(KEEPER), refused: { code: 'not_in_charge', goes: by('profesional_tic') } }
}

export const RISK_SCENES: Record<string, Scene> = {
  registerRisk: kept('risk.registered', async (stage) => {
    const input = await typed(stage)
    return (context, actor) => registerRisk(context, actor, KEY, input)
  }),
  reassessRisk: kept('risk.reassessed', async (stage) => {
    const code = await standing(stage)
    const risk = await withEntity(stage.world.owner, stage.entityId, (trx) => findRisk(trx, stage.entityId, code))
    const asked = { key: KEY, input: await typed(stage), read: risk?.assessment.contentHash ?? '' }
    return (context, actor) => reassessRisk(context, actor, code, asked)
  }),
  addControl: kept('control.added', async (stage) => {
    const code = await standing(stage)
    const input = await control(stage)
    return (context, actor) => addControl(context, actor, code, input)
  }),
  retireControl: kept('control.retired', async (stage) => {
    const { code, ...asked } = await controlled(stage)
    return (context, actor) => retireControl(context, actor, code, { ...asked, reason: TYPED.text })
  }),
  runChecks: kept('check.asked', async () => {
    const asked = { formKey: newId(), control: 'reminder_untold' } as const
    return (context, actor) => runChecks(context, actor, asked)
  }),
}
