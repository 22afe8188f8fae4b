import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { caveatSentence, coverageText, representativenessParagraph } from '../../app/text/coverage.ts'
import type { Level } from '../../domain/aggregates.ts'
import {
  type AttendanceLine,
  type Coverage,
  caveatsOf,
  coverageOf,
  DEFAULT_FLOOR,
  floorOf,
  parseAttendance,
} from '../../domain/coverage.ts'
import { disclosedTable } from '../../domain/disclosed-table.ts'
import { coverageRead } from '../../domain/report-rules.ts'

const axis = (variable: string, values: string[]) => ({ variable, label: variable, sensitive: false, values })

function captured(level: Level, points: string[], periods: string[], cells: number[][]) {
  return disclosedTable(level, {
    ...{ kind: 'cross', rows: axis('punto', points), columns: axis('mes', periods), layers: null, cells },
    ...{ filter: [], sensitive: false, threshold: 5, snapshotHash: 'a', notice: null },
  })
}

describe('counts of attention as typed', () => {
  it('are read with or without header, by semicolon, comma or tab', () => {
    const line = { point: 'Centro', period: '2024-01', attended: 1234, refused: 12 }
    for (const text of [
      'Centro; 2024-01; 1.234; 12',
      'punto;mes;atendidos;no respondieron\r\nCentro;2024-01;1234;12\r\n',
      'Centro,2024-01,1234,12',
      '\uFEFFCentro\t2024-01\t1234\t12',
    ])
      expect(parseAttendance(text)).toEqual({ ok: true, lines: [line] })
    expect(parseAttendance('Centro;2024-01;9')).toEqual({
      ...{ ok: true, lines: [{ point: 'Centro', period: '2024-01', attended: 9, refused: null }] },
    })
  })

  it.each([
    ['', 'nothing', 1],
    ['Centro;2024-01', 'columns', 1],
    ['Centro;2024-01;9;1;5', 'columns', 1],
    [';2024-01;9', 'text', 1],
    ['Centro;2024-01;9\nNorte;2024-01;-3', 'attended', 2],
    ['Centro;2024-01;9;2,5', 'refused', 1],
    ['Centro;2024-01;9;10', 'refused_above', 1],
    ['Centro;2024-01;9\n\nCentro;2024-01;8', 'repeated', 3],
  ])('%j is refused with the line and a sentence', (text, fault, line) => {
    const parsed = parseAttendance(text)
    expect(parsed).toEqual({ ok: false, fault, line })
    if (!parsed.ok) expect(coverageText.fault(parsed.fault, parsed.line)).toMatch(/\.$/)
  })
})

