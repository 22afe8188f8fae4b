import type { Procedure } from '../domain/procedures.ts'
import { Refused } from '../domain/refusals.ts'
import type { Trx } from './client.ts'

export interface ProcedureVersion {
  id: string
  contentHash: string
  procedure: Procedure
}

/** Content of adopted versions by its hash: it never changes, so a process reads each of them once. */
const known = new Map<string, Procedure>()

/** Throws `Refused` `not_visible` for another entity's version. */
export async function requireProcedureVersion(trx: Trx, id: string): Promise<ProcedureVersion> {
  // Whether it is visible is asked every time: what is kept in memory stands before row-level security.
  const row = await trx.selectFrom('procedure_version').select('content_hash').where('id', '=', id).executeTakeFirst()
  if (!row) throw new Refused('not_visible')
  const contentHash = row.content_hash
  const procedure = known.get(contentHash) ?? (await readContent(trx, id))
  known.set(contentHash, procedure)
  return { id, contentHash, procedure }
}

async function readContent(trx: Trx, id: string): Promise<Procedure> {
  const { content } = await trx
    .selectFrom('procedure_version')
    .select('content')
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  return content as unknown as Procedure
}

export interface AdoptedProcedure {
  id: string
  code: string
  version: number
  title: string
  adoptedOn: string
  actReference: string
}

/** Versions an entity has adopted, newest first. */
export async function listProcedures(trx: Trx, entityId: string): Promise<AdoptedProcedure[]> {
  const rows = await trx
    .selectFrom('procedure_version')
    .select(({ ref }) => [
      'id',
      'procedure_code as code',
      'version',
      ref('content', '->>')
        .key('title' as never)
        .$castTo<string>()
        .as('title'),
      'adopted_on as adoptedOn',
      'act_reference as actReference',
    ])
    .where('entity_id', '=', entityId)
    .orderBy('procedure_code')
    .orderBy('version', 'desc')
    .execute()
  return rows
}
