import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { parse } from 'csv-parse/sync'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import yauzl from 'yauzl'
import { figureView } from '../../app/pages/figure-view.server.ts'
import { openConfined } from '../../db/duckdb.ts'
import { openDataParquet } from '../../db/release-parquet.ts'
import { dictionaryRows, openDataCsv, type ReleasedTable } from '../../documents/open-data.ts'
import { openDataWorkbook, tableLines } from '../../documents/open-data-workbook.ts'
import { inertText } from '../../domain/csv-cells.ts'
import { naughtyStrings } from '../support/naughty.ts'

/** Every way a spreadsheet takes text for a formula: signs, their full-width twins, after blanks and control characters. */
const FORMULAS = [
  '=1+1',
  '+1',
  '-1',
  '@SUM(A1)',
  '\t=1',
  '\r=1',
  '＝1+1',
  '＋1',
  '－1',
  '＠A',
  '  =cmd|calc',
  '=HYPERLINK("x")',
]
const HARMLESS = ["O'Higgins", 'a;b,"c"', 'Ñandú & <b>', '漢字', '1-2', 'null', '']

const cell = (value: number | null) => ({ value, mark: value === null ? ('primary' as const) : null })
const values = [...FORMULAS, ...HARMLESS]
const released: ReleasedTable = {
  id: 'tabla-1',
  title: '=2+5',
  table: {
    ...{ kind: 'count', level: 'publico', columns: null, columnTotals: [], layers: null, slices: [] },
    rows: { variable: 'zona', label: '+Zona', sensitive: false, values },
    cells: values.map((_, i) => [cell(i === 1 ? null : i + 10)]),
    rowTotals: values.map((_, i) => cell(i === 1 ? null : i + 10)),
    ...{ total: cell(999), threshold: 5, thresholdUnit: 'records', snapshotHash: 'ab', notice: '@aviso', filter: [] },
    ...{ method: [], version: { rules: 1, code: 1 } },
  },
}

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'caracteriza-files-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const csvRows = (): Record<string, string>[] => parse(openDataCsv([released]), { columns: true, bom: true })

/** Texts of a zip archive by name. */
function unzipped(bytes: Buffer): Promise<Map<string, string>> {
  return new Promise((resolve, reject) => {
    const files = new Map<string, string>()
    yauzl.fromBuffer(bytes, { lazyEntries: true }, (error, zip) => {
      if (error || !zip) return reject(error)
      zip.on('end', () => resolve(files))
      zip.on('error', reject)
      zip.on('entry', (entry: yauzl.Entry) => {
        zip.openReadStream(entry, async (failure, stream) => {
          if (failure || !stream) return reject(failure)
          files.set(entry.fileName, await text(stream))
          zip.readEntry()
        })
      })
      zip.readEntry()
    })
  })
}

describe('the workbook', () => {
  it('carries no formula; text that would run has an apostrophe before it, and counts are numbers', async () => {
    const files = await unzipped(await openDataWorkbook([released], [['elemento'], ['=1'], ['+dato']]))
    const sheets = [...files].filter(([name]) => /worksheets\/sheet\d+\.xml$/.test(name))
    expect(sheets).toHaveLength(2)
    const all = [...files.values()].join('')
    expect(all).not.toMatch(/<f[ >]/)
    const texts = [...all.matchAll(/<t[^>]*>([^<]*)<\/t>/g)].map((match) => match[1] ?? '')
    expect(texts.length).toBeGreaterThan(20)
    expect(texts.filter((one) => /^[\s\p{Cc}]*[=+\-@＝＋－＠]/u.test(one))).toEqual([])
    expect(texts).toContain('漢字')
    // Row 2 of the data is the first value: 10 as a number, not as text.
    expect(sheets[0]?.[1]).toMatch(/<c (?:(?!t=)[^>])*><v>10<\/v>/)
  })
})

