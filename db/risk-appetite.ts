/** Where risks are tolerated, by every version of a methodology that some risk of an entity is rated with. */
import type { MethodologyKey } from '../domain/risk-methodology.ts'
import { isWithinAppetite } from '../domain/risk-treatment.ts'
import type { Trx } from './client.ts'
import { loadMethodology } from './methodologies.ts'
import { listMethodologiesInUse } from './risk-pages.ts'

/** A typology of a version with one of the zones in which nothing has to be done about its risks. */
export interface Tolerated extends MethodologyKey {
  typology: string
  zone: string
}

export async function listTolerated(trx: Trx, entityId: string): Promise<Tolerated[]> {
  const found: Tolerated[] = []
  for (const key of await listMethodologiesInUse(trx, entityId)) {
    const methodology = await loadMethodology(trx, entityId, key)
    for (const { code: typology } of methodology.typologies)
      for (const { code: zone } of methodology.zones)
        if (isWithinAppetite(methodology, typology, zone)) found.push({ ...key, typology, zone })
  }
  return found
}
