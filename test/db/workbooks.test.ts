/** XLSX files as sources: read as the same rows in a CSV would be, and refused when they are anything else (promises G20, §4.8). */
import { mkdtemp, truncate } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { fileRefusalSentence } from '../../app/text/file-refusals.ts'
import { openConfined } from '../../db/duckdb.ts'
import { FileRefused } from '../../db/ingest/file-refused.ts'
import { readAs } from '../../db/ingest/head.ts'
import { writeRejectBook } from '../../db/ingest/reject-book.ts'
import { sniffFile } from '../../db/ingest/sniff.ts'
import { formatOf, shownNumber } from '../../db/ingest/workbook/formats.ts'
import { lookAtWorkbook } from '../../db/ingest/workbook/look.ts'
import { buildSnapshot } from '../../db/ingest.ts'
import { readMetadata } from '../../db/snapshots.ts'
import { PLAIN_READING } from '../../domain/file-readings.ts'
import { proposeMapping } from '../../domain/mapping-proposal.ts'
import type { MappedColumn } from '../../domain/sources.ts'
import { type Cell, type SheetOf, workbookOf, workbookParts, type ZipPart, zipOf } from '../support/workbooks.ts'
import { ENTITY_KEY, fileIn, requireBuilt, requireSniffed, snapshotIn, temporaryFolder } from './city-snapshot.ts'

let folder: Awaited<ReturnType<typeof temporaryFolder>>
beforeAll(async () => {
  folder = await temporaryFolder()
})
afterAll(() => folder.remove())

const fileOf = (content: Buffer | string) => fileIn(folder.dir, content)

async function imported(content: Buffer | string, corrections: Record<string, Partial<MappedColumn>> = {}) {
  const made = await snapshotIn(folder.dir, content, ({ code }) => corrections[code] ?? {})
  const { sniff, result, rejects, source } = made
  const database = await openConfined(source.dir)
  const records = await database.rows(`SELECT * FROM read_parquet('${result.path}')`)
  const { categories } = await readMetadata(database, source)
  database.close()
  return { sniff, counts: result.counts, rejects, records: records.map((row) => row.map(String)), categories }
}

const HEADER = ['radicado', 'fecha', 'canal', 'dias', 'nombre']
const ROWS: Cell[][] = Array.from({ length: 300 }, (_, i) => [
  `R${i}`,
  { xml: `<c r="@" s="1"><v>${45_292 + i}</v></c>` },
  { xml: `<c r="@" t="s"><v>${i % 3}</v></c>` },
  i + 0.5,
  `Ñandú "${i}"`,
])
const SHARED = ['Web', 'Presencial', 'Teléfono']

