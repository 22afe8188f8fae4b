/** Acts that have no end yet, and what is sent for them (model.md §3). */
import { sql } from 'kysely'
import type { ReviewBatch, ReviewVerdict } from '../domain/campaigns.ts'
import type { RunDecision, RunVerdict } from '../domain/control-runs.ts'
import type { VersionMark } from '../domain/cycle-state.ts'
import type { Decision, DecisionKind } from '../domain/decisions.ts'
import type { DisposalDecision, DisposalVerdict } from '../domain/disposal.ts'
import type { GrantDecision, GrantVerdict, RevocationCause } from '../domain/grants.ts'
import type { SignatureRole, StepCode } from '../domain/procedures.ts'
import type { RefusalCode } from '../domain/refusals.ts'
import type { RightsDecision, RightsVerdict } from '../domain/rights.ts'
import type { AcceptanceDecision, AcceptanceVerdict } from '../domain/risk-treatment.ts'
import { type ActCase, type ActRow, caseOf } from './acts.ts'
import type { Trx } from './client.ts'
import { handOf } from './tenures.ts'

/** Acts nobody has an answer for, five seconds after they were last sent, the longest waiting first: the courier's work. */
export async function listUnconfirmed(trx: Trx, limit: number): Promise<ActRow[]> {
  return await trx
    .selectFrom('act')
    .selectAll()
    .where('status', 'in', ['stored', 'done'])
    .where((eb) => eb.or([eb('sent_at', 'is', null), eb('sent_at', '<', sql<Date>`app_now() - interval '5 seconds'`)]))
    .orderBy('sent_at', (order) => order.asc().nullsFirst())
    .orderBy('stored_at')
    .limit(limit)
    .execute()
}

/**
 * Acts of a case that stand recorded while nobody has heard so, as they were recorded: after an accident their
 * workflow may not know of them yet, and would refuse what builds on them.
 */
export async function listUnheard(trx: Trx, { column, id }: ActCase): Promise<ActRow[]> {
  return await trx
    .selectFrom('act')
    .selectAll()
    .where(column, '=', id)
    .where('status', '=', 'done')
    .orderBy('settled_at')
    .execute()
}

/** Acts of a case still waiting to be recorded, as they were stored. */
export async function listStored(trx: Trx, { column, id }: ActCase): Promise<ActRow[]> {
  return await trx
    .selectFrom('act')
    .selectAll()
    .where(column, '=', id)
    .where('status', '=', 'stored')
    .orderBy('stored_at')
    .execute()
}

/** Whether a submission of the step is stored and not recorded yet; that of the version `except` does not count. */
export async function isSubmissionOpen(
  trx: Trx,
  cycleId: string,
  stepCode: StepCode,
  except?: string,
): Promise<boolean> {
  let query = trx
    .selectFrom('act')
    .select('id')
    .where('cycle_id', '=', cycleId)
    .where('step_code', '=', stepCode)
    .where('kind', '=', 'submit')
    .where('status', '=', 'stored')
  if (except !== undefined) query = query.where('object_id', '!=', except)
  return (await query.executeTakeFirst()) !== undefined
}

/** Why an act is refused whose workflow has ended. */
export function overCode(act: Pick<ActRow, ActCase['column']>): RefusalCode {
  return OVER[caseOf(act).column]
}

const OVER: Record<ActCase['column'], RefusalCode> = {
  ...{ cycle_id: 'cycle_over', grant_id: 'access_over', rights_id: 'rights_over', run_id: 'run_over' },
  ...{
    campaign_id: 'campaign_over',
    list_id: 'review_over',
    acceptance_id: 'acceptance_over',
    disposal_id: 'disposal_over',
  },
}

/** What is sent for an act, made anew from the row each time. */
export async function parcelOf(trx: Trx, act: ActRow) {
  const [entityId, actId] = [act.entity_id, act.id]
  const { column, id } = caseOf(act)
  if (column === 'grant_id') {
    if (act.kind === 'ask') return { kind: 'ask' as const, input: { entityId, grantId: id, actId } }
    return { kind: 'verdict' as const, verdict: grantDecisionOf(act, id) }
  }
  if (column === 'rights_id') return { kind: 'rights' as const, verdict: rightsDecisionOf(act, id) }
  if (column === 'acceptance_id') return { kind: 'acceptance' as const, verdict: acceptanceDecisionOf(act, id) }
  if (column === 'disposal_id') return { kind: 'disposal' as const, verdict: disposalDecisionOf(act, id) }
  if (column === 'run_id') return { kind: 'run' as const, ...(await runDecisionOf(trx, act, id)) }
  if (column === 'list_id') return { kind: 'answers' as const, ...(await batchOf(trx, act, id)) }
  if (column === 'campaign_id') {
    if (act.kind === 'open') return { kind: 'campaign' as const, input: { entityId, campaignId: id, actId } }
    return { kind: 'close' as const, close: { id: actId, campaignId: id, ...actorOf(act) } }
  }
  if (act.kind === 'start') return { kind: 'start' as const, input: { entityId, cycleId: id, actId } }
  return { kind: 'decision' as const, decision: await decisionOf(trx, act) }
}

