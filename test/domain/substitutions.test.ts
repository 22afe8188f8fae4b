import { describe, expect, it } from 'vitest'
import { procedure } from '../../catalog/procedures/mm-gac-p-008-v2.ts'
import { absenceInput } from '../../domain/absence-inputs.ts'
import { begin, openStep } from '../../domain/cycles.ts'
import { objectionsToGrant } from '../../domain/grants.ts'
import { readInput } from '../../domain/input-reading.ts'
import { whyNot } from '../../domain/permissions.ts'
import { rehearseCycle } from '../../domain/rehearsal.ts'
import {
  absenceState,
  objectionToPlan,
  type PlanFacts,
  reachesAct,
  type SubstituteFacts,
} from '../../domain/substitutions.ts'

const TODAY = '2026-11-26'
const A = '01900000-0000-7000-8000-00000000000a'
const B = '01900000-0000-7000-8000-00000000000b'

describe('an absence', () => {
  it('is planned, in force, over or cancelled by its days alone', () => {
    const days = { from: '2026-12-01', to: '2026-12-05', isCancelled: false }
    expect(['2026-11-30', '2026-12-01', '2026-12-05', '2026-12-06'].map((day) => absenceState(days, day))).toEqual([
      ...(['planned', 'active', 'active', 'over'] as const),
    ])
    expect(absenceState({ ...days, isCancelled: true }, '2026-12-02')).toBe('cancelled')
  })

  const typed = {
    ...{ formKey: A, personId: A, positionId: A, from: '2026-12-01', to: '2026-12-05', reason: 'vacation' },
    ...{ actReference: 'Resolución 214 de 2026', all: B },
  }
  const faults: [string, Record<string, string>, string, string][] = [
    ['of days that are past', { from: '2026-11-25' }, 'from', 'absence_past'],
    ['that ends before it begins', { to: '2026-11-30' }, 'to', 'absence_to_early'],
    ['longer than a year', { to: '2027-12-02' }, 'to', 'absence_long'],
    ['without an act', { actReference: ' ' }, 'actReference', 'absence_act_missing'],
    ['without anybody', { all: '' }, 'all', 'substitute_missing'],
    ['with somebody for all and another for a part', { decisions: A }, 'decisions', 'substitute_doubled'],
    ['on a day that is none', { to: '2026-02-30' }, 'to', 'absence_to_missing'],
  ]
  for (const [what, change, path, code] of faults)
    it(`${what} is not taken: ${code}`, () => {
      const read = readInput(absenceInput(TODAY), { ...typed, ...change })
      expect(read).toMatchObject({ ok: false, errors: [{ path, code }] })
    })

  it('as it should be is taken', () => {
    expect(readInput(absenceInput(TODAY), typed)).toMatchObject({
      ok: true,
      input: { substitutes: [{ scope: 'all', personId: B }] },
    })
  })
})

describe('a plan', () => {
  const plan: PlanFacts = { absentId: A, holdsPosition: true, taken: [], substitutesOthers: false }
  const deputy: SubstituteFacts & { scope: 'all' } = {
    ...{ scope: 'all', personId: B, isKnown: true, hasAccount: true, isAtWork: true, holdsPosition: false },
    absentWith: null,
  }
  const refused: [string, Partial<PlanFacts>, Partial<SubstituteFacts>, string, string][] = [
    ['of a position the person does not hold', { holdsPosition: false }, {}, 'positionId', 'not_the_holder'],
    ['with oneself', {}, { personId: A }, 'all', 'substitute_self'],
    ['with somebody of another entity', {}, { isKnown: false }, 'all', 'substitute_unknown'],
    ['with somebody without an open account', {}, { hasAccount: false }, 'all', 'substitute_no_account'],
    ['with somebody without a position', {}, { isAtWork: false }, 'all', 'substitute_not_at_work'],
    ['with somebody who holds it too', {}, { holdsPosition: true }, 'all', 'substitute_holds_it'],
    ['with somebody who is absent', {}, { absentWith: [] }, 'all', 'substitute_absent'],
    [
      'with whom one substitutes: a circle',
      { substitutesOthers: true },
      { absentWith: [A] },
      'all',
      'substitution_circle',
    ],
    ['of somebody who substitutes: a chain', { substitutesOthers: true }, {}, 'from', 'substitution_chain'],
    ['for work that somebody has', { taken: ['decisions'] }, {}, 'all', 'absence_overlaps'],
  ]
  for (const [what, change, facts, field, code] of refused)
    it(`${what} is refused: ${code}`, () => {
      expect(objectionToPlan({ ...plan, ...change }, [{ ...deputy, ...facts }])).toMatchObject({ field, code })
    })

  it('for the other part of the work beside one that stands is fine', () => {
    const one = { ...deputy, scope: 'elaboration' as const }
    expect(objectionToPlan({ ...plan, taken: ['decisions'] }, [one])).toBeNull()
    expect(objectionToPlan(plan, [deputy])).toBeNull()
  })
})

