import type { Trx } from '../../db/client.ts'
import { appNow, appToday } from '../../db/clock.ts'
import { recordExport } from '../../db/exports.ts'
import { riskMapPdf } from '../../documents/risk-map.ts'
import { riskYearPdf } from '../../documents/risk-year.ts'
import type { AppContext } from '../context.server.ts'
import { riskMapContent } from '../pages/risk-map.server.ts'
import { riskYearContent } from '../pages/risk-year.server.ts'
import { recordingRefusals } from '../refusal.server.ts'
import type { Actor } from '../session.server.ts'
import { riskMapText } from '../text/risk-map.ts'
import { riskYearText } from '../text/risk-year.ts'
import type { MadeFile } from './export-list.server.ts'

interface Made {
  content: Buffer
  /** What the record says of it. */
  facts: { list: string; rows: number; narrowed: boolean }
}

/** Makes the risk map as a PDF, each time on record. Throws `Refused('list_too_long')` for more risks than one document has. */
export async function printRiskMap(context: AppContext, actor: Actor, search: URLSearchParams): Promise<MadeFile> {
  return await printed(context, actor, riskMapText.fileName(appToday()), async (trx) => {
    const map = await riskMapContent(trx, actor, search)
    const facts = { list: 'risk_map', rows: map.risks.length, narrowed: search.has('metodologia') }
    return { content: riskMapPdf(map, appNow().toISOString()), facts }
  })
}

/** Makes the report of a year of the risk process as a PDF, each time on record. */
export async function printRiskYear(context: AppContext, actor: Actor, year: number): Promise<MadeFile> {
  return await printed(context, actor, riskYearText.fileName(year, appToday()), async (trx) => {
    const report = await riskYearContent(trx, actor, year)
    const rows = report.parts.reduce((sum, part) => sum + part.rows.length, 0)
    return { content: riskYearPdf(report, appNow().toISOString()), facts: { list: 'risk_year', rows, narrowed: false } }
  })
}

async function printed(
  context: AppContext,
  actor: Actor,
  name: string,
  make: (trx: Trx) => Promise<Made>,
): Promise<MadeFile> {
  return await recordingRefusals(context, actor, { objectId: actor.entityId }, async (trx, by) => {
    const { content, facts } = await make(trx)
    await recordExport(trx, by, { content, facts: { ...facts, format: 'pdf' } })
    return { name, mediaType: 'application/pdf', content }
  })
}
