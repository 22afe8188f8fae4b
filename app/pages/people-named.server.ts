import { listNamed } from '../../db/access-grounds.ts'
import type { Trx } from '../../db/client.ts'
import { firstOf, SHOWN } from './first-of.ts'

/** The first people of an entity whose name holds what was typed, and whether there are more; nobody where nothing was. */
export async function findPeopleNamed(trx: Trx, entityId: string, name: string) {
  const found = name === '' ? [] : await listNamed(trx, { entityId, search: name, limit: SHOWN + 1 })
  const { rows: people, more } = firstOf(found, SHOWN)
  return { people, more }
}
