import { createCipheriv } from 'node:crypto'
import { mkdir, readdir, readFile, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { fileRefusalSentence } from '../../app/text/file-refusals.ts'
import { emitAggregates } from '../../db/aggregates.ts'
import { openConfined } from '../../db/duckdb.ts'
import { parseDate, parseNumber } from '../../db/ingest/cells.ts'
import { csvScanner } from '../../db/ingest/csv.ts'
import { sniffFile } from '../../db/ingest/sniff.ts'
import { buildSnapshot } from '../../db/ingest.ts'
import { PseudonymBatch } from '../../db/pseudonyms.ts'
import { hashFile, snapshotPath } from '../../db/snapshots.ts'
import { proposeMapping } from '../../domain/mapping-proposal.ts'
import type { MappedColumn } from '../../domain/sources.ts'
import { cityMargins } from '../../scripts/city-file/margins.ts'
import { writeCityFile } from '../../scripts/generate-city-file.ts'
import {
  cityMapping,
  ENTITY_KEY,
  fileIn,
  requireBuilt,
  requireSniffed,
  snapshotIn,
  temporaryFolder,
} from './city-snapshot.ts'

let folder: Awaited<ReturnType<typeof temporaryFolder>>
beforeAll(async () => {
  folder = await temporaryFolder()
})
afterAll(() => folder.remove())

const fileOf = (content: string | Uint8Array) => fileIn(folder.dir, content)

async function refusalOf(content: string | Uint8Array) {
  const result = await sniffFile(await fileOf(content))
  if (result.ok) throw new Error('accepted')
  expect(fileRefusalSentence(result.refusal).length).toBeGreaterThan(20)
  return result.refusal
}

const imported = (content: string | Uint8Array, corrections: Record<string, Partial<MappedColumn>> = {}) =>
  snapshotIn(folder.dir, content, ({ code }) => corrections[code] ?? {})

describe('a file that cannot be read is refused with the place or the reason', () => {
  const cases: [string, string | Uint8Array, object][] = [
    ['an empty file', '', { code: 'empty_file' }],
    ['a PDF', '%PDF-1.7\n1 0 obj', { code: 'wrong_type', detail: 'pdf' }],
    [
      'a zip that is cut',
      Uint8Array.of(0x50, 0x4b, 3, 4, 20, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0),
      { code: 'damaged_workbook' },
    ],
    [
      'a PNG',
      Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13, 73, 72, 68, 82, 0, 0, 0, 1, 0, 0, 0, 1),
      { code: 'wrong_type', detail: 'png' },
    ],
    ['damaged UTF-16', Buffer.from('\uFEFFa;b\n1;2\n\uD800;2\n', 'utf16le'), { code: 'undecodable', line: 1 }],
    [
      'a web page saved as XLS',
      '<html><table><tr><td>a;b</td></tr></table></html>',
      { code: 'wrong_type', detail: 'html' },
    ],
    ['NUL bytes', 'a;b\n1;\u00002\n', { code: 'nul_byte', line: 2, column: 3 }],
    [
      'damaged UTF-8',
      Buffer.concat([Buffer.from('año;b\n1;é'), Buffer.of(0xff), Buffer.from('\n')]),
      { code: 'undecodable', line: 2, column: 5 },
    ],
    [
      'a byte no encoding knows',
      Buffer.concat([Buffer.from('a;b\n1;'), Buffer.of(0xf1, 0x81), Buffer.from('\n')]),
      { code: 'undecodable', line: 2, column: 4 },
    ],
    ['a repeated column name', 'a;b;a\n1;2;3\n', { code: 'duplicate_header_name', line: 1, column: 3, detail: 'a' }],
    ['a nameless column', 'a;;c\n1;2;3\n', { code: 'empty_header_name', line: 1, column: 2 }],
    ['a header that fits no record', 'a;b;c\n1;2\n1;2\n1;2\n', { code: 'ragged_header', line: 1, detail: '3' }],
    ['a million columns in one line', Buffer.alloc(2_000_000, 'a;'), { code: 'line_too_long', line: 1 }],
    ['five hundred thousand columns', `${'a;'.repeat(500_000)}\n1;2\n`, { code: 'too_many_columns', line: 1 }],
    ['a header alone', 'a;b;c\n', { code: 'no_records' }],
  ]
  test.each(cases)('%s', async (_name, content, expected) => {
    expect(await refusalOf(content)).toEqual(expected)
  })

  test('a line of one gigabyte, without reading it into memory', async () => {
    const path = await fileOf('a;b\n1;2\n')
    await writeFile(path, Buffer.concat([Buffer.from('a;b\n'), Buffer.alloc(4 << 20, 'x')]))
    expect(await sniffFile(path)).toEqual({ ok: false, refusal: { code: 'line_too_long', line: 2 } })
    // Sparse: the rest is NUL bytes, met first by the same reader.
    await truncate(path, 2 ** 30)
    const before = process.memoryUsage().rss
    expect(await sniffFile(path)).toMatchObject({ ok: false })
    expect(process.memoryUsage().rss - before).toBeLessThan(100e6)
  })
})

