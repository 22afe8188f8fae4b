import { sql } from 'kysely'
import type { VersionMark } from '../domain/cycle-state.ts'
import type { Decision, DecisionKind } from '../domain/decisions.ts'
import type { SignatureRole, StepCode } from '../domain/procedures.ts'
import type { RefusalCode } from '../domain/refusals.ts'
import { recordEvent } from './audit.ts'
import type { Trx } from './client.ts'
import { newId } from './ids.ts'

/** An act as it is stored before anything is sent: the row that survives when Temporal is away (model.md §3.2). */
export interface NewAct {
  id: string
  entityId: string
  cycleId: string
  stepCode: StepCode | null
  kind: DecisionKind | 'start'
  objectType: 'cycle' | 'step_version' | 'reopening'
  objectId: string
  signatureRole: SignatureRole | null
  personId: string
  positionId: string
  duty: string
  actingFor: string | null
  k: number
  contentHash: string | null
  bodyHash: string
  provedAt: Date | null
  requestId: string | null
  receiptCode: string
  observations: { section: string; body: string }[]
}

export type ActRow = NonNullable<Awaited<ReturnType<typeof findAct>>>

export async function findAct(trx: Trx, id: string) {
  return await trx.selectFrom('act').selectAll().where('id', '=', id).executeTakeFirst()
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
      proved_at: act.provedAt,
      request_id: act.requestId,
      receipt_code: act.receiptCode,
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

export interface RefusalRecord {
  entityId: string
  personId: string | null
  positionId: string | null
  actingFor?: string | null
  objectId: string
  code: RefusalCode
  cycleId?: string | null
  stepCode?: string | null
  actId?: string | null
  origin: 'web' | 'courier' | 'workflow'
  requestId: string | null
}

/** One event for one refusal: actor, object and reason code, never the typed text (model.md §3.1). */
export async function recordRefusal(trx: Trx, refusal: RefusalRecord): Promise<void> {
  await recordEvent(trx, {
    entityId: refusal.entityId,
    type: 'act.refused',
    objectId: refusal.objectId,
    actorPerson: refusal.personId,
    actorPosition: refusal.positionId,
    actingFor: refusal.actingFor ?? null,
    reasonCode: refusal.code,
    cycleId: refusal.cycleId ?? null,
    stepCode: refusal.stepCode ?? null,
    actId: refusal.actId ?? null,
    origin: refusal.origin,
    requestId: refusal.requestId,
  })
}

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
 * Acts of a cycle that stand recorded while nobody has heard so, as they were recorded: after an accident their
 * workflow may not know of them yet, and would refuse what builds on them.
 */
export async function listUnheard(trx: Trx, cycleId: string): Promise<ActRow[]> {
  return await trx
    .selectFrom('act')
    .selectAll()
    .where('cycle_id', '=', cycleId)
    .where('status', '=', 'done')
    .orderBy('settled_at')
    .execute()
}

/** Acts of a cycle still waiting to be recorded, as they were stored. */
export async function listStored(trx: Trx, cycleId: string): Promise<ActRow[]> {
  return await trx
    .selectFrom('act')
    .selectAll()
    .where('cycle_id', '=', cycleId)
    .where('status', '=', 'stored')
    .orderBy('stored_at')
    .execute()
}

/** The Update's argument, made anew from the row: ids, verdict and hashes only. */
export async function decisionOf(trx: Trx, act: ActRow): Promise<Decision> {
  const version = act.kind === 'submit' ? await frozenVersion(trx, act.object_id) : null
  return {
    id: act.id,
    kind: act.kind as DecisionKind,
    cycleId: act.cycle_id,
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
