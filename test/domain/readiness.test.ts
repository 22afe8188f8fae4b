import { describe, expect, it } from 'vitest'
import { gapSentence } from '../../app/text/gaps.ts'
import { SURVEY_COLUMNS, SURVEYS } from '../../catalog/demo/survey-files.ts'
import { formDefinition } from '../../catalog/forms/index.ts'
import { type Answers, emptyAnswers, type Row, rowsOf } from '../../domain/forms.ts'
import { STEP_CODES, type StepCode } from '../../domain/procedures.ts'
import { missingIn, progressOf, type ReadinessContext } from '../../domain/readiness.ts'
import { completeAnswers, completeContext, completeUpstream, withoutEachItem } from '../support/answers.ts'

function edited(stepCode: StepCode, edit: (answers: Answers) => void): Answers {
  const copy = structuredClone(completeAnswers(stepCode))
  edit(copy)
  return copy
}

function row(answers: Answers, group: string, index: number): Row {
  const found = rowsOf(answers, group, 'lista')[index]
  if (!found) throw new Error(`no row ${index} in ${group}`)
  return found
}

describe.each(STEP_CODES)('step %s', (stepCode) => {
  const context = completeContext(stepCode)

  it('can be submitted when everything is answered', () => {
    expect(missingIn(stepCode, completeAnswers(stepCode), context)).toEqual([])
    const { done, total } = progressOf(stepCode, completeAnswers(stepCode), context)
    expect(done).toBe(total)
  })

  it('can be submitted with the survey files of the demonstration beside the communications', () => {
    const references = { surveys: { atencion: 'fuente-2', satisfaccion: 'fuente-3' } }
    const attached = SURVEYS.map((survey) => {
      const fact = { id: references.surveys[survey], name: survey, contractComplete: true, snapshotReady: true }
      return { ...fact, columns: SURVEY_COLUMNS[survey] }
    })
    const { sources = [], ...rest } = context
    const around = { ...rest, upstream: completeUpstream(stepCode, references), sources: [...sources, ...attached] }
    expect(missingIn(stepCode, completeAnswers(stepCode, references), around)).toEqual([])
  })

  it.each(withoutEachItem(stepCode, completeAnswers(stepCode)).map((one) => [one.path, one.answers] as const))(
    'without %s names exactly that',
    (path, answers) => {
      const gaps = missingIn(stepCode, answers, context)
      expect(gaps.map((gap) => gap.path)).toEqual([path])
      expect(gaps.map(gapSentence)[0]).toMatch(/^\p{Lu}.+[.?]$/u)
      expect(progressOf(stepCode, answers, context).groups.filter((group) => !group.done)).toHaveLength(1)
    },
  )

  it('says what to do in every group that asks for something when nothing is answered', () => {
    const named = new Set(missingIn(stepCode, emptyAnswers(formDefinition(stepCode)), context).map((gap) => gap.group))
    const asking = formDefinition(stepCode).groups.filter((group) => group.fields.some((field) => field.required))
    expect([...named]).toEqual(expect.arrayContaining(asking.map((group) => group.code)))
  })
})

type Case = [string, StepCode, (answers: Answers) => void, string, (Partial<ReadinessContext> | undefined)?]

