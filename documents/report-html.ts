/** The report as one accessible page that stands by itself and prints: no script, nothing fetched. */
import { figureWords, reportWords } from '../app/text/documents.ts'
import { formatInstant } from '../app/text/format.ts'
import { spacedCode } from '../domain/verification-codes.ts'
import { renderChart } from './charts.ts'
import { sourceLine, tableTwin } from './figures.ts'
import {
  changeCells,
  factsOf,
  figuresAfter,
  type ReportData,
  type ReportFigure,
  type ReportSection,
  recommendationCells,
  signatureRow,
  unfinishedTable,
} from './report-content.ts'
import { pageOf } from './report-page.ts'
import { richHtml, escapedHtml as text } from './rich-html.ts'
import { shieldAddress } from './shield.ts'

export function renderReportHtml(report: ReportData): string {
  return `<!doctype html>
<html lang="es-CO">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${text(report.title)}</title>
<style>${styleOf(report)}</style>
</head>
<body>
<main>
${reportBody(report)}
</main>
</body>
</html>
`
}

/** What the page of the file holds, for a page of ours to show: headings begin at level 1. */
export function reportBody(report: ReportData): string {
  const { title, entity, look, process, code, version, demoNote } = report
  const facts: [string, string][] = [
    ...factsOf(report),
    [reportWords.code, code],
    [reportWords.version, version === 0 ? reportWords.draft : String(version)],
  ]
  const sections = partsOf(report)
  return [
    `<header class="report-head${look.cover ? ' cover' : ''}">`,
    report.shield ? `<img src="${shieldAddress(report.shield)}" alt="${text(entity)}">` : '',
    `<p>${[look.header, entity, process].filter(Boolean).map(text).join('<br>')}</p>`,
    `<h1>${text(title)}</h1>`,
    demoNote ? `<p class="note"><strong>${text(demoNote)}</strong></p>` : '',
    report.verificationCode === '' ? `<p class="note">${text(reportWords.draftNote)}</p>` : '',
    `<dl>${facts.map(([name, value]) => `<div><dt>${text(name)}</dt><dd>${text(value)}</dd></div>`).join('')}</dl>`,
    '</header>',
    unfinishedHtml(report),
    look.contents ? contentsHtml(sections) : '',
    ...sections.map(
      ({ id, title: name, html }, i) =>
        `<section aria-labelledby="${id}"><h2 id="${id}">${look.numbered ? `${i + 1}. ` : ''}${text(name)}</h2>\n${html}</section>`,
    ),
    look.footer ? `<footer><p>${text(look.footer)}</p></footer>` : '',
  ]
    .filter(Boolean)
    .join('\n')
}

function contentsHtml(sections: Part[]): string {
  return [
    `<nav aria-labelledby="indice"><h2 id="indice">${text(reportWords.contents)}</h2><ol>`,
    ...sections.map(({ id, title }) => `<li><a href="#${id}">${text(title)}</a></li>`),
    '</ol></nav>',
  ].join('\n')
}

function unfinishedHtml(report: ReportData): string {
  if (report.unfinished.length === 0) return ''
  const id = 'sin-terminar'
  const { title, header, rows } = unfinishedTable(report)
  const heading = `<h2 id="${id}">${text(title)}</h2>`
  return `<section aria-labelledby="${id}">${heading}${table(title, header, rows)}</section>`
}

interface Part {
  id: string
  title: string
  html: string
}

function partsOf(report: ReportData): Part[] {
  const numbers = { figure: 0 }
  const sections = report.sections.map((section): Part => {
    if (section === 'recommendations') {
      const rows = report.recommendations.map((one, i) => [String(i + 1), ...recommendationCells(one)])
      const html = table(reportWords.recommendations, reportWords.recommendationColumns, rows)
      return { id: 'recomendaciones', title: reportWords.recommendations, html }
    }
    return { id: `seccion-${section.code}`, title: section.title, html: sectionHtml(section, numbers) }
  })
  const glossary = report.glossary
    .map(({ term, definition }) => `<div><dt>${text(term)}</dt><dd>${text(definition)}</dd></div>`)
    .join('')
  const changes = report.changes.map(changeCells)
  return [
    ...sections,
    ...(glossary ? [{ id: 'glosario', title: reportWords.glossary, html: `<dl class="terms">${glossary}</dl>` }] : []),
    {
      id: 'cambios',
      title: reportWords.changes,
      html:
        richHtml(report.changeText) +
        (changes.length > 0 ? table(reportWords.changes, reportWords.changeColumns, changes) : ''),
    },
    ...signedParts(report),
  ]
}

function signedParts(report: ReportData): Part[] {
  if (report.verificationCode === '') return []
  const signatures = table(reportWords.signatures, reportWords.signatureColumns, report.signers.map(signatureRow))
  const address = text(report.verificationUrl)
  return [
    {
      id: 'firmas',
      title: reportWords.signatures,
      html: `<p>${text(reportWords.signatureNote)}</p>${signatures}`,
    },
    {
      id: 'verificacion',
      title: reportWords.verification,
      html: `<p>${text(reportWords.verify)}: <a href="${address}">${address}</a></p>
<p>${text(reportWords.verificationCode)}: <strong>${text(spacedCode(report.verificationCode))}</strong> · ${text(formatInstant(report.issuedAt))}</p>
<p>${text(reportWords.contentHash)}: <code>${text(report.contentHash)}</code></p>`,
    },
  ]
}

