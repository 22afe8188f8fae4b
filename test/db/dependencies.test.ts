/** What follows from what in a snapshot, and tables protected against who knows it (features N5). */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { snapshotDependencies } from '../../db/aggregates.ts'
import { protectTables } from '../../db/protected-tables.ts'
import { publicSizeOf, saidTables } from '../../db/said-numbers.ts'
import type { AggregateTable } from '../../domain/aggregates.ts'
import { snapshotIn, temporaryFolder } from './city-snapshot.ts'

/** Records of each quarter. */
const QUARTERS = { T1: 3, T2: 40, T3: 31, T4: 30 }
const HALF: Record<string, string> = { T1: 'S1', T2: 'S1', T3: 'S2', T4: 'S2' }
/** Each belongs to a half as quarters do, and meets both quarters of it. */
const SHIFTS: Record<string, string[]> = { S1: ['mañana', 'tarde'], S2: ['noche', 'madrugada'] }

let folder: Awaited<ReturnType<typeof temporaryFolder>>
let source: { dir: string; hash: string }
let dataDir: string
beforeAll(async () => {
  folder = await temporaryFolder()
  const lines = Object.entries(QUARTERS).flatMap(([quarter, count]) =>
    Array.from({ length: count }, (_, i) => {
      const half = HALF[quarter] as string
      return `${quarter};${half};${SHIFTS[half]?.[i % 2]};${i % 3 ? 'web' : 'voz'};siempre`
    }),
  )
  const file = `trimestre;semestre;jornada;canal;constante\n${lines.join('\n')}\n`
  const made = await snapshotIn(folder.dir, file, () => ({ type: 'category', role: 'variable' }))
  source = made.source
  dataDir = made.dataDir
})
afterAll(() => folder.remove())

test('a half of the year follows from the quarter; what is the same everywhere follows from nothing', async () => {
  const found = await snapshotDependencies(source, ['trimestre', 'semestre', 'canal', 'constante', 'otra'])
  expect(found).toEqual([
    {
      ...{ population: source.hash, variable: 'semestre', by: 'trimestre' },
      values: { S1: ['T1', 'T2'], S2: ['T3', 'T4'] },
    },
  ])
})

test('what follows from two variables is told by what both meet in', async () => {
  const found = await snapshotDependencies(source, ['trimestre', 'semestre', 'jornada', 'canal'])
  expect(found.map(({ variable, by }) => `${variable} by ${by}`)).toEqual([
    'semestre by jornada',
    'jornada by jornada × trimestre',
    'trimestre by jornada × trimestre',
  ])
  expect(found[2]?.values.T1).toEqual(['["mañana","T1"]', '["tarde","T1"]'])
})

test('sizes of segments and what was captured are hidden where figures beside them would tell a few people', async () => {
  const segment = { id: 'm1', rule: { all: [{ variable: 'trimestre', op: 'in' as const, values: ['T3', 'T4'] }] } }
  const attendance = { snapshotHash: source.hash, pointVariable: 'semestre', periodVariable: 'canal' }
  const snapshots = [{ hash: source.hash, codes: new Set(['trimestre', 'semestre', 'canal']) }]
  const said = saidTables({ segments: [segment], coverage: { attendance }, snapshots } as never)
  const figure = { id: 'f1', snapshot: source.hash, request: { kind: 'count' as const, rows: 'trimestre' } }
  const ground = { dataDir, dir: source.dir, threshold: 5, earlier: [], printed: [] }
  const together = await protectTables([figure, ...said], ground)
  const alone = await protectTables(said, ground)
  expect(publicSizeOf(alone, segment)).toMatchObject({ value: 61, total: { value: 104 } })
  const sums = ({ tables }: typeof alone) => [...(tables.get('cobertura')?.rowTotals ?? [])].map(({ value }) => value)
  expect(sums(alone)).toEqual([43, 61])
  // 104 − 61 − 40, or 43 − 40, would be the three of T1.
  const shown = valuesOf(together.tables.get('f1') as AggregateTable)
  expect([shown.T2, publicSizeOf(together, segment)?.value]).toContain(null)
  expect([shown.T2, sums(together)[0]]).toContain(null)
  expect(together.report.attack).toMatchObject({ exact: 0, narrow: 0, already: 0 })
})

test('beside the halves of the year, no quarter is left to subtract', async () => {
  const shown = async (...sides: string[]) => {
    const asked = sides.map((rows) => ({ id: rows, snapshot: source.hash, request: { kind: 'count' as const, rows } }))
    const ground = { dataDir, dir: source.dir, threshold: 5, earlier: [], printed: [] }
    const { tables, report } = await protectTables(asked, ground)
    expect(report.attack).toMatchObject({ exact: 0, narrow: 0, already: 0 })
    return (id: string) => valuesOf(tables.get(id) as AggregateTable)
  }
  const alone = await shown('trimestre')
  expect(alone('trimestre')).toEqual({ T1: null, T2: 40, T3: 31, T4: null })
  const both = await shown('trimestre', 'semestre')
  // S1 − T2 would be the three of T1.
  expect(both('trimestre').T1).toBeNull()
  expect([both('trimestre').T2, both('semestre').S1]).toContain(null)
})

const valuesOf = ({ rows, cells }: AggregateTable) =>
  Object.fromEntries(rows.values.map((value, i) => [value, cells[i]?.[0]?.value ?? null]))