describe('a workbook', () => {
  test('gives the snapshot that the same rows give as a CSV', async () => {
    const book = workbookOf([{ name: 'Datos', rows: [HEADER, ...ROWS] }], {
      formats: ['yyyy\\-mm\\-dd'],
      shared: SHARED,
    })
    const lines = Array.from({ length: 300 }, (_, i) => {
      const day = new Date(Date.UTC(2024, 0, 1 + i)).toISOString().slice(0, 10)
      return `R${i};${day};${SHARED[i % 3]};${i},5;"Ñandú ""${i}"""`
    })
    const csv = await imported(`${HEADER.join(';')}\n${lines.join('\n')}\n`)
    const { sniff, ...xlsx } = await imported(book)
    expect(sniff).toMatchObject({ format: 'xlsx', sheet: 'Datos', headerLine: 1, headerRows: 1, header: HEADER })
    expect(xlsx.counts).toMatchObject({ records: 300, accepted: 300 })
    expect([xlsx.records, xlsx.categories, xlsx.counts]).toEqual([csv.records, csv.categories, csv.counts])
  })

  test('has its titles left out, and its two rows of header joined', async () => {
    const rows: Cell[][] = [
      ['Comunicaciones recibidas por canal'],
      [],
      ['Canal', 'Primer trimestre', null, 'Segundo trimestre', null],
      [null, 'Total', 'Web', 'Total', 'Web'],
      ['Secretaría de Salud', 12, 7, 15, 9],
      ['Secretaría de Hacienda', 22, 17, 25, 19],
    ]
    const { sniff, counts } = await imported(
      workbookOf([
        { name: 'Portada', rows: [['2024']] },
        { name: 'T1 y T2', rows },
      ]),
    )
    expect(sniff).toMatchObject({ sheet: 'T1 y T2', sheets: ['Portada', 'T1 y T2'], headerLine: 3, headerRows: 2 })
    expect(sniff.header).toEqual([
      'Canal',
      'Primer trimestre · Total',
      'Primer trimestre · Web',
      'Segundo trimestre · Total',
      'Segundo trimestre · Web',
    ])
    expect(counts).toMatchObject({ records: 2, accepted: 2 })
    expect(proposeMapping(sniff.header, []).map((column) => column.role)).not.toContain('direct_identifier')
  })

  test('is taken by the first sheet that can be read, so that a person may choose another', async () => {
    const sheets: SheetOf[] = [
      {
        name: 'Repetida',
        rows: [
          ['a', 'a'],
          ['x', 'y'],
          ['z', 'w'],
        ],
      },
      {
        name: 'Buena',
        rows: [
          ['c', 'd'],
          ['e', 'f'],
          ['g', 'h'],
        ],
      },
    ]
    expect(await requireSniffed(await fileOf(workbookOf(sheets)))).toMatchObject({ sheet: 'Buena', header: ['c', 'd'] })
    expect(await refusalOf(workbookOf(sheets.slice(0, 1)))).toMatchObject({ code: 'duplicate_header_name', column: 2 })
  })

  test('is read as a person says: another sheet, another row', async () => {
    const sheets: SheetOf[] = [
      {
        name: 'Uno',
        rows: [
          ['a', 'b'],
          ['x', 'y'],
          ['z', 'w'],
        ],
      },
      {
        name: 'Dos',
        rows: [
          ['c', 'd'],
          ['e', 'f'],
          ['g', 'h'],
        ],
      },
    ]
    const seen = await sniffFile(await fileOf(workbookOf(sheets)))
    if (!seen.ok) throw new Error(seen.refusal.code)
    const read = readAs(seen.head, { ...seen.file, sheet: 'Dos', headerLine: 2 })
    expect([read.header, read.sample]).toEqual([['e', 'f'], [{ line: 3, cells: ['g', 'h'] }]])
    expect(() => readAs(seen.head, { ...seen.file, sheet: 'Tres' })).toThrow('no_sheet')
  })

  test('keeps what a formula computed, and rejects errors and formulas without a value, with row and column', async () => {
    const rows: Cell[][] = [
      ['canal', 'dias'],
      ['Web', { xml: '<c r="@"><f>1+1</f><v>2</v></c>' }],
      ['Web', { xml: '<c r="@"><f>1+1</f></c>' }],
      [{ xml: '<c r="@" t="e"><v>#N/A</v></c>' }, 3],
      ['Web', 4, 'de más'],
      [],
      ['Web', 'cinco'],
    ]
    const { counts, rejects, sniff } = await imported(workbookOf([{ name: 'H', rows }]), { dias: { type: 'integer' } })
    expect(counts).toMatchObject({ records: 5, accepted: 1, rejected: 4 })
    expect(
      rejects.map((line) =>
        line
          .split(';')
          .filter((_, i) => i !== 3)
          .join(';'),
      ),
    ).toEqual([
      '3;dias;;formula_without_value',
      '4;canal;#N/A;cell_error',
      '5;;3 ≠ 2;wrong_column_count',
      '7;dias;cinco;not_an_integer',
    ])
    expect(sniff.format).toBe('xlsx')
  })

  test('of Excel 97, encrypted, with macros or with links is refused with what to do', async () => {
    const compound = Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(2000)])
    const parts = workbookParts([
      {
        name: 'H',
        rows: [
          ['a', 'b'],
          ['1', '2'],
        ],
      },
    ])
    const withPart = (part: ZipPart) => zipOf([...parts, part])
    const cases: [Buffer, string][] = [
      [compound, 'old_excel'],
      [Buffer.concat([compound, Buffer.from('EncryptedPackage', 'utf16le')]), 'encrypted'],
      [withPart({ name: 'xl/vbaProject.bin', content: 'x' }), 'macros'],
      [withPart({ name: 'xl/externalLinks/externalLink1.xml', content: '<a/>' }), 'external_links'],
      [zipOf(parts.map((part) => ({ ...part, lies: { flags: 1 } }))), 'encrypted'],
    ]
    for (const [content, code] of cases.slice(0, 2)) expect(await refusalOf(content)).toMatchObject({ code })
    for (const [content, code] of cases.slice(2)) expect(await refusalHere(content)).toBe(code)
    expect(fileRefusalSentence({ code: 'old_excel' })).toContain('Guardar como')
  })

  test('that is built to harm is refused', async () => {
    const parts = workbookParts([
      {
        name: 'H',
        rows: [
          ['a', 'b'],
          ['1', '2'],
        ],
      },
    ])
    const sheet = (content: string, lies?: ZipPart['lies']) =>
      zipOf(
        parts.map((part) => (part.name.endsWith('sheet1.xml') ? { ...part, content, ...(lies && { lies }) } : part)),
      )
    const cell = '<worksheet><sheetData><row r="1">'
    const cases: [string, Buffer, string][] = [
      ['bomb', sheet(`${cell}${' '.repeat(20e6)}</row></sheetData></worksheet>`), 'zip_bomb'],
      [
        'overlap',
        zipOf([
          ...parts,
          ...Array.from({ length: 50 }, (_, i) => ({
            name: `x${i}`,
            content: 'x',
            lies: { packed: 9e5, unpacked: 9e6, offset: 0 },
          })),
        ]),
        'zip_bomb',
      ],
      [
        'too many parts',
        zipOf([...parts, ...Array.from({ length: 200 }, (_, i) => ({ name: `x${i}`, content: 'x' }))]),
        'zip_bomb',
      ],
      ['nested', zipOf([...parts, { name: 'xl/embeddings/otro.xlsx', content: 'PK' }]), 'unsafe_zip'],
      ['climbing', zipOf([...parts, { name: '../../etc/passwd', content: 'x' }]), 'unsafe_zip'],
      ['absolute', zipOf([...parts, { name: '/etc/passwd', content: 'x' }]), 'unsafe_zip'],
      [
        'symlink',
        zipOf([...parts, { name: 'xl/x', content: '/etc/passwd', lies: { attributes: (0o120777 << 16) >>> 0 } }]),
        'unsafe_zip',
      ],
      ['twice', zipOf([...parts, ...parts.slice(0, 1)]), 'unsafe_zip'],
      [
        'lying size',
        sheet(`${cell}${'<c><v>1</v></c>'.repeat(50)}</row></sheetData></worksheet>`, { unpacked: 60 }),
        'damaged_workbook',
      ],
      [
        'a size said larger than it is',
        sheet(`${cell}${'<c><v>1</v></c>'.repeat(50)}</row></sheetData></worksheet>`, { unpacked: 60_000 }),
        'damaged_workbook',
      ],
      [
        'a packed size beyond the end of the file',
        sheet(`${cell}${'<c><v>1</v></c>'.repeat(50)}</row></sheetData></worksheet>`, { packed: 600_000 }),
        'zip_bomb',
      ],
      [
        'a part that starts beyond the end of the file',
        sheet(`${cell}</row></sheetData></worksheet>`, { offset: 9e6 }),
        'damaged_workbook',
      ],
      ['entities', sheet('<!DOCTYPE x [<!ENTITY a "b">]><worksheet><sheetData/></worksheet>'), 'xml_entities'],
      ['unknown entity', sheet(`${cell}<c><v>&b;</v></c></row></sheetData></worksheet>`), 'damaged_workbook'],
      ['deep', sheet('<a>'.repeat(500)), 'damaged_workbook'],
      [
        'wide',
        sheet(
          `${cell}${Array.from({ length: 17_000 }, () => '<c><v>1</v></c>').join('')}</row></sheetData></worksheet>`,
        ),
        'damaged_workbook',
      ],
      [
        'six hundred columns',
        workbookOf([{ name: 'H', rows: [0, 1].map((y) => Array.from({ length: 600 }, (_, x) => `c${y}${x}`)) }]),
        'too_many_columns',
      ],
      ['cut', zipOf(parts).subarray(0, 900), 'damaged_workbook'],
      ['more after the end', Buffer.concat([zipOf(parts), Buffer.from('<script>')]), 'damaged_workbook'],
      ['another zip', zipOf([{ name: 'a.txt', content: 'a' }]), 'wrong_type'],
    ]
    for (const [name, content, code] of cases) expect([name, await refusalHere(content)]).toEqual([name, code])
  })

  test('of a gigabyte of nothing is refused at once', async () => {
    const path = await fileOf(zipOf(workbookParts([{ name: 'H', rows: [['a'], ['1']] }])))
    await truncate(path, 2 ** 30)
    expect(await sniffFile(path)).toMatchObject({ ok: false, refusal: { code: 'damaged_workbook' } })
  }, 30_000)
})

