import { describe, expect, it } from 'vitest'
import { completeAnswers } from '../../catalog/demo/answers.ts'
import type { AggregateTable, Axis, Cell } from '../../domain/aggregates.ts'
import { ANALYSIS_VERSION } from '../../domain/analysis-version.ts'
import { ownPart } from '../../domain/own-figures.ts'
import { segmentsOf } from '../../domain/segments.ts'
import { nameInData, type SummaryGrounds, summaryFor } from '../../domain/summaries.ts'

const cell = (value: number | null): Cell => ({ value, mark: value === null ? 'complementary' : null })
const cells = (values: (number | null)[][]) => values.map((row) => row.map(cell))
const axis = (variable: string, values: string[]): Axis => ({ variable, label: variable, sensitive: false, values })

const AGENCIES = axis('organismo', ['SECRETARIA DE CULTURA', 'SECRETARIA DE SALUD'])
const ZONES = axis('zona', ['Rural', 'Urbana'])

function table(more: Partial<AggregateTable>): AggregateTable {
  return {
    ...{ kind: 'cross', level: 'publico', rows: AGENCIES, columns: ZONES, layers: null, slices: [], method: [] },
    ...{
      cells: cells([
        [1, 2],
        [30, null],
      ]),
      rowTotals: [3, 70].map(cell),
      columnTotals: [31, 42].map(cell),
    },
    ...{ total: cell(73), threshold: 5, thresholdUnit: 'records', snapshotHash: 's', notice: 'de demostración' },
    ...{ filter: [], version: ANALYSIS_VERSION },
    ...more,
  }
}

const printed = (more: Partial<AggregateTable>) => ({ code: 'ABCDEFGHJKMN', title: 'Figura', table: table(more) })
const own = (more: Partial<AggregateTable>) => ownPart(printed(more), 'SECRETARIA DE SALUD')

describe('how the data call a dependencia', () => {
  const values = ['SECRETARIA DE SALUD', 'SECRETARIA DE SALUD MENTAL', 'DA TIC']
  it.each([
    ['by its name, whatever case, accents and articles', { name: 'Secretaría de la Salud', code: null }, values[0]],
    ['by its code', { name: 'Departamento Administrativo de Tecnologías', code: 'da-tic' }, 'DA TIC'],
    ['never by a name that is only alike', { name: 'Secretaría', code: 'salud' }, null],
  ])('%s', (_, agency, expected) => {
    expect(nameInData(agency, values)).toBe(expected)
  })
})

describe('the own part of a printed figure', () => {
  it('is the row of a cross, beside what the whole entity has, and what is hidden stays hidden', () => {
    expect(own({})).toMatchObject({
      heading: 'zona',
      lines: [
        { label: 'Rural', own: 30, whole: 31 },
        { label: 'Urbana', own: null, whole: 42 },
      ],
      total: { own: 70, whole: 73 },
    })
  })

  it('is the column of a cross', () => {
    const turned = {
      rows: ZONES,
      columns: AGENCIES,
      cells: cells([
        [1, 30],
        [2, null],
      ]),
    }
    const sums = { rowTotals: [31, 42].map(cell), columnTotals: [3, 70].map(cell) }
    expect(own({ ...turned, ...sums })).toMatchObject({
      lines: [
        { label: 'Rural', own: 30, whole: 31 },
        { label: 'Urbana', own: null, whole: 42 },
      ],
      total: { own: 70, whole: 73 },
    })
  })

  it('is one number where there is a count alone', () => {
    const count = { kind: 'count' as const, columns: null, cells: cells([[3], [70]]) }
    expect(own(count)).toMatchObject({ heading: '', lines: [], total: { own: 70, whole: 73 } })
  })

  it('is the layer of a cross of three', () => {
    const slice = { cells: cells([[5], [6]]), rowTotals: [], columnTotals: [], total: cell(11) }
    const other = { cells: cells([[1], [1]]), rowTotals: [], columnTotals: [], total: cell(2) }
    const layered = { rows: ZONES, columns: axis('canal', ['Virtual']), layers: AGENCIES, slices: [other, slice] }
    expect(own({ ...layered, cells: cells([[6], [7]]), total: cell(13) })).toMatchObject({
      heading: 'zona · canal',
      lines: [
        { label: 'Rural · Virtual', own: 5, whole: 6 },
        { label: 'Urbana · Virtual', own: 6, whole: 7 },
      ],
      total: { own: 11, whole: 13 },
    })
  })

  it('is found whatever case and accents the data and the rule use, all its spellings together', () => {
    const spelt = axis('organismo', ['Secretaría de Salud', 'Cultura', 'SECRETARIA DE SALUD'])
    const both = { rows: spelt, columns: null, cells: cells([[10], [3], [60]]), rowTotals: [] }
    expect(own({ ...both, kind: 'count' })).toMatchObject({ total: { own: 70, whole: 73 } })
    const hidden = { ...both, cells: cells([[null], [3], [60]]) }
    expect(own({ ...hidden, kind: 'count' })).toMatchObject({ total: { own: null, whole: 73 } })
    const filter = [{ variable: 'organismo', op: 'eq' as const, values: ['secretaría de la salud'] }]
    const alone = { kind: 'count' as const, rows: ZONES, columns: null, cells: cells([[8], [9]]), total: cell(17) }
    expect(own({ ...alone, filter })).toMatchObject({ total: { own: 17 } })
  })

  it('is a whole figure counted over the dependencia alone, and none counted over several or over others', () => {
    const count = { kind: 'count' as const, rows: ZONES, columns: null, cells: cells([[8], [9]]), total: cell(17) }
    const filter = (op: 'eq' | 'in' | 'neq', ...values: string[]) => [{ variable: 'organismo', op, values }]
    expect(own({ ...count, filter: filter('eq', 'SECRETARIA DE SALUD') })).toMatchObject({
      lines: [
        { label: 'Rural', own: 8, whole: null },
        { label: 'Urbana', own: 9, whole: null },
      ],
      total: { own: 17, whole: null },
    })
    for (const others of [filter('neq', 'SECRETARIA DE SALUD'), filter('in', ...AGENCIES.values), []])
      expect(own({ ...count, filter: others })).toBeNull()
  })
})

