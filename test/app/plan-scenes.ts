/** Scenes of the commands that keep findings and their plans. */
import { closeAction } from '../../app/commands/close-action.server.ts'
import { decideDrop } from '../../app/commands/decide-drop.server.ts'
import { analyseCauses, closeFinding, planAction } from '../../app/commands/keep-plans.server.ts'
import { recordFinding } from '../../app/commands/record-finding.server.ts'
import { reportAction } from '../../app/commands/report-action.server.ts'
import { verifyAction } from '../../app/commands/verify-action.server.ts'
import type { AppContext } from '../../app/context.server.ts'
import { withEntity } from '../../db/client.ts'
import { newId } from '../../db/ids.ts'
import type { CauseAnalysisInput, FindingInput, PlanActionInput } from '../../domain/improvement-inputs.ts'
import { shortened } from '../support/naughty.ts'
import { type Scene, type Stage, TYPED } from './command-stage.ts'

const [AUDITOR, OWNER, OTHER] = ['control_interno', 'profesional_tic', 'profesional_comunicaciones']
const { text } = TYPED

async function typed(stage: Stage): Promise<FindingInput> {
  const positionId = (await stage.actor(OWNER)).position.id
  const words = {
    source: text,
    radicado: shortened(text, 60),
    criterion: text,
    condition: text,
    cause: text,
    effect: text,
  }
  return { ...words, findingId: newId(), origin: 'audit', foundOn: '2026-01-05', risk: '', positionId }
}

const causes = (): CauseAnalysisInput => ({
  formKey: newId(),
  method: 'five_whys',
  steps: [text, text, text],
  root: text,
})

async function action(stage: Stage): Promise<PlanActionInput> {
  const positionId = (await stage.actor(OWNER)).position.id
  return { formKey: newId(), what: text, positionId, dueDate: '2097-01-05', indicator: text }
}

const found = async (stage: Stage) => recordFinding(stage.on(), await stage.actor(AUDITOR), await typed(stage))

async function analysed(stage: Stage): Promise<string> {
  const code = await found(stage)
  await analyseCauses(stage.on(), await stage.actor(OWNER), code, causes())
  return code
}

async function carriedOut(stage: Stage): Promise<{ finding: string; action: string }> {
  const finding = await analysed(stage)
  const owner = await stage.actor(OWNER)
  const code = await planAction(stage.on(), owner, finding, await action(stage))
  await closeAction(stage.on(), owner, code, { entryId: newId(), body: text, evidence: text })
  return { finding, action: code }
}

/** Its one action had its effect, by the row: months pass between. */
async function effective(stage: Stage): Promise<string> {
  const { finding, action: code } = await carriedOut(stage)
  await withEntity(stage.world.owner, stage.entityId, (trx) =>
    trx
      .updateTable('improvement_action')
      .set({ status: 'effective', check_on: '2026-01-01' })
      .where('code', '=', code)
      .execute(),
  )
  return finding
}

function scene(
  events: Scene['events'],
  who: string,
  prepare: (
    stage: Stage,
  ) => Promise<(context: AppContext, actor: Awaited<ReturnType<Stage['actor']>>) => Promise<unknown>>,
): Scene {
  const by = (duty: string) => async (stage: Stage) => {
    const act = await prepare(stage)
    const actor = await stage.actor(duty)
    return (context: AppContext) => act(context, actor)
  }
  return { events, goes: by(who), refused: { code: 'not_in_charge', goes: by(OTHER) } }
}

export const PLAN_SCENES: Record<string, Scene> = {
  recordFinding: scene(['finding.recorded'], AUDITOR, async (stage) => {
    const input = await typed(stage)
    return (context, actor) => recordFinding(context, actor, input)
  }),
  analyseCauses: scene(['finding.analysed'], OWNER, async (stage) => {
    const [code, input] = [await found(stage), causes()]
    return (context, actor) => analyseCauses(context, actor, code, input)
  }),
  planAction: scene(['improvement.created'], OWNER, async (stage) => {
    const [code, input] = [await analysed(stage), await action(stage)]
    return (context, actor) => planAction(context, actor, code, input)
  }),
  verifyAction: scene(['improvement.verified'], AUDITOR, async (stage) => {
    const { action: code } = await carriedOut(stage)
    const input = { entryId: newId(), verdict: 'verified', months: 6, body: text, evidence: text } as const
    return (context, actor) => verifyAction(context, actor, code, input)
  }),
  decideDrop: scene(['improvement.drop_decided'], AUDITOR, async (stage) => {
    const finding = await analysed(stage)
    const owner = await stage.actor(OWNER)
    const code = await planAction(stage.on(), owner, finding, await action(stage))
    const asked = { entryId: newId(), status: 'drop_asked', body: text, evidence: '' } as const
    await reportAction(stage.on(), owner, code, asked)
    const input = { entryId: newId(), verdict: 'dropped', body: text, evidence: '' } as const
    return (context, actor) => decideDrop(context, actor, code, input)
  }),
  closeFinding: scene(['finding.closed'], AUDITOR, async (stage) => {
    const code = await effective(stage)
    return (context, actor) => closeFinding(context, actor, code, { note: text })
  }),
}
