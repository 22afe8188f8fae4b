import { type ActRow, countRefused, findAct, requireAct, storeAct } from '../../db/acts.ts'
import type { Trx } from '../../db/client.ts'
import { appToday } from '../../db/clock.ts'
import { hashOf } from '../../db/content-hash.ts'
import { findEvidence, insertEvidence, noteEvidence } from '../../db/control-evidence.ts'
import { findRun, type LoadedRun } from '../../db/control-runs.ts'
import { idOf } from '../../db/ids.ts'
import { loadRunRow } from '../../db/run-checkers.ts'
import { isCheck, objectionsToDays, objectionsToRun, type RunVerdict } from '../../domain/control-runs.ts'
import { whyNot } from '../../domain/permissions.ts'
import { Refused, refuseIf } from '../../domain/refusals.ts'
import type { ExecutionInput, RunVerdictInput } from '../../domain/run-inputs.ts'
import type { AppContext } from '../context.server.ts'
import type { Actor } from '../session.server.ts'
import type { Upload } from '../uploads.server.ts'
import { type Receipt, receiptCode, sameBody } from './conduct-act.server.ts'
import { conductStored } from './conduct-stored.server.ts'
import { permitted } from './permitted.server.ts'

/** A file that was brought, evidence that shows another control already, or neither: nothing was taken from who may not bring it. */
export type Shown = { file: Upload } | { evidenceId: string } | null

/** A run of a control executed, with what shows it (features D4, D5): row first, then the Update under its id (model.md §3). */
export async function executeRun(
  context: AppContext,
  actor: Actor,
  { runId, read, note, ...days }: ExecutionInput & { shown: Shown },
): Promise<Receipt> {
  return await conduct(context, actor, { runId, kind: 'execute', read, text: note, evidence: days })
}

/** One verdict on a run without evidence: why it was not executed, or the check of what was shown. */
export async function decideRun(context: AppContext, actor: Actor, input: RunVerdictInput): Promise<Receipt> {
  const { runId, verdict: kind, read, reason: text } = input
  return await conduct(context, actor, { runId, kind, read, text, evidence: null })
}

interface Asked {
  runId: string
  kind: RunVerdict
  /** Hash of what the page showed of the run; empty where nothing was shown yet. */
  read: string
  text: string
  evidence: (Pick<ExecutionInput, 'from' | 'to' | 'validUntil'> & { shown: Shown }) | null
}

async function conduct(context: AppContext, actor: Actor, asked: Asked): Promise<Receipt> {
  return await conductStored(context, actor, asked.runId, (trx) => storeOnce(trx, context, actor, asked))
}

async function storeOnce(trx: Trx, context: AppContext, actor: Actor, asked: Asked): Promise<ActRow> {
  const { runId, kind, read, text } = asked
  const { personId, entityId } = actor
  const { id: positionId, duty } = actor.position
  const actingFor = actor.position.actingFor?.personId ?? null
  const run = await findRun(trx, runId)
  if (run?.control.entityId !== entityId) throw new Refused('not_visible')
  const k = await countRefused(trx, { objectId: runId, kind, personId, positionId })
  const id = idOf(runId, kind, read, personId, positionId, k)
  const bodyHash = hashOf({ text, evidence: asked.evidence })
  const contentHash = isCheck(kind) ? read : hashOf({ schema: 1, run: runId, kind, text, evidence: asked.evidence })
  const hand = { personId, positionId, duty, actingFor }
  const against = objectionsToRun(run.state, { kind, runId, contentHash, ...hand })[0]
  const known = await findAct(trx, id)
  if (known) return sameBody(known, bodyHash, against)
  const right = isCheck(kind) ? 'check' : 'execute'
  refuseIf(whyNot(permitted(actor), right, 'Run', await loadRunRow(trx, run)))
  refuseIf(against)
  const stored = await storeAct(trx, {
    ...{ id, entityId, cycleId: null, runId, stepCode: null, kind, objectType: 'control_run', objectId: runId },
    ...{ signatureRole: null, ...hand, k, contentHash, bodyHash, proved: null },
    ...{ requestId: context.requestId, receiptCode: receiptCode(id) },
    observations: text === '' ? [] : [{ section: kind, body: text }],
  })
  if (!stored) return sameBody(await requireAct(trx, id), bodyHash)
  if (asked.evidence) await show(trx, run, { actId: id, evidence: asked.evidence, by: hand })
  return sameBody(stored, bodyHash)
}

/** What shows a run; the days of what was brought before are its own. */
async function show(
  trx: Trx,
  { state, control }: LoadedRun,
  {
    actId,
    evidence,
    by,
  }: {
    actId: string
    evidence: NonNullable<Asked['evidence']>
    by: { personId: string; positionId: string; actingFor: string | null }
  },
): Promise<void> {
  const { shown, ...days } = evidence
  const { entityId } = control
  const use = { actId, entityId, controlId: control.id, runId: state.id }
  if (shown === null) throw new Refused('evidence_missing')
  if ('evidenceId' in shown) {
    const known = await findEvidence(trx, entityId, shown.evidenceId)
    if (!known) throw new Refused('evidence_unknown')
    if (!known.isAccepted) throw new Refused('evidence_unaccepted')
    refuseIf(objectionsToDays(state, known, appToday())[0])
    return await noteEvidence(trx, { ...use, evidenceId: known.id })
  }
  refuseIf(objectionsToDays(state, days, appToday())[0])
  const id = idOf('control evidence', actId)
  await insertEvidence(trx, { id, entityId, runId: state.id, file: shown.file, days, by })
  await noteEvidence(trx, { ...use, evidenceId: id })
}