/** As the process apart does it, in this one. */
async function refusalHere(content: Buffer) {
  const work = await mkdtemp(join(folder.dir, 'mirada-'))
  const seen = await lookAtWorkbook(await fileOf(content), work)
    .then(
      (sheets) => readAs({ format: 'xlsx', sheets }, { ...PLAIN, sheet: sheets[0]?.name ?? '' }),
      (error) => error,
    )
    .catch((error) => error)
  if (!(seen instanceof FileRefused)) throw seen instanceof Error ? seen : new Error('accepted')
  expect(fileRefusalSentence(seen.refusal).length).toBeGreaterThan(20)
  return seen.refusal.code
}

const PLAIN = { ...PLAIN_READING, format: 'xlsx', encoding: 'utf-8', separator: ';' } as const

async function refusalOf(content: Buffer | string) {
  const result = await sniffFile(await fileOf(content))
  if (result.ok) throw new Error('accepted')
  expect(fileRefusalSentence(result.refusal).length).toBeGreaterThan(20)
  return result.refusal
}

describe('a cell shows', () => {
  test.each([
    ['General', '0.30000000000000004', '0,3'],
    ['General', '1144000123', '1144000123'],
    ['General', '1E-7', '0,0000001'],
    ['General', '1.2E+21', '1200000000000000000000'],
    ['0.00', '1.005', '1,01'],
    ['#,##0.00', '-1234.5', '-1234,50'],
    ['0%', '0.256', '26%'],
    ['00000', '5001', '05001'],
    ['dd/mm/yyyy', '45292', '2024-01-01'],
    ['[$-240A]d" de "mmmm" de "yyyy', '45292.75', '2024-01-01'],
    ['yyyy-mm-dd hh:mm', '45292.75', '2024-01-01 18:00:00'],
    ['h:mm', '0.75', '18:00:00'],
    ['dd/mm/yyyy', '1', '1900-01-01'],
    ['dd/mm/yyyy', '-1', '-1'],
    ['0.00', 'hola', 'hola'],
  ])('%s of %s as %s', (code, value, shown) => {
    expect(shownNumber(value, formatOf(code), false)).toBe(shown)
  })

  test('dates that count from 1904', () => {
    expect(shownNumber('0', formatOf('yyyy-mm-dd'), true)).toBe('1904-01-01')
  })
})

