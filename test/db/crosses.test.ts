/** Tables against counting in plain JavaScript over the same rows (F1), and again byte for byte (F4). */
import { createHash } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import canonicalize from 'canonicalize'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { NO_DATA } from '../../catalog/value-words.ts'
import { emitAggregates } from '../../db/aggregates.ts'
import { buildSnapshot } from '../../db/ingest.ts'
import { figureOf } from '../../documents/figures.ts'
import { openDataCsv } from '../../documents/open-data.ts'
import type { AggregateTable, Cell, Slice } from '../../domain/aggregates.ts'
import { ANALYSIS_VERSION } from '../../domain/analysis-version.ts'
import { matchesRule } from '../../domain/rules.ts'
import { BASES, type Base, shareOf, wholeOf } from '../../domain/shares.ts'
import { ENTITY_KEY, requireBuilt, requireSniffed, temporaryFolder } from './city-snapshot.ts'

let folder: Awaited<ReturnType<typeof temporaryFolder>>
beforeAll(async () => {
  folder = await temporaryFolder()
})
afterAll(() => folder.remove())

const VARIABLES = { canal: ['virtual', 'presencial', 'telefónico'], zona: ['urbana', 'rural'], sexo: ['F', 'M', 'I'] }
type Record3 = Record<keyof typeof VARIABLES, string>

const record = fc.record({
  canal: fc.constantFrom(...VARIABLES.canal, ''),
  zona: fc.constantFrom(...VARIABLES.zona, ''),
  sexo: fc.constantFrom(...VARIABLES.sexo, '', ''),
})
const filter = fc.option(
  fc.record({
    variable: fc.constantFrom('canal', 'zona', 'sexo'),
    op: fc.constantFrom('in' as const, 'neq' as const),
    values: fc.uniqueArray(fc.constantFrom('virtual', 'presencial', 'urbana', 'F', 'M'), { minLength: 1 }),
  }),
  { nil: null },
)
const sides = fc.shuffledSubarray(['canal', 'zona', 'sexo'] as const, { minLength: 1 })

let files = 0
async function snapshotOf(records: Record3[]) {
  const file = join(folder.dir, `filas-${files++}.csv`)
  const lines = records.map(({ canal, zona, sexo }, i) => `${i};${canal};${zona};${sexo}`)
  await writeFile(file, `fila;canal;zona;sexo\n${lines.join('\n')}\n`)
  const common = { type: 'category', role: 'variable', sensitive: false, required: false, unique: false } as const
  const mapping = ['canal', 'zona', 'sexo'].map((code) => ({
    ...{ ...common, column: code, code, label: code, dateFormat: 'iso' as const, decimalMark: ',' as const },
  }))
  const options = { file, sniff: await requireSniffed(file), mapping, secretKey: ENTITY_KEY }
  const { hash } = requireBuilt(await buildSnapshot({ ...options, outDir: join(folder.dir, 'snapshots') }))
  return { dir: join(folder.dir, 'snapshots'), hash }
}

type Asked = { sides: (keyof Record3)[]; rule: { variable: string; op: 'in' | 'neq'; values: string[] } | null }

function requestOf({ sides: [rows, columns, layers], rule }: Asked) {
  const kind = columns ? ('cross' as const) : ('count' as const)
  const filtered = rule ? { filter: { all: [rule] } } : {}
  return { kind, rows: rows as string, ...(columns && { columns }), ...(layers && { layers }), ...filtered }
}

/** How many records have these values, counted one by one; `null` stands for any value. */
function countOf(records: Record3[], { sides: names, rule }: Asked, values: (string | null)[]): number {
  return records.filter((one) => {
    if (rule && !matchesRule({ all: [rule] }, one)) return false
    return names.every((name, i) => values[i] === null || (one[name] || NO_DATA) === values[i])
  }).length
}

interface TableNumber {
  cell: Cell
  whole: (base: Base) => Cell
  /** The values it is of: row, column, layer. */
  at: (string | null)[]
}

function* numbersOf(table: AggregateTable): Generator<TableNumber> {
  const layers: [string | null, Slice][] = [
    [null, table],
    ...table.slices.map((slice, l): [string | null, Slice] => [table.layers?.values[l] ?? null, slice]),
  ]
  for (const [layer, slice] of layers) {
    const number = (cell: Cell | undefined, r: number | null, c: number | null) => ({
      cell: cell as Cell,
      whole: (base: Base) => wholeOf(base, slice, table.total)(r, c),
      at: [
        r === null ? null : (table.rows.values[r] ?? null),
        c === null ? null : (table.columns?.values[c] ?? null),
        layer,
      ],
    })
    for (const r of table.rows.values.keys()) {
      for (const c of (table.columns?.values ?? ['']).keys())
        yield number(slice.cells[r]?.[c], r, table.columns ? c : null)
      yield number(slice.rowTotals[r], r, null)
    }
    for (const c of slice.columnTotals.keys()) yield number(slice.columnTotals[c], null, c)
    yield number(slice.total, null, null)
  }
}

