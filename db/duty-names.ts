/** What an entity calls the functions of procedures: the names of its own positions. */
import { sql } from 'kysely'
import { OF_ANY_OFFICE } from '../domain/administration.ts'
import type { Trx } from './client.ts'

/**
 * What the entity calls each function: the name of the one position that has it; nothing where several do, or none, nor for
 * those that any office has.
 */
export async function listDutyNames(trx: Trx, entityId: string): Promise<Record<string, string>> {
  const found = await sql<{ names: Record<string, string> }>`
    select duty_names(${entityId}, ${[...OF_ANY_OFFICE]}::text[]) as names`.execute(trx)
  return found.rows[0]?.names ?? {}
}
