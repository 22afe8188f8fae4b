import { describe, expect, it } from 'vitest'
import { FileRefused } from '../../db/ingest/file-refused.ts'
import { readWordLook } from '../../db/ingest/word.ts'
import { readWordApart } from '../../db/word-looks.ts'
import { type CleanJpeg, cleanJpeg } from '../../documents/jpeg.ts'
import { renderReport, renderReportSvg } from '../../documents/report.ts'
import { renderReportDocx } from '../../documents/report-docx.ts'
import { renderReportHtml } from '../../documents/report-html.ts'
import { sampleReport } from '../../documents/sample-report.ts'
import { cleanShield, shieldAddress } from '../../documents/shield.ts'
import { DEFAULT_LOOK, type ReportLook } from '../../domain/report-look.ts'
import { lookFromWord } from '../../domain/word-look.ts'
import { LETTERHEADS, locatedPhotograph, onePixel, photograph, pngChunk } from '../support/shields.ts'
import { wordOf } from '../support/words.ts'

const LOOK: ReportLook = {
  ...{ header: 'República de Colombia', footer: 'Calle 14 # 2-49', colour: '#7a1f1f', tint: '#fff4e5' },
  ...{ typeface: 'computer_modern', textSize: 12, paper: 'oficio', margins: 'anchas' },
  ...{ cover: true, contents: false, numbered: false },
}
const sample = (look: ReportLook, shield: Buffer | null = null) =>
  sampleReport({ entity: 'Alcaldía Distrital', vigencia: 2026, look, shield })

describe('a template', () => {
  it('decides paper, cover, contents and numbers of PDF, Word and page alike', () => {
    const report = sample(LOOK)
    const pdf = renderReport(report).toString('latin1')
    expect(pdf).toMatch(/\/MediaBox \[0 0 612\.\d+ 935\.\d+\]/)
    const html = renderReportHtml(report)
    expect(html).toContain('size: 216mm 330mm')
    expect(html).toContain('--accent: #7a1f1f; --tint: #fff4e5;')
    expect(html).toContain('class="report-head cover"')
    expect(html).not.toContain('id="indice"')
    expect(html).not.toMatch(/<h2[^>]*>1\. /)
  })

  it('is shown by the same pages as pictures, and every typeface of the list exists', () => {
    const [one, other] = [sample(DEFAULT_LOOK), sample({ ...DEFAULT_LOOK, typeface: 'computer_modern' })].map(
      renderReportSvg,
    )
    expect(one).toContain('<svg')
    expect(other).not.toBe(one)
  })

  it('goes to another entity as a Word document and comes out as it was', async () => {
    const shield = cleanShield(onePixel())
    const word = await renderReportDocx(sample(LOOK, shield))
    const read = await readWordApart(word)
    expect(read).toMatchObject({ ok: true })
    if (!read.ok) return
    expect(lookFromWord(read.read)).toEqual(LOOK)
    expect(read.read.picture && Buffer.from(read.read.picture, 'base64')).toEqual(shield)
  })

  it('goes with its shield as a letterhead has it, a JPEG, to Word, page and PDF', async () => {
    const shield = cleanShield(locatedPhotograph()) as Buffer
    const read = await readWordApart(await renderReportDocx(sample(LOOK, shield)))
    expect(read.ok && Buffer.from(read.read.picture ?? '', 'base64').equals(shield)).toBe(true)
    expect(renderReportHtml(sample(LOOK, shield))).toContain(`data:image/jpeg;base64,${shield.toString('base64')}`)
    // Of the picture itself the document has no second copy: without it the PDF is shorter by at least its blocks.
    const [with_, without] = [shield, null].map((one) => renderReport(sample(LOOK, one)).length) as [number, number]
    expect(with_ - without).toBeGreaterThan(100)
  })

  it.each(Object.entries(LETTERHEADS))('prints a shield that is a JPEG %s', async (_kind, jpeg) => {
    const shield = cleanShield(jpeg) as Buffer
    // Of a turned one every form shows the same: as it is coded, which is how Word draws it.
    expect(shield.includes('Exif')).toBe(false)
    const report = sample(LOOK, shield)
    const read = await readWordApart(await renderReportDocx(report))
    expect(read.ok && Buffer.from(read.read.picture ?? '', 'base64').equals(shield)).toBe(true)
    expect(renderReportHtml(report)).toContain(shieldAddress(shield))
    const { width, height } = cleanJpeg(jpeg) as CleanJpeg
    const pdf = renderReport(report).toString('latin1')
    expect(pdf).toMatch(new RegExp(`/Subtype /Image[^>]*/Width ${width}\\s*/Height ${height}`))
  })

  it('takes header, colour, letter and paper of a Word document of anybody', async () => {
    const word = wordOf({
      header:
        '<w:p><w:r><w:t>Alcaldía de Prueba</w:t></w:r></w:p><w:p><w:r><w:t>Página </w:t></w:r><w:fldSimple w:instr="PAGE"><w:r><w:t>1</w:t></w:r></w:fldSimple></w:p>',
      styles:
        '<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Cambria"/><w:sz w:val="24"/></w:rPr></w:rPrDefault></w:docDefaults><w:style w:styleId="Ttulo1"><w:name w:val="heading 1"/><w:rPr><w:color w:val="1F3864"/></w:rPr></w:style>',
      body: '<w:sectPr><w:pgSz w:w="12240" w:h="15840"/></w:sectPr>',
    })
    expect(lookFromWord(await readWordLook(word))).toEqual({
      ...{ ...DEFAULT_LOOK, header: 'Alcaldía de Prueba · Página', colour: '#1f3864' },
      ...{ typeface: 'computer_modern', textSize: 12, paper: 'carta' },
    })
  })

  it('is not read from a file that is none, hides macros, or asks for entities', async () => {
    const whole = wordOf({})
    const files: [Buffer, string][] = [
      [Buffer.from('no es un documento'), 'damaged_workbook'],
      [whole.subarray(0, whole.length - 30), 'damaged_workbook'],
      [wordOf({ more: { 'word/vbaProject.bin': 'x' } }), 'macros'],
      [wordOf({ doctype: '<!DOCTYPE a [<!ENTITY b "c">]>' }), 'xml_entities'],
      [wordOf({ kind: 'spreadsheetml.sheet' }), 'wrong_type'],
    ]
    for (const [file, code] of files)
      await expect(readWordLook(file), code).rejects.toSatisfy(
        (error) => error instanceof FileRefused && error.refusal.code === code,
      )
  })
})

