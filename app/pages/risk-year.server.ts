import { type Trx, withActor } from '../../db/client.ts'
import { appToday } from '../../db/clock.ts'
import type { Page } from '../../db/pages.ts'
import type { MapCell } from '../../db/risk-pages.ts'
import { listRiskYears } from '../../db/risk-year.ts'
import { listRisksAt, type RiskAt } from '../../db/risks-at.ts'
import type { RiskYearContent } from '../../documents/risk-year.ts'
import { closeOfYear } from '../../domain/civil-dates.ts'
import { methodologyKeyText } from '../../domain/risk-methodology.ts'
import { PLACES, type PlaceName } from '../../domain/risks.ts'
import type { AppContext } from '../context.server.ts'
import { vigenciaIn } from '../params.server.ts'
import type { Actor } from '../session.server.ts'
import { formatDate, formatDay } from '../text/format.ts'
import { methodologyTitle } from '../text/methodologies.ts'
import { riskYearText as words } from '../text/risk-year.ts'
import { risksText } from '../text/risks.ts'
import { overwrittenPart, yearPart, yearParts } from './risk-year-parts.server.ts'
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
  const close = closeOfYear(year, appToday())
  const risks = await risksAt(trx, actor.entityId, close.before)
  const standing = standingBy(risks)
  const day = formatDate(close.day)
  return {
    ...{
      entity: actor.entity.name,
      title: words.of(year),
      intro: words.intro(day, close.before !== null),
      corner: words.corner,
    },
    subtitle: words.subtitle(year, formatDay(close.day)),
    maps: standing.flatMap(({ maps }) => maps),
    parts: [
      yearPart('zonas', words.zones(day), { rows: standing.flatMap(({ rows }) => rows), figures: [2, 3, 4] }),
      overwrittenPart(risks, day),
      ...(await yearParts(trx, actor.entityId, { year, before: close.before })),
    ],
  }
}

const AT_A_TIME = 1_000

async function risksAt(trx: Trx, entityId: string, before: string | null): Promise<RiskAt[]> {
  const risks: RiskAt[] = []
  let cursor: string | null = null
  do {
    const page: Page<RiskAt> = await listRisksAt(trx, entityId, { before, cursor, limit: AT_A_TIME })
    risks.push(...page.rows)
    cursor = page.next
  } while (cursor !== null)
  return risks
}

/** Where risks stood, by methodology, the most used first: the maps drawn, and how many in each zone. */
function standingBy(risks: readonly RiskAt[]) {
  const groups = Map.groupBy(risks, ({ key }) => methodologyKeyText(key))
  return [...groups.values()]
    .sort((one, other) => other.length - one.length)
    .flatMap((group) => {
      const [first] = group
      return first ? [standingOf(group, first)] : []
    })
}

function standingOf(risks: readonly RiskAt[], { methodology, key }: RiskAt) {
  const called = methodologyTitle(methodology, key)
  const maps = PLACES.map((place) => {
    const map = heatMap(methodology, cellsOf(risks, place))
    const title = words.heat(risksText.places[place], called)
    return { title, columns: map.columns.map(({ name }) => name), rows: map.rows }
  })
  const rows = methodology.zones.map(({ code, name }) => [
    ...[called, name],
    ...PLACES.map((place) => {
      const inZone = risks.filter(({ places }) => places[place].zone === code)
      const over = place === 'declared' ? inZone.filter((one) => one.overwritten !== null).length : 0
      return words.inZone(inZone.length, over)
    }),
  ])
  return { maps, rows }
}

function cellsOf(risks: readonly RiskAt[], place: PlaceName): MapCell[] {
  const cells = Map.groupBy(risks, ({ places }) => `${places[place].probability} ${places[place].impact}`)
  return [...cells.values()].flatMap((here) => {
    const [first] = here
    return first ? [{ place, ...first.places[place], risks: here.length }] : []
  })
}