function sectionHtml(section: ReportSection, numbers: { figure: number }): string {
  const draw = (figure: ReportFigure) => figureHtml(figure, numbers)
  const within = (id: string) => {
    const figure = section.figures.get(id)
    return figure ? draw(figure) : ''
  }
  const html = richHtml(section.doc, { figure: within })
  return [html || `<p>${text(reportWords.none)}</p>`, ...figuresAfter(section).map(draw)].join('\n')
}

function figureHtml({ figure, title, kind }: ReportFigure, numbers: { figure: number }): string {
  if (!figure) return `<p>${text(reportWords.notComputed(title))}</p>`
  if (figure.rows.length === 0) return `<p>${text(figureWords.noData)}</p>`
  numbers.figure += 1
  const { svg, alt } = renderChart(figure, kind, 'print')
  const { header, rows, note } = tableTwin(figure)
  return `<figure>
<div role="img" aria-label="${text(alt)}">${svg}</div>
<figcaption>${text(reportWords.figure)} ${numbers.figure}. ${text(title)}</figcaption>
${table(title, header, rows, 'numbers')}
${note ? `<p class="quiet">${text(note)}</p>` : ''}
<p class="quiet">${text(sourceLine(figure))}</p>
</figure>`
}

function table(caption: string, header: readonly string[], rows: readonly string[][], kind = ''): string {
  const lines = (cell: string) => text(cell).replaceAll('\n', '<br>')
  const body = rows
    .map(([first = '', ...rest]) => {
      const cells = rest.map((cell) => `<td>${lines(cell)}</td>`).join('')
      return `<tr><th scope="row">${lines(first)}</th>${cells}</tr>`
    })
    .join('')
  const head = header.map((cell) => `<th scope="col">${text(cell)}</th>`).join('')
  return `<div class="scroll" role="region" aria-label="${text(caption)}" tabindex="0"><table class="${kind}"><caption class="hidden">${text(caption)}</caption><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table></div>`
}

/** Letters, sizes and the entity's colour, on screen and on paper. */
function styleOf({ look }: ReportData): string {
  const { css, width, height, top, bottom, side } = pageOf(look)
  return `
@page { size: ${width}mm ${height}mm; margin: ${top - 18}mm ${side}mm ${bottom}mm; }
:root { --accent: ${look.colour}; --tint: ${look.tint}; }
body { margin: 0; font: ${(1.0625 * look.textSize) / 10.5}rem/1.6 ${css}; color: #1f2328; background: #fff; }
main { max-width: 48rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; }
h1, h2, h3, h4 { color: var(--accent); line-height: 1.25; text-wrap: balance; }
h1 { font-size: 1.75rem; } h2 { font-size: 1.35rem; margin-top: 2.5rem; } h3 { font-size: 1.15rem; } h4 { font-size: 1.05rem; }
a { color: var(--accent); overflow-wrap: anywhere; } nav a { display: inline-flex; align-items: center; min-height: 44px; } code { overflow-wrap: anywhere; }
.report-head { border-bottom: 2px solid var(--accent); padding-bottom: 1rem; } .report-head img { height: 72px; }
.cover { padding: 12vh 0 8vh; } .cover img { height: 136px; } .cover h1 { font-size: 2.5rem; }
.report-head dl { padding: .75rem 1rem; background: var(--tint); }
dl { margin: 1rem 0; } dl > div { margin: 0 0 .35rem; } dt { font-weight: 600; } dd { margin: 0; }
.report-head dl > div { display: flex; gap: .75rem; } .report-head dt { min-width: 11rem; }
.note { border-left: 4px solid #b0702a; padding-left: .75rem; }
blockquote { margin: 1rem 0; padding-left: 1rem; border-left: 3px solid #c5ccd6; }
.scroll { overflow-x: auto; } table { border-collapse: collapse; width: 100%; font-size: .9375rem; }
th, td { text-align: left; vertical-align: top; padding: .4rem .6rem; border-bottom: 1px solid #c5ccd6; }
thead th { border-bottom: 2px solid var(--accent); background: var(--tint); } tbody th { font-weight: 400; }
.numbers th + th, .numbers td { text-align: right; font-variant-numeric: tabular-nums; }
figure { margin: 1.5rem 0; } figure svg { max-width: 100%; height: auto; } figcaption { font-weight: 600; margin: .5rem 0; }
.quiet { color: #4b5563; font-size: .875rem; overflow-wrap: anywhere; }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
@media (max-width: 30rem) { .report-head dl > div { display: block; } }
@media print { main { max-width: none; padding: 0; } .cover { break-after: page; } figure, tr { break-inside: avoid; } h2, h3, h4 { break-after: avoid; } nav { break-after: page; } }
`
}