describe('a CSV', () => {
  test.each([
    ['utf-16le', Buffer.from('\uFEFFcanal\tzona\nTeléfono\tÑame\nWeb\tRural\n', 'utf16le'), '\t'],
    ['utf-16be', Buffer.from('\uFEFFcanal\tzona\nTeléfono\tÑame\nWeb\tRural\n', 'utf16le').swap16(), '\t'],
    ['utf-8', Buffer.from('canal|zona\nTeléfono|Ñame\nWeb|Rural\n'), '|'],
    ['windows-1252', Buffer.from('canal\tzona\nTeléfono\tÑame\nWeb\tRural\n', 'latin1'), '\t'],
  ])('in %s, with any separator, has the same values', async (encoding, content, separator) => {
    const { sniff, categories } = await imported(content)
    expect(sniff).toMatchObject({ encoding, separator, header: ['canal', 'zona'] })
    expect(categories).toEqual({ canal: ['Teléfono', 'Web'], zona: ['Ñame', 'Rural'] })
  })

  test('with titles above its header is read from the header on, and rejects keep their lines', async () => {
    const content = 'Reporte de PQRSD;;\n;;\ncanal;zona;dias\nWeb;Rural;1\nWeb;Urbana;x\n'
    const { sniff, counts, rejects } = await imported(content, { dias: { type: 'integer' } })
    expect(sniff).toMatchObject({ headerLine: 3, header: ['canal', 'zona', 'dias'] })
    expect(counts).toMatchObject({ records: 2, accepted: 1 })
    expect(rejects[0]).toMatch(/^5;dias;x;/)
  })
})

