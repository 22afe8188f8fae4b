import type { Procedure } from '../domain/procedures.ts'
import type { Trx } from './client.ts'

export interface ProcedureVersion {
  id: string
  contentHash: string
  procedure: Procedure
}

/** Adopted versions never change, so a process reads each of them once. */
const known = new Map<string, ProcedureVersion>()

export async function requireProcedureVersion(trx: Trx, id: string): Promise<ProcedureVersion> {
  const cached = known.get(id)
  if (cached) return cached
  const row = await trx
    .selectFrom('procedure_version')
    .select(['id', 'content', 'content_hash'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  const version = { id: row.id, contentHash: row.content_hash, procedure: row.content as unknown as Procedure }
  known.set(id, version)
  return version
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
