import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  NOT_APPLICABLE,
  SURVEY_COLUMNS,
  SURVEY_TOTALS,
  SURVEYS,
  type Survey,
  TABLE_4,
} from '../../catalog/demo/survey-files.ts'
import { surveyMapping } from '../../catalog/demo/survey-mapping.ts'
import { emitAggregates } from '../../db/aggregates.ts'
import { buildSnapshot } from '../../db/ingest.ts'
import { type AggregateTable, ranking, type TableRequest } from '../../domain/aggregates.ts'
import { figuresOf, variablesAsked } from '../../domain/figures.ts'
import type { PublishedTable } from '../../domain/published-table.ts'
import { warningsOf } from '../../domain/table-warnings.ts'
import { writeSurveyFile } from '../../scripts/generate-survey-file.ts'
import { surveyFileRows } from '../../scripts/survey-file/rows.ts'
import { ENTITY_KEY, requireBuilt, requireSniffed, temporaryFolder } from './city-snapshot.ts'

let folder: Awaited<ReturnType<typeof temporaryFolder>>
const snapshots = {} as Record<Survey, { dir: string; hash: string }>
beforeAll(async () => {
  folder = await temporaryFolder()
  for (const survey of SURVEYS) {
    const file = join(folder.dir, `${survey}.csv`)
    await writeSurveyFile(file, survey)
    const sniff = await requireSniffed(file)
    const outDir = join(folder.dir, 'snapshots')
    const asked = { file, sniff, mapping: surveyMapping(sniff), secretKey: ENTITY_KEY, outDir }
    const { hash, counts } = requireBuilt(await buildSnapshot(asked))
    expect(counts).toMatchObject({ accepted: SURVEY_TOTALS[survey], rejected: 0 })
    snapshots[survey] = { dir: outDir, hash }
  }
}, 120_000)
afterAll(() => folder.remove())

const ask = (survey: Survey, request: TableRequest) => emitAggregates('publico', request, snapshots[survey])
const cross = (rows: string, columns: string) => ({ kind: 'cross' as const, rows, columns })
const only = (variable: string, value: string) => ({ all: [{ variable, op: 'in' as const, values: [value] }] })

/** A column of a cross, or the only one of a count, as the public sees it: exact here or hidden, never another. */
function shown(table: AggregateTable, column?: string): Record<string, number | null> {
  const at = column === undefined ? 0 : (table.columns?.values.indexOf(column) ?? -1)
  return Object.fromEntries(table.rows.values.map((name, r) => [name, table.cells[r]?.[at]?.value ?? null]))
}

/** In per cent, rounded to as many decimals as the plan prints. */
const share = (count: number, whole: number, decimals: number) => ((count / whole) * 100).toFixed(decimals)

/** Counts beside the shares the plan prints for them, as a table that was published. */
function printed(name: string, counts: number[], shares: string[]): PublishedTable {
  const rows = counts.map((count, i) => [`Fila ${i + 1}`, String(count), shares[i] ?? ''])
  return { name, header: ['Calificación', 'Encuestas', '%'], rows, lines: rows.map((_, i) => i + 2) }
}

