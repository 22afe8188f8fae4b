/**
 * `report`: a signed PDF of 25 charts against headless Chromium printing the very same content (target: 5 times faster). Both
 * have tags, bookmarks, alternative texts, the same drawings, and on every page the head and foot with its number; only ours
 * says in its contents on which page a section is, which Chromium cannot. Chromium's letters are those of the file for
 * screens: 54 pages. Printed as small as ours, on 37, it takes the same time.
 */
import { type Browser, chromium } from '@playwright/test'
import { reportWords as words } from '../../app/text/documents.ts'
import { formatDayOf } from '../../app/text/format.ts'
import { renderReport } from '../../documents/report.ts'
import { renderReportHtml } from '../../documents/report-html.ts'
import { docFromPlain } from '../../domain/rich-text.ts'
import { findChromium } from '../../scripts/chromium.ts'
import { channelFigure, sampleReport } from '../documents/samples.ts'
import { type BenchRow, round, timed } from './figures.ts'

const CHARTS = 25
const TIMES = 6
const SENTENCE = 'La ciudadanía acude sobre todo al canal presencial y pide respuestas claras, completas y a tiempo. '

export async function report(): Promise<BenchRow[]> {
  const reports = Array.from({ length: TIMES }, (_, round) => reportOf(round))
  // Drawings are the same for both and kept once made.
  const pages = reports.map(renderReportHtml)
  const own = await best(reports.map((content) => async () => renderReport(content)))
  const executablePath = await findChromium()
  const launch = () => chromium.launch({ executablePath, args: ['--no-sandbox'] })
  const browser = await launch()
  const kept = await best(pages.map((html) => () => print(browser, html))).finally(() => browser.close())
  // Reports are issued a few times a year: ours has a compiler of its own each time, as a browser would be started for it.
  const started = await best(pages.map((html) => () => printAlone(launch, html)))
  const against = (name: string, baseline: number) => ({
    ...{ name, value: round(own), unit: 'ms', baseline: round(baseline), ratio: round(baseline / own) },
  })
  return [
    {
      ...against('report: against a browser that runs', kept),
      ...{ target: '≥ 5 × faster than Chromium', ok: kept / own >= 5 },
    },
    { ...against('report: against one started for it', started), target: '(informative)', ok: true },
  ]
}

async function print(browser: Browser, html: string): Promise<void> {
  const page = await browser.newPage()
  await page.setContent(html, { waitUntil: 'load' })
  await page.pdf({ format: 'A4', tagged: true, outline: true, displayHeaderFooter: true, ...headAndFoot() })
  await page.close()
}

/** What ours has on every page too, in the words that Chromium fills in. */
function headAndFoot(): { headerTemplate: string; footerTemplate: string } {
  const { entity, process, title, code, version, issuedAt, verificationCode, verificationUrl, demoNote } = sampleReport
  const row = (left: string[], right: string[]) =>
    `<div style="font-size: 8.5pt; width: 100%; padding: 0 22mm; display: flex; justify-content: space-between"><div>${left.join('<br>')}</div><div style="text-align: right">${right.join('<br>')}</div></div>`
  const number = `${words.page} <span class="pageNumber"></span> ${words.of} <span class="totalPages"></span>`
  const control = [`${words.code}: ${code}`, `${words.version}: ${version}`, `${words.date}: ${formatDayOf(issuedAt)}`]
  return {
    headerTemplate: row([`<b>${entity}</b>`, process, title], [...control, number]),
    footerTemplate: row([`${words.verificationCode}: ${verificationCode}`, demoNote ?? ''], [verificationUrl]),
  }
}

async function printAlone(launch: () => Promise<Browser>, html: string): Promise<void> {
  const browser = await launch()
  await print(browser, html).finally(() => browser.close())
}

/** Of each round other words and figures, so that no compiler can answer with what it laid out before. */
function reportOf(round: number): typeof sampleReport {
  const sections = Array.from({ length: CHARTS }, (_, i) => {
    const rows = channelFigure.rows.map((row, r) => ({ ...row, total: (row.total ?? 0) + i * 7 + r + round * 1_000 }))
    const figure = { ...channelFigure, title: `Figura de prueba ${round}.${i + 1}`, rows }
    const words = `Ronda ${round}, sección ${i + 1}. ${SENTENCE.repeat(5)}`
    const doc = docFromPlain(Array.from({ length: 3 }, (_, n) => `${n + 1}. ${words}`).join('\n'))
    const kind = i % 2 === 0 ? ('bar' as const) : ('pie' as const)
    return {
      ...{ code: `s${i}`, title: `Sección ${i + 1} de la ronda ${round}`, doc, after: ['f'] },
      figures: new Map([['f', { figure, title: figure.title, kind }]]),
    }
  })
  return { ...sampleReport, sections }
}

async function best(works: (() => Promise<unknown>)[]): Promise<number> {
  let least = Number.POSITIVE_INFINITY
  for (const work of works) least = Math.min(least, await timed(work))
  return least
}
