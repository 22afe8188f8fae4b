/** Scenes of the commands that keep the risk map, and that have the controls of the product run. */
import { decideAcceptance } from '../../app/commands/decide-acceptance.server.ts'
import { explainDifference } from '../../app/commands/explain-difference.server.ts'
import { acceptRiskMap, receiveRiskMap } from '../../app/commands/import-risk-map.server.ts'
import { holdStep, releaseStep } from '../../app/commands/keep-gates.server.ts'
import {
  chooseMethodology,
  copyMethodology,
  editMethodology,
  publishMethodology,
} from '../../app/commands/keep-methodologies.server.ts'
import { addControl, reassessRisk, registerRisk, retireControl } from '../../app/commands/keep-risks.server.ts'
import { moveRisk } from '../../app/commands/move-risk.server.ts'
import { overwriteResidual, withdrawOverride } from '../../app/commands/overwrite-residual.server.ts'
import { printRiskMap, printRiskYear } from '../../app/commands/print-risk-map.server.ts'
import { runChecks } from '../../app/commands/run-checks.server.ts'
import { addPlanAction, askAcceptance, recordTreatment } from '../../app/commands/treat-risk.server.ts'
import type { AppContext } from '../../app/context.server.ts'
import type { Actor } from '../../app/session.server.ts'
import { DUB_CONTROLS, DUB_RISK } from '../../catalog/demo/risks.ts'
import { GUIDE_7 } from '../../catalog/methodologies/guides.ts'
import { openRound, recordRun } from '../../db/check-runs.ts'
import { withEntity } from '../../db/client.ts'
import { appNow, appToday } from '../../db/clock.ts'
import { newId } from '../../db/ids.ts'
import { findMethodologyDraft } from '../../db/methodology-drafts.ts'
import { readOf } from '../../db/residual-overrides.ts'
import { findAcceptance } from '../../db/risk-acceptances.ts'
import { standOf } from '../../db/risk-standings.ts'
import { findRisk } from '../../db/risks.ts'
import { addMonths } from '../../domain/civil-dates.ts'
import type { EventType } from '../../domain/events.ts'
import { fieldsOfMethodology } from '../../domain/methodology-edits.ts'
import type { OverrideInput } from '../../domain/methodology-inputs.ts'
import { suggestedTable } from '../../domain/methodology-moves.ts'
import type { ControlInput, RiskInput } from '../../domain/risk-inputs.ts'
import type { AcceptanceVerdict } from '../../domain/risk-treatment.ts'
import { tellAcceptance } from '../../workflows/tellings.ts'
import { MAP_LINE, riskMapRequest } from '../support/risk-maps.ts'
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

/** A line whose words must not reach the record of events; another process each time, so that it is another risk. */
function typedLine() {
  const { text } = TYPED
  return { ...MAP_LINE, process: `Proceso ${newId()}`, immediateCause: text, rootCause: text, action: text }
}

async function readOfRisk(stage: Stage, code: string): Promise<string> {
  const risk = await withEntity(stage.world.owner, stage.entityId, (trx) => findRisk(trx, stage.entityId, code))
  return risk?.assessment.contentHash ?? ''
}

async function readOfResidual(stage: Stage, code: string): Promise<string> {
  return await withEntity(stage.world.owner, stage.entityId, async (trx) =>
    readOf(await standOf(trx, (await findRisk(trx, stage.entityId, code))?.id ?? '')),
  )
}

