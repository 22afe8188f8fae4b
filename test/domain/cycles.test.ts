import { describe, expect, it } from 'vitest'
import { procedure } from '../../catalog/procedures/mm-gac-p-008-v2.ts'
import { approversLeft, type CycleState, firstNotApproved, stepOf } from '../../domain/cycle-state.ts'
import { apply, begin, openStep } from '../../domain/cycles.ts'
import { objectionsTo } from '../../domain/decisions.ts'
import { STEP_CODES, type StepCode, stepTemplate } from '../../domain/procedures.ts'
import { expectedTasks } from '../../domain/tasks.ts'
import { approve, approvedStep, decision, submitted } from '../support/decisions.ts'

const start = () => openStep(begin('c', procedure), '1')

describe('a cycle', () => {
  it('begins with seven steps, the first of them to be opened', () => {
    const cycle = begin('c', procedure)
    expect(cycle.steps.map((step) => step.code)).toEqual([...STEP_CODES])
    expect(firstNotApproved(cycle)).toBe('1')
    expect(expectedTasks(cycle, procedure)).toEqual([])
  })

  it('asks the authors to elaborate once a step is open, then its reviewers, then its approvers', () => {
    let cycle = start()
    expect(expectedTasks(cycle, procedure)).toEqual([{ stepCode: '1', kind: 'elaborate', duty: 'profesional_ogac' }])
    cycle = submitted(cycle, '1')
    expect(expectedTasks(cycle, procedure)).toEqual([{ stepCode: '1', kind: 'review', duty: 'profesional_sig' }])
    cycle = approve(cycle, '1', 'profesional_sig', 'reviewer')
    expect(expectedTasks(cycle, procedure)).toEqual([{ stepCode: '1', kind: 'approve', duty: 'jefatura_ogac' }])
  })

  it('closes when the last step is approved, and not before', () => {
    let cycle = begin('c', procedure)
    for (const code of STEP_CODES) {
      expect(cycle.status).toBe('active')
      cycle = approvedStep(openStep(cycle, code), code)
    }
    expect(cycle.status).toBe('closed')
    expect(firstNotApproved(cycle)).toBeNull()
  })
})

describe('the policies of approval', () => {
  const inApproval = (code: StepCode) => {
    let cycle = begin('c', procedure)
    for (const earlier of STEP_CODES) if (earlier < code) cycle = approvedStep(openStep(cycle, earlier), earlier)
    cycle = submitted(openStep(cycle, code), code)
    for (const duty of stepTemplate(procedure, code).reviewers) cycle = approve(cycle, code, duty, 'reviewer')
    return cycle
  }
  const left = (cycle: CycleState, code: StepCode) =>
    approversLeft(stepOf(cycle, code), stepTemplate(procedure, code)).map((one) => one.duty)

  it('any: one approval is enough', () => {
    expect(stepOf(approve(inApproval('1'), '1', 'jefatura_ogac', 'approver'), '1').status).toBe('approved')
  })

  it('all: each approver signs, in whatever order', () => {
    let cycle = inApproval('3')
    expect(left(cycle, '3')).toEqual(['jefatura_ogac', 'direccion_tic'])
    cycle = approve(cycle, '3', 'direccion_tic', 'approver')
    expect(stepOf(cycle, '3').status).toBe('in_approval')
    expect(stepOf(approve(cycle, '3', 'jefatura_ogac', 'approver'), '3').status).toBe('approved')
  })

  it('in order: Secretaría General signs only after Jefatura OGAC', () => {
    const cycle = inApproval('6')
    expect(left(cycle, '6')).toEqual(['jefatura_ogac'])
    const early = decision(cycle, '6', 'approve', 'secretaria_general', { signatureRole: 'approver' })
    expect(objectionsTo(cycle, early, procedure).map((one) => one.code)).toEqual(['not_your_turn'])
    const next = approve(cycle, '6', 'jefatura_ogac', 'approver')
    expect(left(next, '6')).toEqual(['secretaria_general'])
    expect(stepOf(approve(next, '6', 'secretaria_general', 'approver'), '6').status).toBe('approved')
  })

  it('principal with consent: the principal alone does not approve', () => {
    let cycle = approve(inApproval('5'), '5', 'jefatura_ogac', 'approver')
    expect(stepOf(cycle, '5').status).toBe('in_approval')
    cycle = approve(cycle, '5', 'direccion_tic', 'consent')
    expect(stepOf(cycle, '5').status).toBe('in_approval')
    expect(stepOf(approve(cycle, '5', 'jefatura_comunicaciones', 'consent'), '5').status).toBe('approved')
  })
})

