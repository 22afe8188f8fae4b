import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CORRUPTION } from '../../catalog/methodologies/corruption.ts'
import { GUIDE_6, GUIDE_7 } from '../../catalog/methodologies/guides.ts'
import { METHODOLOGIES } from '../../catalog/methodologies/index.ts'
import { comparePercent, exactPercent } from '../../domain/exact-percent.ts'
import { EVIDENCE_STATES, type Methodology, methodologySchema } from '../../domain/risk-methodology.ts'
import {
  impactOf,
  inherentPlace,
  placeAt,
  probabilityOf,
  type RatedControl,
  type RiskAnswers,
  residualOf,
  weightOf,
  wordingOf,
  zoneOf,
} from '../../domain/risks.ts'

const TYPES = { P: 'preventivo', D: 'detectivo', C: 'correctivo' } as Record<string, string>
const WAYS = { A: 'automatico', M: 'manual' } as Record<string, string>

/** `PM`: preventivo, manual. */
function controls(written: string, evidence: RatedControl['evidence'] = 'current'): RatedControl[] {
  const codes = written === '' ? [] : written.split(', ')
  return codes.map((code, i) => ({
    ...{ code: `C${i}`, type: TYPES[code[0] ?? ''] ?? '', implementation: WAYS[code[1] ?? ''] ?? '', criteria: {} },
    evidence,
  }))
}

const level = (levels: readonly { percent: number }[], percent: number) =>
  levels.findIndex((one) => one.percent === percent)
const at = (p: number, i: number) => placeAt(GUIDE_7, level(GUIDE_7.probability, p), level(GUIDE_7.impact, i))
const declared = (p: number, i: number, written: string) =>
  residualOf(GUIDE_7, at(p, i), controls(written), { typology: 'gestion', reading: 'declared' })

const blank: RiskAnswers = {
  ...{ process: '', objective: '', typology: 'gestion', classification: '', factor: '', area: '' },
  ...{ immediateCause: '', rootCause: '', asset: '', assetKind: '', property: '', threat: '', vulnerability: '' },
  ...{
    consequences: '',
    description: '',
    timesPerYear: null,
    probability: '',
    economic: '',
    reputational: '',
    yes: [],
  },
}

describe('the guide', () => {
  it.each([
    [60, 80, 'PM, DM', '25.2', '80', 'Alto', 'Alto'],
    [100, 80, 'PM', '60', '80', 'Alto', 'Alto'],
    [100, 80, 'PM, DM', '42', '80', 'Alto', 'Alto'],
    [100, 80, 'PA, PM, DM', '21', '80', 'Alto', 'Alto'],
    [100, 80, 'PA, PA, DA, CM', '15', '60', 'Alto', 'Moderado'],
    [80, 60, 'DA', '48', '60', 'Alto', 'Moderado'],
    [40, 100, 'CA, CM', '40', '48.75', 'Extremo', 'Moderado'],
    [20, 20, '', '20', '20', 'Bajo', 'Bajo'],
  ])('rates %i × %i with %s as %s × %s', (p0, i0, written, p, i, before, after) => {
    const residual = declared(p0, i0, written)
    expect({ p: residual.p, i: residual.i }).toEqual({ p, i })
    expect(zoneOf(GUIDE_7, at(p0, i0).zone).name).toBe(before)
    expect(zoneOf(GUIDE_7, residual.zone).name).toBe(after)
  })

  it('shows its worked example line by line: 60 − 24 = 36, 36 − 10.8 = 25.2', () => {
    const lines = declared(60, 80, 'PM, DM').trace.map(({ weight, before, after }) => [before, weight, after])
    expect(lines).toEqual([
      ['60', 40, '36'],
      ['36', 30, '25.2'],
    ])
  })

  it('gives each of the six kinds of control its weight', () => {
    const weights = ['PA', 'PM', 'DA', 'DM', 'CA', 'CM'].map((written) => {
      const [control] = controls(written)
      return weightOf(GUIDE_7, control as RatedControl, 'gestion').weight
    })
    expect(weights).toEqual([50, 40, 40, 30, 35, 25])
  })

  it('has the 25 cells of its matrix', () => {
    expect(GUIDE_7.matrix).toEqual(['BBMAE', 'BMMAE', 'MMMAE', 'MMAAE', 'AAAAE'])
    expect(GUIDE_6.matrix).toEqual(GUIDE_7.matrix)
  })

  it.each([
    [0, 'muy_baja'],
    [2, 'muy_baja'],
    [3, 'baja'],
    [24, 'baja'],
    [25, 'media'],
    [500, 'media'],
    [501, 'alta'],
    [5_000, 'alta'],
    [5_001, 'muy_alta'],
  ])('takes %i times a year for %s', (timesPerYear, code) => {
    const found = probabilityOf(GUIDE_7, { ...blank, timesPerYear })
    expect(GUIDE_7.probability[found ?? -1]?.code).toBe(code)
  })

  it('takes the higher of both harms', () => {
    const found = impactOf(GUIDE_7, { ...blank, economic: 'menor', reputational: 'mayor' })
    expect(GUIDE_7.impact[found ?? -1]?.code).toBe('mayor')
    expect(impactOf(GUIDE_7, blank)).toBeUndefined()
  })

  it('refuses a weight that its version lacks', () => {
    const made = { type: 'preventivo', implementation: 'magico' }
    expect(() => weightOf(GUIDE_7, made, 'gestion')).toThrow(RangeError)
  })
})

