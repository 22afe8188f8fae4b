import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CORRUPTION } from '../../catalog/methodologies/corruption.ts'
import { GUIDE_7 } from '../../catalog/methodologies/guides.ts'
import { comparePercent, exactPercent } from '../../domain/exact-percent.ts'
import { objectionToOverride, overwritten, standingOf } from '../../domain/residual-overrides.ts'
import { EVIDENCE_STATES, type Methodology } from '../../domain/risk-methodology.ts'
import { placeAt, type RatedControl, residualOf } from '../../domain/risks.ts'

const control = (type: string, implementation: string, evidence: RatedControl['evidence'] = 'never'): RatedControl => ({
  ...{ code: `${type} ${implementation}`, type, implementation, criteria: {}, evidence },
})

const HIGH = placeAt(GUIDE_7, 4, 3)
const PREVENTIVE = control('preventivo', 'manual')
const CORRECTIVE = control('correctivo', 'manual')

const computedOf = (methodology: Methodology, controls: RatedControl[], inherent = HIGH) => ({
  declared: residualOf(methodology, inherent, controls, { typology: 'gestion', reading: 'declared' }),
  demonstrated: residualOf(methodology, inherent, controls, { typology: 'gestion', reading: 'demonstrated' }),
})

describe('a residual that somebody writes over', () => {
  const objection = (controls: RatedControl[], override: { probability: number; impact: number }) =>
    objectionToOverride(HIGH, computedOf(GUIDE_7, controls).declared, override)

  it('may be higher or lower than computed where a control acts, and never says what is computed', () => {
    // 100 % less 40 % is 60 %: the third level.
    expect(objection([PREVENTIVE], { probability: 2, impact: 3 })).toMatchObject({ code: 'override_same' })
    expect(objection([PREVENTIVE], { probability: 3, impact: 3 })).toBeNull()
    expect(objection([PREVENTIVE], { probability: 0, impact: 3 })).toBeNull()
  })

  it('is never above the inherent place, nor lower on an axis that no control acts on', () => {
    expect(objection([PREVENTIVE], { probability: 2, impact: 4 })).toMatchObject({ code: 'override_above' })
    expect(objection([PREVENTIVE], { probability: 2, impact: 2 })).toMatchObject({
      ...{ code: 'override_unsupported', facts: { axis: 'impact' } },
    })
    expect(objection([CORRECTIVE], { probability: 3, impact: 2 })).toMatchObject({
      ...{ code: 'override_unsupported', facts: { axis: 'probability' } },
    })
    expect(objection([], { probability: 3, impact: 3 })).toMatchObject({ code: 'override_unsupported' })
  })

  it('moves what is declared both ways, and never betters what is demonstrated', () => {
    const computed = computedOf(GUIDE_7, [PREVENTIVE])
    expect([computed.declared.p, computed.demonstrated.p]).toEqual(['60', '100'])
    const lower = overwritten(GUIDE_7, computed, { probability: 1, impact: 3 })
    expect([lower.declared.p, lower.demonstrated.p]).toEqual(['40', '100'])
    const shown = computedOf(GUIDE_7, [control('preventivo', 'manual', 'current')])
    const higher = overwritten(GUIDE_7, shown, { probability: 3, impact: 3 })
    expect([higher.declared.p, higher.demonstrated.p]).toEqual(['80', '80'])
    expect(higher.declared.trace).toEqual(shown.declared.trace)
  })

  it('keeps what is demonstrated between what is declared and the inherent place, whatever is written', () => {
    const types = fc.constantFrom('preventivo', 'detectivo', 'correctivo')
    const one = fc.tuple(types, fc.constantFrom('automatico', 'manual'), fc.constantFrom(...EVIDENCE_STATES))
    const level = fc.integer({ min: 0, max: 4 })
    fc.assert(
      fc.property(fc.array(one, { maxLength: 5 }), level, level, level, level, (designs, p, i, probability, impact) => {
        const inherent = placeAt(GUIDE_7, p, i)
        const computed = computedOf(
          GUIDE_7,
          designs.map((of) => control(...of)),
          inherent,
        )
        const override = { probability, impact }
        fc.pre(objectionToOverride(inherent, computed.declared, override) === null)
        const { declared, demonstrated } = overwritten(GUIDE_7, computed, override)
        expect([declared.probability, declared.impact]).toEqual([probability, impact])
        for (const axis of ['p', 'i'] as const) {
          const [low, middle, high] = [declared[axis], demonstrated[axis], inherent[axis]].map(exactPercent)
          expect(comparePercent(low as never, middle as never)).toBeLessThanOrEqual(0)
          expect(comparePercent(middle as never, high as never)).toBeLessThanOrEqual(0)
          const shown = exactPercent(computed.demonstrated[axis])
          expect(comparePercent(shown, middle as never)).toBeLessThanOrEqual(0)
        }
      }),
    )
  })

  it('never lowers impact where controls are scored (riesgos de corrupción)', () => {
    const inherent = placeAt(CORRUPTION, 4, 2)
    const strong = Object.fromEntries(
      CORRUPTION.residual.kind === 'score'
        ? CORRUPTION.residual.criteria.map((one) => [one.code, one.options[0]?.code ?? ''])
        : [],
    )
    const scored = { ...control('', ''), criteria: strong }
    const { declared } = computedOf(CORRUPTION, [scored], inherent)
    expect(objectionToOverride(inherent, declared, { probability: 2, impact: 1 })).toMatchObject({
      ...{ code: 'override_unsupported', facts: { axis: 'impact' } },
    })
  })

  it('holds as long as the same is computed for the same assessment', () => {
    const computed = computedOf(GUIDE_7, [PREVENTIVE])
    const written = { assessmentId: 'a', p: '60.0', i: '80', probability: 1, impact: 3 }
    const stands = (over: typeof written | null, assessmentId = 'a') =>
      standingOf(GUIDE_7, { assessmentId, inherent: HIGH, typology: 'gestion' }, [PREVENTIVE], over)
    expect(stands(written)).toEqual({ computed, override: written, ...overwritten(GUIDE_7, computed, written) })
    for (const none of [stands(null), stands(written, 'b'), stands({ ...written, p: '42' })])
      expect(none).toEqual({ computed, override: null, ...computed })
  })
})
