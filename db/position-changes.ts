import { sql } from 'kysely'
import type { AddPosition, ChangePosition, End } from '../domain/administration.ts'
import { type ActingPerson, changesBetween, eventBy, refuse, type Saved } from './administration.ts'
import { recordEvent } from './audit.ts'
import type { Trx } from './client.ts'
import { newId } from './ids.ts'
import { decodeCursor, type Page, pageOf } from './pages.ts'

/** A position has one function in the entity's procedures (`duty`); one position may head its agency. */
export async function addPosition(trx: Trx, actor: ActingPerson, input: AddPosition): Promise<Saved> {
  const agency = await lockAgency(trx, actor, input.agencyId)
  if (!agency || agency.ended_on !== null) return refuse('agencyId', 'not_found')
  if (input.headsAgency && (await headOf(trx, input.agencyId))) return refuse('headsAgency', 'head_taken')
  const id = newId()
  const columns = { agency_id: input.agencyId, ...columnsOf(input) }
  const added = await trx
    .insertInto('position')
    .values({ id, entity_id: actor.entityId, ...columns })
    .onConflict((oc) => oc.columns(['entity_id', 'agency_id', 'name']).doNothing())
    .executeTakeFirst()
  if (added.numInsertedOrUpdatedRows !== 1n) return refuse('name', 'name_taken')
  const changes = changesBetween({}, columns)
  await recordEvent(trx, { ...eventBy(actor), type: 'position.added', objectId: id, changes })
  return { id }
}

/** Refused beside the field: a second head of the agency, a name that is taken. */
export async function changePosition(trx: Trx, actor: ActingPerson, input: ChangePosition): Promise<Saved> {
  const before = await findLivePosition(trx, actor, input.id)
  if (!before) return refuse('id', 'not_found')
  const { agency_id, ...was } = before
  await lockAgency(trx, actor, agency_id)
  const head = input.headsAgency ? await headOf(trx, agency_id) : undefined
  if (head && head.id !== input.id) return refuse('headsAgency', 'head_taken')
  if (await nameTaken(trx, agency_id, input.name, input.id)) return refuse('name', 'name_taken')
  const changes = changesBetween(was, columnsOf(input))
  if (changes.length === 0) return { id: input.id }
  await trx.updateTable('position').set(columnsOf(input)).where('id', '=', input.id).execute()
  await recordEvent(trx, { ...eventBy(actor), type: 'position.changed', objectId: input.id, changes })
  return { id: input.id }
}

/** Only a position nobody holds after that day. */
export async function endPosition(trx: Trx, actor: ActingPerson, { id, on }: End): Promise<Saved> {
  const position = await findLivePosition(trx, actor, id)
  if (!position) return refuse('id', 'not_found')
  const held = trx
    .selectFrom('tenure')
    .select('id')
    .where('position_id', '=', id)
    .where((eb) => eb.or([eb('to_date', 'is', null), eb('to_date', '>', on)]))
  if (await held.executeTakeFirst()) return refuse('on', 'still_held')
  await trx.updateTable('position').set({ ended_on: on }).where('id', '=', id).execute()
  const changes = [{ field: 'ended_on', before: null, after: on }]
  await recordEvent(trx, { ...eventBy(actor), type: 'position.changed', objectId: id, changes })
  return { id }
}

function columnsOf(input: { name: string; duty: string; headsAgency: boolean }) {
  return { name: input.name, duty: input.duty, heads_agency: input.headsAgency }
}

function lockAgency(trx: Trx, actor: ActingPerson, id: string) {
  return trx
    .selectFrom('agency')
    .select(['id', 'ended_on'])
    .where('id', '=', id)
    .where('entity_id', '=', actor.entityId)
    .forUpdate()
    .executeTakeFirst()
}