const actorOf = (act: ActRow) => ({ ...handOf(act), actingFor: act.acting_for, duty: act.duty })

/** The Update's argument of a batch of answers: the cases and what is said of each. */
async function batchOf(trx: Trx, act: ActRow, listId: string): Promise<{ batch: ReviewBatch; campaignId: string }> {
  const list = await trx
    .selectFrom('review_list')
    .select('campaign_id')
    .where('id', '=', listId)
    .executeTakeFirstOrThrow()
  const rows = await trx
    .selectFrom('review_answer')
    .select(['item_id', 'verdict'])
    .where('act_id', '=', act.id)
    .orderBy('item_id')
    .execute()
  const items = rows.map(({ item_id, verdict }) => ({ id: item_id, verdict: verdict as ReviewVerdict }))
  return { campaignId: list.campaign_id, batch: { id: act.id, listId, ...actorOf(act), items } }
}

/** The Update's argument: ids, verdict and hashes only. */
export async function decisionOf(trx: Trx, act: ActRow): Promise<Decision> {
  const version = act.kind === 'submit' ? await frozenVersion(trx, act.object_id) : null
  return {
    id: act.id,
    kind: act.kind as DecisionKind,
    cycleId: act.cycle_id ?? '',
    stepCode: (act.step_code ?? '1') as StepCode,
    objectId: act.object_id,
    personId: act.person_id,
    positionId: act.position_id,
    duty: act.duty,
    actingFor: act.acting_for,
    signatureRole: act.signature_role as SignatureRole | null,
    contentHash: act.content_hash,
    version: version?.mark ?? null,
    authors: version?.authors ?? [],
  }
}

/** The Update's argument of a verdict on a delegated access. */
function grantDecisionOf(act: ActRow, grantId: string): GrantDecision {
  return {
    id: act.id,
    kind: act.kind as GrantVerdict,
    grantId,
    personId: act.person_id,
    positionId: act.position_id,
    duty: act.duty,
    ...(act.acting_for !== null && { actingFor: act.acting_for }),
    contentHash: act.content_hash ?? '',
    cause: act.cause as RevocationCause | null,
  }
}

/** The Update's argument of a verdict on a citizen's request. */
function rightsDecisionOf(act: ActRow, requestId: string): RightsDecision {
  return {
    ...{ id: act.id, kind: act.kind as RightsVerdict, requestId, personId: act.person_id, positionId: act.position_id },
    ...{ duty: act.duty, actingFor: act.acting_for, contentHash: act.content_hash ?? '' },
  }
}

/** The Update's argument of a verdict on the acceptance of a risk. */
function acceptanceDecisionOf(act: ActRow, acceptanceId: string): AcceptanceDecision {
  const kind = act.kind as AcceptanceVerdict
  return { id: act.id, kind, acceptanceId, ...actorOf(act), contentHash: act.content_hash ?? '' }
}

/** The Update's argument of a verdict on a disposal. */
function disposalDecisionOf(act: ActRow, disposalId: string): DisposalDecision {
  const kind = act.kind as DisposalVerdict
  return { id: act.id, kind, disposalId, ...actorOf(act), contentHash: act.content_hash ?? '' }
}

/** The Update's argument of a verdict on a run of a control, and the workflow that carries it. */
async function runDecisionOf(
  trx: Trx,
  act: ActRow,
  runId: string,
): Promise<{ decision: RunDecision; workflowId: string }> {
  const run = await trx
    .selectFrom('control_run')
    .select('workflow_id')
    .where('id', '=', runId)
    .executeTakeFirstOrThrow()
  const about = { id: act.id, kind: act.kind as RunVerdict, runId, contentHash: act.content_hash ?? '' }
  const hand = { personId: act.person_id, positionId: act.position_id, duty: act.duty, actingFor: act.acting_for }
  return { workflowId: run.workflow_id, decision: { ...about, ...hand } }
}

async function frozenVersion(trx: Trx, id: string): Promise<{ mark: VersionMark; authors: string[] }> {
  const row = await trx
    .selectFrom('step_version')
    .select(['id', 'hash', 'built_on', 'authors'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  return {
    mark: { id: row.id, hash: row.hash, builtOn: row.built_on as VersionMark['builtOn'] },
    authors: row.authors as string[],
  }
}
