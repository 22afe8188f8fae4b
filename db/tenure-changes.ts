import { sql } from 'kysely'
import type { AddTenure, EndTenure } from '../domain/administration.ts'
import { addDays } from '../domain/civil-dates.ts'
import { listLeftBehind, orderEndings } from './access-endings.ts'
import { type ActingPerson, eventBy, refuse, type Saved } from './administration.ts'
import { recordEvent } from './audit.ts'
import { releaseLapsedClaims } from './claims.ts'
import type { Trx } from './client.ts'
import { findHeldPosition, handOver, listLeftWork } from './handover.ts'
import { newId } from './ids.ts'
import { decodeCursor, type Page, pageOf } from './pages.ts'

/** A position has one titular at a time; an encargado may hold it beside, between dates and by act (model.md §1). */
export async function addTenure(trx: Trx, actor: ActingPerson, input: AddTenure): Promise<Saved> {
  const { entityId } = actor
  const position = await trx
    .selectFrom('position')
    .select('ended_on')
    .where('id', '=', input.positionId)
    .where('entity_id', '=', entityId)
    .forUpdate()
    .executeTakeFirst()
  if (!position || position.ended_on !== null) return refuse('positionId', 'not_found')
  const person = await trx
    .selectFrom('person')
    .select('ended_on')
    .where('id', '=', input.personId)
    .where('entity_id', '=', entityId)
    .executeTakeFirst()
  if (!person || person.ended_on !== null) return refuse('personId', 'not_found')
  const overlaps = await overlapping(trx, input)
  if (overlaps.some((other) => other.person_id === input.personId)) return refuse('from', 'same_person_overlaps')
  if (input.kind === 'titular' && overlaps.some((other) => other.kind === 'titular'))
    return refuse('from', 'titular_overlaps')
  const id = newId()
  await trx
    .insertInto('tenure')
    .values({ id, entity_id: entityId, ...columnsOf(input) })
    .execute()
  const { act_reference: _typed, ...facts } = columnsOf(input)
  const changes = Object.entries(facts).map(([field, after]) => ({ field, before: null, after }))
  await recordEvent(trx, { ...eventBy(actor), type: 'tenure.added', objectId: id, changes })
  return { id }
}

/** Ends a tenure on its last day; what its holder had taken is free again once the day has passed. */
export async function endTenure(trx: Trx, actor: ActingPerson, input: EndTenure): Promise<Saved> {
  const { id, on } = input
  const tenure = await trx
    .selectFrom('tenure')
    .select(['id', 'person_id', 'position_id', 'from_date', 'to_date'])
    .where('id', '=', id)
    .where('entity_id', '=', actor.entityId)
    .forUpdate()
    .executeTakeFirst()
  if (!tenure) return refuse('id', 'not_found')
  if (on < tenure.from_date) return refuse('on', 'before_start')
  if (tenure.to_date !== null && tenure.to_date <= on) return refuse('on', 'ended_already')
  if (await isLastAdministrator(trx, actor.entityId, { tenureId: id, on })) return refuse('on', 'last_administrator')
  const against = await leaveNothing(trx, actor, { personId: tenure.person_id, tenureId: id, on, handTo: input.handTo })
  if (against) return against
  await setEnd(trx, actor, tenure, on, input.actReference)
  await releaseLapsedClaims(trx, actor, tenure.person_id)
  return { id }
}

/**
 * Gives what would be left with nobody to another position, or back to those who share its function; where neither is
 * there, the end waits (features J3). Answers what is wrong, before anything was changed.
 */
export async function leaveNothing(
  trx: Trx,
  actor: ActingPerson,
  { handTo, ...leaving }: { personId: string; tenureId?: string; on: string; handTo: string | null | undefined },
): Promise<ReturnType<typeof refuse> | null> {
  const left = await listLeftWork(trx, leaving)
  const day = addDays(leaving.on, 1)
  const key = { entityId: actor.entityId, positionId: handTo ?? '', personId: leaving.personId, day }
  const to = handTo ? ((await findHeldPosition(trx, key)) ?? null) : null
  if (handTo && to === null) return refuse('handTo', 'not_held')
  if (to === null && left.some(({ needsOwner }) => needsOwner)) return refuse('handTo', 'work_left')
  await handOver(trx, actor, left, to)
  return null
}

/** Ends every tenure a person still has; one that has not begun ends on its first day. */
export async function endTenuresOf(trx: Trx, actor: ActingPerson, personId: string, on: string): Promise<void> {
  const tenures = await trx
    .selectFrom('tenure')
    .select(['id', 'person_id', 'position_id', 'from_date', 'to_date'])
    .where('person_id', '=', personId)
    .where((eb) => eb.or([eb('to_date', 'is', null), eb('to_date', '>', on)]))
    .forUpdate()
    .execute()
  for (const tenure of tenures) await setEnd(trx, actor, tenure, tenure.from_date > on ? tenure.from_date : on)
}

async function setEnd(
  trx: Trx,
  actor: ActingPerson,
  tenure: { id: string; person_id: string; position_id: string; to_date: string | null },
  on: string,
  act: string | null = null,
): Promise<void> {
  await trx.updateTable('tenure').set({ to_date: on, end_act_reference: act }).where('id', '=', tenure.id).execute()
  const changes = [{ field: 'to_date', before: tenure.to_date, after: on }]
  await recordEvent(trx, { ...eventBy(actor), type: 'tenure.ended', objectId: tenure.id, changes })
  await endAccesses(trx, actor, tenure, addDays(on, 1))
}

