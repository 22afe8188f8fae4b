/** Scenes of the commands that keep controls running. */
import { keepControls } from '../../activities/keep-controls.ts'
import { decideRun, executeRun } from '../../app/commands/decide-run.server.ts'
import { answerStanding, pauseControl, resumeControl } from '../../app/commands/keep-controls.server.ts'
import { addControl, registerRisk } from '../../app/commands/keep-risks.server.ts'
import type { AppContext } from '../../app/context.server.ts'
import type { Actor } from '../../app/session.server.ts'
import { DUB_CONTROLS, DUB_RISK } from '../../catalog/demo/risks.ts'
import { openDatabase, withEntity } from '../../db/client.ts'
import { appToday } from '../../db/clock.ts'
import { findRun } from '../../db/control-runs.ts'
import { storeFile } from '../../db/files.ts'
import { newId } from '../../db/ids.ts'
import { roleUrl } from '../../db/roles.ts'
import { addDays } from '../../domain/civil-dates.ts'
import type { EventType } from '../../domain/events.ts'
import type { RefusalCode } from '../../domain/refusals.ts'
import type { ControlInput, RiskInput } from '../../domain/risk-inputs.ts'
import { eventually } from '../../scripts/processes.ts'
import { TEST_SECRET } from '../support/services.ts'
import { type Scene, type Stage, TYPED } from './command-stage.ts'

const EXECUTOR = 'direccion_tic'
const CHECKER = 'profesional_sig'

interface Place {
  risk: string
  riskId: string
  control: string
  controlId: string
}

/** A risk whose one control is executed once a year. */
async function controlled(stage: Stage): Promise<Place> {
  const keeper = await stage.actor('profesional_ogac')
  const ownerId = (await stage.actor(EXECUTOR)).position.id
  const answers = { ...DUB_RISK, description: TYPED.text }
  const asked = { formKey: newId(), ownerId, reason: '', answers } as RiskInput
  const risk = await registerRisk(stage.on(), keeper, { code: 'guia_7', n: 0 }, asked)
  const design = DUB_CONTROLS[0] as (typeof DUB_CONTROLS)[number]
  const added = { ...design, formKey: newId(), ownerId, criteria: {} } as ControlInput
  await addControl(stage.on(), keeper, risk, added)
  const row = await withEntity(stage.world.owner, stage.entityId, (trx) =>
    trx
      .selectFrom('risk_control')
      .select(['code', 'risk_id'])
      .where('id', '=', added.formKey)
      .executeTakeFirstOrThrow(),
  )
  return { risk, riskId: row.risk_id, control: row.code, controlId: added.formKey }
}

/** The run its Schedule opened. */
async function running(stage: Stage): Promise<string> {
  const { controlId } = await controlled(stage)
  const worker = openDatabase(roleUrl(stage.world.ownerUrl, TEST_SECRET, 'worker'), { max: 1 })
  await keepControls(worker, stage.world.temporal.client, new Set(['']))
  await worker.close()
  const found = async () =>
    await withEntity(stage.world.owner, stage.entityId, (trx) =>
      trx.selectFrom('control_run').select('id').where('control_id', '=', controlId).executeTakeFirstOrThrow(),
    )
  return (await eventually(found, 15)).id
}

type Act = (context: AppContext, actor: Actor) => Promise<unknown>

const execute =
  (stage: Stage, runId: string): Act =>
  async (context, actor) => {
    const stored = await storeFile(stage.world.dataDir, new TextEncoder().encode(`${TYPED.text} ${runId}`))
    const shown = { file: { ...stored, name: 'evidencia.txt', mediaType: 'text/plain' } }
    const days = { from: appToday(), to: appToday(), validUntil: addDays(appToday(), 10) }
    return await executeRun(context, actor, { runId, read: '', note: TYPED.text, ...days, shown })
  }

