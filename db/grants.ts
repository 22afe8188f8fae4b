/** Delegated accesses as their workflow and every judgement read and write them (domain/grants.ts). */
import { sql } from 'kysely'
import type { GrantInput } from '../domain/grant-inputs.ts'
import {
  applyToGrant,
  type Eligibility,
  type GrantDecision,
  type GrantState,
  type GrantStatus,
  isOver,
  objectionToRequest,
  type RequestFacts,
} from '../domain/grants.ts'
import { Refused } from '../domain/refusals.ts'
import { isEndingDue } from './access-endings.ts'
import type { Trx } from './client.ts'
import { hashOf } from './content-hash.ts'
import { isHeldToday } from './positions.ts'

export interface LoadedGrant {
  state: GrantState
  entityId: string
  code: string
  vigencia: number
  agencyId: string
  hasBegun: boolean
}

/**
 * The access, held until the transaction ends where `lock` says so; undefined where there is none. What refers to it may be
 * written meanwhile: whoever captures holds its end back, and must not wait for who waits for that.
 */
export async function findGrant(
  trx: Trx,
  id: string,
  { lock = false }: { lock?: boolean } = {},
): Promise<LoadedGrant | undefined> {
  const query = trx.selectFrom('access_grant').selectAll().where('id', '=', id)
  const row = await (lock ? query.forNoKeyUpdate() : query).executeTakeFirst()
  if (!row) return undefined
  return {
    state: {
      ...{ id: row.id, status: row.status as GrantStatus, askedBy: row.asked_by, granteeId: row.grantee_id },
      ...(row.asked_for !== null && { askedFor: row.asked_for }),
      ...{ contentHash: row.content_hash, startsOn: row.starts_on, endsOn: row.ends_on },
    },
    ...{ entityId: row.entity_id, code: row.code, vigencia: row.vigencia, agencyId: row.agency_id },
    hasBegun: row.begun_at !== null,
  }
}

/** The access, held; only the worker may. */
export async function holdGrant(trx: Trx, id: string): Promise<LoadedGrant> {
  const grant = await findGrant(trx, id, { lock: true })
  if (!grant) throw new Error(`access ${id} has no row`)
  return grant
}

/** What is asked for, by whom; `agencyId` is the organismo the person who asks heads. */
export interface GrantRequest {
  id: string
  entityId: string
  agencyId: string
  personId: string
  positionId: string
  input: GrantInput
}

/** What the record knows of a request before it is kept. */
export async function factsOfRequest(trx: Trx, request: GrantRequest): Promise<RequestFacts> {
  const { entityId, agencyId, personId, input, id } = request
  const found = await sql<Omit<RequestFacts, 'askedBy' | 'granteeId'>>`
    select app_acting_for() as "askedFor",
      exists (select 1 from account a where a.person_id = ${input.granteeId} and a.entity_id = ${entityId}
        and a.disabled_at is null) as "hasAccount",
      exists (select 1 from tenure t join position pos on pos.id = t.position_id join person p on p.id = t.person_id
        where t.person_id = ${input.granteeId} and t.entity_id = ${entityId} and ${isHeldToday}) as "isAtWork",
      exists (select 1 from service_point s where s.id = ${input.pointId} and s.agency_id = ${agencyId}
        and (s.ended_on is null or s.ended_on >= app_today())) as "isPointOpen",
      exists (select 1 from access_grant g where g.grantee_id = ${input.granteeId} and g.point_id = ${input.pointId}
        and g.form = ${input.form} and g.vigencia = ${input.vigencia} and g.id <> ${id}
        and g.status in ('filed', 'asked', 'accepted', 'granted')) as "isHeldAlready"`.execute(trx)
  const facts = found.rows[0]
  if (!facts) throw new Error('a select without from has one row')
  return { ...facts, askedBy: personId, granteeId: input.granteeId }
}

/**
 * Whether the person can hold the access today: at work, with an open account, the point still open, and nothing recorded
 * that ends it (C2, D4).
 */
export async function isEligible(trx: Trx, grantId: string): Promise<boolean> {
  const found = await findEligibility(trx, grantId)
  return found !== undefined && Object.values(found).every(Boolean)
}

/** The same, part by part: what is said to whoever asks why. */
export async function findEligibility(trx: Trx, grantId: string): Promise<Eligibility | undefined> {
  const found = await sql<Eligibility>`
    select
      exists (select 1 from account a where a.person_id = g.grantee_id and a.disabled_at is null) as account,
      exists (select 1 from tenure t join position pos on pos.id = t.position_id join person p on p.id = t.person_id
        where t.person_id = g.grantee_id and ${isHeldToday}) as at_work,
      exists (select 1 from service_point s where s.id = g.point_id
        and (s.ended_on is null or s.ended_on >= app_today())) as point_open,
      not ${isEndingDue} as not_ending
    from access_grant g where g.id = ${grantId}`.execute(trx)
  return found.rows[0]
}

