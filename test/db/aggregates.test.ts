import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { CITY_FILE_TOTAL, DEMO_SENTENCE, type Margin, TABLE_1, TABLE_2 } from '../../catalog/demo/city-file.ts'
import * as door from '../../db/aggregates.ts'
import { emitAggregates, emitNumbers, UnknownVariable } from '../../db/aggregates.ts'
import { openDataCsv, openDataDictionary, openDataJson } from '../../documents/open-data.ts'
import { type AggregateTable, type Cell, ranking, sizeOf } from '../../domain/aggregates.ts'
import { HIDDEN_NUMBERS } from '../../domain/number-summaries.ts'
import { citySnapshot, temporaryFolder } from './city-snapshot.ts'

let folder: Awaited<ReturnType<typeof temporaryFolder>>
let city: Awaited<ReturnType<typeof citySnapshot>>
let second: Awaited<ReturnType<typeof citySnapshot>>

beforeAll(async () => {
  folder = await temporaryFolder()
  city = await citySnapshot(folder.dir, {})
  second = await citySnapshot(folder.dir, { rows: 20_000, variant: 2 })
}, 120_000)
afterAll(() => folder.remove())

const isRight = (cell: Cell | undefined, expected: number) =>
  cell?.mark ? cell.value === null : cell?.value === expected

/** The exact value or the mark in every cell, as model.md §7 accepts. */
function expectMargins(table: AggregateTable, published: readonly Margin[], columns: string[]) {
  let hidden = 0
  for (const { name, counts } of published) {
    const row = table.rows.values.indexOf(name)
    counts.forEach((count, i) => {
      const column = table.columns?.values.indexOf(columns[i] as string) ?? -1
      const cell = table.cells[row]?.[column]
      expect(isRight(cell, count), `${name} ${columns[i]}: ${JSON.stringify(cell)}`).toBe(true)
      if (cell?.mark) hidden += 1
    })
    const total = counts.reduce((a, b) => a + b, 0)
    expect(isRight(table.rowTotals[row], total), `${name} total`).toBe(true)
  }
  return hidden
}

const cross = (rows: string, columns: string) => ({ kind: 'cross' as const, rows, columns })

describe('the published tables, recomputed through the product', () => {
  test('Tabla 1: communications per organismo and quarter of 2024', async () => {
    const table = await emitAggregates('publico', cross('organismo', 'trimestre'), city.source)
    const hidden = expectMargins(table, TABLE_1, ['T1', 'T2', 'T3', 'T4'])
    expect(hidden).toBeLessThan(8)
    const quarter = (name: string) => table.columnTotals[table.columns?.values.indexOf(name) ?? -1]?.value
    expect(['T1', 'T2', 'T3', 'T4'].map(quarter)).toEqual([106_917, 77_096, 82_106, 72_023])
    expect(table.total.value).toBe(CITY_FILE_TOTAL)
  })

  test('Tabla 2: communications per type and semester, where S1 = T1 + T2', async () => {
    const table = await emitAggregates('publico', cross('tipo_comunicacion', 'semestre'), city.source)
    const hidden = expectMargins(table, TABLE_2, ['S1', 'S2'])
    expect(hidden).toBeLessThan(14)
    const semester = (name: string) => table.columnTotals[table.columns?.values.indexOf(name) ?? -1]?.value
    expect(semester('S1')).toBe(106_917 + 77_096)
    expect(semester('S2')).toBe(82_106 + 72_023)
  })

  test('S2.4: the five organismos with most communications are ranked by the product', async () => {
    const table = await emitAggregates('publico', { kind: 'count', rows: 'organismo' }, city.source)
    expect(ranking(table).slice(0, 5)).toEqual([
      { value: 'SECRETARIA DE MOVILIDAD', count: 116_925 },
      { value: 'DA HACIENDA MUNICIPAL', count: 46_615 },
      { value: 'SECRETARIA DE SEGURIDAD Y JUSTICIA', count: 38_436 },
      { value: 'SECRETARIA DE SALUD', count: 28_335 },
      { value: 'DA GESTION DEL MEDIO AMBIENTE', count: 21_273 },
    ])
  })

  test('who may analyse the source sees the exact figures, and which of them will be hidden', async () => {
    const table = await emitAggregates('interno', cross('organismo', 'trimestre'), city.source)
    const row = table.rows.values.indexOf('DESPACHO DEL ALCALDE')
    expect(table.cells[row]?.map((cell) => cell.value)).toEqual([39, 16, 3, 4])
    expect(table.cells[row]?.map((cell) => cell.mark)).toEqual([null, 'complementary', 'primary', 'primary'])
  })
})