describe('a readable file', () => {
  const text = 'radicado;canal;días;zona\nR1;Telefónico;1,5;Rural\nR2;Niño «ñ»;2;Urbana\n'

  test('is recognized in UTF-8 and Windows-1252, with semicolons or commas', async () => {
    const latin = Buffer.from(text, 'latin1')
    expect(await requireSniffed(await fileOf(text))).toMatchObject({ encoding: 'utf-8', separator: ';', columns: 4 })
    expect(await requireSniffed(await fileOf(latin))).toMatchObject({
      encoding: 'windows-1252',
      header: ['radicado', 'canal', 'días', 'zona'],
    })
    expect(await requireSniffed(await fileOf('\uFEFFa,b\n"1,5","x;y"\n'))).toMatchObject({
      separator: ',',
      header: ['a', 'b'],
      sampleRows: [['1,5', 'x;y']],
    })
  })

  test('is Windows-1252 although one of its letters and the next look like UTF-8', async () => {
    const text = 'lugar;canal\n«CAFÉ»;Web\nÑÁÉ;Telefónico\nPéñol;Web\n'
    expect(await requireSniffed(await fileOf(Buffer.from(text, 'latin1')))).toMatchObject({
      encoding: 'windows-1252',
      sampleRows: [
        ['«CAFÉ»', 'Web'],
        ['ÑÁÉ', 'Telefónico'],
        ['Péñol', 'Web'],
      ],
    })
  })

  test.each(['MZ', 'BM', 'GIF', 'ID3'])(
    'is no other type of file because its first column is called %s',
    async (name) => {
      expect((await requireSniffed(await fileOf(`${name};zona\n1;Rural\n`))).header).toEqual([name, 'zona'])
    },
  )

  test('gives the same figures and pseudonyms in either encoding', async () => {
    const [utf8, latin] = [await imported(text), await imported(Buffer.from(text, 'latin1'))]
    const request = { kind: 'count' as const, rows: 'canal' }
    const [a, b] = [
      await emitAggregates('interno', request, utf8.source),
      await emitAggregates('interno', request, latin.source),
    ]
    expect(a.rows.values).toEqual(b.rows.values)
    expect(a.rows.values).toContain('Telefónico')
  })

  test('names direct identifiers by their column and proposes types from the sample', async () => {
    const header = [
      'Número de documento',
      'Nombre completo',
      'Correo electrónico',
      'Teléfono',
      'Estrato',
      'Días',
      'Discapacidad',
    ]
    const mapping = proposeMapping(header, [['1', 'x', 'a@b.example', '3', '2', '1,5', 'Ninguna']])
    expect(mapping.map(({ role }) => role)).toEqual([
      'person_key',
      'direct_identifier',
      'direct_identifier',
      'direct_identifier',
      'variable',
      'variable',
      'variable',
    ])
    expect(mapping.slice(4).map(({ type, sensitive }) => [type, sensitive])).toEqual([
      ['category', false],
      ['decimal', false],
      ['category', true],
    ])
  })
})