const fourth = completeAnswers('4')
const grounds: SummaryGrounds = {
  ...{
    cycle: { id: 'ejercicio', vigencia: 2026 },
    reportHash: 'f'.repeat(64),
    printed: [printed({})],
    minimumBase: 30,
  },
  segments: [
    ...segmentsOf(fourth).map((segment) => ({ ...segment, size: 100, whole: 500 })),
    {
      ...{ id: 'm9', name: 'Quienes acuden a salud', sectorId: 't1', needs: 'Cita pronta', channels: ['virtual'] },
      rule: { all: [{ variable: 'organismo', op: 'in' as const, values: ['Secretaria de salud'] }] },
      ...{ size: null, whole: 500 },
    },
  ],
  caveats: [{ segmentId: 'm1', name: 'Rural que acude a los puntos', isUnderBase: true, isUnderCovered: false }],
  report: completeAnswers('6'),
  actionLines: new Map([['2', 'Acercar la atención']]),
  owners: new Map([['jefatura_ogac', 'Jefatura OGAC']]),
  variableName: (code) => code,
}

describe('a summary', () => {
  it('gives a dependencia its part of the figures and the segments whose rule names it', () => {
    const summary = summaryFor({ id: 'a', name: 'Secretaría de Salud', code: 'salud' }, grounds)
    expect(summary).toMatchObject({ inData: 'SECRETARIA DE SALUD', notice: 'de demostración', recommendations: [] })
    expect(summary.figures.map(({ total }) => total)).toEqual([{ own: 70, whole: 73 }])
    expect(summary.segments).toMatchObject([{ id: 'm9', because: 'rule', size: null, caveat: null }])
  })

  it('gives a dependencia what is recommended to it, and the segments that is about, with their caveat', () => {
    const summary = summaryFor({ id: 'b', name: 'Oficina de Atención', code: 'atencion-ciudadano' }, grounds)
    expect(summary.recommendations).toMatchObject([
      {
        ...{ actionLine: 'Acercar la atención', segment: 'Rural que acude a los puntos', owner: 'Jefatura OGAC' },
        ...{ due: '2027-06-30', priority: 'alta' },
      },
    ])
    expect(summary.segments).toMatchObject([
      { id: 'm1', because: 'recommendation', size: 100, caveat: { isUnderBase: true, isUnderCovered: false } },
    ])
    expect(summary).toMatchObject({ inData: null, figures: [] })
  })

  it('says nothing of others to a dependencia that neither the data nor the report name', () => {
    const summary = summaryFor({ id: 'c', name: 'Control Interno', code: null }, grounds)
    expect(summary).toMatchObject({ inData: null, figures: [], segments: [], recommendations: [] })
  })
})
