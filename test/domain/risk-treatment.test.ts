import { describe, expect, it } from 'vitest'
import { CORRUPTION } from '../../catalog/methodologies/corruption.ts'
import { GUIDE_7 } from '../../catalog/methodologies/guides.ts'
import {
  type AcceptanceDecision,
  type AcceptanceState,
  acceptableUntil,
  acceptorOf,
  appetiteFor,
  DECIDED_TREATMENTS,
  isWithinAppetite,
  nextAfterRating,
  nextInTreatment,
  objectionsToAcceptance,
  objectionsToVerdict,
  objectionToDeciding,
  type Treatment,
} from '../../domain/risk-treatment.ts'

const TODAY = '2026-11-27'
const codes = (zone: string, change: { typology?: string; evidence?: 'current' | 'expired'; until?: string } = {}) => {
  const { typology = 'gestion', evidence = 'current', until = '2026-12-20' } = change
  const risk = { typology, zone, evidence: [evidence] }
  return objectionsToAcceptance(GUIDE_7, risk, { until, today: TODAY }).map(({ code }) => code)
}

describe('what may be accepted (domain facts §2.7)', () => {
  it('is a low risk, and a moderate one whose controls have evidence in force; never a high or an extreme one', () => {
    expect([codes('B'), codes('M')]).toEqual([[], []])
    expect(codes('M', { evidence: 'expired' })).toEqual(['acceptance_unproven'])
    expect(codes('B', { evidence: 'expired' })).toEqual([])
    expect([codes('A')[0], codes('E')[0]]).toEqual(['zone_not_acceptable', 'zone_not_acceptable'])
  })

  it('is no risk of integrity, corruption or money laundering, whatever its zone', () => {
    for (const typology of ['integridad', 'lavado']) expect(codes('B', { typology })).toEqual(['never_acceptable'])
    for (const { code } of CORRUPTION.typologies)
      for (const zone of CORRUPTION.zones)
        expect(acceptorOf(CORRUPTION, { typology: code, zone: zone.code, evidence: [] })).toBeNull()
  })

  it('is decided by the position the policy names for its zone', () => {
    const named = ['B', 'M', 'A', 'E'].map((zone) => acceptorOf(GUIDE_7, { typology: 'gestion', zone, evidence: [] }))
    expect(named).toEqual(['jefatura_ogac', 'alcaldia', null, null])
  })

  it('lasts until the risk is to be reviewed, and never into the past', () => {
    expect([acceptableUntil(GUIDE_7, 'B', TODAY), acceptableUntil(GUIDE_7, 'M', TODAY)]).toEqual([
      '2027-11-27',
      '2027-05-27',
    ])
    expect(codes('M', { until: '2027-05-28' })).toEqual(['acceptance_too_long'])
    expect(codes('M', { until: TODAY })).toEqual(['acceptance_too_long'])
    expect(codes('M', { until: '2027-05-27' })).toEqual([])
  })

  it('is within the appetite in its zone or a milder one', () => {
    const within = ['B', 'M', 'A', 'E'].map((zone) => isWithinAppetite(GUIDE_7, 'gestion', zone))
    expect(within).toEqual([true, false, false, false])
  })

  it('says what comes next, until it is tolerated or what was decided is under way', () => {
    const next = (change: Partial<Parameters<typeof nextInTreatment>[0]>) =>
      nextInTreatment({
        ...{ isWithin: false, inForce: null, isCurrent: true, isAcceptanceAsked: false, hasPlan: false, ...change },
      })
    expect([next({}), next({ isWithin: true })]).toEqual(['decide', null])
    expect([next({ isAcceptanceAsked: true }), next({ inForce: 'accept' })]).toEqual(['sign', null])
    expect([next({ inForce: 'mitigate' }), next({ inForce: 'mitigate', hasPlan: true })]).toEqual(['plan', null])
    expect([next({ inForce: 'transfer' }), next({ inForce: 'avoid' })]).toEqual(['plan', null])
    expect(next({ inForce: 'avoid', isCurrent: false })).toBe('confirm')
    expect(next({ inForce: 'avoid', isCurrent: false, isWithin: true })).toBeNull()
  })

  it('ends an acceptance, and one that is asked for, once the risk is rated anew', () => {
    const [asked, none] = [{ inForce: null, isAcceptanceAsked: true, hasPlan: false }, { isAcceptanceAsked: false }]
    for (const stood of [asked, { ...none, inForce: 'accept' as const, hasPlan: false }]) {
      expect(nextAfterRating(stood, false)).toEqual({ next: 'decide', endsAcceptance: true })
      expect(nextAfterRating(stood, true)).toEqual({ next: null, endsAcceptance: true })
    }
    const kept = (hasPlan: boolean, isWithin: boolean) =>
      nextAfterRating({ ...none, inForce: 'mitigate', hasPlan }, isWithin)
    expect(kept(true, false)).toEqual({ next: 'confirm', endsAcceptance: false })
    expect([kept(true, true).next, kept(false, true).next]).toEqual([null, 'plan'])
    expect([nextAfterRating(null, false).next, nextAfterRating(null, true).next]).toEqual(['decide', null])
  })

  it('tolerates in no zone what is never accepted', () => {
    for (const typology of ['integridad', 'lavado'])
      expect([appetiteFor(GUIDE_7, typology), isWithinAppetite(GUIDE_7, typology, 'B')]).toEqual([null, false])
    for (const zone of CORRUPTION.zones) expect(isWithinAppetite(CORRUPTION, 'corrupcion', zone.code)).toBe(false)
  })

  it('is never accepted by a decision of whoever keeps it: it is asked for, or refused for what it is', () => {
    const why = (typology: string, zone: string, option: Treatment) =>
      objectionToDeciding(GUIDE_7, { typology, zone, evidence: [] }, option)?.code ?? null
    expect(why('gestion', 'B', 'accept')).toBe('acceptance_unasked')
    expect([why('integridad', 'B', 'accept'), why('gestion', 'A', 'accept')]).toEqual([
      'never_acceptable',
      'zone_not_acceptable',
    ])
    for (const option of DECIDED_TREATMENTS) expect(why('integridad', 'E', option)).toBeNull()
  })
})

