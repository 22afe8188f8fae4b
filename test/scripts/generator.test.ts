import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { CITY_FILE_COLUMNS, DEMO_SENTENCE, TABLE_1, TABLE_2 } from '../../catalog/demo/city-file.ts'
import { cityMargins } from '../../scripts/city-file/margins.ts'
import { cityFileRows } from '../../scripts/city-file/rows.ts'
import { writeCityFile } from '../../scripts/generate-city-file.ts'
import { temporaryFolder } from '../db/city-snapshot.ts'

let folder: Awaited<ReturnType<typeof temporaryFolder>>
beforeAll(async () => {
  folder = await temporaryFolder()
})
afterAll(() => folder.remove())

const column = (name: (typeof CITY_FILE_COLUMNS)[number]) => CITY_FILE_COLUMNS.indexOf(name)

/** Good records: those whose radicado carries the good series and appears for the first time. */
function goodRows(options: Parameters<typeof cityFileRows>[0]) {
  const seen = new Set<string>()
  return [...cityFileRows(options)].slice(1).filter((row) => {
    const radicado = row[0] as string
    if (!radicado.startsWith('2024-4173-') || seen.has(radicado)) return false
    seen.add(radicado)
    return true
  })
}

test('the shipped margins are those of the published tables, and the semesters agree with the quarters', () => {
  const sum = (table: typeof TABLE_1, i: number) => table.reduce((total, row) => total + (row.counts[i] ?? 0), 0)
  expect([0, 1, 2, 3].map((i) => sum(TABLE_1, i))).toEqual([106_917, 77_096, 82_106, 72_023])
  expect([0, 1].map((i) => sum(TABLE_2, i))).toEqual([184_013, 154_129])
  expect([TABLE_1.length, TABLE_2.length]).toEqual([28, 24])
})

test('a smaller file keeps its own margins exactly, 25 columns and six kinds of bad records', () => {
  const options = { rows: 5000 }
  const rows = goodRows(options)
  const { table1, table2, badPerKind } = cityMargins(options)
  expect(rows).toHaveLength(5000)
  expect(rows.every((row) => row.length === 25)).toBe(true)
  const count = (name: string, index: number, other: string, at: number) =>
    rows.filter((row) => row[index] === name && row[at] === other).length
  for (const { name, counts } of table1)
    counts.forEach((expected, q) => {
      expect(count(name, column('organismo'), `T${q + 1}`, column('trimestre'))).toBe(expected)
    })
  for (const { name, counts } of table2)
    counts.forEach((expected, s) => {
      expect(count(name, column('tipo_comunicacion'), `S${s + 1}`, column('semestre'))).toBe(expected)
    })
  expect(Object.values(badPerKind)).toEqual([5, 5, 5, 5, 5, 5])
  expect([...cityFileRows(options)]).toHaveLength(1 + 5000 + 30)
})

test('every record says that the data are for demonstration, and with which margins', () => {
  const [header, ...rows] = [...cityFileRows({ rows: 500 })]
  expect(header?.at(-1)).toBe('aviso')
  for (const row of rows.filter((row) => row.length === 25)) expect(row.at(-1)).toBe(DEMO_SENTENCE)
})

test('the full file adds 2,029 bad records', () => {
  expect(Object.values(cityMargins().badPerKind).reduce((a, b) => a + b)).toBe(2029)
})

test('dates lie in their quarter, and nobody in the file has a name', () => {
  for (const row of goodRows({ rows: 2000 })) {
    const month = Number(row[column('fecha_radicacion')]?.slice(5, 7))
    expect(`T${Math.ceil(month / 3)}`).toBe(row[column('trimestre')])
    expect(row[column('nombre')]).toMatch(/^(Ciudadano \d{6})?$/)
    expect(row[column('correo')]).toMatch(/^([^@]+@ejemplo\.example)?$/)
  }
})

test('the same options give the same bytes, another seed or variant others', async () => {
  const write = async (name: string, options: Parameters<typeof writeCityFile>[1]) => {
    const path = join(folder.dir, name)
    await writeCityFile(path, options)
    return readFile(path)
  }
  const first = await write('a.csv', { rows: 1000 })
  expect(first.equals(await write('b.csv', { rows: 1000 }))).toBe(true)
  expect(first.equals(await write('c.csv', { rows: 1000, seed: 9 }))).toBe(false)
  expect(first.equals(await write('d.csv', { rows: 1000, variant: 2 }))).toBe(false)
})