describe('corruption of the guides 4 to 6', () => {
  const answers = (probability: string, questions: number[]) => ({
    ...{ ...blank, typology: 'corrupcion', probability, yes: questions.map((n) => `p${n}`) },
  })
  const upTo = (n: number) => Array.from({ length: n }, (_, i) => i + 1)

  it.each([
    [1, 'moderado'],
    [5, 'moderado'],
    [6, 'mayor'],
    [11, 'mayor'],
    [12, 'catastrofico'],
    [15, 'catastrofico'],
  ])('counts %i questions as %s', (n, code) => {
    expect(CORRUPTION.impact[impactOf(CORRUPTION, answers('posible', upTo(n))) ?? -1]?.code).toBe(code)
  })

  it('takes lives lost for catastrophic, whatever else was answered', () => {
    expect(CORRUPTION.impact[impactOf(CORRUPTION, answers('posible', [16])) ?? -1]?.code).toBe('catastrofico')
  })

  it.each([
    ['fuerte', ['prevenir', 'completa'], 2],
    ['moderado', ['detectar', 'incompleta'], 1],
    ['debil', ['no', 'no'], 0],
  ])('moves probability, never impact, by a set of controls that is %s', (_, [purpose, evidence], levels) => {
    const rest = { responsable: 'si', autoridad: 'si', periodicidad: 'si', como: 'si', desviaciones: 'si' }
    const criteria = { ...rest, proposito: String(purpose), evidencia: String(evidence) }
    const one: RatedControl = { code: 'C1', type: '', implementation: '', criteria, evidence: 'current' }
    const inherent = inherentPlace(CORRUPTION, answers('casi_seguro', [1]))
    if (!inherent) throw new Error('it was rated')
    const residual = residualOf(CORRUPTION, inherent, [one], { typology: 'corrupcion', reading: 'declared' })
    expect(inherent.probability - residual.probability).toBe(levels)
    expect(residual.impact).toBe(inherent.impact)
  })
})