const RULES: Case[] = [
  [
    'a prior source not available without its reason',
    '1',
    (a) => Object.assign(a.fuentes ?? {}, { pqrsd_uso: 'no_disponible', pqrsd_motivo: ' ' }),
    'fuentes.pqrsd_motivo asked',
  ],
  [
    'a period that ends before it begins',
    '1',
    (a) => Object.assign(a.alcance ?? {}, { hasta: '2023-12-31' }),
    'alcance.hasta period_reversed',
  ],
  [
    'a question answered yes without detail',
    '1',
    (a) => Object.assign(a.preguntas ?? {}, { empresas: 'si' }),
    'preguntas.empresas_detalle asked',
  ],
  [
    'a sensitive variable without justification',
    '2',
    (a) => Object.assign(row(a, 'variables', 9), { justificacion: '' }),
    'variables.lista[9].justificacion asked',
  ],
  [
    'a sensitive variable declared not to be so',
    '2',
    (a) => Object.assign(row(a, 'variables', 9), { sensible: 'no' }),
    'variables.lista[9].sensible variable_sensitive',
  ],
  [
    'a dropped variable without its reason',
    '2',
    (a) => Object.assign(row(a, 'variables', 10), { motivo_descarte: '' }),
    'variables.lista[10].motivo_descarte drop_unexplained',
  ],
  [
    'a repeated variable',
    '2',
    (a) => Object.assign(row(a, 'variables', 1), { variable: 'organismo' }),
    'variables.lista[1].variable variable_repeated',
  ],
  [
    'a direct identifier, which is never prioritized',
    '2',
    (a) => Object.assign(row(a, 'variables', 8), { variable: 'numero_documento' }),
    'variables.lista[8].motivo_descarte drop_unexplained',
  ],
  [
    'a variable outside the categories studied',
    '2',
    (a) => Object.assign(a.universo ?? {}, { categorias: ['GEO', 'DEM', 'INT', 'COM'] }),
    [3, 4, 11].map((i) => `variables.lista[${i}].variable category_not_studied`).join(', '),
  ],
  [
    'an objective that no longer exists',
    '2',
    (a) => Object.assign(row(a, 'variables', 0), { objetivos: ['o9'] }),
    'variables.lista[0].objetivos cell_option_gone',
  ],
  [
    'an own variable without code, name and category',
    '2',
    (a) => Object.assign(row(a, 'variables', 10), { variable: 'propia' }),
    'variables.lista[10].codigo asked, variables.lista[10].nombre asked, variables.lista[10].categoria asked',
  ],
  [
    'a threshold nobody reaches',
    '2',
    (a) => {
      for (const one of rowsOf(a, 'variables', 'lista')) Object.assign(one, { relevante: 'no', motivo_descarte: 'x' })
    },
    'variables.lista nothing_prioritized',
  ],
  [
    'no technique at all',
    '3',
    (a) => Object.assign(a.tecnicas ?? {}, { cualitativas: [], cuantitativas: [] }),
    'tecnicas.cualitativas no_technique',
  ],
  [
    'a register that does not exist without its reason',
    '3',
    (a) => Object.assign(a.registros ?? {}, { indicadores_motivo: '' }),
    'registros.indicadores_motivo asked',
  ],
  [
    'no segment at segment level',
    '4',
    (a) => Object.assign(a.segmentos ?? {}, { lista: [] }),
    'segmentos.lista no_segment',
  ],
  [
    'the sector level without a reason',
    '4',
    (a) => Object.assign(a.profundidad ?? {}, { nivel: 'sector' }),
    'profundidad.justificacion asked',
  ],
  [
    'a prioritized variable that is not counted',
    '4',
    (a) => void (a.figuras as { lista: Row[] }).lista.splice(2, 1),
    'figuras.lista variable_uncounted',
  ],
  [
    'no cross of two variables',
    '4',
    (a) => void (a.figuras as { lista: Row[] }).lista.splice(10, 4),
    'figuras.lista no_cross',
  ],
  [
    'a cross of a variable with itself',
    '4',
    (a) => Object.assign(row(a, 'figuras', 10), { cruce: 'organismo' }),
    'figuras.lista[10].cruce cross_with_itself',
  ],
  [
    'a filter that cannot be read',
    '4',
    (a) => Object.assign(row(a, 'figuras', 13), { filtro: 'los que se quejan' }),
    'figuras.lista[13].filtro filter_wrong',
  ],
  [
    'a rule on a variable that was dropped',
    '4',
    (a) => Object.assign(row(a, 'segmentos', 0), { regla: 'estrato = 1' }),
    'segmentos.lista[0].regla rule_wrong',
  ],
  [
    'a figure of four variables, counting its filter',
    '4',
    (a) => Object.assign(row(a, 'figuras', 13), { capas: 'sexo' }),
    'figuras.lista[13].variable figure_too_fine',
  ],
  [
    'a sensitive variable crossed with a part of the city',
    '4',
    (a) => Object.assign(row(a, 'figuras', 10), { variable: 'comuna', cruce: 'grupo_poblacional' }),
    'figuras.lista[10].variable figure_too_fine',
  ],
  [
    'a filter that leaves a part of the city of a sensitive variable',
    '4',
    (a) => Object.assign(row(a, 'figuras', 13), { cruce: 'grupo_poblacional', filtro: 'zona = Rural' }),
    'figuras.lista[13].variable figure_too_fine',
  ],
  [
    'a filter that joins two variables by «o»',
    '4',
    (a) => Object.assign(row(a, 'figuras', 13), { filtro: 'zona = Rural\no sexo = Mujer', capas: '' }),
    'figuras.lista[13].variable figure_too_fine',
  ],
  [
    'a segment of sensitive people in a part of the city',
    '4',
    (a) => Object.assign(row(a, 'segmentos', 0), { regla: 'comuna = 1\no grupo_poblacional = Victima' }),
    'segmentos.lista[0].regla segment_too_fine',
  ],
  [
    'a segment of a sector that was removed',
    '4',
    (a) => void (a.sectores as { lista: Row[] }).lista.pop(),
    'segmentos.lista[0].sector cell_option_gone',
  ],
  [
    'a variable without its reading for an objective',
    '5',
    (a) => void (a.lecturas as { lista: Row[] }).lista.pop(),
    'lecturas.lista reading_missing',
  ],
  [
    'figures still being computed',
    '5',
    () => {},
    'lecturas.lista figures_pending',
    { figures: [{ id: 'g1', ready: true }] },
  ],
  [
    'a recommendation for an unknown dependencia',
    '6',
    (a) => Object.assign(row(a, 'recomendaciones', 0), { dependencia: 'ninguna' }),
    'recomendaciones.lista[0].dependencia cell_option_gone',
  ],
  [
    'a dependencia with recommendations that was not informed',
    '7',
    (a) => void (a.dependencias as { lista: Row[] }).lista.pop(),
    'dependencias.lista agencies_uninformed',
  ],
  [
    'a check of Ley 1581 answered no',
    '7',
    (a) => Object.assign(a.verificaciones ?? {}, { ley_1581: 'no' }),
    'verificaciones.ley_1581 must_be_yes',
  ],
  [
    'a personal contact address',
    '7',
    (a) => Object.assign(a.conjunto ?? {}, { correo: 'alguien@gmail.com' }),
    'conjunto.correo mail_personal',
  ],
  [
    'the same table twice',
    '7',
    (a) => Object.assign(row(a, 'archivos', 1), { figura: 'g1' }),
    'archivos.lista[1].figura table_repeated',
  ],
  [
    'a table of a figure that does not exist',
    '7',
    (a) => Object.assign(row(a, 'archivos', 0), { figura: 'g99' }),
    'archivos.lista[0].figura cell_option_gone',
  ],
]

