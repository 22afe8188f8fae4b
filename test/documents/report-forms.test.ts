import { unzipSync } from 'fflate'
import { expect, test } from 'vitest'
import type { ReportData } from '../../documents/report-content.ts'
import { renderReportDocx } from '../../documents/report-docx.ts'
import { renderReportHtml } from '../../documents/report-html.ts'
import { HOSTILE, sampleReport } from './samples.ts'

async function partsOf(report: ReportData): Promise<Record<string, string>> {
  const files = unzipSync(new Uint8Array(await renderReportDocx(report)))
  return Object.fromEntries(Object.entries(files).map(([name, bytes]) => [name, Buffer.from(bytes).toString('utf8')]))
}

test('Word and page say what the PDF says: words, numbers by reference, tables, signatures', async () => {
  const words = (await partsOf(sampleReport))['word/document.xml'] ?? ''
  const page = renderReportHtml(sampleReport)
  for (const said of [
    '200.142',
    'Presencial',
    'oculto',
    'Jefatura OGAC (encargo)',
    'ABCD-EFGH-2345',
    'Sábados atendidos',
    'AM-2025-002',
  ]) {
    expect(words).toContain(said)
    expect(page).toContain(said)
  }
  expect(words).toContain('w:tblHeader')
  expect(words).toMatch(/w:pStyle w:val="Heading2"/)
  expect(words).toMatch(/<wp:docPr [^>]*descr="Gráfica de barras/)
  expect(page).toMatch(/<html lang="es-CO">/)
  expect(page.match(/<th scope="col">/g)?.length).toBeGreaterThan(20)
  expect(page.match(/<h1>/g)).toHaveLength(1)
})

test('what people typed is text in both, and a draft says that it is one', async () => {
  const hostile = { ...sampleReport, entity: HOSTILE, title: `<script>alert(1)</script>${HOSTILE}`, demoNote: HOSTILE }
  const page = renderReportHtml(hostile)
  expect(page).not.toContain('<script>')
  expect(page).toContain('&lt;script&gt;')
  expect((await partsOf(hostile))['word/document.xml']).toContain('&lt;script&gt;')
  const draft = { ...sampleReport, version: 0, signers: [], verificationCode: '', verificationUrl: '', issuedAt: '' }
  expect(renderReportHtml(draft)).toContain('Borrador sin firmas')
  const parts = await partsOf(draft)
  expect(
    Object.entries(parts).some(([name, xml]) => name.includes('footer') && xml.includes('Borrador sin firmas')),
  ).toBe(true)
  expect(parts['word/document.xml']).not.toContain('Firmas electrónicas')
})
