import { sql } from 'kysely'
import type { AddAgency, ChangeAgency, End } from '../domain/administration.ts'
import { type ActingPerson, changesBetween, eventBy, refuse, type Saved } from './administration.ts'
import { recordEvent } from './audit.ts'
import type { Trx } from './client.ts'
import { newId } from './ids.ts'
import { decodeCursor, type Page, pageOf } from './pages.ts'

/** Refused beside the field: a parent that is gone, a name that is taken. */
export async function addAgency(trx: Trx, actor: ActingPerson, input: AddAgency): Promise<Saved> {
  if (input.parentId && !(await findLiveAgency(trx, actor, input.parentId))) return refuse('parentId', 'not_found')
  const id = newId()
  const added = await trx
    .insertInto('agency')
    .values({ id, entity_id: actor.entityId, ...columnsOf(input) })
    .onConflict((oc) => oc.columns(['entity_id', 'name']).doNothing())
    .executeTakeFirst()
  if (added.numInsertedOrUpdatedRows !== 1n) return refuse('name', 'name_taken')
  const changes = changesBetween({}, columnsOf(input), ['contact_email'])
  await recordEvent(trx, { ...eventBy(actor), type: 'agency.added', objectId: id, changes })
  return { id }
}

/** Refused as `addAgency` is, and when the agency would hang below itself. */
export async function changeAgency(trx: Trx, actor: ActingPerson, input: ChangeAgency): Promise<Saved> {
  const { id, parentId } = input
  await lockTree(trx, actor.entityId)
  const before = await findLiveAgency(trx, actor, id)
  if (!before) return refuse('id', 'not_found')
  if (parentId && !(await findLiveAgency(trx, actor, parentId))) return refuse('parentId', 'not_found')
  if (parentId && (await isAtOrBelow(trx, parentId, id))) return refuse('parentId', 'parent_is_below')
  if (await nameTaken(trx, actor.entityId, input.name, id)) return refuse('name', 'name_taken')
  const after = columnsOf(input)
  const changes = changesBetween(before, after, ['contact_email'])
  if (changes.length === 0) return { id }
  await trx.updateTable('agency').set(after).where('id', '=', id).execute()
  await recordEvent(trx, { ...eventBy(actor), type: 'agency.changed', objectId: id, changes })
  return { id }
}

/** Only an agency without positions or agencies under it that still stand. */
export async function endAgency(trx: Trx, actor: ActingPerson, { id, on }: End): Promise<Saved> {
  await lockTree(trx, actor.entityId)
  if (!(await findLiveAgency(trx, actor, id))) return refuse('id', 'not_found')
  const position = trx.selectFrom('position').select('id').where('agency_id', '=', id).where('ended_on', 'is', null)
  if (await position.executeTakeFirst()) return refuse('on', 'still_has_positions')
  const below = trx.selectFrom('agency').select('id').where('parent_id', '=', id).where('ended_on', 'is', null)
  if (await below.executeTakeFirst()) return refuse('on', 'still_has_agencies')
  await trx.updateTable('agency').set({ ended_on: on }).where('id', '=', id).execute()
  const changes = [{ field: 'ended_on', before: null, after: on }]
  await recordEvent(trx, { ...eventBy(actor), type: 'agency.changed', objectId: id, changes })
  return { id }
}

function columnsOf(input: AddAgency) {
  return { name: input.name, code: input.code, parent_id: input.parentId, contact_email: input.contactEmail }
}

/** One change of the tree at a time: two that each look right could make a ring together. */
async function lockTree(trx: Trx, entityId: string): Promise<void> {
  await trx.selectFrom('entity').select('id').where('id', '=', entityId).forUpdate().execute()
}

export async function findAgency(trx: Trx, entityId: string, id: string) {
  return await trx
    .selectFrom('agency')
    .select(['id', 'name', 'code'])
    .select(['parent_id as parentId', 'contact_email as contactEmail', 'ended_on as endedOn'])
    .where('id', '=', id)
    .where('entity_id', '=', entityId)
    .executeTakeFirst()
}

function findLiveAgency(trx: Trx, actor: ActingPerson, id: string) {
  return trx
    .selectFrom('agency')
    .select(['name', 'code', 'parent_id', 'contact_email'])
    .where('id', '=', id)
    .where('entity_id', '=', actor.entityId)
    .where('ended_on', 'is', null)
    .executeTakeFirst()
}

async function nameTaken(trx: Trx, entityId: string, name: string, except: string): Promise<boolean> {
  const found = await trx
    .selectFrom('agency')
    .select('id')
    .where('entity_id', '=', entityId)
    .where('name', '=', name)
    .where('id', '!=', except)
    .executeTakeFirst()
  return found !== undefined
}

async function isAtOrBelow(trx: Trx, id: string, top: string): Promise<boolean> {
  const found = await sql<{ hit: boolean }>`
    with recursive up as (
      select id, parent_id from agency where id = ${id}
      union select a.id, a.parent_id from agency a join up on a.id = up.parent_id
    ) select exists (select 1 from up where id = ${top}) as hit`.execute(trx)
  return found.rows[0]?.hit ?? false
}

export interface AgencyLine {
  id: string
  name: string
  code: string | null
  contactEmail: string | null
  parentId: string | null
  parentName: string | null
  endedOn: string | null
  /** Positions of the agency that still stand. */
  positions: number
}

/** Agencies by name, 100 a page. */
export async function listAgencies(
  trx: Trx,
  entityId: string,
  options: { cursor?: string | null; limit?: number } = {},
): Promise<Page<AgencyLine>> {
  const limit = options.limit ?? 100
  const after = decodeCursor(options.cursor, ['text', 'id'])
  const found = await sql<AgencyLine>`
    select a.id, a.name, a.code, a.contact_email as "contactEmail", a.parent_id as "parentId", up.name as "parentName",
      a.ended_on as "endedOn",
      (select count(*)::int from position p where p.agency_id = a.id and p.ended_on is null) as positions
    from agency a left join agency up on up.id = a.parent_id
    where a.entity_id = ${entityId}
      and (${after?.[0] ?? null}::text is null or (a.name, a.id) > (${after?.[0] ?? null}, ${after?.[1] ?? null}::uuid))
    order by a.name, a.id limit ${limit + 1}`.execute(trx)
  return pageOf(found.rows, limit, (row) => [row.name, row.id])
}

/** Agencies that stand, by name: what a form offers. */
export async function listAgencyOptions(trx: Trx, entityId: string): Promise<{ id: string; name: string }[]> {
  return await trx
    .selectFrom('agency')
    .select(['id', 'name'])
    .where('entity_id', '=', entityId)
    .where('ended_on', 'is', null)
    .orderBy('name')
    .execute()
}
