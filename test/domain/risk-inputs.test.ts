import { describe, expect, it } from 'vitest'
import { CORRUPTION } from '../../catalog/methodologies/corruption.ts'
import { GUIDE_7 } from '../../catalog/methodologies/guides.ts'
import { readInput } from '../../domain/input-reading.ts'
import { controlInput, riskInput } from '../../domain/risk-inputs.ts'

const ID = '01900000-0000-7000-8000-000000000001'

const causal = {
  ...{ formKey: ID, ownerId: ID, process: 'Servicio a la ciudadanía', objective: 'Atender a la ciudadanía a tiempo' },
  ...{ classification: 'usuarios', factor: 'procesos', area: 'reputacional', consequences: 'Quejas' },
  ...{ immediateCause: 'respuestas fuera de término', rootCause: 'falta de seguimiento', description: '' },
  ...{ timesPerYear: '1.200', economic: '', reputational: 'mayor', reason: '' },
}

function faultsOf(typed: object, typology = 'gestion', isFirst = true): string[] {
  const read = readInput(riskInput(GUIDE_7, typology, isFirst), typed)
  return read.ok ? [] : read.errors.map(({ path, code }) => `${path}: ${code}`)
}

describe('a risk as it is typed', () => {
  it('is taken with its wording from the template', () => {
    const read = readInput(riskInput(GUIDE_7, 'gestion', true), causal)
    expect(read.ok && read.input.answers).toMatchObject({
      timesPerYear: 1_200,
      description:
        'Posibilidad de afectación reputacional por respuestas fuera de término debido a falta de seguimiento',
    })
  })

  it.each([
    ['without an immediate cause', { immediateCause: ' ' }, 'immediateCause: immediate_cause_missing'],
    ['without a root cause', { rootCause: '' }, 'rootCause: root_cause_missing'],
    ['with a frequency of −1', { timesPerYear: '-1' }, 'timesPerYear: times_missing'],
    ['with a frequency in words', { timesPerYear: 'muchas' }, 'timesPerYear: times_missing'],
    ['with a frequency and a half', { timesPerYear: '1,5' }, 'timesPerYear: times_missing'],
    ['with a frequency and a half after a point', { timesPerYear: '1.5' }, 'timesPerYear: times_missing'],
    ['with a frequency of two decimals', { timesPerYear: '2.50' }, 'timesPerYear: times_missing'],
    ['without impact', { reputational: '' }, 'economic: impact_missing'],
    ['with an impact its version lacks', { reputational: 'enorme' }, 'reputational: stale'],
    ['without anybody who answers for it', { ownerId: '' }, 'ownerId: risk_owner_missing'],
  ])('%s is told where it happened', (_, change, fault) => {
    expect(faultsOf({ ...causal, ...change })).toEqual([fault])
  })

  it('rated again says why', () => {
    expect(faultsOf(causal, 'gestion', false)).toEqual(['reason: reason_missing'])
  })

  it('of an asset asks for threat and vulnerability instead of causes', () => {
    expect(faultsOf({ ...causal, immediateCause: '', rootCause: '', area: '' }, 'seguridad')).toEqual([
      ...['assetKind: asset_missing', 'asset: asset_missing', 'property: property_missing'],
      ...['threat: threat_missing', 'vulnerability: vulnerability_missing'],
    ])
  })
})

describe('a control as it is typed', () => {
  const typed = {
    ...{ formKey: ID, ownerId: ID, action: 'Verifica el listado de usuarios', complement: 'Cada mes, con acta.' },
    ...{ type: 'preventivo', implementation: 'manual', documentation: 'procedimientos', frequency: 'continua' },
    ...{ record: 'manual', execution: 'interna', periodicity: 'mensual', criteria: {} },
  }
  const faults = (methodology: typeof GUIDE_7, change: object) => {
    const read = readInput(controlInput(methodology, []), { ...typed, ...change })
    return read.ok ? [] : read.errors.map(({ path, code }) => `${path}: ${code}`)
  }

  it('takes the weights of its version alone', () => {
    expect(faults(GUIDE_7, {})).toEqual([])
    expect(faults(GUIDE_7, { implementation: 'magica' })).toEqual(['implementation: implementation_missing'])
    expect(faults(GUIDE_7, { type: 'mixto' })).toEqual(['type: control_type_missing'])
  })

  it('answers every criterion where its design is scored', () => {
    expect(faults(CORRUPTION, { criteria: { responsable: 'si' } })).toHaveLength(6)
  })
})