describe('what was captured of those attended', () => {
  const lines: AttendanceLine[] = [
    { point: 'Centro', period: '2024-01', attended: 100, refused: 4 },
    { point: 'Centro', period: '2024-02', attended: 100, refused: 6 },
    { point: 'Norte', period: '2024-01', attended: 200, refused: null },
    { point: 'Isla', period: '2024-01', attended: 10, refused: null },
  ]
  const table = captured(
    'interno',
    ['Centro', 'Norte'],
    ['2024-01', '2024-02'],
    [
      [80, 90],
      [40, 7],
    ],
  )
  const coverage = coverageOf(lines, table, DEFAULT_FLOOR)

  it('reconciles with the file of the office and tells which points are under the floor', () => {
    expect(coverage.total).toEqual({ captured: 210, attended: 410, refused: 10 })
    expect(coverage.points.map(({ point, captured: n, isUnder }) => [point, n, isUnder])).toEqual([
      ['Centro', 170, false],
      ['Norte', 40, true],
      ['Isla', 0, true],
    ])
    expect(coverage.unknown).toEqual({ points: ['Isla'], periods: [] })
  })

  it('is said in a paragraph that names the points, the refusals, the weighting and the base', () => {
    const caveats = [{ segmentId: 's', name: 'Jóvenes', isUnderBase: true, isUnderCovered: true }]
    const paragraph = representativenessParagraph({ floor: DEFAULT_FLOOR, coverage, caveats })
    expect(paragraph).toBe(
      'Cobertura y representatividad. Se atendieron 410 personas y se captaron 210 registros (51,22 %). ' +
        '10 personas no respondieron o no autorizaron (2,44 %). ' +
        'Por debajo de la cobertura mínima del 50,00 %: Norte (20,00 %), Isla (0,00 %). ' +
        'La captación es voluntaria y los resultados no se ponderan: describen a quienes quedaron registrados. ' +
        'Un segmento se describe desde 30 registros. Llevan advertencia: Jóvenes.',
    )
    expect(caveatSentence(caveats[0] as (typeof caveats)[0], 30)).toBe(
      'Advertencia: este segmento tiene menos de 30 registros y reúne sobre todo registros de puntos con cobertura insuficiente; sus cifras no deben generalizarse.',
    )
    expect(representativenessParagraph({ floor: DEFAULT_FLOOR, coverage: null, caveats: [] })).toContain(
      'no se puede estimar',
    )
  })

  it('gives no small count away: a hidden cell makes its point and the total unknown', () => {
    const shown = coverageOf(
      lines,
      captured(
        'publico',
        ['Centro', 'Norte'],
        ['2024-01', '2024-02'],
        [
          [80, 3],
          [40, 70],
        ],
      ),
      DEFAULT_FLOOR,
    )
    expect(shown.total.captured).toBeNull()
    const paragraph = representativenessParagraph({ floor: DEFAULT_FLOOR, coverage: shown, caveats: [] })
    expect(paragraph).toContain('no se publican')
  })

  it('adds up to what a plain sum finds', () => {
    const grid = fc.array(fc.tuple(fc.nat(300), fc.nat(300)), { minLength: 2, maxLength: 6 })
    fc.assert(
      fc.property(grid, (cells) => {
        const points = cells.map((_, i) => `p${i}`)
        const all = points.flatMap((point) =>
          ['m1', 'm2'].map((period) => ({ point, period, attended: 400, refused: 1 })),
        )
        const made: Coverage = coverageOf(all, captured('interno', points, ['m1', 'm2'], cells), DEFAULT_FLOOR)
        expect(made.total).toEqual({
          captured: cells.flat().reduce((a, b) => a + b),
          attended: 800 * points.length,
          refused: all.length,
        })
        for (const [i, point] of made.points.entries()) {
          const [a = 0, b = 0] = cells[i] ?? []
          expect([point.captured, point.isUnder]).toEqual([a + b, a + b < 400])
        }
      }),
      { seed: 4, numRuns: 200 },
    )
  })
})

describe('step 6', () => {
  it('is not submitted while counts of attention cannot be printed', () => {
    expect(coverageRead({}, { coverage: 'unread' }).map(({ code }) => code)).toEqual(['coverage_unread'])
    expect(coverageRead({}, { coverage: 'ready' })).toEqual([])
    expect(coverageRead({}, { coverage: 'absent' })).toEqual([])
  })
})

describe('what the entity settled', () => {
  it('comes from step 3, else it is half of those attended and thirty records', () => {
    expect(floorOf(undefined)).toEqual({ share: 0.5, base: 30 })
    expect(floorOf({ cobertura: { cobertura_minima: '80', base_minima: '50' } })).toEqual({ share: 0.8, base: 50 })
  })

  it('puts a caveat on a segment under the base, and on one that mostly comes from points under the floor', () => {
    const base = (id: string, size: number, fromUnder: number) => ({ segment: { id, name: id }, size, fromUnder })
    const caveats = caveatsOf([base('a', 29, 0), base('b', 30, 15), base('c', 30, 16), base('d', 0, 0)], DEFAULT_FLOOR)
    expect(
      caveats.map(({ segmentId, isUnderBase, isUnderCovered }) => [segmentId, isUnderBase, isUnderCovered]),
    ).toEqual([
      ['a', true, false],
      ['c', false, true],
      ['d', true, false],
    ])
  })
})
