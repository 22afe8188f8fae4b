/** The risk map as an accessible PDF (PDF/UA-1): a heat map for each moment, with number and word in every cell, and its risks. */
import { compilePdf } from './typst.ts'

interface Zone {
  code: string
  name: string
}

export interface RiskMapContent {
  entity: string
  title: string
  subtitle: string
  intro: string
  corner: string
  /** From the highest probability down, as the guide draws them. */
  maps: {
    title: string
    columns: string[]
    rows: { name: string; cells: { risks: number; zone: Zone }[] }[]
  }[]
  tableTitle: string
  header: string[]
  risks: string[][]
  none: string
}

/** `createdAt`: ISO instant; the same input gives the same bytes. */
export function riskMapPdf(content: RiskMapContent, createdAt: string): Buffer {
  return compilePdf({ template: TEMPLATE, data: content, pictures: {}, createdAt })
}

const TEMPLATE = `
#let d = json("/report.json")
#set document(title: d.title, author: d.entity, date: none)
#set text(lang: "es", region: "CO", size: 9pt, font: "Libertinus Serif")
#set page(width: 279.4mm, height: 215.9mm, margin: (x: 16mm, top: 18mm, bottom: 16mm),
  footer: context [#text(size: 8pt)[#d.entity · #d.title #h(1fr) #counter(page).display("1 / 1", both: true)]])
#set table(stroke: 0.5pt + rgb("#8a94a6"), inset: 4pt)
#let paint = (B: rgb("#d5efdc"), M: rgb("#fdf0c4"), A: rgb("#fbd9b5"), E: rgb("#f6c3bd"))
#show heading.where(level: 1): set text(size: 16pt)
#show heading.where(level: 2): set text(size: 12pt)
= #d.title
#d.entity \\
#d.subtitle

#d.intro

#grid(columns: (1fr,) * d.maps.len(), gutter: 6mm,
  ..d.maps.map(m => [
    == #m.title
    #table(columns: (auto,) + (1fr,) * m.columns.len(),
      table.header(text(size: 6pt)[#d.corner], ..m.columns.map(c => text(size: 6pt, weight: "bold")[#c])),
      ..m.rows.map(r => (text(size: 7pt, weight: "bold")[#r.name],
        ..r.cells.map(c => table.cell(fill: paint.at(c.zone.code, default: none), align: center)[
          #if c.risks > 0 [*#c.risks* \\ ]#text(size: 6.5pt)[#c.zone.name]]))).flatten())
  ]))

== #d.tableTitle
#if d.risks.len() == 0 [#d.none] else [
  #table(columns: (auto, 1fr, 34mm, 20mm, 20mm, 22mm),
    table.header(..d.header.map(h => text(weight: "bold")[#h])),
    ..d.risks.flatten().map(c => [#c]))
]
`
