/** The official risk map as an accessible PDF (PDF/UA-1): a heat map for each moment, drawn and as a table, its risks, and a sheet for each. */
import { type Heat, riskHeat, ZONE_FILLS } from './risk-heat.ts'
import { compilePdf } from './typst.ts'

export interface RiskMapContent {
  entity: string
  title: string
  subtitle: string
  intro: string
  corner: string
  maps: Heat[]
  tableTitle: string
  header: string[]
  risks: string[][]
  none: string
  /** Everything the map says of each risk, and its controls in a table. */
  sheetsTitle: string
  sheets: RiskSheet[]
  controlHeader: string[]
  noControls: string
  /** Said instead of the sheets where there are too many. */
  noSheets: string
}

export interface RiskSheet {
  title: string
  facts: [label: string, value: string][]
  controls: string[][]
}

/** `createdAt`: ISO instant; the same input gives the same bytes. */
export function riskMapPdf(content: RiskMapContent, createdAt: string): Buffer {
  const { maps, pictures } = drawnHeats(content.maps)
  return compilePdf({ template: TEMPLATE, data: { ...content, maps }, pictures, createdAt })
}

/** Each map with the name of its picture, and the pictures by their names. */
export function drawnHeats(heats: readonly Heat[]) {
  const pictures: Record<string, string> = {}
  const maps = heats.map((heat, at) => {
    const { svg, alt } = riskHeat(heat)
    pictures[`heat-${at}.svg`] = svg
    return { ...heat, picture: `heat-${at}.svg`, alt }
  })
  return { maps, pictures }
}

/** Pages, type and maps of a document on risks; `d` is what it says. */
export const RISK_PAGES = `
// A word longer than its column may break.
#show regex("\\S{24}"): it => it + sym.zws
#let d = json("/report.json")
#set document(title: d.title, author: d.entity, date: none)
#set text(lang: "es", region: "CO", size: 9pt, font: "Libertinus Serif")
#set page(width: 279.4mm, height: 215.9mm, margin: (x: 16mm, top: 18mm, bottom: 16mm),
  footer: context [#text(size: 8pt)[#d.entity · #d.title #h(1fr) #counter(page).display("1 / 1", both: true)]])
#set table(stroke: 0.5pt + rgb("#8a94a6"), inset: 4pt)
#let paint = (${Object.entries(ZONE_FILLS)
  .map(([zone, fill]) => `${zone}: rgb("${fill}")`)
  .join(', ')})
#show heading.where(level: 1): set text(size: 16pt)
#show heading.where(level: 2): set text(size: 12pt)
#show heading.where(level: 3): set text(size: 10pt)
= #d.title
#d.entity \\
#d.subtitle

#d.intro

`

/** The moments of one methodology; those of the next stand below them. */
const PER_ROW = 3

/** Each map drawn, and below it the same as a table: number and word in every cell, never its colour alone. */
export const RISK_HEATS = `
#grid(columns: (1fr,) * calc.min(${PER_ROW}, d.maps.len()), gutter: 6mm,
  ..d.maps.map(m => [
    == #m.title
    #image("/" + m.picture, alt: m.alt, width: 100%)
    #table(columns: (auto,) + (1fr,) * m.columns.len(),
      table.header(text(size: 6pt)[#d.corner], ..m.columns.map(c => text(size: 6pt, weight: "bold")[#c])),
      ..m.rows.map(r => (text(size: 7pt, weight: "bold")[#r.name],
        ..r.cells.map(c => table.cell(fill: paint.at(c.zone.code, default: none), align: center)[
          #if c.risks > 0 [*#c.risks* \\ ]#text(size: 6.5pt)[#c.zone.name]]))).flatten())
  ]))
`

const TEMPLATE = `${RISK_PAGES}${RISK_HEATS}
== #d.tableTitle
#if d.risks.len() == 0 [#d.none] else [
  #table(columns: (auto, 1fr, 34mm, 20mm, 20mm, 22mm),
    table.header(..d.header.map(h => text(weight: "bold")[#h])),
    ..d.risks.flatten().map(c => [#c]))
  #pagebreak()
  == #d.sheetsTitle
  #if d.sheets.len() == 0 [#d.noSheets]
  #for sheet in d.sheets [
    === #sheet.title
    #table(columns: (46mm, 1fr),
      ..sheet.facts.map(((label, value)) => (text(weight: "bold")[#label], [#value])).flatten())
    #if sheet.controls.len() == 0 [#d.noControls] else [
      #set text(size: 7.5pt)
      #table(columns: (1fr,) * d.controlHeader.len(),
        table.header(..d.controlHeader.map(h => text(weight: "bold")[#h])),
        ..sheet.controls.flatten().map(c => [#c]))
    ]
    #v(4mm)
  ]
]
`