describe('rejected records, corrected in the workbook they come in', () => {
  test('join the snapshot, each in its place; what is hidden keeps its value, and the rest stays rejected', async () => {
    const original = [
      'numero_documento;canal;dias',
      '101;Web;1',
      '102;Web;dos',
      '103;Web;tres',
      '104;Presencial;4',
      '101;Web',
    ].join('\n')
    const asInteger = ({ code }: MappedColumn) => (code === 'dias' ? { type: 'integer' as const } : {})
    const { file, sniff, mapping, outDir, result: first } = await snapshotIn(folder.dir, original, asInteger)
    const options = { file, sniff, mapping, secretKey: ENTITY_KEY, outDir }
    const [rejects, work] = [first.rejects?.path ?? '', await mkdtemp(join(folder.dir, 'libro-'))]
    const target = join(work, 'rechazados.xlsx')
    const held = await writeRejectBook({ ...options, corrections: [], rejects, work, target })
    expect(held).toBe(3)
    const [book] = await lookAtWorkbook(target, work)
    expect(book?.rows.map((row) => row.cells)).toEqual([
      ['fila_original', 'numero_documento', 'canal', 'dias', 'que_corregir'],
      ['3', '(dato personal oculto)', 'Web', 'dos', 'dias: No es un número entero.'],
      ['4', '(dato personal oculto)', 'Web', 'tres', 'dias: No es un número entero.'],
      ['6', '', '', '', 'El registro no tiene el mismo número de columnas que el encabezado.'],
    ])

    const correction = async (rows: Cell[][]) => {
      const path = await fileOf(
        workbookOf([{ name: 'Corregir', rows: [['fila_original', 'numero_documento', 'canal', 'dias'], ...rows] }]),
      )
      const { header, bytes, ...reading } = await requireSniffed(path)
      return { path, header, bytes, reading, rejects }
    }
    const corrections = [
      await correction([
        ['3', '(dato personal oculto)', 'Web', 2],
        ['4', '(dato personal oculto)', 'Web', 'tres'],
        ['6', '105', 'Web', 6],
      ]),
    ]
    const second = requireBuilt(await buildSnapshot({ ...options, corrections }))
    expect(second.counts).toMatchObject({ records: 5, accepted: 4, rejected: 1 })
    const whole = await fileOf(
      original
        .replace('dos', '2')
        .replace('101;Web', '101;Web')
        .replace(/101;Web$/, '105;Web;6'),
    )
    const expected = requireBuilt(await buildSnapshot({ ...options, file: whole, sniff: await requireSniffed(whole) }))
    const database = await openConfined(outDir)
    const records = (path: string) =>
      database.rows(`SELECT numero_documento::VARCHAR, dias FROM read_parquet('${path}')`)
    expect(await records(second.path)).toEqual(await records(expected.path))
    database.close()

    const stray = await buildSnapshot({ ...options, corrections: [await correction([['2', '101', 'Web', 9]])] })
    expect(stray).toMatchObject({ ok: false, refusal: { code: 'not_rejected', line: 2, detail: '2' } })
  })
})
