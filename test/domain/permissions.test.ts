import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { procedure } from '../../catalog/procedures/mm-gac-p-008-v2.ts'
import { sectionRow, stepRow, summaryRow } from '../../domain/permission-rows.ts'
import { ACTIONS, AREAS, type Rows, type Subject } from '../../domain/permission-subjects.ts'
import { abilityFor, areasOf, may, type Permitted, whyNot } from '../../domain/permissions.ts'
import { SUBSTITUTION_SCOPES } from '../../domain/substitutions.ts'

const duties = [...Object.keys(procedure.duties), 'administracion', 'control_interno', 'alcaldia', 'dependencia']
const duty = fc.constantFrom(...duties)
const list = fc.uniqueArray(duty, { maxLength: 4 })
const entityId = fc.constantFrom('entity-a', 'entity-b')

const scope = fc.constantFrom('point-a:F004:2026', 'point-a:F006:2026', 'point-b:F004:2026')

const actor: fc.Arbitrary<Permitted> = fc.record({
  entityId,
  duty,
  scopes: fc.subarray(['point-a:F004:2026', 'point-b:F004:2026']),
  personId: fc.constant('p'),
  positionId: fc.constant('q'),
  reach: fc.constantFrom(null, ...SUBSTITUTION_SCOPES),
})

/** Duties, and the actor or somebody else. */
const peopleAnd = fc
  .tuple(list, fc.constantFrom('p', 'o', null))
  .map(([duties, person]) => (person === null ? duties : [...duties, person]))

const NOBODY = { personId: 'p', positionId: 'q' }

/** Duties, and the position of the actor or another one. */
const writersOf = fc
  .tuple(list, fc.constantFrom('q', 'r', null))
  .map(([duties, position]) => (position === null ? duties : [...duties, position]))

const rows: { [S in Subject]: fc.Arbitrary<Rows[S]> } = {
  Area: fc.record({ area: fc.constantFrom(...AREAS) }),
  Cycle: fc.record({ entityId, cancelDuties: list }),
  Step: fc.record({ entityId, authorDuties: list, deciderDuties: list, askerDuties: list, reopenerDuties: list }),
  Section: fc.record({
    ...{ entityId, authorDuties: list, writers: writersOf, proposerDuties: list, proposers: writersOf },
  }),
  Source: fc.record({ entityId, attacherDuties: list, analystDuties: list, custodianDuties: list }),
  Connection: fc.record({ entityId }),
  Task: fc.record({ entityId, duty, kind: fc.constantFrom('elaborate', 'confirm_columns', 'review', 'approve') }),
  Variable: fc.record({ entityId, proposerDuties: list, approverDuties: list }),
  Improvement: fc.record({ entityId, ownerDuty: duty, owners: writersOf, checkerDuties: list }),
  Entity: fc.record({ entityId }),
  Map: fc.record({ entityId }),
  Methodology: fc.record({ entityId, keeperDuties: list, chooserDuties: list }),
  Risk: fc.record({ entityId, keeperDuties: list, checkerDuties: list, acceptorDuty: duty, attendants: writersOf }),
  Finding: fc.record({
    ...{ entityId, recorderDuties: list, owners: fc.subarray(['q', 'r']), ownerNames: list, closerDuties: list },
  }),
  Run: fc.record({
    ...{ entityId, executors: list, executorNames: list, checkerDuties: list },
    ...{ checkers: fc.subarray(['q', 'r']), checkerNames: list },
  }),
  Standing: fc.record({ entityId, owners: list, ownerNames: list }),
  Release: fc.record({
    ...{ entityId, publisherDuties: list, schedulerDuties: list, correctorDuties: list, signerDuties: list },
  }),
  Summary: fc.record({
    ...{ entityId, heads: fc.subarray(['q', 'r']), headNames: list, followerDuties: list, reminderDuties: list },
  }),
  Grant: fc.record({
    ...{ entityId, readers: writersOf, heads: fc.subarray(['q', 'r']), headNames: list, granterDuties: list },
    ...{ granterNames: list, granteeId: fc.constantFrom('p', 'o'), enders: writersOf },
  }),
  Record: fc.record({ entityId, scope }),
  Absence: fc.record({ entityId, readers: peopleAnd, planners: peopleAnd }),
  Rights: fc.record({
    entityId,
    readers: fc.tuple(list, fc.subarray(['p', 'o'])).map((one) => one.flat()),
    keeperDuties: list,
  }),
  Campaign: fc.record({ entityId, readers: list, leaderDuties: list }),
  Review: fc.record({ entityId, reviewers: writersOf, readers: writersOf, reviewerNames: list }),
}

