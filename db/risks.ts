/** Risks and what they were rated as: every change with its event, in one transaction. */
import { sql } from 'kysely'
import type { Equivalences } from '../domain/methodology-moves.ts'
import { Refused } from '../domain/refusals.ts'
import type { RiskInput } from '../domain/risk-inputs.ts'
import type { MethodologyKey } from '../domain/risk-methodology.ts'
import { inherentPlace, zoneOf } from '../domain/risks.ts'
import { type ActingPerson, eventBy } from './administration.ts'
import { recordEvent } from './audit.ts'
import type { Trx } from './client.ts'
import { hashOf as contentHash } from './content-hash.ts'
import { noteCheckedEvidence } from './control-standings.ts'
import { listStandingPositions, type Owner } from './findings.ts'
import { endFollowUp, handFollowUps } from './follow-ups.ts'
import { loadMethodology } from './methodologies.ts'
import { type Assessment, lastAssessment, settleStanding } from './risk-standings.ts'
import { type MovedRisk, movedBy } from './standing-moves.ts'

/** Whoever keeps the risk map, in the position they act in, and the person they do it for. */
export type RiskKeeper = ActingPerson & { positionId: string; actingFor?: string | null }

export interface HeldRisk {
  id: string
  code: string
  ownerPosition: string
  assessment: Assessment
}

/** A risk with how it is rated now; undefined where there is none. `lock`: nobody else changes it meanwhile. */
export async function findRisk(
  trx: Trx,
  entityId: string,
  code: string,
  { lock = false }: { lock?: boolean } = {},
): Promise<HeldRisk | undefined> {
  const row = await trx
    .selectFrom('risk')
    .select(['id', 'code', 'owner_position'])
    .where('entity_id', '=', entityId)
    .where('code', '=', code)
    .$if(lock, (query) => query.forUpdate())
    .executeTakeFirst()
  if (!row) return undefined
  return {
    id: row.id,
    code: row.code,
    ownerPosition: row.owner_position,
    assessment: await lastAssessment(trx, row.id),
  }
}

/** The code of a risk, which its address carries; undefined where the entity has none such. */
export async function findRiskCode(trx: Trx, entityId: string, id: string): Promise<string | undefined> {
  const row = trx.selectFrom('risk').select('code').where('entity_id', '=', entityId).where('id', '=', id)
  return (await row.executeTakeFirst())?.code
}

/**
 * Registers a risk with its first assessment; the same form sent again answers the code it has. Throws
 * `Refused('body_differs')` where it says something else then, `out_of_date` for an owner whose position ended.
 */
export async function registerRisk(trx: Trx, by: RiskKeeper, key: MethodologyKey, input: RiskInput): Promise<string> {
  const { entityId } = by
  // Before it is asked whether this form was taken: the same one, sent twice at once, waits here for the first.
  await holdNumbers(trx, entityId)
  const known = await trx.selectFrom('risk').select('code').where('id', '=', input.formKey).executeTakeFirst()
  if (known) {
    await requireSameBody(trx, input.formKey, { key, input })
    return known.code
  }
  await requireStanding(trx, entityId, input.ownerId)
  const n = await nextNumber(trx, 'risk', entityId)
  const risk = { id: input.formKey, code: `R-${String(n).padStart(3, '0')}` }
  await trx
    .insertInto('risk')
    .values({ ...risk, n, entity_id: entityId, owner_position: input.ownerId, created_by: by.personId })
    .execute()
  await assess(trx, by, risk, { key, input, id: input.formKey, n: 1 })
  return risk.code
}

/**
 * Rates a risk anew, with the reason; the same form sent again changes nothing. Throws `Refused('body_differs')` where it
 * says something else then, `content_changed` to whoever read another assessment.
 */
export async function reassessRisk(
  trx: Trx,
  by: RiskKeeper,
  risk: HeldRisk,
  { key, input, read }: { key: MethodologyKey; input: RiskInput; read: string },
): Promise<MovedRisk | null> {
  if (await requireSameBody(trx, risk.id, { key, input })) return null
  const { n, contentHash } = risk.assessment
  if (contentHash !== read) throw new Refused('content_changed')
  const owner = await requireStanding(trx, by.entityId, input.ownerId)
  // What was asked, and what the new rating asks, is asked of whoever answers for the risk from now on.
  if (owner.id !== risk.ownerPosition) {
    await trx.updateTable('risk').set({ owner_position: owner.id }).where('id', '=', risk.id).execute()
    await handFollowUps(trx, [risk.id], { from: [risk.ownerPosition], to: owner })
  }
  const moved = await assess(trx, by, risk, { key, input, id: input.formKey, n: n + 1 })
  await endFollowUp(trx, { entityId: by.entityId, kind: 'risk_reassessment', objectId: risk.id })
  return moved
}

