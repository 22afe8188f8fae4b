import { describe, expect, it } from 'vitest'
import { inputSentence } from '../../app/text/inputs.ts'
import { formDefinition } from '../../catalog/forms/index.ts'
import { readInput } from '../../domain/input-reading.ts'
import {
  CancellationInput,
  CycleInput,
  observationsFromEntries,
  ReopeningInput,
  VerdictInput,
} from '../../domain/inputs.ts'

const cycleId = '018f2f6e-0000-7000-8000-000000000001'
const verdict = {
  cycleId,
  stepCode: '3',
  versionId: cycleId,
  contentHash: 'a'.repeat(64),
  verdict: 'return',
  role: 'approver',
  observations: [{ section: 'fuentes', body: 'Falta la base legal.\r\nCorríjala.' }],
}

function errorsOf(schema: Parameters<typeof readInput>[0], raw: unknown): string[] {
  const read = readInput(schema, raw)
  return read.ok ? [] : read.errors.map((error) => `${error.path}: ${inputSentence(error)}`)
}

describe('what people type when they decide', () => {
  it('keeps an observation as typed, with plain line breaks', () => {
    const read = readInput(VerdictInput, verdict)
    expect(read.ok && read.input.observations[0]?.body).toBe('Falta la base legal.\nCorríjala.')
  })

  it('returning without observations is refused beside the field', () => {
    expect(errorsOf(VerdictInput, { ...verdict, observations: [] })).toEqual([
      'observations: Escriba al menos una observación para devolver el paso.',
    ])
    expect(errorsOf(VerdictInput, { ...verdict, verdict: 'approve', observations: [] })).toEqual([])
  })

  it('nobody decides as author, on half a hash or with another word', () => {
    expect(errorsOf(VerdictInput, { ...verdict, role: 'author' })).toHaveLength(1)
    expect(errorsOf(VerdictInput, { ...verdict, contentHash: 'abc' })).toHaveLength(1)
    expect(errorsOf(VerdictInput, { ...verdict, verdict: 'reject' })).toEqual(['verdict: Elija aprobar o devolver.'])
  })

  it.each([
    ['', 'reason: Escriba el motivo (al menos 10 letras).'],
    ['corto', 'reason: Escriba el motivo (al menos 10 letras).'],
    ['x'.repeat(2001), 'reason: Use como máximo 2000 caracteres.'],
    ['un motivo con \u0000 dentro', 'reason: Borre los caracteres que no se pueden guardar.'],
  ])('a reason like %j is refused', (reason, message) => {
    expect(errorsOf(CancellationInput, { cycleId, reason })).toEqual([message])
    expect(errorsOf(ReopeningInput, { cycleId, stepCode: '2', reason })).toEqual([message])
  })

  it('a cycle is asked for with everything its file needs', () => {
    const cycle = {
      formKey: cycleId,
      procedureVersionId: cycleId,
      vigencia: '2026',
      name: ' Caracterización 2026 ',
      radicado: '202441730100001504',
      trd: '4173.010.22.2',
      administrativeAct: '',
    }
    const read = readInput(CycleInput, cycle)
    expect(read.ok && read.input).toMatchObject({ vigencia: 2026, name: 'Caracterización 2026' })
    expect(
      errorsOf(CycleInput, {
        ...{ ...cycle, procedureVersionId: '', vigencia: '2101', name: 'uno', radicado: 'x'.repeat(61), trd: ' ' },
        administrativeAct: 'a\u0000',
      }),
    ).toEqual([
      'procedureVersionId: Elija el procedimiento.',
      'vigencia: Escriba una vigencia hasta 2100.',
      'name: Escriba el nombre del ejercicio (al menos 5 letras).',
      'radicado: Use como máximo 60 caracteres.',
      'trd: Escriba la serie documental (TRD), por ejemplo 4173.010.22.2.',
      'administrativeAct: Borre los caracteres que no se pueden guardar.',
    ])
    expect(errorsOf(CycleInput, { ...cycle, vigencia: 'dos mil', formKey: '' })).toEqual([
      'formKey: La página que usted tenía abierta ya no está al día. Recárguela y vuelva a intentarlo.',
      'vigencia: Escriba la vigencia, por ejemplo 2026.',
    ])
  })

  it('observations are read per group of the form, in its order', () => {
    const entries: [string, string][] = [
      ['observacion.fuentes', 'segunda'],
      ['observacion.registros', 'primera'],
      ['observacion.tecnicas', '  '],
      ['observacion.otra', 'no existe'],
    ]
    expect(observationsFromEntries(formDefinition('3'), entries)).toEqual([
      { section: 'registros', body: 'primera' },
      { section: 'fuentes', body: 'segunda' },
    ])
  })
})
