import { describe, expect, it } from 'vitest'
import { CORRUPTION } from '../../catalog/methodologies/corruption.ts'
import { GUIDE_7 } from '../../catalog/methodologies/guides.ts'
import { readInput } from '../../domain/input-reading.ts'
import { objectionToAnswers } from '../../domain/risk-answers.ts'
import { controlInput, type RiskOrigin, riskInput } from '../../domain/risk-inputs.ts'
import type { RiskAnswers } from '../../domain/risks.ts'

const ID = '01900000-0000-7000-8000-000000000001'

const causal = {
  ...{ formKey: ID, ownerId: ID, process: 'Servicio a la ciudadanía', objective: 'Atender a la ciudadanía a tiempo' },
  ...{ classification: 'usuarios', factor: 'procesos', area: 'reputacional', consequences: 'Quejas' },
  ...{ immediateCause: 'respuestas fuera de término', rootCause: 'falta de seguimiento', description: '' },
  ...{ timesPerYear: '1.200', economic: '', reputational: 'mayor', reason: '' },
}

function faultsOf(typed: object, typology = 'gestion', origin: RiskOrigin = 'first'): string[] {
  const methodology = typology === 'corrupcion' ? CORRUPTION : GUIDE_7
  const read = readInput(riskInput(methodology, typology, origin), typed)
  return read.ok ? [] : read.errors.map(({ path, code }) => `${path}: ${code}`)
}

describe('a risk as it is typed', () => {
  it('is taken with its wording from the template', () => {
    const read = readInput(riskInput(GUIDE_7, 'gestion', 'first'), causal)
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
    ['without the impact of its harm', { reputational: '' }, 'reputational: reputational_missing'],
    ['of a text that is too long', { objective: 'x'.repeat(1_001) }, 'objective: too_long'],
    ['with questions that are not of its version', { yes: 'p1' }, 'yes: stale'],
    ['with an impact its version lacks', { reputational: 'enorme' }, 'reputational: stale'],
    ['without anybody who answers for it', { ownerId: '' }, 'ownerId: risk_owner_missing'],
  ])('%s is told where it happened', (_, change, fault) => {
    expect(faultsOf({ ...causal, ...change })).toEqual([fault])
  })

  it('rated again says why', () => {
    expect(faultsOf(causal, 'gestion', 'again')).toEqual(['reason: reason_missing'])
  })

  it('of an asset asks for threat and vulnerability instead of causes', () => {
    expect(faultsOf({ ...causal, immediateCause: '', rootCause: '', area: '' }, 'seguridad')).toEqual([
      ...['assetKind: asset_missing', 'asset: asset_missing', 'property: property_missing'],
      ...['threat: threat_missing', 'vulnerability: vulnerability_missing'],
    ])
  })

  it('has all that is wrong with it told at once, a missing impact among it', () => {
    const blank = { formKey: ID, ownerId: '', area: '', economic: '', reputational: '', timesPerYear: '' }
    const told = faultsOf(blank)
    expect(told).toHaveLength(11)
    expect(told).toEqual(expect.arrayContaining(['economic: impact_missing', 'area: harm_missing']))
    expect(faultsOf({ ...blank, area: 'ambas' })).toEqual(
      expect.arrayContaining(['economic: economic_missing', 'reputational: reputational_missing']),
    )
  })
})

