import { type Trx, withActor } from '../../db/client.ts'
import { appToday } from '../../db/clock.ts'
import { loadMethodology } from '../../db/methodologies.ts'
import { countCells, listMethodologiesInUse } from '../../db/risk-pages.ts'
import { listRiskYears } from '../../db/risk-year.ts'
import type { RiskYearContent } from '../../documents/risk-year.ts'
import { PLACES, zoneAt } from '../../domain/risks.ts'
import type { AppContext } from '../context.server.ts'
import { vigenciaIn } from '../params.server.ts'
import type { Actor } from '../session.server.ts'
import { formatDay, formatNumber } from '../text/format.ts'
import { methodologyTitle } from '../text/methodologies.ts'
import { riskYearText as words } from '../text/risk-year.ts'
import { risksText } from '../text/risks.ts'
import { yearPart, yearParts } from './risk-year-parts.server.ts'
import { heatMap } from './risks.server.ts'

const thisYear = () => Number(appToday().slice(0, 4))

export async function loadRiskYear(context: AppContext, actor: Actor, search: URLSearchParams) {
  const year = vigenciaIn(search) ?? thisYear()
  return await withActor(context.db, actor, async (trx) => {
    const { parts, subtitle, intro } = await riskYearContent(trx, actor, year)
    const years = [...new Set([thisYear(), year, ...(await listRiskYears(trx, actor.entityId))])]
    return { year, years: years.sort((a, b) => b - a), parts, subtitle, intro }
  })
}

/** The report of a year as page and document have it. */
export async function riskYearContent(trx: Trx, actor: Actor, year: number): Promise<RiskYearContent> {
  const standing = await standingNow(trx, actor.entityId)
  return {
    ...{ entity: actor.entity.name, title: words.of(year), intro: words.intro, corner: words.corner },
    subtitle: words.subtitle(year, formatDay(appToday())),
    maps: standing.flatMap(({ maps }) => maps),
    parts: [
      yearPart('zonas', words.zones, { rows: standing.flatMap(({ rows }) => rows), figures: [2, 3, 4] }),
      ...(await yearParts(trx, actor.entityId, year)),
    ],
  }
}

/** Where risks stand today, by methodology: the maps drawn, and how many in each zone. */
async function standingNow(trx: Trx, entityId: string) {
  const standing = []
  for (const key of await listMethodologiesInUse(trx, entityId)) {
    const methodology = await loadMethodology(trx, entityId, key)
    const cells = await countCells(trx, entityId, key)
    const called = methodologyTitle(methodology, key)
    const at = (place: (typeof PLACES)[number]) => cells.filter((one) => one.place === place)
    const maps = PLACES.map((place) => {
      const map = heatMap(methodology, at(place))
      const title = words.heat(risksText.places[place], called)
      return { title, columns: map.columns.map(({ name }) => name), rows: map.rows }
    })
    const rows = methodology.zones.map((zone) => [
      ...[called, zone.name],
      ...PLACES.map((place) =>
        formatNumber(
          at(place)
            .filter(({ probability, impact }) => zoneAt(methodology, probability, impact) === zone.code)
            .reduce((sum, { risks }) => sum + risks, 0),
        ),
      ),
    ])
    standing.push({ maps, rows })
  }
  return standing
}