describe('the rule and its reason', () => {
  for (const subject of Object.keys(ACTIONS) as Subject[]) {
    for (const action of ACTIONS[subject]) {
      it(`agree on ${action} ${subject}`, () => {
        fc.assert(
          fc.property(actor, rows[subject], (who, row) => {
            const allowed = may(abilityFor(who), action as never, subject, row as never)
            expect(allowed).toBe(whyNot(who, action as never, subject, row as never) === null)
          }),
          { numRuns: 400 },
        )
      })
    }
  }

  it('never grant anything on a row of another entity', () => {
    fc.assert(
      fc.property(actor, rows.Step, (who, row) => {
        const foreign = { ...row, entityId: 'elsewhere' }
        for (const action of ACTIONS.Step)
          expect(whyNot(who, action, 'Step', foreign)).toEqual({ code: 'not_visible', facts: {} })
      }),
    )
  })

  it('name the duties to ask instead', () => {
    const author = { entityId: 'entity-a', duty: 'profesional_ogac', personId: 'p', positionId: 'q' }
    const facts = { duties: 'profesional_sig,jefatura_ogac' }
    const row = stepRow('entity-a', procedure, '1')
    expect(whyNot(author, 'decide', 'Step', row)).toEqual({ code: 'not_in_charge', facts })
    const task = { entityId: 'entity-a', duty: 'jefatura_ogac', kind: 'approve' }
    expect(whyNot(author, 'claim', 'Task', task)?.facts).toEqual({ duties: 'jefatura_ogac' })
    expect(whyNot(author, 'administer', 'Entity', { entityId: 'entity-a' })).toEqual({
      code: 'no_right',
      facts: { duties: 'administracion' },
    })
  })

  it('let a section be written by the position it was given to, not by another one with its duty', () => {
    const owner = { entityId: 'entity-a', duty: 'dependencia', personId: 'p', positionId: 'given' }
    const row = sectionRow('entity-a', procedure, 'given')
    expect(whyNot(owner, 'write', 'Section', row)).toBeNull()
    const other = { ...owner, personId: 'q', positionId: 'another' }
    expect(may(abilityFor(other), 'write', 'Section', row)).toBe(false)
    expect(whyNot(other, 'write', 'Section', row)).toEqual({
      code: 'not_in_charge',
      facts: { duties: 'profesional_ogac' },
    })
    const nobody = sectionRow('entity-a', procedure, null)
    expect(whyNot(owner, 'write', 'Section', nobody)?.code).toBe('not_in_charge')
  })

  it('let reviewers, authors and whoever has a section propose other words for it, and no approver', () => {
    const row = sectionRow('entity-a', procedure, null, ['given'])
    const as = (duty: string, positionId = 'another') => ({ entityId: 'entity-a', duty, personId: 'p', positionId })
    for (const who of [as('profesional_ogac'), as('profesional_sig'), as('dependencia', 'given')])
      expect(whyNot(who, 'propose', 'Section', row)).toBeNull()
    for (const who of [as('jefatura_ogac'), as('secretaria_general'), as('dependencia')])
      expect(whyNot(who, 'propose', 'Section', row)).toMatchObject({
        code: 'not_in_charge',
        facts: { duties: 'profesional_ogac,profesional_sig' },
      })
  })

  it('let a dependencia be answered for by the position that heads it, and followed by step 7 and by audit', () => {
    const head = { entityId: 'entity-a', duty: 'dependencia', personId: 'p', positionId: 'salud' }
    const row = summaryRow('entity-a', procedure, [{ id: 'salud', name: 'Secretaría de Salud' }])
    expect(whyNot(head, 'answer', 'Summary', row)).toBeNull()
    expect(whyNot({ ...head, positionId: 'cultura' }, 'answer', 'Summary', row)).toEqual({
      code: 'not_in_charge',
      facts: { duties: 'Secretaría de Salud' },
    })
    const may = (action: 'follow' | 'remind', one: string) =>
      whyNot({ ...head, duty: one }, action, 'Summary', row) === null
    expect(['secretaria_general', 'control_interno', 'dependencia'].map((one) => may('follow', one))).toEqual([
      ...[true, true, false],
    ])
    expect(['secretaria_general', 'control_interno'].map((one) => may('remind', one))).toEqual([true, false])
  })

  it('open administration to the administrator alone', () => {
    expect(duties.filter((one) => areasOf(one).includes('administration'))).toEqual(['administracion'])
  })

  it('open connections to those of the TIC office alone', () => {
    const keepers = duties.filter((one) => areasOf(one).includes('connections'))
    expect(keepers.sort()).toEqual(['direccion_tic', 'profesional_tic'])
    const row = { entityId: 'entity-a' }
    expect(
      duties.filter((one) => whyNot({ ...row, duty: one, ...NOBODY }, 'keep', 'Connection', row) === null),
    ).toEqual(duties.filter((one) => keepers.includes(one)))
  })
})
