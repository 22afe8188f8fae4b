import { describe, expect, it } from 'vitest'
import { gapSentence, ruleSentence } from '../../app/text/gaps.ts'
import { figureTitle, ruleInSpanish } from '../../catalog/figure-titles.ts'
import { rulesReadable } from '../../domain/analysis-rules.ts'
import { figuresOf } from '../../domain/figures.ts'
import { parseRule, writeRule } from '../../domain/rule-notation.ts'
import { matchesRule, type SegmentRule } from '../../domain/rules.ts'
import { segmentsOf } from '../../domain/segments.ts'
import { variablesOf } from '../../domain/variables.ts'
import { completeAnswers } from '../support/answers.ts'

function rule(text: string): SegmentRule {
  const parsed = parseRule(text)
  if (!parsed.ok) throw new Error(parsed.fault)
  return parsed.rule
}

describe('the rule of a segment', () => {
  it.each([
    ['canal = Presencial', 'canal es Presencial'],
    ['zona != Rural', 'zona no es Rural'],
    ['zona distinto de Rural', 'zona no es Rural'],
    ['canal en Presencial, Telefónico , Chat asistido', 'canal es Presencial, Telefónico o Chat asistido'],
    ['zona=Rural; canal=Presencial', 'zona es Rural, y canal es Presencial'],
    ['Zona = Rural\n\n canal = Presencial \n', 'zona es Rural, y canal es Presencial'],
    ['{"all":[{"variable":"canal","op":"in","values":["a, b","c"]}]}', 'canal es a, b o c'],
    ['zona no en Rural, Urbana', 'zona no es Rural ni Urbana'],
    ['canal = Virtual\nzona = Rural\no comuna en 1, 2', 'canal es Virtual, y (zona es Rural o bien comuna es 1 o 2)'],
    ['zona = Rural; o canal = Virtual', '(zona es Rural o bien canal es Virtual)'],
    ['zona = Rural\no = 1', 'zona es Rural, y o es 1'],
    ['edad >= 60', 'edad de 60 o más'],
    ['edad<=28', 'edad de 28 o menos'],
    ['edad entre 18 y 28', 'edad de 18 a 28'],
    ['monto entre 1.200,50 y 3000', 'monto de 1200,5 a 3000'],
    ['fecha desde 2026-01-01 hasta 2026-06-30', 'fecha del 1 de enero de 2026 al 30 de junio de 2026'],
    ['fecha desde 1/2/2026', 'fecha desde el 1 de febrero de 2026'],
    ['fecha hasta 2026-06-30', 'fecha hasta el 30 de junio de 2026'],
    ['zona = Rural\no edad >= 60', '(zona es Rural o bien edad de 60 o más)'],
    ['zona = Rural\no desde = 5', '(zona es Rural o bien desde es 5)'],
    ['{"all":[{"variable":"edad","op":"between","values":["18","28"]}]}', 'edad de 18 a 28'],
    [
      '{"all":[],"any":[[{"variable":"a","op":"eq","values":["1"]},{"variable":"b","op":"eq","values":["2"]}]]}',
      '(a es 1 o bien b es 2)',
    ],
  ])('%s is read as "%s"', (text, spanish) => {
    expect(ruleInSpanish(rule(text))).toBe(spanish)
  })

  it.each([
    '',
    '   ',
    'canal',
    'canal =',
    '= virtual',
    'canal en ,',
    '{"all":[]}',
    '{"all":[{"variable":"x;drop","op":"eq","values":["1"]}]}',
    '{"all":[{"variable":"x","op":"like","values":["1"]}]}',
    '{no json',
    'o zona = Rural',
    'zona = Rural\no',
    'zona no en ,',
    '{"all":[],"any":[]}',
    '{"all":[],"any":[[]]}',
    '{"all":[],"any":[{"variable":"x","op":"eq","values":["1"]}]}',
    Array(11).fill('a = b').join('\no '),
    '{"all":[{"variable":"x","op":"eq","values":["1","2"]}]}',
    Array(11).fill('a = b').join('\n'),
    'edad >= mucho',
    'edad >=',
    'edad entre 28 y 18',
    'edad entre 18 y 2026-01-01',
    'fecha desde 2026-06-30 hasta 2026-01-01',
    'fecha desde 2026-02-30',
    'edad >= 9999999999999999',
    '{"all":[{"variable":"edad","op":"between","values":["18"]}]}',
    '{"all":[{"variable":"edad","op":"gte","values":["x"]}]}',
  ])('%j is refused with a sentence', (text) => {
    const parsed = parseRule(text)
    expect(parsed.ok).toBe(false)
    if (!parsed.ok) expect(ruleSentence({ fault: parsed.fault, ...parsed.facts })).toMatch(/^Escriba .+\.$/)
  })

  it('holds for a record when every condition does, and never on a blank', () => {
    const one = rule('zona = Rural\ncanal != Virtual')
    expect(matchesRule(one, { zona: 'Rural', canal: 'Presencial' })).toBe(true)
    expect(matchesRule(one, { zona: 'Rural', canal: 'Virtual' })).toBe(false)
    expect(matchesRule(one, { zona: 'Rural', canal: '' })).toBe(false)
    expect(matchesRule(one, { zona: 'Rural' })).toBe(false)
  })

  it('has bounds that belong to it, and nothing empty or of another kind inside', () => {
    const years = rule('edad entre 18 y 28')
    expect(['17', '18', '28', '28,5', '', '2026-01-01', 'x'].map((edad) => matchesRule(years, { edad }))).toEqual([
      ...[false, true, true, false, false, false, false],
    ])
    const days = rule('fecha desde 2026-01-01 hasta 2026-06-30')
    expect(
      ['2025-12-31', '2026-01-01', '2026-06-30', '2026-07-01', '20260301'].map((fecha) => matchesRule(days, { fecha })),
    ).toEqual([false, true, true, false, false])
  })

  it('is kept in one way, however its bounds are typed', () => {
    expect(['edad >= 60', 'edad desde 60,0', 'EDAD ≥ 60'].map((text) => writeRule(rule(text)))).toEqual([
      ...['edad >= 60', 'edad >= 60', 'edad >= 60'],
    ])
    expect(writeRule(rule('fecha desde 1/1/2026 hasta 30/06/2026'))).toBe('fecha desde 2026-01-01 hasta 2026-06-30')
  })

  it('has ranges only of numbers and dates, as the sources in use read them', () => {
    const columnTypes = new Map([
      ['edad', ['integer']],
      ['fecha', ['date']],
      ['zona', ['category']],
    ])
    const faults = ['edad >= 60', 'fecha >= 60', 'edad desde 2026-01-01', 'zona >= 1', 'otra >= 1'].map((regla) => {
      const [gap] = rulesReadable({ segmentos: { lista: [{ id: 'x', regla }] } }, { columnTypes })
      return gap && gapSentence(gap)
    })
    expect(faults).toEqual([
      undefined,
      'Regla del segmento 1: Escriba fechas en el rango de «fecha», por ejemplo: desde 2026-01-01.',
      'Regla del segmento 1: Escriba números en el rango de «edad», no fechas.',
      'Regla del segmento 1: Escriba los valores de «zona» uno por uno: no es un número ni una fecha, y no tiene rangos.',
      undefined,
    ])
  })

  it('is shown with the names of variables and values', () => {
    const labels = { variable: () => 'Canal', value: (_: string, code: string) => code.toUpperCase() }
    expect(ruleInSpanish(rule('canal = web'), labels)).toBe('Canal es WEB')
  })
})

