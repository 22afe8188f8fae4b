import { createHash } from 'node:crypto'
import canonicalize from 'canonicalize'
import type { Procedure } from '../domain/procedures.ts'
import { type ActingPerson, eventBy } from './administration.ts'
import { recordEvent } from './audit.ts'
import type { Trx } from './client.ts'
import { newId } from './ids.ts'

/** An entity adopts a version of a procedure by act; adopted, it never changes (model.md §2). Adopting it again answers the same row. */
export async function adoptProcedure(
  trx: Trx,
  actor: ActingPerson,
  input: { procedure: Procedure; adoptedOn: string; actReference: string },
): Promise<string> {
  const { procedure } = input
  const content = canonicalize(procedure) ?? ''
  const key = { entity_id: actor.entityId, procedure_code: procedure.code, version: procedure.version }
  const id = newId()
  const adopted = await trx
    .insertInto('procedure_version')
    .values({
      id,
      ...key,
      content,
      content_hash: createHash('sha256').update(content).digest('hex'),
      adopted_on: input.adoptedOn,
      act_reference: input.actReference,
    })
    .onConflict((oc) => oc.columns(['entity_id', 'procedure_code', 'version']).doNothing())
    .executeTakeFirst()
  if (adopted.numInsertedOrUpdatedRows !== 1n) {
    const known = trx
      .selectFrom('procedure_version')
      .select('id')
      .where('entity_id', '=', key.entity_id)
      .where('procedure_code', '=', key.procedure_code)
      .where('version', '=', key.version)
    return (await known.executeTakeFirstOrThrow()).id
  }
  const changes = [
    { field: 'procedure_code', before: null, after: procedure.code },
    { field: 'version', before: null, after: procedure.version },
  ]
  await recordEvent(trx, { ...eventBy(actor), type: 'procedure.adopted', objectId: id, changes })
  return id
}
