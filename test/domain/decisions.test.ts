import { describe, expect, it } from 'vitest'
import { refusalSentence } from '../../app/text/refusals.ts'
import { stepStateText } from '../../app/text/states.ts'
import { procedure } from '../../catalog/procedures/mm-gac-p-008-v2.ts'
import { type CycleState, type StepStatus, stepOf } from '../../domain/cycle-state.ts'
import { apply, begin, openStep } from '../../domain/cycles.ts'
import {
  DECISION_KINDS,
  type Decision,
  type DecisionKind,
  objectionsTo,
  objectionToEditing,
  warningOn,
} from '../../domain/decisions.ts'
import { STEP_CODES, type StepCode } from '../../domain/procedures.ts'
import { approve, approvedStep, decision, submitted, take } from '../support/decisions.ts'

const open = openStep(begin('c', procedure), '1')
const inReview = submitted(open, '1')
const inApproval = approve(inReview, '1', 'profesional_sig', 'reviewer')
const returned = take(inReview, decision(inReview, '1', 'return', 'profesional_sig', { signatureRole: 'reviewer' }))
const approved = approvedStep(open, '1')
const asked = take(approved, decision(approved, '1', 'ask_reopen', 'profesional_ogac', { objectId: 'r1' }))
const cancelled = take(open, decision(open, '1', 'cancel', 'jefatura_ogac', { objectId: 'c' }))

const twice = approvedStep(openStep(approved, '2'), '2')
const askedFirst = take(twice, decision(twice, '1', 'ask_reopen', 'profesional_ogac', { objectId: 'r1' }))
const reopened = take(askedFirst, decision(askedFirst, '1', 'reopen', 'jefatura_ogac', { objectId: 'r1' }))
const closed = STEP_CODES.reduce((cycle, code) => approvedStep(openStep(cycle, code), code), begin('c', procedure))

/** Every state a step can stand in, and the step it is looked at in. */
const STATES: Record<string, { cycle: CycleState; code: StepCode; status: StepStatus }> = {
  notStarted: { cycle: begin('c', procedure), code: '1', status: 'not_started' },
  waiting: { cycle: open, code: '2', status: 'not_started' },
  open: { cycle: open, code: '1', status: 'in_progress' },
  reopened: { cycle: reopened, code: '1', status: 'in_progress' },
  inReview: { cycle: inReview, code: '1', status: 'in_review' },
  inApproval: { cycle: inApproval, code: '1', status: 'in_approval' },
  returned: { cycle: returned, code: '1', status: 'returned' },
  approved: { cycle: approved, code: '1', status: 'approved' },
  asked: { cycle: asked, code: '1', status: 'approved' },
  lapsed: { cycle: reopened, code: '2', status: 'lapsed' },
  cancelled: { cycle: cancelled, code: '1', status: 'cancelled' },
  closed: { cycle: closed, code: '1', status: 'approved' },
}

/** Who takes each kind of decision on the first steps, and in which role. */
const TAKER: Record<DecisionKind, string> = {
  submit: 'profesional_ogac',
  approve: 'jefatura_ogac',
  return: 'jefatura_ogac',
  withdraw: 'profesional_ogac',
  ask_reopen: 'profesional_ogac',
  reopen: 'jefatura_ogac',
  decline_reopen: 'jefatura_ogac',
  cancel: 'jefatura_ogac',
}

type Row = Record<DecisionKind, string | null>

const NOT_YET: Row = {
  submit: 'not_open',
  approve: 'not_submitted',
  return: 'not_submitted',
  withdraw: 'not_submitted',
  ask_reopen: 'not_approved',
  reopen: 'no_reopening',
  decline_reopen: 'no_reopening',
  cancel: null,
}
const OVER: Row = {
  submit: 'cycle_over',
  approve: 'cycle_over',
  return: 'cycle_over',
  withdraw: 'cycle_over',
  ask_reopen: 'cycle_over',
  reopen: 'cycle_over',
  decline_reopen: 'cycle_over',
  cancel: 'cycle_over',
}

/** Every verdict in every state of a step: null where it can be taken, else the reason code. */
const TABLE: Record<string, Row> = {
  notStarted: NOT_YET,
  waiting: NOT_YET,
  lapsed: NOT_YET,
  reopened: { ...NOT_YET, submit: null },
  open: {
    submit: null,
    approve: 'not_submitted',
    return: 'not_submitted',
    withdraw: 'not_submitted',
    ask_reopen: 'not_approved',
    reopen: 'no_reopening',
    decline_reopen: 'no_reopening',
    cancel: null,
  },
  inReview: {
    submit: 'already_decided',
    approve: 'not_your_turn',
    return: 'not_your_turn',
    withdraw: null,
    ask_reopen: 'not_approved',
    reopen: 'no_reopening',
    decline_reopen: 'no_reopening',
    cancel: null,
  },
  inApproval: {
    submit: 'already_decided',
    approve: null,
    return: null,
    withdraw: null,
    ask_reopen: 'not_approved',
    reopen: 'no_reopening',
    decline_reopen: 'no_reopening',
    cancel: null,
  },
  returned: {
    submit: null,
    approve: 'not_submitted',
    return: 'not_submitted',
    withdraw: 'not_submitted',
    ask_reopen: 'not_approved',
    reopen: 'no_reopening',
    decline_reopen: 'no_reopening',
    cancel: null,
  },
  approved: {
    submit: 'not_open',
    approve: 'already_decided',
    return: 'already_decided',
    withdraw: 'already_decided',
    ask_reopen: null,
    reopen: 'no_reopening',
    decline_reopen: 'no_reopening',
    cancel: null,
  },
  asked: {
    submit: 'not_open',
    approve: 'already_decided',
    return: 'already_decided',
    withdraw: 'already_decided',
    ask_reopen: 'reopening_pending',
    reopen: null,
    decline_reopen: null,
    cancel: null,
  },
  cancelled: OVER,
  closed: OVER,
}