describe('the harm of a risk and the impact it is rated with', () => {
  const [missing, beyond] = [(harm: string) => `${harm}: ${harm}_missing`, (harm: string) => `${harm}: ${harm}_beyond`]
  it.each([
    ['economica', 'mayor', '', []],
    ['economica', '', 'mayor', [missing('economic'), beyond('reputational')]],
    ['economica', 'mayor', 'leve', [beyond('reputational')]],
    ['economica', '', '', [missing('economic')]],
    ['reputacional', '', 'leve', []],
    ['reputacional', 'leve', '', [beyond('economic'), missing('reputational')]],
    ['reputacional', 'leve', 'mayor', [beyond('economic')]],
    ['ambas', 'leve', 'mayor', []],
    ['ambas', '', 'mayor', [missing('economic')]],
    ['ambas', 'leve', '', [missing('reputational')]],
    ['ambas', '', '', [missing('economic'), missing('reputational')]],
  ])('harm %s, economic «%s», reputational «%s»', (area, economic, reputational, faults) => {
    const typed = { ...causal, area, economic, reputational }
    expect(faultsOf(typed)).toEqual(faults)
    const answers = { area, economic, reputational, yes: [] }
    expect(objectionToAnswers(GUIDE_7, answers)?.code).toBe(faults.length > 0 ? 'harm_contradicted' : undefined)
  })

  it('of an asset says no harm: one impact is enough, none is not', () => {
    const asset = { assetKind: 'software', asset: 'la base', property: 'integridad', threat: 'borrado', area: '' }
    const typed = { ...causal, ...asset, vulnerability: 'sin copias' }
    expect(faultsOf({ ...typed, economic: 'leve', reputational: '' }, 'seguridad')).toEqual([])
    expect(faultsOf({ ...typed, reputational: '' }, 'seguridad')).toEqual(['economic: impact_missing'])
  })

  it('of a map from elsewhere may leave one out, and names no other', () => {
    expect(faultsOf({ ...causal, area: 'ambas' }, 'gestion', 'map')).toEqual([])
    expect(faultsOf({ ...causal, area: 'economica' }, 'gestion', 'map')).toEqual([beyond('reputational')])
    expect(faultsOf({ ...causal, reputational: '' }, 'gestion', 'map')).toEqual(['economic: impact_missing'])
  })
})

describe('a risk of corruption', () => {
  const ALL = { accion: 'si', poder: 'si', desvio: 'si', beneficio: 'si' }
  const corrupt = { ...causal, reputational: '', probability: 'posible', yes: 'p1,p6', definition: ALL }
  const of = (change: object) => faultsOf({ ...corrupt, ...change }, 'corrupcion')

  it('keeps that it has all four parts of its definition', () => {
    const read = readInput(riskInput(CORRUPTION, 'corrupcion', 'first'), corrupt)
    expect(read.ok && read.input.answers).toMatchObject({ yes: ['p1', 'p6'], definition: Object.keys(ALL) })
  })

  it('answers every part, and with yes', () => {
    for (const definition of [{}, undefined])
      expect(of({ definition })).toEqual(Object.keys(ALL).map((part) => `definition.${part}: definition_missing`))
    expect(of({ definition: { ...ALL, poder: 'quizá' } })).toEqual(['definition.poder: definition_missing'])
    expect(of({ definition: { ...ALL, beneficio: 'no' } })).toEqual(['definition.beneficio: definition_unmet'])
  })

  it('answers yes to at least one question, and to none that there is not', () => {
    expect(of({ yes: '' })).toEqual(['yes: questions_missing'])
    expect(of({ yes: 'p1,p999' })).toEqual(['yes: stale'])
    expect(of({ yes: ['p999'] })).toEqual(['yes: stale'])
  })

  it('of a map from elsewhere was never asked for its definition', () => {
    expect(faultsOf({ ...corrupt, definition: undefined }, 'corrupcion', 'map')).toEqual([])
  })

  it('is refused as well where no form was asked', () => {
    const said = (change: Partial<RiskAnswers>) =>
      objectionToAnswers(CORRUPTION, {
        ...{ area: 'ambas', economic: '', reputational: '', yes: ['p1'], definition: Object.keys(ALL) },
        ...change,
      })?.code
    expect(said({})).toBeUndefined()
    expect(said({ definition: ['accion', 'poder', 'desvio'] })).toBe('not_corruption')
    expect(said({ yes: ['p1', 'p999'] })).toBe('out_of_date')
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
