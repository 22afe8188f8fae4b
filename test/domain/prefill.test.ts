import { describe, expect, it } from 'vitest'
import { formDefinition } from '../../catalog/forms/index.ts'
import { answerText, checkShape, rowsOf } from '../../domain/forms.ts'
import { prefill } from '../../domain/prefill.ts'
import { STEP_CODES } from '../../domain/procedures.ts'
import { missingIn } from '../../domain/readiness.ts'
import { optionsFrom } from '../../domain/references.ts'
import { completeAnswers, completeContext, completeUpstream } from '../support/answers.ts'

describe('what a step starts with', () => {
  it.each(STEP_CODES)('step %s is well formed, with and without earlier answers', (code) => {
    expect(checkShape(formDefinition(code), prefill(code, completeUpstream(code))).ok).toBe(true)
    expect(checkShape(formDefinition(code), prefill(code, {})).ok).toBe(true)
  })

  it('step 3 lists the attached sources', () => {
    const answers = prefill('3', completeUpstream('3'), { sources: [{ code: 'abc', label: 'Radicación' }] })
    expect(rowsOf(answers, 'fuentes', 'lista').map((row) => row.fuente)).toEqual(['abc'])
  })

  it('step 4 counts every prioritized variable, and lacks only a cross', () => {
    const answers = prefill('4', completeUpstream('4'))
    const gaps = missingIn('4', answers, completeContext('4')).filter((gap) => gap.group === 'figuras')
    expect(gaps.map((gap) => gap.code)).toEqual(['no_cross'])
  })

  it('step 5 has a row for each variable and objective it serves', () => {
    const rows = rowsOf(prefill('5', completeUpstream('5')), 'lecturas', 'lista')
    expect(rows).toHaveLength(11)
    expect(rows.find((row) => row.variable === 'zona')).toMatchObject({
      objetivo: 'o3',
      grafica: 'circular',
      texto: '',
    })
  })

  it('step 6 writes every section and leaves the recommendations to its author', () => {
    const answers = prefill('6', completeUpstream('6'), { sources: [{ code: 'fuente-1', label: 'Radicación 2024' }] })
    expect(missingIn('6', answers, completeContext('6')).map((gap) => gap.path)).toEqual(['recomendaciones.lista'])
    expect(answerText(answers, 'objetivos', 'texto')).toContain('1. Conocer qué canales usa')
    expect(answerText(answers, 'objetivos', 'texto')).toContain('Servicio al ciudadano')
    expect(answerText(answers, 'variables', 'texto')).toContain('se priorizaron 11, con un puntaje mínimo de 4 sobre 5')
    expect(answerText(answers, 'variables', 'texto')).toContain(
      'Estrato (demográfica, 3 de 5). No se priorizó: no se puede',
    )
    expect(answerText(answers, 'alcance', 'texto')).toContain('del 1 de enero de 2024 al 31 de diciembre de 2024.')
    expect(answerText(answers, 'alcance', 'texto')).toContain('Canales: presencial, telefónico y virtual.')
    expect(answerText(answers, 'fuentes', 'texto')).toContain('Radicación 2024: Conteos')
    expect(answerText(answers, 'segmentos', 'texto')).toContain(
      'Zona es Rural, y Canal de atención utilizado es Presencial.',
    )
    expect(answers.cruces?.figuras).toEqual(['g11', 'g12', 'g13', 'g14'])
  })

  it('step 7 names the dependencias with recommendations and every table', () => {
    const answers = prefill('7', completeUpstream('7'))
    expect(rowsOf(answers, 'dependencias', 'lista').map((row) => row.dependencia)).toEqual([
      'atencion-ciudadano',
      'tic',
      'comunicaciones',
    ])
    expect(rowsOf(answers, 'archivos', 'lista')).toHaveLength(15)
    expect(answerText(answers, 'conjunto', 'hasta')).toBe('2024-12-31')
  })
})

it('reference fields offer the rows of earlier steps by name', () => {
  const options = optionsFrom(
    { ...completeUpstream('6'), '6': completeAnswers('6') },
    { agencies: [{ code: 'tic', label: 'Oficina TIC' }] },
  )
  expect(options.objectives?.map((one) => one.code)).toEqual(['o1', 'o2', 'o3'])
  expect(options.variables).toHaveLength(11)
  expect(options.figures?.[10]).toEqual({ code: 'g11', label: 'Organismo al que se dirige por Trimestre' })
  expect(options.segments?.[0]?.label).toBe('Rural que acude a los puntos')
  expect(options.agencies).toHaveLength(1)
  expect(options.sources).toBeUndefined()
})