describe('how far a substitution reaches', () => {
  it('is what is decided, what is elaborated or both', () => {
    const acts = ['submit', 'approve', 'ask_reopen', 'grant']
    expect(acts.map((kind) => reachesAct('decisions', kind))).toEqual([false, true, true, true])
    expect(acts.map((kind) => reachesAct('elaboration', kind))).toEqual([true, false, true, false])
    expect(acts.every((kind) => reachesAct('all', kind))).toBe(true)
  })

  it("is never a commitment nor citizens' data, which are of the person", () => {
    const who = {
      entityId: 'e',
      personId: 'p',
      positionId: 'q',
      duty: 'atencion',
      reach: 'all' as const,
      scopes: ['s'],
    }
    expect(whyNot(who, 'capture', 'Record', { entityId: 'e', scope: 's' })?.code).toBe('personal_act')
    expect(whyNot({ ...who, reach: null }, 'capture', 'Record', { entityId: 'e', scope: 's' })).toBeNull()
  })
})

it('acting for someone counts as both when an access is decided', () => {
  const state = {
    ...{
      id: 'g',
      status: 'accepted' as const,
      askedBy: 'asker',
      askedFor: 'head',
      granteeId: 'clerk',
      contentHash: 'h',
    },
    ...{ startsOn: TODAY, endsOn: TODAY },
  }
  const say = (personId: string, actingFor: string | null) =>
    objectionsToGrant(state, {
      ...{ kind: 'grant', grantId: 'g', personId, actingFor, positionId: 'q', duty: 'jefatura_ogac' },
      ...{ contentHash: 'h', cause: null },
    }).map(({ code }) => code)
  for (const hand of ['asker', 'head', 'clerk']) {
    expect(say(hand, null)).toEqual(['own_access'])
    expect(say('other', hand)).toEqual(['own_access'])
  }
  expect(say('other', 'lead')).toEqual([])
})

it('a rehearsal says what is blocked, by the rules of the acts, now and later', () => {
  const cycle = openStep(begin('c', procedure), '1')
  const lines = rehearseCycle(cycle, procedure, {
    ...{ entityId: 'e', personId: 'tic', absentId: 'jefa', positionId: 'q', duty: 'direccion_tic', reach: 'all' },
    ownDuties: ['profesional_tic'],
  })
  expect(lines.filter(({ isOpen }) => isOpen)).toEqual([])
  // Profesional TIC elaborates step 3, which Dirección TIC approves.
  expect(lines.find(({ stepCode, kind }) => stepCode === '3' && kind === 'approve')?.against).toEqual({
    code: 'own_work',
    facts: { step: '3' },
  })
  const own = rehearseCycle(cycle, procedure, {
    ...{ entityId: 'e', personId: 'x', absentId: 'y', positionId: 'q', duty: 'profesional_ogac', reach: 'decisions' },
    ownDuties: [],
  })
  expect(own.find(({ isOpen }) => isOpen)).toMatchObject({
    kind: 'elaborate',
    against: { code: 'beyond_substitution' },
  })
})
