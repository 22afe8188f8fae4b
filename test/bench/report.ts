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
  const charts = Array.from({ length: CHARTS }, (_, i) => i)
  const sections = charts.map((i) => {
    const rows = channelFigure.rows.map((row, r) => ({ ...row, total: (row.total ?? 0) + i * 7 + r }))
    const figure = { ...channelFigure, title: `Figura de prueba ${i + 1}`, rows }
    const doc = docFromPlain(Array.from({ length: 3 }, () => SENTENCE.repeat(5)).join('\n'))
    const kind = i % 2 === 0 ? ('bar' as const) : ('pie' as const)
    return {
      code: `s${i}`,
      title: `Sección ${i + 1}`,
      doc,
      after: ['f'],
      figures: new Map([['f', { figure, title: figure.title, kind }]]),
    }
  })
  const content = { ...sampleReport, sections }
  // Drawings are the same for both and kept once made.
  const html = renderReportHtml(content)
  const own = await bestOf(async () => renderReport(content))
  const browser = await chromium.launch({ executablePath: await findChromium(), args: ['--no-sandbox'] })
  try {
    const printed = await bestOf(async () => {
      const page = await browser.newPage()
      await page.setContent(html, { waitUntil: 'load' })
      await page.pdf({ format: 'A4', tagged: true, outline: true })
      await page.close()
    })
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

async function bestOf(work: () => Promise<unknown>): Promise<number> {
  let best = Number.POSITIVE_INFINITY
  for (let i = 0; i < TIMES; i++) best = Math.min(best, await timed(work))
  return best
}