describe('the picture of a shield', () => {
  it('loses what is not drawn: where, when and with what it was made', () => {
    const told = [pngChunk('eXIf', Buffer.from('GPS 11.24')), pngChunk('tEXt', Buffer.from('Author\0Nadie'))]
    const clean = cleanShield(onePixel({ more: told }))
    expect(clean).toEqual(onePixel())
  })

  it('of a letterhead, a JPEG, loses whose it is and where it was taken, and is drawn as before', () => {
    const [plain, located] = [photograph(), locatedPhotograph()]
    const clean = cleanShield(located) as Buffer
    expect(plain.includes('ICC_PROFILE')).toBe(true)
    expect(located.includes('GPSLatitude')).toBe(true)
    expect(['ICC_PROFILE', 'Exif', 'GPS'].filter((said) => clean.includes(said))).toEqual([])
    expect(clean).toEqual(cleanShield(plain))
    expect(cleanShield(clean)).toEqual(clean)
    // What is coded is untouched: from the first table of the blocks on.
    expect(clean.subarray(clean.indexOf('ffda', 'hex'))).toEqual(plain.subarray(plain.indexOf('ffda', 'hex')))
  })

  it('of a letterhead is refused where it is cut, damaged or too large, and loses another file behind its end', () => {
    const plain = photograph()
    const frame = plain.indexOf('ffc0', 'hex')
    const wide = Buffer.from(plain)
    wide.writeUInt16BE(5_000, frame + 7)
    expect(cleanShield(plain.subarray(0, -40))).toBeNull()
    expect(cleanShield(wide)).toBeNull()
    const tables = plain.indexOf('ffc4', 'hex')
    const damaged = Buffer.concat([
      plain.subarray(0, tables),
      plain.subarray(tables + 2 + plain.readUInt16BE(tables + 2)),
    ])
    expect(cleanShield(damaged)).toBeNull()
    const carrying = cleanShield(Buffer.concat([plain, Buffer.from('<script>')]))
    expect(carrying).toEqual(cleanShield(plain))
  })

  it('is refused where it cannot be drawn, or is larger than any shield', () => {
    expect(cleanShield(onePixel({ side: 2 }))).toBeNull()
    expect(cleanShield(onePixel({ side: 5_000 }))).toBeNull()
  })
})