describe('rejected records say line, column and reason', () => {
  test('every kind, several reasons in one record, identifiers masked, formulas defused', async () => {
    const content = [
      'radicado;fecha;canal;dias;activo;nombre',
      'R1;2024-02-29;Web;1,5;Sí;Ana',
      '',
      'R2;2024-02-30;=1+1;x;quizá;Ana',
      'R3;2024-01-01',
      'R1;2024-01-01;Web;2;No;Ana',
      'R4;2024-01-01;"Web";"1.234,5";No;"Ana ""la""\nlarga"',
      'R5;2024-01-01;;2;No;Ana',
      'R6;"2024-01-01;Web;2;No;Ana',
      'R7;2024-01-01;Web;2;No;Ana',
    ].join('\r\n')
    const { result, rejects } = await imported(content, {
      fecha: { type: 'date' },
      canal: { type: 'category', allowed: ['Web'], required: true },
      dias: { type: 'decimal' },
      activo: { type: 'boolean' },
      nombre: { required: true },
    })
    const short = rejects.map((line) =>
      line
        .split(';')
        .filter((_, i) => i !== 3)
        .join(';'),
    )
    expect(short).toEqual([
      '4;fecha;2024-02-30;not_a_date',
      `4;canal;'=1+1;not_allowed`,
      '4;dias;x;not_a_number',
      '4;activo;quizá;not_a_boolean',
      '5;;2 ≠ 6;wrong_column_count',
      '6;radicado;(dato personal oculto);duplicate',
      '9;canal;;required_missing',
      '10;;;broken_quotes',
    ])
    expect(result.counts).toMatchObject({ records: 8, accepted: 3, rejected: 5 })
  })

  test('the generated file loses exactly its bad records, six kinds, in any form of the file', async () => {
    const { badPerKind, sentence: notice } = cityMargins({ rows: 6000 })
    const forms = [{ separator: ';' }, { separator: ',' }, { encoding: 'windows-1252' }] as const
    for (const form of forms) {
      const file = join(folder.dir, 'forma.csv')
      await writeCityFile(file, { rows: 6000, ...form })
      const sniff = await requireSniffed(file)
      const outDir = join(folder.dir, 'formas')
      const result = requireBuilt(
        await buildSnapshot({ file, sniff, mapping: cityMapping(sniff), secretKey: ENTITY_KEY, outDir, notice }),
      )
      const rejects = (await readFile(result.rejects?.path ?? '', 'utf8')).trimEnd().split('\n')
      expect(rejects).toHaveLength(1 + 36)
      expect(rejects[0]).toBe('\uFEFFlinea;columna;valor;motivo;codigo;aviso')
      for (const line of rejects.slice(1)) expect(line.endsWith(`;${notice}`)).toBe(true)
      expect(result.counts).toEqual({
        records: 6036,
        accepted: 6000,
        rejected: 36,
        byReason: {
          wrong_column_count: badPerKind.wrong_column_count,
          not_a_date: badPerKind.bad_date,
          not_allowed: badPerKind.unknown_channel,
          required_missing: badPerKind.missing_agency,
          not_a_number: badPerKind.non_numeric_days,
          duplicate: badPerKind.duplicate_radicado,
        },
      })
    }
  })
})

