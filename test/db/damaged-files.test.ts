/** Files that arrive broken or built to harm never end a process and always get a sentence (promises G20). */
import { deflateSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { objectionToEvidence } from '../../db/evidence.ts'
import { proveCorpus } from '../proofs/corpus.ts'
import { SOUND } from '../support/corpus.ts'
import { workbookParts, zipOf } from '../support/workbooks.ts'

test('a hundred damaged files, of the ten thousand of `npm run proofs`', async () => {
  const found = await proveCorpus(100, 20_261_126)
  expect(found.files).toBe(100)
  expect(found.accepted).toBeLessThan(60)
  expect(Object.keys(found.codes).length).toBeGreaterThan(4)
}, 60_000)

describe('evidence', () => {
  const pdf = SOUND.pdf(() => 0)
  const png = SOUND.png(() => 0)
  const withObject = (object: string) =>
    Buffer.from(pdf.toString('latin1').replace('xref', `4 0 obj${object}endobj\nxref`), 'latin1')
  const hidden = (object: string) => {
    const packed = deflateSync(Buffer.from(object)).toString('latin1')
    return withObject(`<</Type/ObjStm/Filter/FlateDecode>>stream\n${packed}\nendstream `)
  }
  const parts = workbookParts([{ name: 'H', rows: [['a'], ['1']] }])
  const SHEET = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
  const cases: [string, Buffer, string, string | null][] = [
    ['a sound PDF', pdf, 'application/pdf', null],
    [
      'a PDF that is a page too',
      Buffer.concat([pdf, Buffer.from('<html><script>alert(1)</script>')]),
      'application/pdf',
      'damaged',
    ],
    ['a PDF that is cut', pdf.subarray(0, 100), 'application/pdf', 'damaged'],
    ['a PDF with a password', withObject('<</Encrypt 5 0 R>>'), 'application/pdf', 'encrypted'],
    ['a PDF with a program', withObject('<</S/JavaScript/JS(app.alert(1))>>'), 'application/pdf', 'active'],
    ['a PDF with a program spelled otherwise', withObject('<</S/Java#53cript>>'), 'application/pdf', 'active'],
    ['a PDF with a program in a compressed object', hidden('<</S/Launch>>'), 'application/pdf', 'active'],
    ['a PDF whose objects never end', hidden(' '.repeat(80 << 20)), 'application/pdf', 'too_big_inside'],
    [
      'a PDF that only writes about JavaScript',
      withObject('<<>>stream\n/JavaScript\nendstream '),
      'application/pdf',
      null,
    ],
    ['a sound PNG', png, 'image/png', null],
    ['a PNG that is a zip too', Buffer.concat([png, zipOf(parts)]), 'image/png', 'damaged'],
    ['a PNG of a trillion points', vast(png), 'image/png', 'damaged'],
    ['a workbook', zipOf(parts), SHEET, null],
    ['a workbook with macros', zipOf([...parts, { name: 'xl/vbaProject.bin', content: 'x' }]), SHEET, 'macros'],
    ['a bomb', zipOf([...parts, { name: 'x', content: Buffer.alloc(50 << 20) }]), SHEET, 'too_big_inside'],
  ]
  test.each(cases)('%s', async (_name, content, type, objection) => {
    expect(await objectionToEvidence(content, type)).toBe(objection)
  })
})

/** Its size changed without its checksum, as a damaged or a made one has it. */
function vast(png: Buffer): Buffer {
  const copy = Buffer.from(png)
  copy.writeUInt32BE(1_000_000, 16)
  copy.writeUInt32BE(1_000_000, 20)
  return copy
}
