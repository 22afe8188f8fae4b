import { describe, expect, it } from 'vitest'
import { TABLE_1, TABLE_2 } from '../../catalog/demo/city-file.ts'
import { figureOf, type PublishedTable } from '../../domain/published-table.ts'
import { warningsAcross, warningsOf } from '../../domain/table-warnings.ts'

/** Cells separated by `;`, the header first; rows are numbered from line 2. */
function table(name: string, ...lines: string[]): PublishedTable {
  const [header = [], ...rows] = lines.map((line) => line.split(';'))
  return { name, header, rows, lines: rows.map((_, i) => i + 2) }
}

const total = (rows: number[][]) => rows.reduce((all, row) => all.map((value, i) => value + (row[i] ?? 0)))
const withTotal = (counts: readonly number[]) => [...counts, counts.reduce((a, b) => a + b, 0)]
const first = withTotal(total(TABLE_1.map(({ counts }) => [...counts])))
const second = withTotal(total(TABLE_2.map(({ counts }) => [...counts])))

const tabla1 = table(
  'Tabla 1',
  'Organismo;T1;T2;T3;T4;Acumulado',
  ...TABLE_1.map(({ name, counts }) => [name, ...withTotal(counts)].join(';')),
  ['TOTAL', ...first].join(';'),
)
const share = (n: number) => ((n / 338_142) * 100).toFixed(2).replace('.', ',')
const tabla2 = table(
  'Tabla 2',
  'Tipo;S1;S2;Total;%',
  ...TABLE_2.map(({ name, counts }) => [name, ...withTotal(counts), share(withTotal(counts).at(-1) ?? 0)].join(';')),
  ['Total general', ...second, '100'].join(';'),
)
const changed = (from: PublishedTable, r: number, c: number, text: string): PublishedTable => ({
  ...from,
  rows: from.rows.map((row, i) => (i === r ? row.map((cell, j) => (j === c ? text : cell)) : row)),
})

describe('the tables of seed 002', () => {
  it('agree with themselves and with each other: S1 = T1 + T2, S2 = T3 + T4', () => {
    expect([first, second]).toEqual([
      [106_917, 77_096, 82_106, 72_023, 338_142],
      [184_013, 154_129, 338_142],
    ])
    expect([warningsOf(tabla1), warningsOf(tabla2), warningsAcross(tabla2, [tabla1])]).toEqual([[], [], []])
  })

  it('with one figure changed, say which total is no longer the sum of its parts', () => {
    const wrong = changed(tabla1, 1, 1, '866')
    expect(warningsOf(wrong).map(({ kind, line, ...rest }) => [kind, line, 'column' in rest && rest.column])).toEqual([
      ['total_differs', 3, 'Acumulado'],
      ['total_differs', 30, 'T1'],
    ])
    expect(warningsAcross(tabla2, [changed(tabla1, 28, 1, '106.918')])).toEqual([
      { kind: 'periods_differ', line: 26, column: 'S1', literal: '184013', expected: 184_014, other: 'Tabla 1' },
    ])
  })
})

describe('the anomalies of seed 002', () => {
  it('A1: 99,75 % is not 86,5 + 13,2, and the four ratings are no whole', () => {
    const survey = table(
      'Encuesta',
      'Canal;Excelente %;Bueno %;Regular %;Malo %;Positivo %',
      'Presencial;86,5;13,2;0.15%;0,10;99.75 %',
    )
    expect(warningsOf(survey)).toEqual([
      { kind: 'share_differs', line: 2, column: 'Positivo %', literal: '99.75 %', expected: 99.7 },
      {
        ...{ kind: 'shares_not_whole', line: 2, column: 'Excelente %, Bueno %, Regular %, Malo %' },
        ...{ literal: '86,5 + 13,2 + 0.15% + 0,10', expected: 99.95 },
      },
    ])
  })

  it('A2: 28 % is not the 27,36 % of «Otros», but 44 % is the 43,81 % of the general petition', () => {
    const text = table(
      'Texto',
      'Tipo;Total;%',
      'Otros;92.520;28 %',
      'Petición General;148.149;44 %',
      'Demás;97.473;28,83',
      'Total;338.142;100',
    )
    expect(warningsOf(text).filter(({ kind }) => kind !== 'shares_not_whole')).toEqual([
      { kind: 'share_differs', line: 2, column: '%', literal: '28 %', expected: 27 },
    ])
  })

  it('A3: 87,6 % and 12,3 % were cut, not rounded', () => {
    const survey = table(
      'En línea',
      'Encuesta;Malo %;Regular %;Bueno %;Excelente %;Positivas;Negativas',
      'Trámites;5,82;6,52;53,23;34,43;87,6 %;12,3 %',
    )
    expect(warningsOf(survey)).toEqual([
      { kind: 'share_truncated', line: 2, column: 'Positivas', literal: '87,6 %', expected: 87.7 },
    ])
    const counts = table('Conteos', 'Lado;Encuestas;%', 'Positivas;15.527;87,6', 'Negativas;2.186;12,3')
    expect(warningsOf(counts)).toEqual([
      { kind: 'share_truncated', line: 2, column: '%', literal: '87,6', expected: 87.7 },
    ])
  })

  it('a percentage is cut whatever its decimals, and a whole one too', () => {
    const cut = (share: string) => warningsOf(table('Conteos', 'Lado;Encuestas;%', `Sí;2;${share}`, 'No;1;33,3333'))
    for (const [literal, expected] of [
      ['66', 67],
      ['66,6', 66.7],
      ['66,66', 66.67],
      ['66,666', 66.667],
      ['66,6666', 66.6667],
    ] as const)
      expect(cut(literal)).toEqual([{ kind: 'share_truncated', line: 2, column: '%', literal, expected }])
    for (const right of ['67', '66,7', '66,67', '66,667', '66,6667']) expect(cut(right)).toEqual([])
  })

  it('A4: 108 mesas, four for each organismo, are 27 organismos and not the 28 of Tabla 1', () => {
    const plan = table('Plan', 'Actividad;Meta por organismo;Total', 'Tiempos de respuesta;4;108')
    expect(warningsAcross(plan, [tabla1])).toEqual([
      { kind: 'agencies_differ', line: 2, column: 'Total', literal: '108', expected: 28, other: 'Tabla 1' },
    ])
  })

  it('A5: the duplicated row is told with both its lines', () => {
    const plan = table(
      'Plan',
      'Tarea;Meta;Total',
      'Diálogo no misional;1;1',
      'Diálogo misional;1;1',
      'Diálogo  no misional;1;1',
    )
    expect(warningsOf(plan)).toEqual([
      { kind: 'row_repeated', line: 4, first: 2, literal: 'Diálogo  no misional; 1; 1' },
    ])
  })
})

describe('what is read', () => {
  it('takes both styles of numbers and no words', () => {
    const read = ['338.142', '27,36', '0.15%', '31.3 %', '1.234,5', '-3', 'nueve', '', '1.2.3'].map(figureOf)
    expect(read.map((figure) => figure?.value ?? null)).toEqual([
      338_142,
      27.36,
      0.15,
      31.3,
      1234.5,
      -3,
      null,
      null,
      null,
    ])
  })

  it('leaves files of records alone', () => {
    expect(warningsOf(table('Registros', 'canal;edad', 'Web;30', 'Web;30'))).toEqual([])
  })
})
