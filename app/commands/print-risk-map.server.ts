import { createHash } from 'node:crypto'
import { eventBy } from '../../db/administration.ts'
import { recordEvent } from '../../db/audit.ts'
import { appNow, appToday } from '../../db/clock.ts'
import { newId } from '../../db/ids.ts'
import { riskMapPdf } from '../../documents/risk-map.ts'
import type { AppContext } from '../context.server.ts'
import { riskMapContent } from '../pages/risk-map.server.ts'
import { recordingRefusals } from '../refusal.server.ts'
import type { Actor } from '../session.server.ts'
import { riskMapText } from '../text/risk-map.ts'
import type { MadeFile } from './export-list.server.ts'

/** Makes the risk map as a PDF, each time on record. Throws `Refused('list_too_long')` for more risks than one document has. */
export async function printRiskMap(context: AppContext, actor: Actor, search: URLSearchParams): Promise<MadeFile> {
  return await recordingRefusals(context, actor, { objectId: actor.entityId }, async (trx, by) => {
    const map = await riskMapContent(trx, actor, search)
    const content = riskMapPdf(map, appNow().toISOString())
    const facts = { list: 'risk_map', format: 'pdf', rows: map.risks.length, narrowed: search.has('metodologia') }
    await recordEvent(trx, {
      ...{ ...eventBy(by), type: 'export.made', objectId: newId() },
      contentHash: createHash('sha256').update(content).digest('hex'),
      changes: Object.entries(facts).map(([field, after]) => ({ field, before: null, after })),
    })
    return { name: riskMapText.fileName(appToday()), mediaType: 'application/pdf', content }
  })
}