function findLivePosition(trx: Trx, actor: ActingPerson, id: string) {
  return trx
    .selectFrom('position')
    .select(['agency_id', 'name', 'duty', 'heads_agency'])
    .where('id', '=', id)
    .where('entity_id', '=', actor.entityId)
    .where('ended_on', 'is', null)
    .forUpdate()
    .executeTakeFirst()
}

export async function findPosition(trx: Trx, entityId: string, id: string) {
  return await trx
    .selectFrom('position')
    .innerJoin('agency', 'agency.id', 'position.agency_id')
    .select(['position.id', 'position.name', 'position.duty', 'agency.name as agencyName'])
    .select(['position.heads_agency as headsAgency', 'position.agency_id as agencyId', 'position.ended_on as endedOn'])
    .where('position.id', '=', id)
    .where('position.entity_id', '=', entityId)
    .executeTakeFirst()
}

/** Names of who exercises each function today, as titular or encargado; a function nobody exercises is not in it. */
export async function listDutyHolders(trx: Trx, entityId: string): Promise<{ duty: string; names: string[] }[]> {
  const found = await sql<{ duty: string; names: string[] }>`
    select pos.duty, array_agg(distinct who.display_name) as names
    from position pos join tenure t on t.position_id = pos.id join person who on who.id = t.person_id
    where pos.entity_id = ${entityId} and (pos.ended_on is null or pos.ended_on >= app_today())
      and t.from_date <= app_today() and (t.to_date is null or t.to_date >= app_today())
      and (who.ended_on is null or who.ended_on >= app_today())
    group by pos.duty`.execute(trx)
  return found.rows
}

function headOf(trx: Trx, agencyId: string) {
  return trx
    .selectFrom('position')
    .select('id')
    .where('agency_id', '=', agencyId)
    .where('heads_agency', '=', true)
    .where('ended_on', 'is', null)
    .executeTakeFirst()
}

async function nameTaken(trx: Trx, agencyId: string, name: string, except: string): Promise<boolean> {
  const found = await trx
    .selectFrom('position')
    .select('id')
    .where('agency_id', '=', agencyId)
    .where('name', '=', name)
    .where('id', '!=', except)
    .executeTakeFirst()
  return found !== undefined
}

export interface PositionLine {
  id: string
  name: string
  duty: string
  headsAgency: boolean
  agencyId: string
  agencyName: string
  endedOn: string | null
  /** Who holds it today; empty when it is vacant. */
  holders: { personId: string; name: string; kind: 'titular' | 'encargado'; to: string | null }[]
}

/** Positions by agency and name, 50 a page. */
export async function listPositions(
  trx: Trx,
  entityId: string,
  options: { agencyId?: string; cursor?: string | null; limit?: number } = {},
): Promise<Page<PositionLine>> {
  const limit = options.limit ?? 50
  const after = decodeCursor(options.cursor, ['text', 'text', 'id'])
  const found = await sql<PositionLine>`
    select p.id, p.name, p.duty, p.heads_agency as "headsAgency", a.id as "agencyId", a.name as "agencyName",
      p.ended_on as "endedOn", coalesce((
        select json_agg(json_build_object('personId', who.id, 'name', who.display_name, 'kind', t.kind, 'to', t.to_date)
          order by t.kind desc, who.display_name)
        from tenure t join person who on who.id = t.person_id
        where t.position_id = p.id and t.from_date <= app_today() and (t.to_date is null or t.to_date >= app_today())
          and (who.ended_on is null or who.ended_on >= app_today())), '[]') as holders
    from position p join agency a on a.id = p.agency_id
    where p.entity_id = ${entityId} and (${options.agencyId ?? null}::uuid is null or p.agency_id = ${options.agencyId ?? null})
      and (${after?.[0] ?? null}::text is null
        or (a.name, p.name, p.id) > (${after?.[0] ?? null}, ${after?.[1] ?? null}, ${after?.[2] ?? null}::uuid))
    order by a.name, p.name, p.id limit ${limit + 1}`.execute(trx)
  return pageOf(found.rows, limit, (row) => [row.agencyName, row.name, row.id])
}
