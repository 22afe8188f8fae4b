import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { fileRefusalSentence } from '../../app/text/file-refusals.ts'
import { openConfined, quoteText } from '../../db/duckdb.ts'
import { type BuildOptions, buildSnapshot } from '../../db/ingest.ts'
import { Mapping } from '../../domain/sources.ts'
import { ENTITY_KEY, requireBuilt, requireSniffed, temporaryFolder } from './city-snapshot.ts'

const COLUMNS = 490
const ROWS = 700
const TYPES = ['integer', 'text', 'decimal'] as const

let folder: Awaited<ReturnType<typeof temporaryFolder>>
let options: BuildOptions
beforeAll(async () => {
  folder = await temporaryFolder()
  const names = Array.from({ length: COLUMNS }, (_, c) => `columna_${c}`)
  const row = (r: number) => names.map((_, c) => (c % TYPES.length === 1 ? `t${r}` : r * c)).join(';')
  const file = join(folder.dir, 'ancho.csv')
  await writeFile(file, [names.join(';'), ...Array.from({ length: ROWS }, (_, r) => row(r))].join('\n'))
  const mapping = Mapping.parse(
    names.map((column, c) => ({
      column,
      code: column,
      label: column,
      type: TYPES[c % TYPES.length],
      role: 'variable',
    })),
  )
  options = { file, sniff: await requireSniffed(file), mapping, secretKey: ENTITY_KEY, outDir: folder.dir }
})
afterAll(() => folder.remove())

test('a file of hundreds of columns becomes a snapshot in little memory', async () => {
  const { path, counts } = requireBuilt(await buildSnapshot(options))
  expect(counts).toMatchObject({ records: ROWS, accepted: ROWS })
  const database = await openConfined(folder.dir)
  const sums = 'sum(columna_489), count(DISTINCT columna_1)'
  expect((await database.rows(`SELECT ${sums} FROM read_parquet(${quoteText(path)})`))[0]?.map(Number)).toEqual([
    (489 * (ROWS - 1) * ROWS) / 2,
    ROWS,
  ])
  database.close()
})

test('columns whose values are no categories together are refused before they fill the memory', async () => {
  const file = join(folder.dir, 'relatos.csv')
  const names = Array.from({ length: 50 }, (_, c) => `relato_${c}`)
  const row = (r: number) => names.map(() => `${r} ${'x'.repeat(1000)}`).join(';')
  await writeFile(file, [names.join(';'), ...Array.from({ length: ROWS }, (_, r) => row(r))].join('\n'))
  const mapping = Mapping.parse(
    names.map((column) => ({ column, code: column, label: column, type: 'category', role: 'variable' })),
  )
  const result = await buildSnapshot({ ...options, file, sniff: await requireSniffed(file), mapping })
  if (result.ok) throw new Error('accepted')
  expect(result.refusal).toMatchObject({ code: 'categories_too_large', detail: expect.stringMatching(/^relato_/) })
  expect(fileRefusalSentence(result.refusal)).toContain('Cambie a texto')
})

test('a file that does not fit into the memory of its reader is refused and not tried for ever', async () => {
  const result = await buildSnapshot({ ...options, memory: '24MB' })
  if (result.ok) throw new Error('accepted')
  expect(result.refusal).toEqual({ code: 'too_wide' })
  expect(fileRefusalSentence(result.refusal)).toContain('demasiadas columnas')
})
