import type { Trx } from '../../db/client.ts'
import { appToday } from '../../db/clock.ts'
import { countCells, listRisks } from '../../db/risk-pages.ts'
import type { RiskMapContent } from '../../documents/risk-map.ts'
import { Refused } from '../../domain/refusals.ts'
import { PLACES } from '../../domain/risks.ts'
import type { Actor } from '../session.server.ts'
import { formatDay } from '../text/format.ts'
import { methodologyTitle } from '../text/methodologies.ts'
import { overrideText } from '../text/residual-overrides.ts'
import { riskMapText as words } from '../text/risk-map.ts'
import { risksText } from '../text/risks.ts'
import { heatMap, riskFilters, shownRisk } from './risks.server.ts'

/** A document that is laid out while the person waits. */
const MOST = 1_000

/** The risk map as its document has it, in the methodology of the address. */
export async function riskMapContent(trx: Trx, actor: Actor, search: URLSearchParams): Promise<RiskMapContent> {
  const { entityId } = actor
  const { key, methodology } = await riskFilters(trx, entityId, search)
  const { rows, next } = await listRisks(trx, entityId, { methodology: key, limit: MOST })
  if (next !== null) throw new Refused('list_too_long', { most: MOST })
  const cells = await countCells(trx, entityId, key)
  const { columns } = words
  return {
    ...{ entity: actor.entity.name, title: words.title, intro: words.intro, corner: words.corner },
    subtitle: words.subtitle(methodologyTitle(methodology, key), formatDay(appToday())),
    maps: PLACES.map((place) => {
      const of = cells.filter((one) => one.place === place)
      const map = heatMap(methodology, of)
      return { title: risksText.places[place], columns: map.columns.map(({ name }) => name), rows: map.rows }
    }),
    ...{ tableTitle: words.tableTitle, header: Object.values(columns), none: words.none },
    risks: rows
      .map((row) => shownRisk(methodology, row))
      .map(({ code, description, owner, inherent, declared, computed, demonstrated }) => {
        const flagged = computed ? overrideText.inFile(declared.name, computed) : declared.name
        return [code, description, owner, inherent.name, flagged, demonstrated.name]
      }),
  }
}
