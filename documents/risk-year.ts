/** What a year of the risk process came to, as an accessible PDF (PDF/UA-1): the maps drawn, and a table for each part. */
import type { Heat } from './risk-heat.ts'
import { drawnHeats, RISK_HEATS, RISK_PAGES } from './risk-map.ts'
import { compilePdf } from './typst.ts'

export interface YearPart {
  /** Of its section on the page. */
  id: string
  title: string
  header: string[]
  /** Places of the columns that hold figures. */
  figures: number[]
  rows: string[][]
  /** Said instead of a table without rows. */
  none: string
  /** Under the table; empty where nothing is left out. */
  note: string
}

export interface RiskYearContent {
  entity: string
  title: string
  subtitle: string
  intro: string
  corner: string
  maps: Heat[]
  parts: YearPart[]
}

/** `createdAt`: ISO instant; the same input gives the same bytes. */
export function riskYearPdf(content: RiskYearContent, createdAt: string): Buffer {
  const { maps, pictures } = drawnHeats(content.maps)
  return compilePdf({ template: TEMPLATE, data: { ...content, maps }, pictures, createdAt })
}

const TEMPLATE = `${RISK_PAGES}${RISK_HEATS}
#for part in d.parts [
  == #part.title
  #if part.rows.len() == 0 [#part.none] else [
    #table(columns: part.header.enumerate().map(((at, _)) => if at in part.figures { auto } else { 1fr }),
      align: (x, _) => if x in part.figures { right } else { left },
      table.header(..part.header.map(h => text(weight: "bold")[#h])),
      ..part.rows.flatten().map(c => [#c]))
    #part.note
  ]
]
`