/** Accesses that the end of a tenure leaves without ground end with it (D4: traslado, retiro). */
async function endAccesses(
  trx: Trx,
  actor: ActingPerson,
  tenure: { id: string; person_id: string; position_id: string },
  day: string,
): Promise<void> {
  const { agency_id: agencyId } = await trx
    .selectFrom('position')
    .select('agency_id')
    .where('id', '=', tenure.position_id)
    .executeTakeFirstOrThrow()
  for (const { id, cause } of await listLeftBehind(trx, { personId: tenure.person_id, agencyId, day }))
    await orderEndings(trx, [id], {
      ...{ entityId: actor.entityId, cause, origin: 'tenure', originId: tenure.id, orderedBy: actor },
      ...{ effectiveOn: day, requestId: actor.requestId },
    })
}

/** Whether ending this tenure, or this person, would leave the entity with nobody who administers it the day after. */
export async function isLastAdministrator(
  trx: Trx,
  entityId: string,
  ending: { tenureId?: string; personId?: string; on: string },
): Promise<boolean> {
  const found = await sql<{ mine: boolean; others: boolean }>`
    with holding as (
      select (t.id = ${ending.tenureId ?? null}::uuid or t.person_id = ${ending.personId ?? null}::uuid) is true as mine
      from tenure t join position pos on pos.id = t.position_id join person p on p.id = t.person_id
      where t.entity_id = ${entityId} and pos.duty = 'administracion' and pos.ended_on is null and p.ended_on is null
        and t.from_date <= ${ending.on}::date + 1 and (t.to_date is null or t.to_date > ${ending.on}::date)
    ) select coalesce(bool_or(mine), false) as mine, coalesce(bool_or(not mine), false) as others from holding`.execute(
    trx,
  )
  const row = found.rows[0]
  return row?.mine === true && !row.others
}

function columnsOf(input: AddTenure) {
  return {
    person_id: input.personId,
    position_id: input.positionId,
    kind: input.kind,
    from_date: input.from,
    to_date: input.to,
    act_reference: input.actReference,
  }
}

async function overlapping(trx: Trx, { positionId, from, to }: AddTenure) {
  const found = await sql<{ person_id: string; kind: string }>`
    select person_id, kind from tenure where position_id = ${positionId}
      and daterange(from_date, to_date, '[]') && daterange(${from}::date, ${to}::date, '[]')`.execute(trx)
  return found.rows
}

export interface TenureLine {
  id: string
  personId: string
  personName: string
  positionId: string
  positionName: string
  agencyName: string
  kind: 'titular' | 'encargado'
  from: string
  to: string | null
  actReference: string
  inForce: boolean
}

export interface TenurePage extends TenureLine {
  duty: string
  agencyId: string
  endActReference: string | null
}

export async function findTenure(trx: Trx, entityId: string, id: string): Promise<TenurePage | undefined> {
  const found = await sql<TenurePage>`
    select t.id, t.person_id as "personId", p.display_name as "personName", pos.id as "positionId",
      pos.name as "positionName", a.name as "agencyName", t.kind, t.from_date as "from", t.to_date as "to",
      t.act_reference as "actReference", t.end_act_reference as "endActReference", pos.duty, a.id as "agencyId",
      t.from_date <= app_today() and (t.to_date is null or t.to_date >= app_today()) as "inForce"
    from tenure t join person p on p.id = t.person_id join position pos on pos.id = t.position_id
      join agency a on a.id = pos.agency_id
    where t.entity_id = ${entityId} and t.id = ${id}`.execute(trx)
  return found.rows[0]
}

/** Tenures of an entity, a person or a position, newest first, 50 a page. */
export async function listTenures(
  trx: Trx,
  entityId: string,
  options: { personId?: string; positionId?: string; cursor?: string | null; limit?: number } = {},
): Promise<Page<TenureLine>> {
  const limit = options.limit ?? 50
  const after = decodeCursor(options.cursor, ['date', 'id'])
  const found = await sql<TenureLine>`
    select t.id, t.person_id as "personId", p.display_name as "personName", pos.id as "positionId",
      pos.name as "positionName", a.name as "agencyName", t.kind, t.from_date as "from", t.to_date as "to",
      t.act_reference as "actReference",
      t.from_date <= app_today() and (t.to_date is null or t.to_date >= app_today()) as "inForce"
    from tenure t join person p on p.id = t.person_id join position pos on pos.id = t.position_id
      join agency a on a.id = pos.agency_id
    where t.entity_id = ${entityId}
      and (${options.personId ?? null}::uuid is null or t.person_id = ${options.personId ?? null})
      and (${options.positionId ?? null}::uuid is null or t.position_id = ${options.positionId ?? null})
      and (${after?.[0] ?? null}::text is null or (t.from_date, t.id) < (${after?.[0] ?? null}::date, ${after?.[1] ?? null}::uuid))
    order by t.from_date desc, t.id desc limit ${limit + 1}`.execute(trx)
  return pageOf(found.rows, limit, (row) => [row.from, row.id])
}
