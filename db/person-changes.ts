import { createHmac } from 'node:crypto'
import type { AddPerson, ChangePerson, EndPerson } from '../domain/administration.ts'
import { addDays } from '../domain/civil-dates.ts'
import { listReaching, orderEndings } from './access-endings.ts'
import { type ActingPerson, changesBetween, eventBy, refuse, type Saved } from './administration.ts'
import { recordEvent } from './audit.ts'
import { releaseLapsedClaims } from './claims.ts'
import type { Trx } from './client.ts'
import { newId } from './ids.ts'
import { endTenuresOf, isLastAdministrator, leaveNothing } from './tenure-changes.ts'

/** Keyed hash of a document number within its entity: the number itself is never stored (model.md §1). */
export function documentHash(secret: string, entityId: string, documentNumber: string): string {
  return createHmac('sha256', secret).update(`person\u001f${entityId}\u001f${documentNumber}`).digest('hex')
}

/** Adds a person; refused beside the field when the entity has somebody with that document already. */
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

/** Name and e-mail; what stays the same leaves no event. */
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
export async function endPerson(trx: Trx, actor: ActingPerson, { id, on, handTo }: EndPerson): Promise<Saved> {
  const person = await lockPerson(trx, actor, id)
  if (!person) return refuse('id', 'not_found')
  if (person.ended_on !== null) return refuse('on', 'ended_already')
  if (await isLastAdministrator(trx, actor.entityId, { personId: id, on })) return refuse('on', 'last_administrator')
  const against = await leaveNothing(trx, actor, { personId: id, on, handTo })
  if (against) return against
  const effectiveOn = addDays(on, 1)
  const ending = (await listReaching(trx, id, effectiveOn)).map((grant) => grant.id)
  const order = { entityId: actor.entityId, cause: 'contract_end', origin: 'person', originId: id } as const
  await orderEndings(trx, ending, { ...order, orderedBy: actor, effectiveOn, requestId: actor.requestId })
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