/** Probability a level higher than what one manual preventive control leaves of the risk. */
async function override(stage: Stage, code: string): Promise<OverrideInput> {
  return { formKey: newId(), read: await readOfResidual(stage, code), probability: 3, impact: 3, reason: TYPED.text }
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

const LOW = { timesPerYear: 1, reputational: 'leve' }

/** A low risk that somebody asked to be accepted. */
async function waiting(stage: Stage): Promise<{ code: string; acceptanceId: string; contentHash: string }> {
  const input = await typed(stage)
  const actor = await stage.actor(KEEPER)
  const code = await registerRisk(stage.on(), actor, KEY, { ...input, answers: { ...input.answers, ...LOW } })
  const asked = { formKey: newId(), reason: TYPED.text, until: addMonths(appToday(), 6) }
  await askAcceptance(stage.on(), actor, code, asked)
  const { entityId } = stage
  await tellAcceptance(stage.on().temporal, { entityId, acceptanceId: asked.formKey }, 10_000)
  const found = await withEntity(stage.world.owner, entityId, (trx) => findAcceptance(trx, asked.formKey))
  return { code, acceptanceId: asked.formKey, contentHash: found?.state.contentHash ?? '' }
}

/** Whoever the policy names decides; whoever it does not is told whom it is up to. */
function decided(verdict: AcceptanceVerdict, event: EventType): Scene {
  const by = (duty: string) => async (stage: Stage) => {
    const { code: _code, ...asked } = await waiting(stage)
    const actor = { ...(await stage.actor(duty)), provedAt: appNow() }
    const input = { ...asked, verdict, observation: TYPED.text }
    return (context: AppContext) => decideAcceptance(context, actor, input)
  }
  const goes = by(verdict === 'withdraw_risk' ? KEEPER : 'jefatura_ogac')
  return { events: [event], goes, refused: { code: 'not_in_charge', goes: by('profesional_tic') } }
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
  printRiskYear: {
    events: ['export.made'],
    goes: async (stage) => {
      await standing(stage)
      const actor = await stage.actor('control_interno')
      return (context) => printRiskYear(context, actor, 2026)
    },
    refused: 'whoever works in the entity reads what its risks came to',
  },
  receiveRiskMap: kept('risk_map.received', async (stage) => {
    const request = riskMapRequest([typedLine()], (await stage.actor('direccion_tic')).position.id)
    return (context, actor) => receiveRiskMap(context, actor, request.clone())
  }),
  acceptRiskMap: {
    ...kept('risk_map.accepted', async (stage) => {
      const request = riskMapRequest([typedLine()], (await stage.actor('direccion_tic')).position.id)
      const sent = await receiveRiskMap(stage.on(), await stage.actor(KEEPER), request)
      if (!sent.ok) throw new Error(JSON.stringify(sent))
      return (context, actor) => acceptRiskMap(context, actor, sent.importId)
    }),
    events: ['risk.registered', 'control.added', 'risk_map.accepted'],
  },
  moveRisk: kept('risk.moved', async (stage) => {
    const code = await standing(stage)
    const read = await readOfRisk(stage, code)
    const second = await stage.actor('profesional_sig')
    const readNow = async () => {
      const { owner } = stage.world
      const draft = await withEntity(owner, stage.entityId, (trx) =>
        findMethodologyDraft(trx, stage.entityId, 'guia_7'),
      )
      return { copy: draft?.id ?? '', version: draft?.version ?? 0 }
    }
    await copyMethodology(stage.on(), second, KEY)
    const words = { ...fieldsOfMethodology(GUIDE_7), name: newId() }
    await editMethodology(stage.on(), second, 'guia_7', { typed: words, read: await readNow() })
    const asked = { reason: TYPED.text, read: await readNow() }
    const key = { code: 'guia_7', n: await publishMethodology(stage.on(), second, 'guia_7', asked) }
    const director = await stage.actor('alcaldia')
    const choose = (to: typeof KEY) =>
      chooseMethodology(stage.on(), director, { formKey: newId(), typology: 'seguridad', key: to, reason: TYPED.text })
    const table = suggestedTable(GUIDE_7, GUIDE_7)
    const move = { formKey: newId(), key, typology: 'seguridad', table, reason: TYPED.text, read }
    return async (context, actor) => {
      await choose(key)
      // The scenes that follow rate with what ships.
      try {
        await moveRisk(context, actor, code, move)
      } finally {
        await choose(KEY)
      }
    }
  }),
  overwriteResidual: kept('risk.overwritten', async (stage) => {
    const { code } = await controlled(stage)
    const input = await override(stage, code)
    return (context, actor) => overwriteResidual(context, actor, code, input)
  }),
  withdrawOverride: kept('risk.override_withdrawn', async (stage) => {
    const { code } = await controlled(stage)
    await overwriteResidual(stage.on(), await stage.actor(KEEPER), code, await override(stage, code))
    const read = await readOfResidual(stage, code)
    return (context, actor) => withdrawOverride(context, actor, code, { read })
  }),
  printRiskMap: {
    events: ['export.made'],
    goes: async (stage) => {
      await standing(stage)
      const actor = await stage.actor('profesional_tic')
      return (context) => printRiskMap(context, actor, new URLSearchParams())
    },
    refused: 'whoever works in the entity reads its map',
  },
  recordTreatment: kept('risk.treated', async (stage) => {
    const code = await standing(stage)
    const input = { formKey: newId(), option: 'mitigate' as const, statement: TYPED.text }
    return (context, actor) => recordTreatment(context, actor, code, input)
  }),
  addPlanAction: kept('improvement.created', async (stage) => {
    const code = await standing(stage)
    const positionId = (await stage.actor('direccion_tic')).position.id
    const days = { startsOn: appToday(), dueDate: addMonths(appToday(), 2), followUpOn: addMonths(appToday(), 1) }
    const input = { ...days, formKey: newId(), what: TYPED.text, indicator: TYPED.text, positionId }
    return (context, actor) => addPlanAction(context, actor, code, input)
  }),
  askAcceptance: kept('risk.acceptance_asked', async (stage) => {
    const input = await typed(stage)
    const low = { ...input, answers: { ...input.answers, ...LOW } }
    const code = await registerRisk(stage.on(), await stage.actor(KEEPER), KEY, low)
    const asked = { formKey: newId(), reason: TYPED.text, until: addMonths(appToday(), 6) }
    return (context, actor) => askAcceptance(context, actor, code, asked)
  }),
  'decideAcceptance accepting': decided('accept_risk', 'risk.accepted'),
  'decideAcceptance declining': decided('decline_risk', 'risk.acceptance_declined'),
  'decideAcceptance withdrawing': decided('withdraw_risk', 'risk.acceptance_withdrawn'),
  addControl: kept('control.added', async (stage) => {
    const code = await standing(stage)
    const input = await control(stage)
    return (context, actor) => addControl(context, actor, code, input)
  }),
  retireControl: kept('control.retired', async (stage) => {
    const { code, ...asked } = await controlled(stage)
    return (context, actor) => retireControl(context, actor, code, { ...asked, reason: TYPED.text })
  }),
  holdStep: kept('check.gate_set', async () => {
    const gate = { formKey: newId(), step: '7' as const, reason: TYPED.text }
    return (context, actor) => holdStep(context, actor, 'effect_unchecked', gate)
  }),
  releaseStep: kept('check.gate_lifted', async (stage) => {
    const gate = { formKey: newId(), step: '7' as const, reason: TYPED.text }
    await holdStep(stage.on(), await stage.actor(KEEPER), 'reopening_waits', gate)
    return (context, actor) => releaseStep(context, actor, 'reopening_waits', '7')
  }),
  explainDifference: kept('difference.explained', async ({ world, entityId }) => {
    const [roundId, control, difference] = [newId(), 'write_without_event' as const, `transaction ${newId()}`]
    const facts = { table: 'cycle', difference }
    const violation = { kind: 'none' as const, id: entityId, place: null, label: '', reason: 'row_changed', facts }
    await withEntity(world.owner, entityId, async (trx) => {
      await openRound(trx, { id: roundId, entityId, controls: [control], by: null })
      const examination = { lookedAt: 1, found: 1, violations: [violation] }
      await recordRun(trx, { entityId, roundId, control }, { startedAt: appNow(), examination })
    })
    const input = { formKey: newId(), difference, note: TYPED.text }
    return (context, actor) => explainDifference(context, actor, control, input)
  }),
  runChecks: kept('check.asked', async () => {
    const asked = { formKey: newId(), control: 'reminder_untold' } as const
    return (context, actor) => runChecks(context, actor, asked)
  }),
}