/**
 * Keeps the row of a request, once: the same request again changes nothing. Throws `Refused` with the field it belongs to
 * in `facts.field` for what only the record knows.
 */
export async function insertGrant(trx: Trx, request: GrantRequest): Promise<void> {
  const { id, entityId, agencyId, personId, positionId, input } = request
  await sql`select pg_advisory_xact_lock(hashtextextended(${entityId}, 28))`.execute(trx)
  if (await findGrant(trx, id)) return
  const against = objectionToRequest(await factsOfRequest(trx, request))
  if (against) throw new Refused(against.code, { field: against.field })
  const n = (await lastNumber(trx, entityId, input.vigencia)) + 1
  await trx
    .insertInto('access_grant')
    .values({
      ...{ id, entity_id: entityId, year: input.vigencia, n, code: grantCode(input.vigencia, n) },
      ...{ vigencia: input.vigencia, agency_id: agencyId, point_id: input.pointId, grantee_id: input.granteeId },
      ...{ form: input.form, radicado: input.radicado, radicado_on: input.radicadoOn, reason: input.reason },
      ...{ starts_on: input.startsOn, ends_on: input.endsOn, content_hash: contentHashOf(request) },
      ...{ asked_by: personId, asked_position: positionId },
    })
    .execute()
}

function grantCode(year: number, n: number): string {
  return `AD-${year}-${String(n).padStart(4, '0')}`
}

async function lastNumber(trx: Trx, entityId: string, year: number): Promise<number> {
  const row = await trx
    .selectFrom('access_grant')
    .select(({ fn }) => fn.max('n').as('n'))
    .where('entity_id', '=', entityId)
    .where('year', '=', year)
    .executeTakeFirst()
  return row?.n ?? 0
}

/** SHA-256 over the JCS of what was asked: acceptance and approval name it. */
export function contentHashOf({ entityId, agencyId, input }: GrantRequest): string {
  const { formKey: _key, ...asked } = input
  return hashOf({ schema: 1, entityId, agencyId, ...asked })
}

/**
 * Keeps the end of an access waiting until this transaction is over. Whatever is written under an access takes this first and
 * judges `isInForce` after it: nothing is then dated after the end (G13).
 */
export async function holdBackEnding(trx: Trx, grantId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock_shared(hashtextextended(${grantId}, 33))`.execute(trx)
}

/** Waits for whoever is writing under it; whoever comes later finds it ended. */
async function letNobodyIn(trx: Trx, grantId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${grantId}, 33))`.execute(trx)
}

/** The state after a verdict, or by the passing of time; whoever is told and the event are the caller's. */
export async function moveGrant(
  trx: Trx,
  grant: GrantState,
  to: { status: GrantStatus; cause?: GrantDecision['cause']; at: Date },
): Promise<GrantState> {
  if (isOver(to.status)) await letNobodyIn(trx, grant.id)
  const moved = await trx
    .updateTable('access_grant')
    .set({ status: to.status, cause: to.cause ?? null, ended_at: isOver(to.status) ? endedAt(to.at) : null })
    .where('id', '=', grant.id)
    .where('status', '=', grant.status)
    .executeTakeFirst()
  if (moved.numUpdatedRows !== 1n) throw new Error(`access ${grant.id} is no longer ${grant.status}`)
  return { ...grant, status: to.status }
}

/** The workflow's clock was read before its row was held: what was written under the access meanwhile is not after its end. */
const endedAt = (at: Date) => sql<Date>`greatest(${at}, app_now())`

export async function settleGrant(trx: Trx, grant: GrantState, decision: GrantDecision, at: Date): Promise<GrantState> {
  const { status } = applyToGrant(grant, decision)
  return await moveGrant(trx, grant, { status, cause: decision.kind === 'revoke' ? decision.cause : null, at })
}

/** It ends earlier than it was granted for; what was asked for, and its hash, stay as they were. Civil date. */
export async function endGrantEarlier(trx: Trx, grant: GrantState, endsOn: string): Promise<GrantState> {
  await trx
    .updateTable('access_grant')
    .set({ ends_on: endsOn })
    .where('id', '=', grant.id)
    .where('status', '=', 'granted')
    .where('ends_on', '>', endsOn)
    .execute()
  return { ...grant, endsOn }
}

/** Its first day came and the person can hold it. */
export async function beginGrant(trx: Trx, id: string, at: Date): Promise<void> {
  await trx
    .updateTable('access_grant')
    .set({ begun_at: at })
    .where('id', '=', id)
    .where('begun_at', 'is', null)
    .execute()
}
