import { describe, expect, it } from 'vitest'
import { bridgesUnder, differenceFor } from '../../domain/segment-comparison.ts'
import { segmentHistory } from '../../domain/segment-history.ts'

const at = (day: number) => new Date(Date.UTC(2026, 0, day))
const answers = (...rows: [id: string, regla: string][]) => ({
  segmentos: { lista: rows.map(([id, regla]) => ({ id, regla, nombre: `Segmento ${id}` })) },
})

describe('the versions of a segment', () => {
  it('begin at 1, go on with each change of the rule, and say who and when', () => {
    const history = segmentHistory([
      { stepVersion: 1, at: at(1), by: 'Profesional OGAC', answers: answers(['a', 'zona = Rural']) },
      {
        stepVersion: 2,
        at: at(2),
        by: 'Jefatura OGAC',
        answers: answers(['a', ' zona=Rural '], ['b', 'canal = Virtual']),
      },
      {
        stepVersion: null,
        at: at(3),
        by: 'Profesional SIG',
        answers: answers(['a', 'zona = Rural\no canal = Virtual']),
      },
    ])
    expect(history.get('a')?.map(({ n, by, stepVersion, rule }) => [n, by, stepVersion, rule])).toEqual([
      [1, 'Profesional OGAC', 1, 'zona = Rural'],
      [2, 'Profesional SIG', null, 'zona = Rural\no canal = Virtual'],
    ])
    expect(history.get('b')?.map(({ n, stepVersion }) => [n, stepVersion])).toEqual([[1, 2]])
  })
})

describe('the same rule in two vigencias', () => {
  const here = [{ code: 'zona', label: 'Zona', type: 'category', values: ['Rural', 'Urbana', 'Otra'] }]
  const rule = { all: [{ variable: 'zona', op: 'in' as const, values: ['Rural', 'Otra'] }] }
  it.each([
    ['the values stand in both', [{ ...here[0], values: ['Otra', 'Rural'] }], null],
    ['the variable is gone', [], { code: 'variable_absent', variable: 'Zona' }],
    ['it is of another kind', [{ ...here[0], type: 'integer' }], { code: 'type_changed', variable: 'Zona' }],
    [
      'a value is gone',
      [{ ...here[0], values: ['Rural'] }],
      { code: 'values_absent', variable: 'Zona', values: ['Otra'] },
    ],
  ])('%s', (_, there, expected) => {
    expect(differenceFor(rule, here, there as typeof here)).toEqual(expected)
  })

  const zona = (...codes: string[]) => ({
    ...{ name: 'Zona', definition: '', unit: '', periodicity: '' as const, category: '' as const, sensitive: false },
    values: codes.map((code) => ({ code: code.toLowerCase(), label: code })),
  })
  const note = 'Los centros poblados eran zona rural.'
  const seriesWith = (pairs: { from: string; to: string[] }[] | null) => () => ({
    history: {
      versions: [
        { n: 1, definition: zona('Rural', 'Urbana', 'Otra') },
        { n: 2, definition: zona('Rural', 'Urbana', 'Otra', 'Centro') },
      ],
      crosswalks: pairs ? [{ from: 1, to: 2, pairs, conversion: null, note, approvedAt: at(1) }] : [],
    },
    here: 2,
    there: 1,
  })
  const same = ['urbana', 'otra'].map((code) => ({ from: code, to: [code] }))

  it('is refused across a change of definition that nobody has bridged', () => {
    expect(differenceFor(rule, here, here, seriesWith(null))).toEqual({ code: 'definition_changed', variable: 'Zona' })
  })

  it('has a range of the same numbers where the unit stayed, and of others where it changed', () => {
    const days = [{ code: 'dias', label: 'Días', type: 'decimal', values: [] }]
    const late = { all: [{ variable: 'dias', op: 'gte' as const, values: ['15'] }] }
    const counted = { ...zona(), name: 'Días', unit: 'días' }
    const conversion = { before: '7', after: '1', offset: '0' }
    const seriesIn = (unit: string, found: typeof conversion | null) => () => ({
      history: {
        versions: [
          { n: 1, definition: counted },
          { n: 2, definition: { ...counted, unit, definition: 'Desde la radicación.' } },
        ],
        crosswalks: [{ from: 1, to: 2, pairs: [], conversion: found, note, approvedAt: at(1) }],
      },
      here: 2,
      there: 1,
    })
    expect(differenceFor(late, days, days, seriesIn('días', null))).toBeNull()
    expect(differenceFor(late, days, days, seriesIn('semanas', conversion))).toEqual({
      ...{ code: 'values_moved', variable: 'Días' },
    })
  })

  it('is refused where the table moves a part of what it selects, and joined with the note where it does not', () => {
    const split = seriesWith([...same, { from: 'rural', to: ['rural', 'centro'] }])
    expect(differenceFor(rule, here, here, split)).toEqual({ code: 'values_moved', variable: 'Zona' })
    const apart = seriesWith([
      { from: 'urbana', to: ['urbana', 'centro'] },
      ...same.slice(1),
      { from: 'rural', to: ['rural'] },
    ])
    expect(differenceFor(rule, here, here, apart)).toBeNull()
    expect(bridgesUnder(rule, apart).map(({ crossed }) => crossed.crosswalk?.note)).toEqual([note])
  })
})