function attempt(state: string, kind: DecisionKind) {
  const { cycle, code } = STATES[state] ?? { cycle: open, code: '1' }
  const about = kind.includes('reopen') ? { objectId: 'r1' } : {}
  const role = kind === 'approve' || kind === 'return' ? ({ signatureRole: 'approver' } as const) : {}
  return objectionsTo(cycle, decision(cycle, code, kind, TAKER[kind], { ...about, ...role }), procedure)
}

describe('every verdict in every state', () => {
  it('is looked at in each of the eight states there are', () => {
    expect(Object.keys(TABLE).sort()).toEqual(Object.keys(STATES).sort())
    for (const { cycle, code, status } of Object.values(STATES)) expect(stepOf(cycle, code).status).toBe(status)
    expect(new Set(Object.values(STATES).map((one) => one.status))).toEqual(new Set(Object.keys(stepStateText)))
  })

  for (const [state, row] of Object.entries(TABLE)) {
    for (const kind of DECISION_KINDS) {
      it(`${kind} on a step that is ${state}: ${row[kind] ?? 'can be taken'}`, () => {
        const [first] = attempt(state, kind)
        expect(first?.code ?? null).toBe(row[kind])
        if (first) expect(refusalSentence(first.code, first.facts)).toMatch(/^[A-ZÁÉÍÓÚ¿¡].{15,}[.?!]$/s)
      })
    }
  }
})

describe('two duties never meet', () => {
  it('nobody reviews or approves what they elaborated, whatever position they hold now', () => {
    const author = { personId: 'person-profesional_ogac' }
    const review = decision(inReview, '1', 'approve', 'profesional_sig', { ...author, signatureRole: 'reviewer' })
    const approval = decision(inApproval, '1', 'approve', 'jefatura_ogac', { ...author, signatureRole: 'approver' })
    expect(objectionsTo(inReview, review, procedure)[0]?.code).toBe('own_work')
    expect(objectionsTo(inApproval, approval, procedure)[0]?.code).toBe('own_work')
  })

  it('nobody approves a report with words they proposed, in whatever position; they review it', () => {
    const has = (cycle: CycleState): CycleState => ({
      ...cycle,
      steps: cycle.steps.map((step) => (step.code === '1' ? { ...step, proposers: ['person-x'] } : step)),
    })
    const judged = (cycle: CycleState, duty: string, more: Partial<Decision>) =>
      objectionsTo(has(cycle), decision(cycle, '1', 'approve', duty, more), procedure)[0]?.code ?? null
    const approval = { signatureRole: 'approver' } as const
    expect(judged(inApproval, 'jefatura_ogac', { ...approval, personId: 'person-x' })).toBe('own_work')
    expect(judged(inApproval, 'jefatura_ogac', { ...approval, actingFor: 'person-x' })).toBe('own_work')
    expect(judged(inApproval, 'jefatura_ogac', approval)).toBeNull()
    expect(judged(inReview, 'profesional_sig', { signatureRole: 'reviewer', personId: 'person-x' })).toBeNull()
  })

  it('acting for the author counts as the author', () => {
    const acting = decision(inApproval, '1', 'approve', 'jefatura_ogac', {
      actingFor: 'person-profesional_ogac',
      signatureRole: 'approver',
    })
    expect(objectionsTo(inApproval, acting, procedure)[0]?.code).toBe('own_work')
  })

  it('reviewer = approver follows the procedure: blocked, warned or allowed', () => {
    const both = decision(inApproval, '1', 'approve', 'jefatura_ogac', {
      personId: 'person-profesional_sig',
      signatureRole: 'approver',
    })
    const verdicts = (['block', 'warn', 'allow'] as const).map((reviewerIsApprover) => {
      const rules = { ...procedure, reviewerIsApprover }
      return [objectionsTo(inApproval, both, rules)[0]?.code ?? null, warningOn(stepOf(inApproval, '1'), both, rules)]
    })
    expect(verdicts).toEqual([
      ['reviewer_approves', null],
      [null, 'reviewer_approves'],
      [null, null],
    ])
  })
})

describe('content that changed since it was read', () => {
  it('refuses a decision on another version or another hash', () => {
    for (const change of [{ objectId: 'another' }, { contentHash: 'another' }]) {
      const stale = decision(inApproval, '1', 'approve', 'jefatura_ogac', { signatureRole: 'approver', ...change })
      expect(objectionsTo(inApproval, stale, procedure)[0]?.code).toBe('content_changed')
    }
  })

  it('never changes the state it was given', () => {
    const before = JSON.stringify(inApproval)
    apply(inApproval, decision(inApproval, '1', 'approve', 'jefatura_ogac', { signatureRole: 'approver' }), procedure)
    expect(JSON.stringify(inApproval)).toBe(before)
  })
})

describe('the draft of a step', () => {
  const WHY: Record<string, string | null> = {
    ...{ notStarted: 'not_open', waiting: 'step_locked', lapsed: 'step_locked' },
    ...{ open: null, reopened: null, returned: null },
    ...{ inReview: 'not_open', inApproval: 'not_open', approved: 'not_open', asked: 'not_open' },
    ...{ cancelled: 'cycle_over', closed: 'cycle_over' },
  }

  it.each(Object.entries(STATES))('is edited or not while the step is %s', (name, { cycle, code }) => {
    expect(objectionToEditing(cycle, code)?.code ?? null).toBe(WHY[name])
  })
})
