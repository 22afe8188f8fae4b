import { describe, expect, it } from 'vitest'
import { ruleSentence } from '../../app/text/gaps.ts'
import { figureTitle, ruleInSpanish } from '../../catalog/figure-titles.ts'
import { figuresOf } from '../../domain/figures.ts'
import { matchesRule, parseRule, type SegmentRule, segmentsOf } from '../../domain/segments.ts'
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

  it('is shown with the names of variables and values', () => {
    const labels = { variable: () => 'Canal', value: (_: string, code: string) => code.toUpperCase() }
    expect(ruleInSpanish(rule('canal = web'), labels)).toBe('Canal es WEB')
  })
})

describe('step 4 of the demonstration', () => {
  it('asks for ten counts and four crosses, one of them filtered', () => {
    const figures = figuresOf(completeAnswers('4'))
    expect(figures.map((figure) => figure.kind).filter((kind) => kind === 'cross')).toHaveLength(4)
    expect(figures).toHaveLength(14)
    expect(figures.slice(13).map((figure) => figureTitle(figure, variablesOf(completeAnswers('2'))))).toEqual([
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