describe('every figure follows its snapshot', () => {
  test('another file gives other figures, its own hash and its own notice', async () => {
    const table = await emitAggregates('publico', cross('organismo', 'trimestre'), second.source)
    expectMargins(table, second.margins.table1, ['T1', 'T2', 'T3', 'T4'])
    expect(table.snapshotHash).not.toBe(city.source.hash)
    expect(table.notice).not.toBe(DEMO_SENTENCE)
  })

  test('numbers get classes, dates months, and every record is in one of them', async () => {
    for (const rows of ['dias_respuesta', 'fecha_radicacion', 'calificacion']) {
      const table = await emitAggregates('interno', { kind: 'count', rows }, city.source)
      const sum = table.cells.reduce((total, [cell]) => total + (cell?.value ?? 0), 0)
      expect([rows, sum]).toEqual([rows, CITY_FILE_TOTAL])
    }
  })

  test('a filter counts only the records that meet every condition', async () => {
    const filter = { all: [{ variable: 'trimestre', op: 'in' as const, values: ['T1', 'T2'] }] }
    const table = await emitAggregates('publico', { ...cross('organismo', 'trimestre'), filter }, city.source)
    expect(table.total.value).toBe(184_013)
    expect(table.method).toContain('filtered')
  })

  test('a segment has a size, and none where the rest would be a handful of people', async () => {
    const notHealth = { all: [{ variable: 'organismo', op: 'neq' as const, values: ['SECRETARIA DE SALUD'] }] }
    const size = async (rule: typeof notHealth) =>
      sizeOf(await emitAggregates('publico', { kind: 'segment', rule }, city.source))
    expect(await size(notHealth)).toMatchObject({ value: CITY_FILE_TOTAL - 28_335 })
    const nearlyAll = { all: [{ variable: 'tipo_comunicacion', op: 'neq' as const, values: ['Acción Popular'] }] }
    expect((await size(nearlyAll)).value).toBeNull()
  })

  test('identifiers, ignored columns and columns that do not exist cannot be asked for', async () => {
    for (const rows of ['numero_documento', 'nombre', 'no_existe'])
      await expect(emitAggregates('interno', { kind: 'count', rows }, city.source)).rejects.toThrow(UnknownVariable)
  })

  test('a number has mean and quartiles at level `publico`, and other variables have none', async () => {
    const { mean, quartiles } = await emitNumbers('dias_respuesta', city.source)
    const [first, median, third] = quartiles ?? [0, 0, 0]
    expect(mean).toBeGreaterThan(0)
    expect([first <= median, median <= third]).toEqual([true, true])
    const classes = await emitAggregates(
      'interno',
      { kind: 'count', rows: 'dias_respuesta', bins: [median] },
      city.source,
    )
    expect((classes.cells[0]?.[0]?.value ?? 0) / CITY_FILE_TOTAL).toBeLessThanOrEqual(0.5)
    expect(await emitNumbers('dias_respuesta', { ...city.source, threshold: CITY_FILE_TOTAL })).toEqual(HIDDEN_NUMBERS)
    await expect(emitNumbers('zona', city.source)).rejects.toThrow(UnknownVariable)
  })

  test('the threshold may be raised but never lowered', async () => {
    const request = cross('organismo', 'trimestre')
    expect((await emitAggregates('publico', request, { ...city.source, threshold: 1 })).threshold).toBe(5)
    const raised = await emitAggregates('publico', request, { ...city.source, threshold: 20 })
    const values = raised.cells.flat().flatMap((cell) => (cell.value === null ? [] : [cell.value]))
    expect(Math.min(...values)).toBeGreaterThanOrEqual(20)
  })
})

