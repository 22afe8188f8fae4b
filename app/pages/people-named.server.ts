import { listNamed } from '../../db/access-grounds.ts'
import type { Trx } from '../../db/client.ts'

const SHOWN = 20

/** The first people of an entity whose name holds what was typed, and whether there are more; nobody where nothing was. */
export async function findPeopleNamed(trx: Trx, entityId: string, name: string) {
  const found = name === '' ? [] : await listNamed(trx, { entityId, search: name, limit: SHOWN + 1 })
  return { people: found.slice(0, SHOWN), more: found.length > SHOWN }
}
