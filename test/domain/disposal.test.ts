import { describe, expect, it } from 'vitest'
import {
  DISPOSAL_STATUSES,
  type DisposalDecision,
  type DisposalState,
  disposalRight,
  objectionsToDisposal,
  proposalInput,
} from '../../domain/disposal.ts'
import { readInput } from '../../domain/input-reading.ts'
import { PERMISSION_RULES } from '../../domain/permission-rules.ts'

const state: DisposalState = { id: 'd', status: 'proposed', contentHash: 'h', hands: ['ana', 'ben'], beginsAt: null }
const by = (change: Partial<DisposalDecision> = {}): DisposalDecision => ({
  ...{ id: 'x', kind: 'approve_disposal', disposalId: 'd', personId: 'eva', positionId: 'p', duty: 'jefatura_ogac' },
  ...{ actingFor: null, contentHash: 'h', ...change },
})
const codes = (change: Partial<DisposalState>, decision: Partial<DisposalDecision> = {}) =>
  objectionsToDisposal({ ...state, ...change }, by(decision)).map(({ code }) => code)

describe('a verdict on a disposal', () => {
  it('is not of whoever proposed it, nor for whom it was proposed, nor on behalf of either', () => {
    expect(codes({})).toEqual([])
    for (const decision of [{ personId: 'ana' }, { personId: 'ben' }, { actingFor: 'ana' }]) {
      expect(codes({}, decision)).toEqual(['own_disposal'])
      expect(codes({}, { ...decision, kind: 'return_disposal' })).toEqual(['own_disposal'])
    }
    expect(codes({}, { personId: 'ana', kind: 'withdraw_disposal' })).toEqual([])
  })

  it('is of exactly what was inventoried', () => {
    expect(codes({}, { contentHash: 'other' })).toEqual(['content_changed'])
  })

  it.each(DISPOSAL_STATUSES.map((status) => [status]))('may be taken on one that is %s, or not any more', (status) => {
    const isOver = !['proposed', 'approved'].includes(status)
    expect(codes({ status }, { kind: 'withdraw_disposal' })).toEqual(isOver ? ['disposal_over'] : [])
    const decided = status === 'approved' ? ['already_decided'] : []
    expect(codes({ status })).toEqual(isOver ? ['disposal_over'] : decided)
  })
})

const duties = (action: 'dispose' | 'approve_disposal' | 'withdraw_disposal') =>
  PERMISSION_RULES.rules.Entity[action].flatMap((one) => one.duties ?? []).sort()

it('whoever proposes takes it back while nobody decided, and until it begins whoever approves does too', () => {
  expect(disposalRight('withdraw_disposal', 'proposed')).toBe('dispose')
  expect(disposalRight('withdraw_disposal', 'approved')).toBe('withdraw_disposal')
  expect(duties('withdraw_disposal')).toEqual([...duties('dispose'), ...duties('approve_disposal')].sort())
})

it('no duty both proposes and approves', () => {
  expect(duties('dispose').filter((duty) => duties('approve_disposal').includes(duty))).toEqual([])
})

it('minutes are of today or before', () => {
  const key = '01900000-0000-7000-8000-000000000000'
  const typed = { formKey: key, cycleId: key, minutesNumber: '', minutesDate: '2026-11-29', contentHash: 'h' }
  const read = readInput(proposalInput('2026-11-28'), typed)
  expect(read.ok ? [] : read.errors.map(({ code }) => code)).toEqual(['minutes_number_missing', 'minutes_date_ahead'])
})