describe('a verdict on an acceptance', () => {
  const state: AcceptanceState = {
    ...{ id: 'a', status: 'asked', contentHash: 'h', acceptorDuty: 'alcaldia', hands: ['rated'], until: TODAY },
  }
  const verdict = (change: Partial<AcceptanceDecision> = {}): AcceptanceDecision => ({
    ...{ id: 'd', kind: 'accept_risk', acceptanceId: 'a', personId: 'p', positionId: 'q', duty: 'alcaldia' },
    ...{ actingFor: null, contentHash: 'h', ...change },
  })
  const why = (of: Partial<AcceptanceState>, by: Partial<AcceptanceDecision> = {}) =>
    objectionsToVerdict({ ...state, ...of }, verdict(by), TODAY).map(({ code }) => code)

  it('stands on exactly what was read, on its last day still', () => {
    expect(why({})).toEqual([])
    expect(why({}, { contentHash: 'other' })).toEqual(['content_changed'])
    expect(why({ until: '2026-11-26' })).toEqual(['acceptance_over'])
    for (const status of ['declined', 'withdrawn', 'lapsed', 'expired'] as const)
      expect(why({ status })).toEqual(['acceptance_over'])
  })

  it('is never of whoever rated the risk or asked, nor of who acts for them', () => {
    expect(why({}, { personId: 'rated' })).toEqual(['own_work'])
    expect(why({}, { actingFor: 'rated' })).toEqual(['own_work'])
    expect(why({}, { kind: 'decline_risk', personId: 'rated' })).toEqual(['own_work'])
    expect(why({ status: 'accepted' }, { kind: 'withdraw_risk', personId: 'rated' })).toEqual([])
  })

  it('accepts once', () => {
    expect(why({ status: 'accepted' })).toEqual(['already_decided'])
  })
})
