import type { Trx } from './client.ts'

/** When each of these events was, by its id; one that is no longer there is left out. */
export async function listEventInstants(
  trx: Trx,
  entityId: string,
  ids: readonly string[],
): Promise<Map<string, Date>> {
  if (ids.length === 0) return new Map()
  const rows = await trx
    .selectFrom('event')
    .select(['id', 'at'])
    .where('entity_id', '=', entityId)
    .where('id', 'in', [...ids])
    .execute()
  return new Map(rows.map(({ id, at }) => [id, at]))
}
