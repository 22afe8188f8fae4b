/** The index of an evidence pack, as a page and as an accessible PDF (PDF/UA-1): what is in it, and how to check it. */
import { escapedHtml } from './rich-html.ts'
import { compilePdf } from './typst.ts'

export interface PackIndex {
  entity: string
  title: string
  facts: [label: string, value: string][]
  /** How it is checked, step by step. */
  stepsTitle: string
  steps: string[]
  sections: IndexSection[]
}

export interface IndexSection {
  title: string
  /** Said before the table, or instead of it where it has no row. */
  note: string
  header: string[]
  rows: string[][]
}

/** Nothing of it is fetched and nothing runs: one file with its style. */
export function packIndexHtml(index: PackIndex): string {
  const { entity, title, facts, stepsTitle, steps, sections } = index
  return `<!doctype html>
<html lang="es-CO"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapedHtml(title)}</title>
<style>body{font:1rem/1.5 system-ui,sans-serif;max-width:72rem;margin:2rem auto;padding:0 1rem}
.wide{overflow-x:auto}table{border-collapse:collapse;width:100%}
th,td{border:1px solid #5a6477;padding:.3rem .5rem;text-align:left;vertical-align:top;overflow-wrap:anywhere}
dt{font-weight:bold}dd{margin:0 0 .5rem;overflow-wrap:anywhere}</style></head><body><main>
<h1>${escapedHtml(title)}</h1><p>${escapedHtml(entity)}</p>
<dl>${facts.map(([label, value]) => `<dt>${escapedHtml(label)}</dt><dd>${escapedHtml(value)}</dd>`).join('')}</dl>
<h2>${escapedHtml(stepsTitle)}</h2><ol>${steps.map((step) => `<li>${escapedHtml(step)}</li>`).join('')}</ol>
${sections.map(sectionHtml).join('\n')}
</main></body></html>
`
}

function sectionHtml({ title, note, header, rows }: IndexSection): string {
  const head = `<h2>${escapedHtml(title)}</h2>${note && `<p>${escapedHtml(note)}</p>`}`
  if (rows.length === 0) return head
  const cells = (row: string[]) => row.map((cell) => `<td>${escapedHtml(cell)}</td>`).join('')
  return `${head}<div class="wide" tabindex="0" role="region" aria-label="${escapedHtml(title)}"><table>
<caption>${escapedHtml(title)}</caption><thead><tr>${header.map((name) => `<th scope="col">${escapedHtml(name)}</th>`).join('')}</tr></thead>
<tbody>${rows.map((row) => `<tr>${cells(row)}</tr>`).join('\n')}</tbody></table></div>`
}

/** `createdAt`: ISO instant; the same input gives the same bytes. */
export function packIndexPdf(index: PackIndex, createdAt: string): Buffer {
  return compilePdf({ template: TEMPLATE, data: index, pictures: {}, createdAt })
}

const TEMPLATE = `
// A word longer than its column may break: hashes and names of files.
#show regex("\\S{16}"): it => it + sym.zws
#let d = json("/report.json")
#set document(title: d.title, author: d.entity, date: none)
#set text(lang: "es", region: "CO", size: 9pt, font: "Libertinus Serif")
#set page(width: 279.4mm, height: 215.9mm, margin: (x: 16mm, top: 18mm, bottom: 16mm),
  footer: context [#text(size: 8pt)[#d.entity · #d.title #h(1fr) #counter(page).display("1 / 1", both: true)]])
#set table(stroke: 0.5pt + rgb("#8a94a6"), inset: 4pt)
= #d.title
#d.entity

#for (label, value) in d.facts [
  *#label:* #value \\
]
== #d.stepsTitle
#for step in d.steps [
  + #step
]
#for section in d.sections [
  == #section.title
  #section.note

  #if section.rows.len() > 0 {
    table(columns: (1fr,) * section.header.len(),
      table.header(..section.header.map(h => text(weight: "bold")[#h])),
      ..section.rows.flatten().map(c => [#c]))
  }
]
`