/** Stores an assessment by its answers. */
async function assess(
  trx: Trx,
  by: RiskKeeper,
  risk: { id: string; code: string; ownerPosition?: string },
  { key, input, id, n }: { key: MethodologyKey; input: RiskInput; id: string; n: number },
): Promise<MovedRisk | null> {
  const methodology = await loadMethodology(trx, by.entityId, key)
  const inherent = inherentPlace(methodology, input.answers)
  if (!inherent) throw new Error(`risk ${risk.code} is not rated`)
  const hash = hashOf(risk.id, { key, input })
  const moved = await storeAssessment(trx, by, risk, { ...{ id, n, key, inherent, hash }, ...input })
  await recordEvent(trx, {
    ...{
      ...eventBy(by),
      type: n === 1 ? 'risk.registered' : 'risk.reassessed',
      objectId: risk.id,
      objectVersion: String(n),
    },
    contentHash: hash,
    changes: [
      { field: 'code', before: null, after: risk.code },
      { field: 'zone', before: null, after: zoneOf(methodology, inherent.zone).name },
      { field: 'methodology', before: null, after: key.code },
      { field: 'owner_position', before: risk.ownerPosition ?? null, after: input.ownerId },
    ],
  })
  return moved
}

/** The row of an assessment, what is shown of the controls of its risk as it is rated so, and where it stands from then on. `equivalences`: of one that moved to this methodology. */
export async function storeAssessment(
  trx: Trx,
  by: RiskKeeper,
  { id: riskId }: { id: string },
  rated: Omit<Assessment, 'methodology' | 'contentHash' | 'override'> & { hash: string; equivalences?: Equivalences },
): Promise<MovedRisk | null> {
  const { id, n, key, answers, inherent, equivalences } = rated
  await trx
    .insertInto('risk_assessment')
    .values({
      ...{ id, n, entity_id: by.entityId, risk_id: riskId, methodology: key.code, methodology_n: key.n },
      ...{ typology: answers.typology, process: answers.process, description: answers.description },
      ...{ answers: JSON.stringify(answers), probability: inherent.probability, impact: inherent.impact },
      ...{ zone: inherent.zone, content_hash: rated.hash, reason: rated.reason || null },
      ...{ assessed_by: by.personId, assessed_position: by.positionId },
      ...(equivalences && { equivalences: JSON.stringify(equivalences) }),
    })
    .execute()
  const mover = movedBy(by, equivalences ? 'moved' : 'reassessed')
  await noteCheckedEvidence(trx, riskId, mover)
  return (await settleStanding(trx, by.entityId, riskId, mover)).moved
}

/** What is stated of a risk, as one hash: whatever binds itself to an assessment names it. */
function hashOf(riskId: string, { key, input }: { key: MethodologyKey; input: RiskInput }): string {
  const { answers, ownerId, reason } = input
  return contentHash({ schema: 2, risk: riskId, owner: ownerId, methodology: { ...key }, answers, reason })
}

/** Whether this form was taken before; with other words, or for another risk, it is refused. */
async function requireSameBody(
  trx: Trx,
  riskId: string,
  asked: { key: MethodologyKey; input: RiskInput },
): Promise<boolean> {
  const taken = await trx
    .selectFrom('risk_assessment')
    .select('content_hash')
    .where('id', '=', asked.input.formKey)
    .executeTakeFirst()
  if (taken && taken.content_hash !== hashOf(riskId, asked)) throw new Refused('body_differs')
  return taken !== undefined
}

/** A foreign key knows no entity: only a position that stands in this one answers for anything here. */
export async function requireStanding(trx: Trx, entityId: string, positionId: string): Promise<Owner> {
  const found = (await listStandingPositions(trx, entityId)).find(({ id }) => id === positionId)
  if (!found) throw new Refused('out_of_date')
  return found
}

/** Until this transaction ends nobody else registers a risk or a control of this entity. */
export async function holdNumbers(trx: Trx, entityId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${entityId}, 41))`.execute(trx)
}

/** Numbers follow one another within an entity, whoever asks at once. */
export async function nextNumber(trx: Trx, table: 'risk' | 'risk_control', entityId: string): Promise<number> {
  await holdNumbers(trx, entityId)
  const { last } = await trx
    .selectFrom(table)
    .select(({ fn }) => fn.max('n').as('last'))
    .where('entity_id', '=', entityId)
    .executeTakeFirstOrThrow()
  return (last ?? 0) + 1
}
