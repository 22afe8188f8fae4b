import { createHmac } from 'node:crypto'
import { sql } from 'kysely'
import type { AddPerson, ChangePerson, End } from '../domain/administration.ts'
import { type ActingPerson, changesBetween, eventBy, refuse, type Saved } from './administration.ts'
import { recordEvent } from './audit.ts'
import { releaseLapsedClaims } from './claims.ts'
import type { Trx } from './client.ts'
import { newId } from './ids.ts'
import { decodeCursor, type Page, pageOf } from './pages.ts'
import { endTenuresOf, isLastAdministrator } from './tenure-changes.ts'

/** Keyed hash of a document number within its entity: the number itself is never stored (model.md §1). */
export function documentHash(secret: string, entityId: string, documentNumber: string): string {
  return createHmac('sha256', secret).update(`person\u001f${entityId}\u001f${documentNumber}`).digest('hex')
}

export async function addPerson(trx: Trx, actor: ActingPerson, input: AddPerson, secret: string): Promise<Saved> {
  const id = newId()
  const added = await trx
    .insertInto('person')
    .values({
      id,
      entity_id: actor.entityId,
      display_name: input.displayName,
      document_hash: documentHash(secret, actor.entityId, input.documentNumber),
      email: input.email,
    })
    .onConflict((oc) => oc.columns(['entity_id', 'document_hash']).doNothing())
    .executeTakeFirst()
  if (added.numInsertedOrUpdatedRows !== 1n) return refuse('documentNumber', 'document_taken')
  const changes = ['display_name', 'document', 'email'].map((field) => ({ field, before: null, after: null }))
  await recordEvent(trx, { ...eventBy(actor), type: 'person.added', objectId: id, changes })
  return { id }
}

export async function changePerson(trx: Trx, actor: ActingPerson, input: ChangePerson): Promise<Saved> {
  const before = await lockPerson(trx, actor, input.id)
  if (!before) return refuse('id', 'not_found')
  const after = { display_name: input.displayName, email: input.email }
  const changes = changesBetween(before, after, ['display_name', 'email'])
  if (changes.length === 0) return { id: input.id }
  await trx.updateTable('person').set(after).where('id', '=', input.id).execute()
  await recordEvent(trx, { ...eventBy(actor), type: 'person.changed', objectId: input.id, changes })
  return { id: input.id }
}

/** Whoever leaves is ended, never deleted; their tenures end the same day and what they had taken is free again. */
export async function endPerson(trx: Trx, actor: ActingPerson, { id, on }: End): Promise<Saved> {
  const person = await lockPerson(trx, actor, id)
  if (!person) return refuse('id', 'not_found')
  if (person.ended_on !== null) return refuse('on', 'ended_already')
  if (await isLastAdministrator(trx, actor.entityId, { personId: id, on })) return refuse('on', 'last_administrator')
  await endTenuresOf(trx, actor, id, on)
  await trx.updateTable('person').set({ ended_on: on }).where('id', '=', id).execute()
  const changes = [{ field: 'ended_on', before: null, after: on }]
  await recordEvent(trx, { ...eventBy(actor), type: 'person.changed', objectId: id, changes })
  await releaseLapsedClaims(trx, actor, id)
  return { id }
}

function lockPerson(trx: Trx, actor: ActingPerson, id: string) {
  return trx
    .selectFrom('person')
    .select(['display_name', 'email', 'ended_on'])
    .where('id', '=', id)
    .where('entity_id', '=', actor.entityId)
    .forUpdate()
    .executeTakeFirst()
}

export interface PersonPage {
  id: string
  displayName: string
  email: string | null
  endedOn: string | null
  account: { id: string; email: string; isOpen: boolean; hasLink: boolean } | null
}

/** A person with their account and whether a link to choose its password still waits; undefined when not visible. */
export async function findPerson(trx: Trx, entityId: string, id: string): Promise<PersonPage | undefined> {
  const found = await sql<PersonPage>`
    select p.id, p.display_name as "displayName", p.email, p.ended_on as "endedOn",
      (select json_build_object('id', a.id, 'email', a.email, 'isOpen', a.disabled_at is null,
        'hasLink', exists (select 1 from auth_verification v
          where v.identifier = 'password:' || a.id and v.expires_at > app_now()))
       from account a where a.person_id = p.id order by a.disabled_at nulls first, a.created_at desc limit 1) as account
    from person p where p.entity_id = ${entityId} and p.id = ${id}`.execute(trx)
  return found.rows[0]
}

export interface PersonLine {
  id: string
  displayName: string
  email: string | null
  endedOn: string | null
  hasAccount: boolean
  /** Names of the positions held today. */
  positions: string[]
}

/** People by name, 50 a page; `search` is part of a name, without regard to case. */
export async function listPeople(
  trx: Trx,
  entityId: string,
  options: { search?: string; cursor?: string | null; limit?: number } = {},
): Promise<Page<PersonLine>> {
  const limit = options.limit ?? 50
  const after = decodeCursor(options.cursor, ['text', 'id'])
  const like = options.search ? `%${options.search.replace(/[\\%_]/g, '\\$&')}%` : null
  const found = await sql<PersonLine>`
    select p.id, p.display_name as "displayName", p.email, p.ended_on as "endedOn",
      exists (select 1 from account a where a.person_id = p.id and a.disabled_at is null) as "hasAccount",
      coalesce((select array_agg(pos.name order by pos.name) from tenure t join position pos on pos.id = t.position_id
        where t.person_id = p.id and t.from_date <= app_today() and (t.to_date is null or t.to_date >= app_today())
      ), '{}') as positions
    from person p
    where p.entity_id = ${entityId}
      and (${like}::text is null or p.display_name ilike ${like})
      and (${after?.[0] ?? null}::text is null or (p.display_name, p.id) > (${after?.[0] ?? null}, ${after?.[1] ?? null}::uuid))
    order by p.display_name, p.id limit ${limit + 1}`.execute(trx)
  return pageOf(found.rows, limit, (row) => [row.displayName, row.id])
}
