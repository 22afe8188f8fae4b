/** Orders to end delegated accesses because of what else was recorded (D4); their workflow carries them out. */
import { sql } from 'kysely'
import type { EndingOrigin, EndingOutcome, RevocationCause } from '../domain/grants.ts'
import { recordEvent } from './audit.ts'
import type { Trx } from './client.ts'
import { newId } from './ids.ts'
import { isHeldToday } from './positions.ts'

export interface EndingOrder {
  entityId: string
  cause: RevocationCause
  /** What was recorded, and its row: the same one orders the end of an access on a day once. */
  origin: EndingOrigin
  originId: string
  /** Whoever recorded it; null where nobody did, as when a campaign closes in silence. */
  orderedBy: { personId: string; positionId: string | null } | null
  /** First civil day without the access. */
  effectiveOn: string
  requestId?: string | null
}

/**
 * Orders the end of granted accesses, each with its event. From `effectiveOn` on none of them lets anybody in (`isEligible`),
 * whether its workflow has heard of it or not.
 */
export async function orderEndings(trx: Trx, grantIds: readonly string[], order: EndingOrder): Promise<void> {
  const { entityId, cause, origin, originId, orderedBy, effectiveOn } = order
  for (const grantId of grantIds) {
    const kept = await trx
      .insertInto('access_ending')
      .values({
        ...{ id: newId(), entity_id: entityId, grant_id: grantId, cause, origin, origin_id: originId },
        ...{ ordered_by: orderedBy?.personId ?? null, ordered_position: orderedBy?.positionId ?? null },
        effective_on: effectiveOn,
      })
      .onConflict((oc) => oc.doNothing())
      .executeTakeFirst()
    if (kept.numInsertedOrUpdatedRows !== 1n) continue
    await recordEvent(trx, {
      ...{ entityId, type: 'access.ending_ordered', objectId: grantId, reasonCode: cause },
      ...{ actorPerson: orderedBy?.personId ?? null, actorPosition: orderedBy?.positionId ?? null },
      changes: [{ field: 'effective_on', before: null, after: effectiveOn }],
      ...{ origin: order.requestId ? 'web' : 'workflow', requestId: order.requestId ?? null },
    })
  }
}

/** Granted accesses that would let their person in on a day still: whatever is ordered ends them later. */
const reaching = (personId: string, day: string) => sql<boolean>`g.grantee_id = ${personId} and g.status = 'granted'
  and g.ends_on >= ${day}::date and not exists (select from access_ending e where e.grant_id = g.id
    and e.settled_at is null and e.effective_on <= ${day}::date)`

export interface EndingGrant {
  id: string
  code: string
}

/** Granted accesses of a person that reach a civil day. */
export async function listReaching(trx: Trx, personId: string, day: string): Promise<EndingGrant[]> {
  const found = await sql<EndingGrant>`
    select g.id, g.code from access_grant g where ${reaching(personId, day)} order by g.code`.execute(trx)
  return found.rows
}

export interface LeftBehind extends EndingGrant {
  /** Where their person goes: to another organismo, or nowhere. */
  cause: Extract<RevocationCause, 'transfer' | 'contract_end'>
}

/**
 * Granted accesses that a person's last day in a position leaves without ground: those of the organismo in which they hold
 * nothing from `day` on, and all of them where they hold nothing anywhere (D4: retiro o traslado).
 */
export async function listLeftBehind(
  trx: Trx,
  { personId, agencyId, day, withoutTenure = null }: LeavingPosition,
): Promise<LeftBehind[]> {
  const found = await sql<LeftBehind>`
    with recursive above as (
      select id, parent_id from agency where id = ${agencyId}
      union select a.id, a.parent_id from agency a join above on a.id = above.parent_id
    ), held as (
      select pos.agency_id from tenure t join position pos on pos.id = t.position_id
      where t.person_id = ${personId} and t.id is distinct from ${withoutTenure}::uuid and t.from_date <= ${day}::date
        and (t.to_date is null or t.to_date >= ${day}::date) and (pos.ended_on is null or pos.ended_on >= ${day}::date)
    ), held_above as (
      select agency_id as id from held union select a.parent_id from agency a join held_above h on a.id = h.id
    )
    select g.id, g.code, case when exists (select from held) then 'transfer' else 'contract_end' end as cause
    from access_grant g
    where ${reaching(personId, day)} and g.agency_id not in (select id from held_above where id is not null)
      and (g.agency_id in (select id from above) or not exists (select from held))
    order by g.code`.execute(trx)
  return found.rows
}

export interface LeavingPosition {
  personId: string
  /** Dependencia of the position that is left. */
  agencyId: string
  /** First civil day without it. */
  day: string
  /** A tenure that counts as ended, where it is not yet. */
  withoutTenure?: string | null
}

/** An order whose day has come, and that keeps its access from letting anybody in; of the access `g`. */
export const isEndingDue = sql<boolean>`exists (select from access_ending e where e.grant_id = g.id
  and e.settled_at is null and e.effective_on <= app_today())`

export interface OpenEnding {
  id: string
  cause: RevocationCause
  origin: EndingOrigin
  orderedBy: string | null
  orderedPosition: string | null
  effectiveOn: string
}

/** Orders on an access that nothing has come of yet, the first to take effect first. */
export async function listOpenEndings(trx: Trx, grantId: string): Promise<OpenEnding[]> {
  const rows = await trx
    .selectFrom('access_ending')
    .select(['id', 'cause', 'origin', 'ordered_by as orderedBy', 'ordered_position as orderedPosition'])
    .select('effective_on as effectiveOn')
    .where('grant_id', '=', grantId)
    .where('settled_at', 'is', null)
    .orderBy('effective_on')
    .orderBy('id')
    .execute()
  return rows as OpenEnding[]
}

/** Whether the person holds a position in the organismo of the access, or below it, today. */
export async function hasGround(trx: Trx, grantId: string): Promise<boolean> {
  const found = await sql<{ ok: boolean }>`
    with recursive below as (
      select g.agency_id as id from access_grant g where g.id = ${grantId}
      union select a.id from agency a join below b on a.parent_id = b.id
    )
    select exists (
      select from tenure t join position pos on pos.id = t.position_id join person p on p.id = t.person_id
      where t.person_id = g.grantee_id and ${isHeldToday} and pos.agency_id in (select id from below)) as ok
    from access_grant g where g.id = ${grantId}`.execute(trx)
  return found.rows[0]?.ok === true
}

export async function settleEnding(trx: Trx, id: string, outcome: EndingOutcome): Promise<void> {
  await trx
    .updateTable('access_ending')
    .set({ settled_at: sql<Date>`app_now()`, outcome })
    .where('id', '=', id)
    .where('settled_at', 'is', null)
    .execute()
}

export interface DueEnding {
  entity_id: string
  grant_id: string
}

/** Accesses whose order has taken effect and nothing has come of it, ten seconds after they were last told: the courier's work. */
export async function listDueEndings(trx: Trx, limit: number): Promise<DueEnding[]> {
  const found = await sql<DueEnding>`
    select entity_id, grant_id from access_ending where settled_at is null and effective_on <= app_today()
      and (sent_at is null or sent_at < app_now() - interval '10 seconds')
    group by entity_id, grant_id order by min(ordered_at) limit ${limit}`.execute(trx)
  return found.rows
}

export async function markEndingsSent(trx: Trx, grantId: string): Promise<void> {
  await trx
    .updateTable('access_ending')
    .set({ sent_at: sql<Date>`app_now()` })
    .where('grant_id', '=', grantId)
    .where('settled_at', 'is', null)
    .execute()
}
