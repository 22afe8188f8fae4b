import { withActor } from '../../db/client.ts'
import { addCollector } from '../../db/collector-changes.ts'
import { type CollectorRow, listCollectors } from '../../db/collectors.ts'
import type { Person, SignedWorld } from '../support/signed-cycle.ts'

/** A collector that took nothing yet. */
export async function insertCollector({ web, tools, entityId }: SignedWorld, person: Person) {
  const actor = { ...person, entityId, requestId: null }
  const where = { name: 'SIEM', url: 'https://x.gov.co/', authority: null, headerName: '', headerValue: '' }
  return await withActor(web, actor, async (trx) => {
    await addCollector(trx, actor, tools.secret, { ...where, beginning: 'everything' })
    const [collector] = await listCollectors(trx, entityId)
    return { collector: collector as CollectorRow }
  })
}