describe('the survey figures of seed 002, recomputed through the product', () => {
  test('S2.9: 182.336 attention surveys by channel, and each of the four quarters has its part', async () => {
    const channels = await ask('atencion', { kind: 'count', rows: 'canal_encuestado' })
    expect(shown(channels)).toEqual({ Presencial: 156_865, 'No presencial': 25_471 })
    expect(channels.total.value).toBe(182_336)
    const quarters = shown(await ask('atencion', { kind: 'count', rows: 'trimestre' }))
    expect(Object.keys(quarters)).toEqual(['T1', 'T2', 'T3', 'T4'])
  })

  test('S2.10: trámites 53 %, PQRS 20 %, orientación 17 % of what is done, in all channels and at the points', async () => {
    const table = await ask('atencion', cross('gestion', 'canal_encuestado'))
    for (const counts of [table.rowTotals.map(({ value }) => value ?? 0), Object.values(shown(table, 'Presencial'))]) {
      const whole = counts.reduce<number>((all, count) => all + (count ?? 0), 0)
      expect(counts.map((count) => share(count ?? 0, whole, 0))).toEqual(['53', '20', '17', '10'])
    }
  })

  test('S2.11 and A1: the ratings of each channel; 99.75 % are positive only of those who rated', async () => {
    const table = await ask('atencion', cross('calificacion_atencion', 'canal_encuestado'))
    const { Excelente = 0, Bueno = 0, Regular = 0, Malo = 0, ...rest } = shown(table, 'Presencial') as Counts
    const counts = [Excelente, Bueno, Regular, Malo]
    expect([86.5, 13.2].map((_, i) => share(counts[i] ?? 0, 156_865, 1))).toEqual(['86.5', '13.2'])
    expect([Regular, Malo].map((count) => share(count, 156_865, 2))).toEqual(['0.15', '0.10'])
    expect(Object.values(rest)).toEqual([79])
    const positive = Excelente + Bueno
    expect([share(positive, 156_865, 2), share(positive, 156_865 - 79, 2)]).toEqual(['99.70', '99.75'])
    const plan = printed('Gráfica 2', [positive, 156_865 - positive], ['99.75 %', '0.30'])
    expect(warningsOf(plan)).toMatchObject([{ kind: 'share_differs', literal: '99.75 %', expected: 99.7 }])
    const remote = Object.values(shown(table, 'No presencial') as Counts).slice(0, 4)
    expect(remote.map((count) => share(count, 25_471, 1))).toEqual(['65.5', '31.3', '1.2', '2.0'])
    expect(share((remote[0] ?? 0) + (remote[1] ?? 0), 25_471, 1)).toBe('96.8')
  })

  test('S2.12: 40.731 surveys of 25 organismos, 95 % against 5 %, and why', async () => {
    const table = await ask('satisfaccion', cross('calificacion_tramite', 'modalidad'))
    const counts = shown(table, 'Trámites y servicios')
    expect(counts).toEqual({ Excelente: 30_232, Bueno: 8_481, Regular: 1_331, Malo: 687 })
    expect([share(30_232 + 8_481, 40_731, 0), share(1_331 + 687, 40_731, 0)]).toEqual(['95', '5'])
    const filter = only('modalidad', 'Trámites y servicios')
    const agencies = await ask('satisfaccion', { kind: 'count', rows: 'organismo_evaluado', filter })
    expect(agencies.total.value).toBe(40_731)
    expect(agencies.cells.filter(([cell]) => cell?.value !== 0)).toHaveLength(25)
    expect(await firstComplaints(filter)).toEqual(['Complejidad de los pasos', 'Tiempo de respuesta'])
  })

  test('S2.13 and A3: Tabla 4, the ratings online, and 87,6 % that was cut and not rounded', async () => {
    const filter = only('modalidad', 'Trámites en línea')
    const table = await ask('satisfaccion', { ...cross('tramite_en_linea', 'trimestre'), filter })
    for (const { name, counts } of TABLE_4) {
      const cells = table.cells[table.rows.values.indexOf(name)]?.map(({ value }) => value)
      expect([name, cells?.map((value, q) => value === null || value === counts[q])]).toEqual([
        name,
        Array(4).fill(true),
      ])
    }
    expect(table.columnTotals.map(({ value }) => value)).toEqual([5_440, 3_914, 4_702, 3_657])
    expect(table.total.value).toBe(17_713)
    const ratings = shown(await ask('satisfaccion', cross('calificacion_tramite', 'modalidad')), 'Trámites en línea')
    expect(ratings).toEqual({ Excelente: 6_099, Bueno: 9_428, Regular: 1_155, Malo: 1_031 })
    const shares = Object.values(ratings as Counts).map((count) => share(count, 17_713, 2))
    expect(shares).toEqual(['34.43', '53.23', '6.52', '5.82'])
    const plan = printed('Gráfica 6', [6_099 + 9_428, 1_155 + 1_031], ['87,6 %', '12,3 %'])
    expect(warningsOf(plan)).toMatchObject([{ kind: 'share_truncated', literal: '87,6 %', expected: 87.7 }])
    expect(await firstComplaints(filter)).toEqual(['No obtuvo el trámite', 'Disponibilidad de la página'])
  })

  test('a figure asks its source for the variables of its filter too, which here only one file has', () => {
    const answers = { tipo: 'conteo', variable: 'trimestre', filtro: 'modalidad = Trámites en línea' }
    const [figure] = figuresOf({ figuras: { lista: [{ id: 'g1', ...answers }] } })
    const asked = figure ? variablesAsked(figure) : []
    const columns = (survey: Survey): readonly string[] => SURVEY_COLUMNS[survey]
    expect(SURVEYS.filter((survey) => asked.every((code) => columns(survey).includes(code)))).toEqual(['satisfaccion'])
  })

  test('the same options give the same file, and a smaller one keeps its proportions', () => {
    const rows = (options: object) => [...surveyFileRows('satisfaccion', options)]
    expect(rows({ rows: 500 })).toEqual(rows({ rows: 500 }))
    expect(rows({ rows: 500 })).not.toEqual(rows({ rows: 500, seed: 9 }))
    expect(rows({ rows: 500 })).toHaveLength(501)
  })
})

type Counts = Record<string, number>

/** The two concepts that most of those who were not content name, first the more frequent. */
async function firstComplaints(filter: NonNullable<TableRequest['filter']>): Promise<string[]> {
  const table = await ask('satisfaccion', { kind: 'count', rows: 'inconformidad', filter })
  const named = ranking(table).filter(({ value }) => value !== NOT_APPLICABLE)
  return named.slice(0, 2).map(({ value }) => value)
}