describe('a table that counts some records only', () => {
  const any = [['a', 'b'].map((value) => ({ variable: 'propia', op: 'eq' as const, values: [value] }))]
  const some = (more: object): ReleasedTable => ({ ...released, table: { ...released.table, ...more } })
  const said = (table: ReleasedTable) => {
    const rows: Record<string, string>[] = parse(openDataCsv([table]), { columns: true, bom: true })
    return new Set([...rows, ...tableLines(table)].map(({ filtro }) => filtro))
  }

  it('says which in a column of every file, in the words it was printed with', () => {
    const filterWords = '(Propia es A o bien Propia es B)'
    expect(said(some({ filterAny: any, filterWords }))).toEqual(new Set([filterWords]))
    expect(said(some({ filterAny: any }))).toEqual(new Set(['(propia es a o bien propia es b)']))
    expect(said(released)).toEqual(new Set(['']))
    const metadata = {
      ...{ title: 't', description: '', entity: '', agency: '', licence: '', contact: '' },
      version: 1,
    }
    const period = { periodFrom: '2025-01-01', periodTo: '2025-12-31', frequency: 'anual', issued: '2026-01-01' }
    expect(dictionaryRows({ ...metadata, ...period }, []).map(([, name]) => name)).toContain('filtro')
  })

  it('says it where anyone asks where it comes from, and never that it counts all', () => {
    const filterOf = (more: object) =>
      figureView(some(more).table, {
        ...{ id: 'f', title: 't', chart: 'bar', base: null, sourceName: 's' },
        labelOf: (code) => (code === 'propia' ? 'Propia' : code),
      }).origin.filter
    expect(filterOf({})).toBeNull()
    expect(filterOf({ filterAny: any })).toBe('(Propia es a o bien Propia es b)')
    expect(filterOf({ filterAny: any, filterWords: 'Propia es A' })).toBe('Propia es A')
  })
})

describe('strings of any kind', () => {
  it('stand in the workbook as they are, behind an apostrophe where they would run', async () => {
    const strings = naughtyStrings(600)
    const book = await openDataWorkbook([], [['elemento'], ...strings.map((one) => [one])])
    const shared = (await unzipped(book)).get('xl/sharedStrings.xml') ?? ''
    // XML holds no control characters: a workbook writes them as _x0001_, and an underscore before such words as _x005F_.
    const read = [...shared.matchAll(/<t[^>]*>([^<]*)<\/t>/g)].map(([, text = '']) =>
      plainText(text).replace(/_x([0-9A-F]{4})_/gi, (_, code: string) =>
        String.fromCharCode(Number.parseInt(code, 16)),
      ),
    )
    const found = new Set(read)
    expect(strings.filter((one) => !found.has(inertText(one)))).toEqual([])
  })
})

const plainText = (xml: string) =>
  xml
    .replace(/&#x([0-9a-f]+);/gi, (_, code: string) => String.fromCodePoint(Number.parseInt(code, 16)))
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)))
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&apos;', "'")
    .replaceAll('&amp;', '&')

describe('the workbook made again', () => {
  afterAll(() => void vi.useRealTimers())

  it('is the same bytes on any day, so that an unchanged draft keeps its hash', async () => {
    const made = async (day: string) => {
      vi.useFakeTimers({ now: new Date(day), toFake: ['Date'] })
      return openDataWorkbook([released], [['elemento'], ['dato']])
    }
    const book = await made('2026-01-05T10:00:00Z')
    expect(await made('2027-03-09T12:34:56Z')).toEqual(book)
    expect((await unzipped(book)).size).toBeGreaterThan(5)
  })
})

describe('the Parquet file', () => {
  it('holds the lines of the CSV, each text as it is, hidden counts as null with their mark', async () => {
    const bytes = await openDataParquet([released])
    expect(await openDataParquet([released])).toEqual(bytes)
    writeFileSync(join(folder, 'datos.parquet'), bytes)
    const engine = await openConfined(folder)
    const rows = await engine.rows(
      `select fila, registros::varchar, marca, titulo from read_parquet('${join(folder, 'datos.parquet')}')`,
    )
    engine.close()
    const plain = rows.map(([fila, registros, marca]) => [fila, registros ?? marca])
    expect(plain).toEqual([...values, 'Total'].map((value, i) => [value, csvRows()[i]?.registros]))
    expect(rows[1]).toEqual(['+1', null, '*', '=2+5'])
  })
})
