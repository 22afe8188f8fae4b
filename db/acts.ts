import { sql } from 'kysely'
import type { RunVerdict } from '../domain/control-runs.ts'
import type { DecisionKind } from '../domain/decisions.ts'
import type { DisposalVerdict } from '../domain/disposal.ts'
import type { GrantVerdict, RevocationCause } from '../domain/grants.ts'
import type { SignatureRole, StepCode } from '../domain/procedures.ts'
import type { Proved } from '../domain/proofs.ts'
import type { RefusalCode } from '../domain/refusals.ts'
import type { RightsVerdict } from '../domain/rights.ts'
import type { AcceptanceVerdict } from '../domain/risk-treatment.ts'
import type { Trx } from './client.ts'
import { newId } from './ids.ts'

/** An act as it is stored before anything is sent: the row that survives when Temporal is away (model.md §3.2). */
export interface NewAct {
  id: string
  entityId: string
  /** The cycle it is about, or null and one of those after it: its workflow carries the act. */
  cycleId: string | null
  /** A delegated access. */
  grantId?: string
  /** A request of a citizen about their data. */
  rightsId?: string
  /** A run of a control. */
  runId?: string
  /** A review of accesses, opened or closed. */
  campaignId?: string
  /** An acceptance of a risk. */
  acceptanceId?: string
  /** A disposal of the content of a cycle. */
  disposalId?: string
  /** The list of a reviewer, whose batch of answers is `objectId`. */
  listId?: string
  stepCode: StepCode | null
  kind:
    | DecisionKind
    | GrantVerdict
    | RightsVerdict
    | AcceptanceVerdict
    | RunVerdict
    | DisposalVerdict
    | 'start'
    | 'ask'
    | CampaignAct
  objectType:
    | ('cycle' | 'step_version' | 'reopening' | 'access_grant')
    | ('rights_request' | 'access_campaign' | 'review_batch' | 'risk_acceptance' | 'control_run' | 'disposal')
  objectId: string
  signatureRole: SignatureRole | null
  personId: string
  positionId: string
  duty: string
  actingFor: string | null
  /** Why a delegated access is revoked. */
  cause?: RevocationCause | null
  k: number
  contentHash: string | null
  bodyHash: string
  /** When and how the person showed who they are; null where the act needed no proof. */
  proved: Proved | null
  requestId: string | null
  receiptCode: string
  /** The person said that they read the figures typed into the report. */
  readTyped?: boolean
  observations: { section: string; body: string }[]
}

/** Acts of a review of accesses. */
export type CampaignAct = 'open' | 'answer' | 'close'

export type ActRow = NonNullable<Awaited<ReturnType<typeof findAct>>>

const CASES = [
  'cycle_id',
  'grant_id',
  'rights_id',
  'campaign_id',
  'list_id',
  'acceptance_id',
  'run_id',
  'disposal_id',
] as const

/** Whose workflow carries an act: acts of one case never overtake each other. */
export interface ActCase {
  column: (typeof CASES)[number]
  id: string
}

export function caseOf(act: Pick<ActRow, ActCase['column']>): ActCase {
  for (const column of CASES) {
    const id = act[column]
    if (id !== null) return { column, id }
  }
  throw new Error('an act is about a cycle, an access, a request of a citizen, a review, a risk, a run or a disposal')
}

export async function findAct(trx: Trx, id: string) {
  return await trx.selectFrom('act').selectAll().where('id', '=', id).executeTakeFirst()
}

export async function requireAct(trx: Trx, id: string): Promise<ActRow> {
  return await trx.selectFrom('act').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
}

/** The act, held until the transaction ends: nobody else ends it meanwhile. */
export async function lockAct(trx: Trx, id: string): Promise<ActRow> {
  return await trx.selectFrom('act').selectAll().where('id', '=', id).forUpdate().executeTakeFirstOrThrow()
}

/** How often this person's acts of this kind on this object were refused: the `k` of the next decision id. */
export async function countRefused(
  trx: Trx,
  key: { objectId: string; kind: string; personId: string; positionId: string },
): Promise<number> {
  const row = await trx
    .selectFrom('act')
    .select(({ fn }) => fn.countAll<string>().as('n'))
    .where('object_id', '=', key.objectId)
    .where('kind', '=', key.kind)
    .where('person_id', '=', key.personId)
    .where('position_id', '=', key.positionId)
    .where('status', '=', 'refused')
    .executeTakeFirstOrThrow()
  return Number(row.n)
}

/** Stores the act once and answers its row; undefined when a request beside this one had already stored it. */
export async function storeAct(trx: Trx, act: NewAct): Promise<ActRow | undefined> {
  const stored = await trx
    .insertInto('act')
    .values({
      id: act.id,
      entity_id: act.entityId,
      cycle_id: act.cycleId,
      grant_id: act.grantId ?? null,
      rights_id: act.rightsId ?? null,
      run_id: act.runId ?? null,
      campaign_id: act.campaignId ?? null,
      list_id: act.listId ?? null,
      acceptance_id: act.acceptanceId ?? null,
      disposal_id: act.disposalId ?? null,
      cause: act.cause ?? null,
      step_code: act.stepCode,
      kind: act.kind,
      object_type: act.objectType,
      object_id: act.objectId,
      signature_role: act.signatureRole,
      person_id: act.personId,
      position_id: act.positionId,
      duty: act.duty,
      acting_for: act.actingFor,
      k: act.k,
      content_hash: act.contentHash,
      body_hash: act.bodyHash,
      proved_at: act.proved?.provedAt ?? null,
      proof: act.proved?.proof ?? null,
      request_id: act.requestId,
      receipt_code: act.receiptCode,
      read_typed: act.readTyped ?? false,
      sent_at: sql<Date>`app_now()`,
    })
    .onConflict((oc) => oc.column('id').doNothing())
    .returningAll()
    .executeTakeFirst()
  if (!stored) return undefined
  const rows = act.observations.map((one) => ({ id: newId(), entity_id: act.entityId, act_id: act.id, ...one }))
  if (rows.length > 0) await trx.insertInto('observation').values(rows).execute()
  return stored
}

export async function markSent(trx: Trx, id: string): Promise<void> {
  await trx.updateTable('act').set({ sent_at: sql<Date>`app_now()` }).where('id', '=', id).execute()
}

/** What the act decided stands recorded, in this very transaction. */
export async function markDone(trx: Trx, id: string): Promise<void> {
  const done = await trx
    .updateTable('act')
    .set({ status: 'done', settled_at: sql<Date>`app_now()` })
    .where('id', '=', id)
    .where('status', '=', 'stored')
    .executeTakeFirst()
  if (done.numUpdatedRows !== 1n) throw new Error(`act ${id} is no longer stored`)
}

/** The Update returned: final. Already final stays as it is. */
export async function markConfirmed(trx: Trx, id: string): Promise<void> {
  await trx
    .updateTable('act')
    .set({ status: 'confirmed', settled_at: sql<Date>`app_now()` })
    .where('id', '=', id)
    .where('status', 'in', ['stored', 'done'])
    .execute()
}

/** Ends an act that was not recorded; true when this call ended it. */
export async function markRefused(trx: Trx, id: string, code: RefusalCode): Promise<boolean> {
  const refused = await trx
    .updateTable('act')
    .set({ status: 'refused', reason_code: code, settled_at: sql<Date>`app_now()` })
    .where('id', '=', id)
    .where('status', '=', 'stored')
    .executeTakeFirst()
  return refused.numUpdatedRows === 1n
}
