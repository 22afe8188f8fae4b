import { extractText, getDocumentProxy } from 'unpdf'
import { describe, expect, test } from 'vitest'
import { hasLongWord } from '../../documents/long-words.ts'
import { renderReport } from '../../documents/report.ts'
import { printable, spelledOut } from '../../documents/typst.ts'
import { parseNotation } from '../../domain/rich-notation.ts'
import { docFromPlain } from '../../domain/rich-text.ts'
import { naughtyStrings } from '../support/naughty.ts'
import { channelFigure, HOSTILE, sampleReport } from './samples.ts'

const PIXEL = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='

interface StructNode {
  role?: string
  alt?: string
  children?: object[]
}

const nodesOf = (node: StructNode): StructNode[] => [node, ...(node.children ?? []).flatMap((one) => nodesOf(one))]

async function textOf(pdf: Buffer): Promise<string> {
  const { text } = await extractText(await getDocumentProxy(new Uint8Array(pdf)), { mergePages: true })
  return text.replace(/\s+/g, ' ')
}

describe('the signed report', () => {
  test('is an accessible PDF (PDF/UA-1) with title and language, and the same report is the same bytes', () => {
    const pdf = renderReport(sampleReport)
    const raw = pdf.toString('latin1')
    expect(raw.startsWith('%PDF-')).toBe(true)
    expect(raw).toContain('pdfuaid')
    expect(raw).toContain('es-CO')
    expect(renderReport(sampleReport).equals(pdf)).toBe(true)
  })

  test('prints header, signatures, verification code, content hash and the demonstration sentence', async () => {
    const text = await textOf(renderReport(sampleReport))
    for (const part of ['Página 1 de 4', 'Código: MM-GAC-P-008', 'ABCD-EFGH-2345', sampleReport.contentHash]) {
      expect(text).toContain(part)
    }
    for (const signer of sampleReport.signers) expect(text).toContain(signer.receiptCode)
    expect(text).toContain('Jefatura OGAC (encargo)')
    const [first, ...signers] = sampleReport.signers
    const delegated = first ? [{ ...first, actingFor: 'Secretaría General' }, ...signers] : []
    expect(await textOf(renderReport({ ...sampleReport, signers: delegated }))).toMatch(
      /Profesional OGAC.{0,40}por delegación de Secretaría General/,
    )
    expect(text).not.toContain('por delegación de')
    expect(text).toContain(sampleReport.demoNote ?? '')
    expect(text).toContain('http://localhost:3000/verificar/ABCDEFGH2345')
  })

  test('opens with what earlier reports recommended and is not finished', async () => {
    const firstPage = async (report: typeof sampleReport) => {
      const { text } = await extractText(await getDocumentProxy(new Uint8Array(renderReport(report))))
      return text[0]?.replace(/\s+/g, ' ') ?? ''
    }
    expect(await firstPage(sampleReport)).toContain('Recomendaciones anteriores sin terminar Código Recomendación')
    expect(await firstPage(sampleReport)).toMatch(
      /AM-2025-002 Abrir atención los sábados\. .*30 de junio de 2026 En curso/,
    )
    expect(await firstPage({ ...sampleReport, unfinished: [] })).not.toContain('sin terminar')
  })

  test('gives every picture its text, every table its header cells, and the hash of the whole snapshot', async () => {
    const pdf = await getDocumentProxy(new Uint8Array(renderReport(sampleReport)))
    const trees = await Promise.all(
      Array.from({ length: pdf.numPages }, async (_, i) => (await pdf.getPage(i + 1)).getStructTree()),
    )
    const nodes = trees.flatMap(nodesOf)
    const alts = nodes.filter((node) => node.alt !== undefined).map((node) => node.alt)
    expect(alts).toHaveLength(3)
    expect(alts[0]).toContain('Gráfica de barras. Canal de atención. Presencial: 200.142 (59,19 %)')
    const roles = nodes.map((node) => node.role)
    expect(roles.filter((role) => role === 'Table').length).toBeGreaterThanOrEqual(6)
    expect(roles.filter((role) => role === 'TH').length).toBeGreaterThan(20)
    expect(await textOf(renderReport(sampleReport))).toContain(`Corte ${channelFigure.snapshotHash}`)
  })

  test('carries the shield of the entity and the date of the last signature on every page', async () => {
    const shield = Buffer.from(PIXEL, 'base64')
    const pdf = renderReport({ ...sampleReport, shield })
    expect(pdf.length).toBeGreaterThan(renderReport(sampleReport).length)
    const { text } = await extractText(await getDocumentProxy(new Uint8Array(pdf)))
    for (const page of text) expect(page.replace(/\s+/g, ' ')).toContain('Fecha: 24 de noviembre de 2026')
  })

  test('numbers its sections and what is below them, and names each in contents and bookmarks by its title', async () => {
    const doc = parseNotation('## Uno\nx\n## Dos\nx')
    const written = { code: 'a', title: 'Alcance', doc, after: [], figures: new Map() }
    const pdf = await getDocumentProxy(new Uint8Array(renderReport({ ...sampleReport, sections: [written, written] })))
    const { text } = await extractText(pdf, { mergePages: true })
    const said = text.replace(/\s+/g, ' ')
    for (const heading of ['2. Alcance', '2.1. Uno', '3. Glosario', '5. Firmas electrónicas', '6. Verificación']) {
      expect(said).toContain(heading)
    }
    expect(said).toMatch(/Contenido 1. Alcance 2 2. Alcance 2 3. Glosario 2/)
    const bookmarks = (await pdf.getOutline()) as { title: string }[]
    expect(bookmarks.map(({ title }) => title).slice(0, 3)).toEqual(['Alcance', 'Alcance', 'Glosario'])
  })

  test('breaks a word that no line holds, in one piece or in parts of it', () => {
    const run = (text: string, bold = false) => ({ text, bold, italic: false, href: null })
    expect(hasLongWord({ sections: [{ title: 'ñ'.repeat(40) }] })).toBe(true)
    expect(hasLongWord({ sections: [[run('ñ'.repeat(20)), run('ñ'.repeat(20), true)]] })).toBe(true)
    // Each is spelled out: «[U+6F22]».
    expect(hasLongWord('漢'.repeat(5))).toBe(true)
    const whole = ['ab'.repeat(32), `https://example.org/${'ñ'.repeat(40)}`, 'ñ'.repeat(39), 'corta '.repeat(20)]
    expect(hasLongWord({ whole, lines: [run('ñ'.repeat(20)), run(' '), run('ñ'.repeat(20))] })).toBe(false)
  })

  test('a chart of many bars stays on one page', async () => {
    const rows = Array.from({ length: 60 }, (_, i) => ({ label: `Barrio número ${i}`, cells: [i + 5], total: i + 5 }))
    const figure = { ...channelFigure, rows }
    const bars = new Map([['g1', { figure, title: 'Barrios', kind: 'bar' as const }]])
    const sections = [{ code: 'b', title: 'Barrios', doc: docFromPlain('x'), after: ['g1'], figures: bars }]
    const pdf = await getDocumentProxy(new Uint8Array(renderReport({ ...sampleReport, sections })))
    const { text } = await extractText(pdf)
    const page = text.find((one) => one.includes('Figura 1')) ?? ''
    expect(page).toContain('Barrio número 0')
    expect(page).toContain('Barrio número 59')
  })

  test('never shows a hidden figure, and says what could not be computed', async () => {
    const text = await textOf(renderReport(sampleReport))
    expect(text).toContain('oculto')
    expect(text).toContain('La figura «Estrato» no se calcula')
  })

  test('prints what people typed as they typed it, never as layout', async () => {
    const text = await textOf(renderReport(sampleReport))
    expect(text).toContain('"sí" #let x = 1; $5.000$ *fuerte* _bajo_ `codigo` \\ @ref <b> [x] {y} ~ //')
    // No font has the last sign, so all foreign ones are spelled out; direction overrides are dropped.
    expect(text).toContain('[U+6F22]')
    expect(text).toContain('txet')
    expect(text).not.toContain('\u202E')
  })

  test('prints strings of any kind as text: each letter as it was typed, or its number where no font has it', async () => {
    const strings = naughtyStrings(120).map((one) => one.replace(/[\r\n]/g, ' '))
    const doc = docFromPlain(strings.join('\n'))
    const written = { code: 'objetivos', title: 'Objetivos', doc, after: [], figures: new Map() }
    const pdf = renderReport({ ...sampleReport, sections: [written] })
    const { totalPages, text } = await extractText(await getDocumentProxy(new Uint8Array(pdf)), { mergePages: true })
    // Lines break where they must, with or without a hyphen.
    const whole = (printed: string) => printed.normalize('NFKC').replace(/[\s\u00ad\u200b\u2010-]/g, '')
    const said = whole(text)
    const missing = strings.filter((one) => !said.includes(whole(spelledOut(printable(one)))))
    // What goes over a page has its foot and the next head in between.
    expect(missing.length).toBeLessThan(totalPages)
  })

  test('takes hostile text in every place it prints', () => {
    const hostile = { ...sampleReport, entity: HOSTILE, title: HOSTILE, radicado: HOSTILE, demoNote: HOSTILE }
    expect(renderReport(hostile).length).toBeGreaterThan(10_000)
  })
})