describe('a snapshot', () => {
  test('has the same bytes every time, and its content as its name', async () => {
    const file = join(folder.dir, 'repetida.csv')
    await writeCityFile(file, { rows: 9000 })
    const sniff = await requireSniffed(file)
    const build = async (name: string, secretKey: Uint8Array) => {
      const outDir = join(folder.dir, name)
      return {
        outDir,
        ...requireBuilt(await buildSnapshot({ file, sniff, mapping: cityMapping(sniff), secretKey, outDir })),
      }
    }
    const [a, b] = [await build('primera', ENTITY_KEY), await build('segunda', ENTITY_KEY)]
    expect(a.hash).toBe(b.hash)
    expect(a.rejects?.hash).toBe(b.rejects?.hash)
    expect(await hashFile(snapshotPath({ dir: a.outDir, hash: a.hash }))).toBe(a.hash)
    expect((await build('tercera', Buffer.alloc(32, 8))).hash).not.toBe(a.hash)
  })

  test('keeps every record in the order of the file, also when its text is more than the engine may hold', async () => {
    const story = (i: number) => `${i} ${'relato ñ '.repeat(1500)}`
    const rows = Array.from({ length: 2500 }, (_, i) => `${i};${i % 7 === 0 ? '' : story(i)}`)
    const content = `n;relato\n${rows.join('\n')}\n`
    const corrections = { n: { type: 'integer' }, relato: { type: 'text' } } as const
    const { result, outDir } = await imported(content, corrections)
    expect((await imported(content, corrections)).result.hash).toBe(result.hash)
    expect(await readdir(outDir)).toEqual([`${result.hash}.parquet`])
    const database = await openConfined(outDir)
    const from = `read_parquet('${snapshotPath({ dir: outDir, hash: result.hash })}', file_row_number = true)`
    const whole = `n = file_row_number and relato is not distinct from
      if(n % 7 = 0, null, rtrim(concat(n, ' ', repeat('relato ñ ', 1500))))`
    expect(await database.rows(`SELECT count(*), count(*) FILTER (${whole}) FROM ${from}`)).toEqual([[2500n, 2500n]])
    database.close()
  })

  test('holds no direct identifier in clear', async () => {
    const { source } = await imported(
      'numero_documento;nombre;canal\n900123456;Ciudadano 000001;Web\n900123457;Ciudadano 000002;Web\n',
    )
    const bytes = await readFile(snapshotPath(source))
    for (const secret of ['900123456', 'Ciudadano 0']) expect(bytes.includes(secret)).toBe(false)
    expect(bytes.includes('Web')).toBe(true)
  })

  test('is never half there: cancelling leaves the folder as it was', async () => {
    const file = join(folder.dir, 'cancelada.csv')
    await writeCityFile(file, { rows: 20_000 })
    const sniff = await requireSniffed(file)
    const outDir = join(folder.dir, 'cancelado')
    const controller = new AbortController()
    const result = await buildSnapshot({
      file,
      sniff,
      mapping: cityMapping(sniff),
      secretKey: ENTITY_KEY,
      outDir,
      signal: controller.signal,
      onProgress: ({ bytes }) => bytes > 2e6 && controller.abort(),
    })
    expect(result).toEqual({ ok: false, refusal: { code: 'cancelled' } })
    expect(await readdir(outDir)).toEqual([])
  })

  test('a file that lost a mapped column, or changed since it was seen, is refused', async () => {
    const file = await fileOf('a;b\n1;2\n')
    const sniff = await requireSniffed(file)
    const mapping = cityMapping({ ...sniff, header: ['a', 'z'] })
    const options = { file, sniff, secretKey: ENTITY_KEY, outDir: join(folder.dir, 'otros') }
    expect(await buildSnapshot({ ...options, mapping })).toMatchObject({
      refusal: { code: 'missing_column', detail: 'z' },
    })
    await writeFile(file, 'a;b\n1;2\n3;4\n')
    expect(await buildSnapshot({ ...options, mapping: cityMapping(sniff) })).toMatchObject({
      refusal: { code: 'file_changed' },
    })
  })

  test('the engine reads its folder and nothing else, and cannot be told otherwise', async () => {
    const inside = join(folder.dir, 'dentro')
    await mkdir(inside)
    await writeFile(join(inside, 'a.csv'), 'a\n1\n')
    const outside = await fileOf('a\n1\n')
    const database = await openConfined(inside)
    expect(await database.rows(`SELECT count(*) FROM read_csv('${inside}/a.csv')`)).toEqual([[1n]])
    await expect(database.rows(`SELECT * FROM read_csv('${outside}')`)).rejects.toThrow(/[Pp]ermission/)
    await expect(database.run('SET enable_external_access=true')).rejects.toThrow()
    database.close()
  })
})

