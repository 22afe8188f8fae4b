import { describe, expect, it } from 'vitest'
import { CITY_FILE_COLUMNS } from '../../catalog/demo/city-file.ts'
import { CATALOG_VARIABLES, CATEGORY_NAMES, findVariable } from '../../catalog/variables.ts'
import { CRITERIA, prioritize, thresholdOf, variablesOf } from '../../domain/variables.ts'
import { completeAnswers } from '../support/answers.ts'

function answersWith(no: string[], umbral = '4') {
  const criteria = Object.fromEntries(CRITERIA.map((criterion) => [criterion, no.includes(criterion) ? 'no' : 'si']))
  return {
    criterio: { umbral },
    variables: { lista: [{ id: 'v1', variable: 'canal', objetivos: ['o1'], ...criteria }] },
  }
}

describe('a variable is prioritized', () => {
  it.each([
    ['with five of five', [], '4', true],
    ['with four of five', ['consistente'], '4', true],
    ['not with three of five', ['consistente', 'asociativa'], '4', false],
    ['with three when the exercise says three', ['consistente', 'asociativa'], '3', true],
    ['never when it is not relevant', ['relevante'], '1', false],
    ['never when it cannot be measured', ['medible'], '1', false],
    ['not with four when the exercise says five', ['economica'], '5', false],
  ])('%s', (_name, no, umbral, expected) => {
    expect(prioritize(answersWith(no, umbral)).length === 1).toBe(expected)
  })

  it('never when it identifies a person by itself', () => {
    const answers = answersWith([])
    const row = { ...answers.variables.lista[0], id: 'v1', variable: 'numero_documento' }
    expect(prioritize({ ...answers, variables: { lista: [row] } })).toEqual([])
  })
})

it('a dropped variable keeps its score and its reason', () => {
  const dropped = variablesOf(completeAnswers('2')).filter((variable) => !variable.prioritized)
  expect(dropped.map((one) => [one.code, one.score, one.discardReason])).toEqual([
    ['estrato', 3, 'No se puede medir de forma fiable en todos los canales.'],
  ])
})

it('an own variable carries the name its author gave it', () => {
  const row = {
    id: 'v1',
    variable: 'propia',
    codigo: 'medio_pago',
    nombre: 'Medio de pago',
    categoria: 'COM',
    sensible: 'no',
  }
  expect(variablesOf({ variables: { lista: [row] } })[0]).toMatchObject({
    code: 'medio_pago',
    label: 'Medio de pago',
    category: 'COM',
  })
})

it('a threshold that is no number from 1 to 5 counts as four', () => {
  for (const umbral of ['', '0', '6', 'x']) expect(thresholdOf({ criterio: { umbral } })).toBe(4)
})

describe('the catalogue of variables', () => {
  it('has variables in each of the seven categories, each code once', () => {
    expect(new Set(CATALOG_VARIABLES.map((variable) => variable.category))).toEqual(
      new Set(Object.keys(CATEGORY_NAMES)),
    )
    expect(new Set(CATALOG_VARIABLES.map((variable) => variable.code)).size).toBe(CATALOG_VARIABLES.length)
  })

  it('knows every column of the city file except its radicado and its demonstration notice', () => {
    expect(CITY_FILE_COLUMNS.filter((column) => !findVariable(column))).toEqual(['radicado', 'aviso'])
  })

  it('marks what is sensitive and what identifies', () => {
    expect(CATALOG_VARIABLES.filter((one) => one.directIdentifier).map((one) => one.code)).toEqual([
      'numero_documento',
      'nombre',
      'correo',
      'telefono',
    ])
    expect(findVariable('discapacidad')?.sensitive).toBe(true)
    expect(findVariable('grupo_poblacional')?.sensitive).toBe(true)
    expect(findVariable('zona')?.sensitive).toBe(false)
  })
})