test('every count and percentage equals counting the rows one by one; the public sees the same number or none', async () => {
  const rows = fc.array(record, { minLength: 1, maxLength: 150 })
  await fc.assert(
    fc.asyncProperty(rows, sides, filter, async (records, names, rule) => {
      const asked = { sides: names, rule }
      const source = await snapshotOf(records)
      const inside = await emitAggregates('interno', requestOf(asked), source)
      for (const number of numbersOf(inside)) mustEqual(number, countOf(records, asked, number.at))
      const outside = await emitAggregates('publico', requestOf(asked), source)
      for (const number of numbersOf(outside)) mustEqualOrHide(number, countOf(records, asked, number.at))
    }),
    { numRuns: 20, seed: 5 },
  )
}, 60_000)

function mustEqual({ cell, whole, at }: TableNumber, expected: number): void {
  expect([at, cell.value]).toEqual([at, expected])
  for (const base of BASES) {
    const part = shareOf(cell, whole(base)).value
    const of = whole(base).value ?? 0
    if (of === 0) expect(part).toBeNull()
    else expect(Math.abs((part ?? Number.NaN) - expected / of)).toBeLessThan(1e-9)
  }
}

/** Neither is there a percentage where a number behind it is hidden. */
function mustEqualOrHide({ cell, whole, at }: TableNumber, expected: number): void {
  const isSame = cell.value === expected && (expected === 0 || expected >= 5)
  expect([at, cell.value === null || isSame]).toEqual([at, true])
  for (const base of BASES)
    if (cell.value === null || whole(base).value === null) expect(shareOf(cell, whole(base)).value).toBeNull()
}

const FIXED = Array.from(
  { length: 400 },
  (_, i): Record3 => ({
    canal: VARIABLES.canal[(i + (i >> 3)) % 3] as string,
    zona: VARIABLES.zona[i % 7 === 0 ? 1 : 0] as string,
    sexo: i % 11 === 0 ? '' : (VARIABLES.sexo[i % 3] as string),
  }),
)
const THREE = { kind: 'cross' as const, rows: 'canal', columns: 'zona', layers: 'sexo' }

test('asked again, in any other process or order, a table is the same bytes', async () => {
  const table = await emitAggregates('publico', THREE, await snapshotOf(FIXED))
  const bytes = canonicalize({ ...table, snapshotHash: '' }) ?? ''
  const again = await emitAggregates(
    'publico',
    { layers: 'sexo', columns: 'zona', rows: 'canal', kind: 'cross' },
    await snapshotOf(FIXED),
  )
  expect(canonicalize({ ...again, snapshotHash: '' })).toBe(bytes)
  // Another hash here means other figures for the same source: raise ANALYSIS_VERSION with it.
  expect([ANALYSIS_VERSION, createHash('sha256').update(bytes).digest('hex').slice(0, 16)]).toEqual([
    { rules: 1, code: 1 },
    '4239a491d56cb775',
  ])
})

test('a third side needs the other two, and none of them twice', async () => {
  const source = await snapshotOf(FIXED)
  for (const wrong of [{ columns: undefined }, { layers: 'canal' }, { layers: 'zona' }])
    await expect(emitAggregates('interno', { ...THREE, ...wrong }, source)).rejects.toThrow()
})

test('percentages and layers stand in the open data as in the figure', async () => {
  const table = await emitAggregates('publico', THREE, await snapshotOf(FIXED))
  const figure = figureOf('f', 'Canal', table, { base: 'rows' })
  const csv = openDataCsv([{ id: 'tabla-1', title: 'Canal', base: 'rows', table }])
  const shown = (figure.layers ?? []).flatMap((layer) =>
    layer.rows.flatMap(({ label, cells, shares }) =>
      shares?.[0] ? [{ layer, label, count: cells[0], part: shares[0] }] : [],
    ),
  )
  expect(shown.length).toBeGreaterThan(3)
  for (const { layer, label, count, part } of shown) {
    const cells = ['tabla-1', 'Canal', 'canal', label, 'zona', figure.columns[0], count, 'sexo', layer.label]
    expect(csv).toContain([...cells, (part * 100).toFixed(2), 'de la fila'].join(','))
  }
})
