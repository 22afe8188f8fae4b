import { describe, expect, it } from 'vitest'
import { formDefinition } from '../../catalog/forms/index.ts'
import {
  CancellationInput,
  observationsFromEntries,
  ReopeningInput,
  readInput,
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
  return read.ok ? [] : read.errors.map((error) => `${error.path}: ${error.message}`)
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