describe('open data', () => {
  const metadata = {
    title: 'Comunicaciones 2024',
    description: 'Comunicaciones recibidas',
    entity: 'Municipio de demostración',
    agency: 'Oficina de Atención',
    licence: 'CC BY 4.0',
    periodFrom: '2024-01-01',
    periodTo: '2024-12-31',
    frequency: 'anual',
    contact: 'datos@municipio.example',
    version: 1,
    issued: '2025-03-03',
  }

  test('CSV, JSON and dictionary carry the same figures, the marks, the hash and the notice', async () => {
    const table = await emitAggregates('publico', cross('organismo', 'trimestre'), city.source)
    const tables = [{ id: 'tabla-1', title: '=Por organismo', table }]
    const csv = openDataCsv(tables)
    expect(csv.startsWith('\uFEFFtabla,titulo,')).toBe(true)
    expect(csv).toContain(`'=Por organismo`)
    expect(csv).toContain(',Total,Trimestre,Total,338142,')
    expect(csv).toContain(',DESPACHO DEL ALCALDE,Trimestre,T3,*,')
    expect(csv).toContain(city.source.hash)
    expect(csv).toContain(DEMO_SENTENCE)
    const json = JSON.parse(openDataJson(metadata, tables))
    expect(json.tablas[0].total.registros).toBe(CITY_FILE_TOTAL)
    expect(json.aviso).toBe(DEMO_SENTENCE)
    expect(openDataDictionary(metadata, tables)).toContain('marca,*,texto')
  })

  test('a table emitted for inside use cannot be released', async () => {
    const table = await emitAggregates('interno', cross('organismo', 'trimestre'), city.source)
    expect(() => openDataCsv([{ id: 'tabla-1', title: 'Por organismo', table }])).toThrow()
  })
})