describe('step 4 of the demonstration', () => {
  it('asks for eleven counts and four crosses, one of them filtered', () => {
    const figures = figuresOf(completeAnswers('4'))
    expect(figures.map((figure) => figure.kind).filter((kind) => kind === 'cross')).toHaveLength(4)
    expect(figures).toHaveLength(15)
    expect(figures.slice(13, 14).map((figure) => figureTitle(figure, variablesOf(completeAnswers('2'))))).toEqual([
      'Canal de atención utilizado por Zona (solo Tipo de comunicación es Queja o Reclamo)',
    ])
  })

  it('leaves out rows that are not finished', () => {
    expect(
      figuresOf({ figuras: { lista: [{ id: 'x', tipo: 'cruce', variable: 'canal', cruce: '', filtro: '' }] } }),
    ).toEqual([])
    expect(segmentsOf({ segmentos: { lista: [{ id: 'x', nombre: 'a', regla: 'mal' }] } })).toEqual([])
  })

  it('names three segments with sector, rule and channels', () => {
    expect(segmentsOf(completeAnswers('4'))[0]).toMatchObject({
      name: 'Rural que acude a los puntos',
      sectorId: 't2',
      rule: {
        all: [
          { variable: 'zona', op: 'eq', values: ['Rural'] },
          { variable: 'canal', op: 'eq', values: ['Presencial'] },
        ],
      },
    })
  })
})
