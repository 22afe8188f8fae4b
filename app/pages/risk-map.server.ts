import type { Trx } from '../../db/client.ts'
import { appToday } from '../../db/clock.ts'
import { countCells, listRisks } from '../../db/risk-pages.ts'
import type { RiskMapContent, RiskSheet } from '../../documents/risk-map.ts'
import type { ListCell } from '../../domain/lists.ts'
import { Refused } from '../../domain/refusals.ts'
import type { MapColumn } from '../../domain/risk-map-sheet.ts'
import { methodologyKeyText } from '../../domain/risk-methodology.ts'
import { PLACES } from '../../domain/risks.ts'
import type { Actor } from '../session.server.ts'
import { formatDay, formatDecimal } from '../text/format.ts'
import { methodologyTitle } from '../text/methodologies.ts'
import { overrideText } from '../text/residual-overrides.ts'
import { riskMapColumns as columnNames, riskMapText as words } from '../text/risk-map.ts'
import { risksText } from '../text/risks.ts'
import { allRows } from './lists/listing.server.ts'
import { RISK_LISTINGS } from './lists/risks.server.ts'
import { heatMap, riskFilters, shownRisk } from './risks.server.ts'

/** A document that is laid out while the person waits. */
const MOST = 2_000
/** A sheet for each takes the machine a few milliseconds: beyond this, the workbook has everything the sheets say. */
const MOST_SHEETS = 200

/** The risk map as its document has it, in the methodology of the address. */
export async function riskMapContent(trx: Trx, actor: Actor, search: URLSearchParams): Promise<RiskMapContent> {
  const { entityId } = actor
  const { key, methodology } = await riskFilters(trx, entityId, search)
  const { rows, next } = await listRisks(trx, entityId, { methodology: key, limit: MOST })
  if (next !== null) throw new Refused('list_too_long', { most: MOST })
  const cells = await countCells(trx, entityId, key)
  const { columns } = words
  const sheets = rows.length > MOST_SHEETS ? [] : await sheetsOf(trx, actor, methodologyKeyText(key))
  return {
    ...{ entity: actor.entity.name, title: words.title, intro: words.intro, corner: words.corner },
    subtitle: words.subtitle(methodologyTitle(methodology, key), formatDay(appToday())),
    maps: PLACES.map((place) => {
      const of = cells.filter((one) => one.place === place)
      const map = heatMap(methodology, of)
      return { title: risksText.places[place], columns: map.columns.map(({ name }) => name), rows: map.rows }
    }),
    ...{ sheetsTitle: words.sheets, sheets, noControls: words.noControls, noSheets: words.noSheets(MOST_SHEETS) },
    controlHeader: CONTROL_COLUMNS.map((column) => columnNames[column]),
    ...{ tableTitle: words.tableTitle, header: Object.values(columns), none: words.none },
    risks: rows
      .map((row) => shownRisk(methodology, row))
      .map(({ code, description, owner, inherent, declared, computed, demonstrated }) => {
        const flagged = computed ? overrideText.inFile(declared.name, computed) : declared.name
        return [code, description, owner, inherent.name, flagged, demonstrated.name]
      }),
  }
}

/** What a control says in a line of the map; everything else a line says is of its risk. */
const CONTROL_COLUMNS = [
  ...(['control', 'controlOwner', 'action', 'complement', 'type', 'implementation', 'documentation'] as const),
  ...(['frequency', 'evidence', 'execution', 'periodicity', 'criteria'] as const),
] as const satisfies MapColumn[]
/** Said elsewhere on the sheet. */
const SAID = ['code', 'description', 'controlText']

/** A sheet for each risk of a methodology, with all that the file of the map has in its columns. */
async function sheetsOf(trx: Trx, actor: Actor, methodology: string): Promise<RiskSheet[]> {
  const { header, read } = await RISK_LISTINGS.risk_map(trx, actor, new URLSearchParams({ metodologia: methodology }))
  const at = (column: MapColumn) => header.indexOf(columnNames[column])
  const ofControl = CONTROL_COLUMNS.map(at)
  const left = [...ofControl, ...SAID.map((column) => at(column as MapColumn))]
  const sheets = new Map<string, RiskSheet>()
  for (const row of await allRows({ read })) {
    const code = textOf(row[at('code')])
    const sheet = sheets.get(code) ?? {
      title: words.sheet(code, textOf(row[at('description')])),
      facts: header.flatMap((label, i): [string, string][] =>
        left.includes(i) || row[i] === null ? [] : [[label, textOf(row[i])]],
      ),
      controls: [],
    }
    if (row[at('control')] !== null) sheet.controls.push(ofControl.map((i) => textOf(row[i])))
    sheets.set(code, sheet)
  }
  return [...sheets.values()]
}

function textOf(cell: ListCell | undefined): string {
  return typeof cell === 'number' ? formatDecimal(cell) : (cell ?? '')
}