describe('any set of controls', () => {
  const drawn = fc.record({
    type: fc.constantFrom(...Object.values(TYPES)),
    implementation: fc.constantFrom(...Object.values(WAYS)),
    evidence: fc.constantFrom(...EVIDENCE_STATES),
  })
  const sets = fc.array(drawn, { maxLength: 8 })
  const places = fc.record({ p: fc.nat(4), i: fc.nat(4) })
  const rated = (set: readonly Omit<RatedControl, 'code' | 'criteria'>[]) =>
    set.map((one, i) => ({ ...one, code: `C${i}`, criteria: {} }))
  const left = (place: { p: number; i: number }, set: RatedControl[], reading: 'declared' | 'demonstrated') =>
    residualOf(GUIDE_7, placeAt(GUIDE_7, place.p, place.i), set, { typology: 'gestion', reading })
  const isAtMost = (one: string, other: string) => comparePercent(exactPercent(one), exactPercent(other)) <= 0

  it('leaves no more than there was, and demonstrates no more than it declares', () => {
    fc.assert(
      fc.property(places, sets, (place, set) => {
        const before = placeAt(GUIDE_7, place.p, place.i)
        const says = left(place, rated(set), 'declared')
        const shows = left(place, rated(set), 'demonstrated')
        expect(isAtMost(says.p, shows.p) && isAtMost(shows.p, before.p)).toBe(true)
        expect(isAtMost(says.i, shows.i) && isAtMost(shows.i, before.i)).toBe(true)
        expect(says.probability <= shows.probability && shows.impact <= before.impact).toBe(true)
      }),
    )
  })

  it('comes to the same in any order', () => {
    fc.assert(
      fc.property(places, sets, (place, set) => {
        const { trace: _, ...forth } = left(place, rated(set), 'demonstrated')
        const { trace: __, ...back } = left(place, rated(set).reverse(), 'demonstrated')
        expect(back).toEqual(forth)
      }),
    )
  })

  it('leaves no more with one control more, and no less with evidence lost', () => {
    fc.assert(
      fc.property(places, sets, drawn, (place, set, more) => {
        const without = left(place, rated(set), 'demonstrated')
        const withIt = left(place, rated([...set, more]), 'demonstrated')
        expect(isAtMost(withIt.p, without.p) && isAtMost(withIt.i, without.i)).toBe(true)
        const lost = left(place, rated([...set, { ...more, evidence: 'expired' }]), 'demonstrated')
        expect(isAtMost(withIt.p, lost.p) && isAtMost(withIt.i, lost.i)).toBe(true)
      }),
    )
  })
})

describe('a methodology', () => {
  const faults = (change: (copy: Methodology) => void) => {
    const copy = structuredClone(GUIDE_7)
    change(copy)
    return methodologySchema.safeParse(copy).error?.issues.map(({ message }) => message) ?? []
  }

  it('that ships has no fault', () => {
    for (const one of METHODOLOGIES) expect(methodologySchema.safeParse(one).error?.issues).toBeUndefined()
  })

  it.each<[string, string, (copy: Methodology) => void]>([
    ['a hole in its matrix', 'matrix_hole', (copy) => copy.matrix.pop()],
    ['a cell of no zone', 'matrix_hole', (copy) => copy.matrix.splice(0, 1, 'BBMAX')],
    [
      'frequencies left out',
      'range_hole',
      (copy) => Object.assign(copy.probability[1] ?? {}, { times: { min: 4, max: 25 } }),
    ],
    ['levels that do not ascend', 'not_ascending', (copy) => copy.impact.reverse()],
    ['an appetite of no zone', 'unknown_zone', (copy) => Object.assign(copy.typologies[0] ?? {}, { appetite: 'Z' })],
  ])('with %s is refused', (name, message, change) => {
    expect(faults(change), name).toContain(message)
  })

  it('words a risk by its template', () => {
    const causal = { typology: 'gestion', area: 'ambas', immediateCause: 'accesos sin retirar' }
    expect(wordingOf(GUIDE_7, causal)).toBe(
      'Posibilidad de afectación económica y reputacional por accesos sin retirar debido a …',
    )
    const asset = { typology: 'seguridad', property: 'confidencialidad', asset: 'el caracterizador' }
    expect(wordingOf(GUIDE_7, asset)).toBe('Pérdida de la confidencialidad de el caracterizador por … debido a …')
  })
})