it('a segment may be named by as many conditions as it takes', () => {
  const regla = 'zona = Rural\ncanal = Presencial\nsexo = Mujer\ntrimestre = T1'
  const answers = edited('4', (a) => Object.assign(row(a, 'segmentos', 0), { regla }))
  expect(missingIn('4', answers, completeContext('4'))).toEqual([])
})

describe('a step is not ready with', () => {
  it.each(RULES)('%s', (_name, stepCode, edit, paths, facts = {}) => {
    const gaps = missingIn(stepCode, edited(stepCode, edit), { ...completeContext(stepCode), ...facts })
    expect(gaps.map(({ path, code }) => `${path} ${code}`).join(', ')).toBe(paths)
  })

  const source = { id: 'fuente-1', name: 'Comunicaciones', contractComplete: true, snapshotReady: true, approved: true }
  it.each([
    [
      'a source without contract',
      { ...source, contractComplete: false },
      'Complete el contrato de la fuente «Comunicaciones».',
    ],
    [
      'a source without snapshot',
      { ...source, snapshotReady: false },
      'Cargue el archivo de la fuente «Comunicaciones» y espere su corte.',
    ],
    [
      'a source not approved',
      { ...source, approved: false },
      'Pida a la Dirección TIC que apruebe la fuente «Comunicaciones».',
    ],
    ['a source of another cycle', { ...source, id: 'otra' }, 'Fuente 1: elija una fuente adjunta a este ejercicio.'],
  ])('%s', (_name, fact, message) => {
    const gaps = missingIn('3', completeAnswers('3'), { ...completeContext('3'), sources: [fact] })
    expect(gaps.map(gapSentence)).toEqual([message])
  })

  it('a prioritized variable that no source carries', () => {
    const gaps = missingIn('3', completeAnswers('3'), {
      ...completeContext('3'),
      sources: [{ ...source, columns: ['canal'] }],
    })
    expect(gaps).toHaveLength(10)
    expect(gaps.map(gapSentence)[0]).toBe(
      'Adjunte una fuente que traiga la variable priorizada Organismo al que se dirige.',
    )
  })

  it('something malformed, which is named before anything else', () => {
    const answers = edited('1', (one) => Object.assign(one.alcance ?? {}, { desde: '31/12/2024', poblacion: '' }))
    expect(missingIn('1', answers).map((gap) => gap.path)).toEqual(['alcance.desde'])
  })
})

it('a complete step with hidden leftovers is still ready', () => {
  const answers = edited('1', (one) =>
    Object.assign(one.fuentes ?? {}, { pqrsd_motivo: 'escrito antes de cambiar la respuesta' }),
  )
  expect(missingIn('1', answers, completeContext('1'))).toEqual([])
})