describe('the only door', () => {
  const folders = ['domain', 'catalog', 'db', 'activities', 'workflows', 'documents', 'app', 'scripts']
  const sources = folders.flatMap((folder) => {
    const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
      /\.(ts|tsx|mjs)$/.test(name),
    )
    return names.map((name) => ({ path: join(folder, name), text: readFileSync(join(folder, name), 'utf8') }))
  })

  /** Names that each file takes from `target`, however it says so; `*` for a whole module. */
  function takersOf(target: string, among = sources) {
    const statement = /(?:import|export)\s+(type\s)?([^'";]*?)\s*from\s*'([^']+)'|import\(\s*'([^']+)'/g
    const takes = among.flatMap(({ path, text }) =>
      [...text.matchAll(statement)].flatMap(([, type, names = '*', from, lazy]) => {
        const module = from ?? lazy ?? ''
        const isTarget = module === target || (module.startsWith('.') && join(dirname(path), module) === target)
        if (!isTarget || type) return []
        const listed = /\{([^}]*)\}/.exec(names)?.[1]?.split(',') ?? ['*']
        const taken = listed.map((name) => name.trim()).filter((name) => name && !name.startsWith('type '))
        return taken.length > 0 ? [[path, taken.sort()] as const] : []
      }),
    )
    return Object.fromEntries(takes.sort(([a], [b]) => (a < b ? -1 : 1)))
  }

  test('figures leave through `emitAggregates` alone: these are its callers, each with its level', () => {
    expect(takersOf('db/aggregates.ts')).toEqual({
      // The page of those who may analyse the source.
      'app/pages/analysis.server.ts': ['UnknownVariable', 'emitAggregates', 'snapshotVariables'],
      // The public page of a printed table: whether it counts the same, and nothing else.
      'app/pages/figure-code.server.ts': ['recountsAsPrinted'],
      // What each column of a source holds, for those who may analyse it.
      'app/pages/profile.server.ts': ['emitAggregates', 'profileOf'],
      // The page of segments, open to the same; what two of them share is shown as to the public.
      'app/pages/segment-counts.server.ts': ['UnknownVariable', 'emitAggregates', 'snapshotVariables'],
      'app/pages/segment-views.server.ts': ['emitAggregates'],
      'app/pages/suggestions.server.ts': ['emitAggregates'],
      // What the report says of its own base; exact counts only tell whether a segment needs its caveat.
      'db/coverage.ts': ['UnknownVariable', 'emitAggregates'],
      // Which columns and values there are, to compare those of a new file with; no counts.
      'db/drift-check.ts': ['snapshotVariables'],
      // Screen, PDF, CSV and JSON: exact counts, which leave it at level `publico`, protected together.
      'db/protected-tables.ts': ['UnknownVariable', 'emitAggregates', 'snapshotDependencies'],
      // What an issued report fixes of its number variables, for everyone who reads the catalogue; counts come protected.
      'db/series-tables.ts': ['emitNumbers'],
    })
    const levels = sources.flatMap(({ path, text }) =>
      [...text.matchAll(/(?<!function )emitAggregates\(\s*([^,\s]+)/g)].map(([, level]) => `${path}: ${level}`),
    )
    expect(levels.sort()).toEqual([
      "app/pages/analysis.server.ts: 'interno'",
      "app/pages/analysis.server.ts: 'interno'",
      "app/pages/profile.server.ts: 'interno'",
      "app/pages/segment-counts.server.ts: 'interno'",
      "app/pages/segment-views.server.ts: 'publico'",
      "app/pages/segment-views.server.ts: 'publico'",
      "app/pages/suggestions.server.ts: 'interno'",
      "db/aggregates.ts: 'interno'",
      "db/coverage.ts: 'interno'",
      "db/coverage.ts: 'interno'",
      "db/protected-tables.ts: 'interno'",
    ])
  })

  test.each([
    ["import { emitAggregates as count } from '../../db/aggregates.ts'", 'emitAggregates as count'],
    ["import * as figures from '../../db/aggregates.ts'", '*'],
    ["export {\n  emitAggregates,\n} from '../../db/aggregates.ts'", 'emitAggregates'],
    ["const { emitAggregates } = await import('../../db/aggregates.ts')", '*'],
  ])('a new caller would be seen, however it asks: %s', (text, name) => {
    const path = 'app/routes/any.ts'
    expect(takersOf('db/aggregates.ts', [...sources, { path, text }])[path]).toEqual([name])
  })

  /** Who takes anything from the parts behind the door, other than the door and the parts themselves. */
  const outsiders = (among = sources) =>
    sources
      .filter(({ path }) => path.startsWith('db/aggregates/'))
      .flatMap(({ path }) => Object.keys(takersOf(path, among)))
      .filter((taker) => taker !== 'db/aggregates.ts' && !taker.startsWith('db/aggregates/'))

  test('what opens, asks and counts behind it is taken by nobody else', () => {
    expect(sources.filter(({ path }) => path.startsWith('db/aggregates/')).length).toBeGreaterThan(0)
    expect(outsiders()).toEqual([])
  })

  test.each(["import { count } from './aggregates/counting.ts'", "export * from './aggregates/opened.ts'"])(
    'somebody who goes around the door would be seen: %s',
    (text) => {
      const path = 'db/any.ts'
      expect(outsiders([...sources, { path, text }])).toEqual([path])
    },
  )

  test('nobody else can count: one file opens DuckDB, and only the import, snapshots, aggregates and the files of releases use it', () => {
    const importers = sources.filter(({ text }) => /['"]@duckdb\//.test(text)).map(({ path }) => path)
    expect(importers).toEqual(['db/duckdb.ts'])
    expect(Object.keys(takersOf('db/duckdb.ts'))).toEqual([
      'db/aggregates/conditions.ts',
      'db/aggregates/counting.ts',
      'db/aggregates/crosses.ts',
      'db/aggregates/dimensions.ts',
      'db/aggregates/numbers.ts',
      'db/aggregates/opened.ts',
      'db/aggregates/profile.ts',
      'db/ingest.ts',
      'db/ingest/batch.ts',
      'db/ingest/intake.ts',
      'db/ingest/readers.ts',
      // Writes tables that were emitted already.
      'db/release-parquet.ts',
      'db/snapshots.ts',
    ])
    const scanners = sources.filter(({ text }) => /read_parquet|parquet_scan/.test(text)).map(({ path }) => path)
    // The import reads the parts of a long text it wrote a moment before.
    expect(scanners).toEqual(['db/aggregates/opened.ts', 'db/ingest/intake.ts'])
  })

  test('aggregates hand out counts, means and quartiles, names of variables, facts about columns, whether a printed table is right', () => {
    const handed = [
      'UnknownVariable',
      'emitAggregates',
      'emitNumbers',
      'profileOf',
      'recountsAsPrinted',
      'snapshotDependencies',
      'snapshotVariables',
    ]
    expect(Object.keys(door).sort()).toEqual(handed)
  })
})