describe('reading of cells', () => {
  const bytes = (text: string) => Buffer.from(text)
  test('dates exist in the calendar', () => {
    const days = (text: string, format: 'iso' | 'dmy' = 'iso') => parseDate(bytes(text), 0, text.length, format)
    expect(days('1970-01-01')).toBe(0)
    expect(days('2024-02-29')).toBe(Date.UTC(2024, 1, 29) / 864e5)
    expect(days('31/12/2024', 'dmy')).toBe(Date.UTC(2024, 11, 31) / 864e5)
    for (const wrong of ['2023-02-29', '2024-13-01', '2024-04-31', '2024-1', 'hoy', '2024-01-01-01'])
      expect(days(wrong)).toBeNaN()
  })

  test('numbers with decimal comma, thousands point, or the other way round (S2.15)', () => {
    const read = (text: string, mark: ',' | '.' = ',') => parseNumber(bytes(text), 0, text.length, mark)
    expect([read('1,5'), read('-1.234.567,25'), read('15'), read('1,234.5', '.')]).toEqual([
      1.5, -1234567.25, 15, 1234.5,
    ])
    for (const wrong of ['1.5', '1,2,3', '12.34,5', '', '-', '1.2345', '1e5', 'quince']) expect(read(wrong)).toBeNaN()
  })

  test('records are found as RFC 4180 says, wherever the chunks are cut', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', 'ñ', ';', '"', '\n', ' ', '€'), maxLength: 6 })
    const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 6 })
    fc.assert(
      fc.property(table, fc.integer({ min: 1, max: 20 }), (rows, size) => {
        const text = `${rows.map((row) => row.map((value) => `"${value.replaceAll('"', '""')}"`).join(';')).join('\r\n')}\r\n`
        expect(scanned(Buffer.from(text), size)).toEqual(parse(text, { delimiter: ';', relax_column_count: true }))
      }),
      { numRuns: 200, seed: 3 },
    )
  })

  test('pseudonyms are AES-CMAC: the published vectors of NIST, whatever else is in the batch', () => {
    const key = Buffer.from('603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4', 'hex')
    const message = Buffer.from(
      '6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e5130c81c46a35ce411e5fbc1191a0a52eff69f2445df4f9b17ad2b417be66c3710',
      'hex',
    )
    const batch = new PseudonymBatch(key)
    for (const length of [0, 16, 40, 64]) batch.add(message, 0, length)
    for (let i = 0; i < 6000; i++) batch.add(message, 0, i % 64)
    const codes = Buffer.from(batch.finish().buffer)
    expect(codes.subarray(0, 64).toString('hex').match(/.{32}/g)).toEqual([
      '028962f61b7bf89efc6b551f4667d983',
      '28a7023f452e8f82bd4bf28d8c37c35c',
      'aaf3d8f1de5640c232f5b169b9c911e6',
      'e1992190549f6ed5696a2c056c315410',
    ])
    expect(createCipheriv('aes-256-ecb', key, null)).toBeDefined()
  })
})

/** Feeds the scanner pieces of `size` bytes, as a file would. */
function scanned(content: Buffer, size: number): string[][] {
  const rows: string[][] = []
  const scanner = csvScanner(';', ({ bytes, starts, ends, cells }) => {
    rows.push(Array.from({ length: cells }, (_, i) => bytes.subarray(starts[i], ends[i]).toString()))
  })
  let waiting = Buffer.alloc(0)
  for (let at = 0; at < content.length; at += size) {
    waiting = Buffer.concat([waiting, content.subarray(at, at + size)])
    const room = Buffer.concat([waiting, Buffer.alloc(1)])
    waiting = waiting.subarray(scanner.scan(room, waiting.length, at + size >= content.length))
  }
  return rows
}
