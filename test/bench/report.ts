/** `report`: a signed PDF of 25 charts against headless Chromium printing the very same content (target: 5 times faster). */
import { chromium } from '@playwright/test'
import { renderReport } from '../../documents/report.ts'
import { renderReportHtml } from '../../documents/report-html.ts'
import { docFromPlain } from '../../domain/rich-text.ts'
import { findChromium } from '../../scripts/chromium.ts'
import { channelFigure, sampleReport } from '../documents/samples.ts'
import { type BenchRow, round, timed } from './figures.ts'

const CHARTS = 25
const TIMES = 3
const SENTENCE = 'La ciudadanía acude sobre todo al canal presencial y pide respuestas claras, completas y a tiempo. '

export async function report(): Promise<BenchRow[]> {
  const reports = Array.from({ length: TIMES }, (_, round) => reportOf(round))
  // Drawings are the same for both and kept once made.
  const pages = reports.map(renderReportHtml)
  const own = await best(reports.map((content) => async () => renderReport(content)))
  const browser = await chromium.launch({ executablePath: await findChromium(), args: ['--no-sandbox'] })
  try {
    const print = async (html: string) => {
      const page = await browser.newPage()
      await page.setContent(html, { waitUntil: 'load' })
      await page.pdf({ format: 'A4', tagged: true, outline: true })
      await page.close()
    }
    const printed = await best(pages.map((html) => () => print(html)))
    const ratio = round(printed / own)
    return [
      {
        ...{ name: 'report', value: round(own), unit: 'ms', baseline: round(printed), ratio },
        ...{ target: '≥ 5 × faster than Chromium', ok: ratio >= 5 },
      },
    ]
  } finally {
    await browser.close()
  }
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