const say =
  (stage: Stage, runId: string, verdict: 'omit' | 'verify' | 'reject'): Act =>
  async (context, actor) => {
    const run = await withEntity(stage.world.owner, stage.entityId, (trx) => findRun(trx, runId))
    const read = run?.state.contentHash ?? ''
    if (verdict === 'verify') return await decideRun(context, actor, { runId, read, verdict, reason: '' })
    return await decideRun(context, actor, { runId, read, verdict, reason: TYPED.text })
  }

async function executed(stage: Stage): Promise<string> {
  const runId = await running(stage)
  await execute(stage, runId)(stage.on(), await stage.actor(EXECUTOR))
  return runId
}

interface Said {
  event: EventType
  by: string
  not: string
  code?: RefusalCode
}

/** Whoever executes or checks does it; who does not is told whom to ask. */
function said({ event, by, not, code = 'not_in_charge' }: Said, prepare: (stage: Stage) => Promise<Act>): Scene {
  const as = (duty: string) => async (stage: Stage) => {
    const act = await prepare(stage)
    const actor = await stage.actor(duty)
    return (context: AppContext) => act(context, actor)
  }
  return { events: [event], goes: as(by), refused: { code, goes: as(not) } }
}

/** The demonstrated residual of a risk rose and its owner was asked. */
async function alerted(stage: Stage): Promise<{ risk: string; alertId: string }> {
  const { risk, riskId, controlId } = await controlled(stage)
  const alertId = newId()
  await withEntity(stage.world.owner, stage.entityId, (trx) =>
    trx
      .insertInto('standing_alert')
      .values({
        ...{ id: alertId, entity_id: stage.entityId, risk_id: riskId, control_id: controlId, state: 'failed' },
        ...{ cause: 'evidence', zone_before: 'M', zone_after: 'A', raised_on: appToday() },
      })
      .execute(),
  )
  return { risk, alertId }
}

export const CONTROL_SCENES: Record<string, Scene> = {
  executeRun: said({ event: 'control.executed', by: EXECUTOR, not: CHECKER }, async (stage) =>
    execute(stage, await running(stage)),
  ),
  'decideRun omitting': said({ event: 'control.omitted', by: EXECUTOR, not: CHECKER }, async (stage) =>
    say(stage, await running(stage), 'omit'),
  ),
  'decideRun verifying': said({ event: 'control.verified', by: CHECKER, not: EXECUTOR }, async (stage) =>
    say(stage, await executed(stage), 'verify'),
  ),
  'decideRun rejecting': said({ event: 'control.rejected', by: CHECKER, not: EXECUTOR }, async (stage) =>
    say(stage, await executed(stage), 'reject'),
  ),
  pauseControl: said({ event: 'control.paused', by: 'profesional_ogac', not: 'profesional_tic' }, async (stage) => {
    const { risk, control } = await controlled(stage)
    const days = { from: appToday(), until: addDays(appToday(), 5) }
    const input = { formKey: newId(), ...days, reason: TYPED.text }
    return (context, actor) => pauseControl(context, actor, { risk, control }, input)
  }),
  resumeControl: said({ event: 'control.resumed', by: 'profesional_ogac', not: 'profesional_tic' }, async (stage) => {
    const { risk, control } = await controlled(stage)
    const pause = { formKey: newId(), from: appToday(), until: addDays(appToday(), 5), reason: TYPED.text }
    await pauseControl(stage.on(), await stage.actor('profesional_ogac'), { risk, control }, pause)
    const input = { formKey: newId(), pauseId: pause.formKey, resumesOn: appToday(), reason: TYPED.text }
    return (context, actor) => resumeControl(context, actor, { risk, control }, input)
  }),
  answerStanding: said({ event: 'risk.alert_answered', by: EXECUTOR, not: CHECKER }, async (stage) => {
    const { risk, alertId } = await alerted(stage)
    return (context, actor) => answerStanding(context, actor, risk, { alertId, answer: TYPED.text })
  }),
}