describe('reopening a step', () => {
  const through = (last: StepCode) => {
    let cycle = begin('c', procedure)
    for (const code of STEP_CODES) if (code <= last) cycle = approvedStep(openStep(cycle, code), code)
    return cycle
  }
  const reopen = (cycle: CycleState, code: StepCode) => {
    const asked = apply(cycle, decision(cycle, code, 'ask_reopen', 'profesional_ogac', { objectId: 'r1' }), procedure)
    return apply(asked, decision(asked, code, 'reopen', 'jefatura_ogac', { objectId: 'r1' }), procedure)
  }

  it('makes later steps that name its version lapse and lets the others stand', () => {
    const cycle = reopen(through('4'), '3')
    expect(cycle.steps.map((step) => step.status).slice(0, 5)).toEqual([
      'approved',
      'approved',
      'in_progress',
      'lapsed',
      'not_started',
    ])
    expect(stepOf(cycle, '3').attempt).toBe(2)
    expect(firstNotApproved(cycle)).toBe('3')
  })

  it('restores what lapsed when the cause is approved again with the equal hash', () => {
    const cycle = approvedStep(reopen(through('4'), '3'), '3')
    expect(stepOf(cycle, '4').status).toBe('approved')
  })

  it('leaves it lapsed when the content changed, to be elaborated again', () => {
    const cycle = approvedStep(reopen(through('4'), '3'), '3', 'another-hash')
    expect(stepOf(cycle, '4').status).toBe('lapsed')
    expect(stepOf(openStep(cycle, '4'), '4')).toMatchObject({ status: 'in_progress', attempt: 2 })
  })

  it('makes a step that stood lapse once what it names is approved with another content', () => {
    // Step 3 names step 2, not step 1: it stands while step 1 is reopened and step 2 is elaborated again.
    let cycle = approvedStep(reopen(through('3'), '1'), '1', 'another-hash')
    expect([stepOf(cycle, '2').status, stepOf(cycle, '3').status]).toEqual(['lapsed', 'approved'])
    cycle = approvedStep(openStep(cycle, '2'), '2', 'hash-2b')
    expect(stepOf(cycle, '3')).toMatchObject({ status: 'lapsed', lapsedBy: '2' })
    expect(firstNotApproved(cycle)).toBe('3')
    expect(stepOf(openStep(cycle, '3'), '3')).toMatchObject({ status: 'in_progress', attempt: 2 })
  })

  it('leaves no approved step naming a content that no longer stands, whatever is reopened and changed', () => {
    for (const code of STEP_CODES.filter((one) => one < '7')) {
      let cycle = reopen(through('6'), code)
      let next = firstNotApproved(cycle)
      for (let turn = 0; next !== null && next < '7'; turn += 1) {
        cycle = approvedStep(openStep(cycle, next), next, `hash-${next}-${turn}`)
        next = firstNotApproved(cycle)
      }
      for (const step of cycle.steps.filter((one) => one.status === 'approved'))
        for (const [ground, hash] of Object.entries(step.version?.builtOn ?? {}))
          expect(`${step.code} on ${ground}: ${hash}`).toBe(
            `${step.code} on ${ground}: ${stepOf(cycle, ground as StepCode).version?.hash}`,
          )
    }
  })

  it('asks nobody any more about a request whose step lapsed or whose cycle was cancelled', () => {
    const asked = apply(
      through('2'),
      decision(through('2'), '2', 'ask_reopen', 'profesional_ogac', { objectId: 'r2' }),
      procedure,
    )
    expect(stepOf(reopen(asked, '1'), '2')).toMatchObject({ status: 'lapsed', reopening: null })
    const over = apply(asked, decision(asked, '1', 'cancel', 'jefatura_ogac', { objectId: 'c' }), procedure)
    expect(stepOf(over, '2')).toMatchObject({ status: 'approved', reopening: null })
  })

  it('never opens a step before its turn', () => {
    const cycle = reopen(through('1'), '1')
    expect(openStep(cycle, '2')).toEqual(cycle)
  })

  it('makes an open later step wait again', () => {
    const cycle = reopen(openStep(through('3'), '4'), '2')
    expect(stepOf(cycle, '4').status).toBe('not_started')
    expect(stepOf(cycle, '3').status).toBe('lapsed')
  })
})
