import { describe, expect, it } from 'vitest'
import { NATIONAL_CALENDAR as national } from '../../catalog/calendar.ts'
import { daysOfRenewal, nextTurn, planEndNotices, turnOn } from '../../domain/grant-days.ts'
import { grantInput } from '../../domain/grant-inputs.ts'
import {
  GRANT_STATUSES,
  GRANT_VERDICTS,
  type GrantDecision,
  type GrantState,
  isInForce,
  objectionsToGrant,
  objectionToRequest,
} from '../../domain/grants.ts'

const HASH = 'a'.repeat(64)
const state: GrantState = {
  ...{ id: 'g', status: 'accepted', askedBy: 'head', granteeId: 'grantee', contentHash: HASH },
  ...{ startsOn: '2026-03-02', endsOn: '2026-12-31' },
}
const verdict = (kind: GrantDecision['kind'], personId: string) => ({
  ...{ kind, personId, grantId: 'g', positionId: 'x', duty: 'd', contentHash: HASH, cause: null },
})
const firstCode = (from: GrantState, one: ReturnType<typeof verdict>) => objectionsToGrant(from, one)[0]?.code ?? null

describe('a verdict on a delegated access', () => {
  it('is taken from the statuses it belongs to, and from no other', () => {
    const person = {
      accept: 'grantee',
      decline: 'grantee',
      grant: 'lead',
      deny: 'lead',
      withdraw: 'head',
      revoke: 'lead',
    }
    const taken = GRANT_VERDICTS.map((kind) => [
      kind,
      GRANT_STATUSES.filter((status) => firstCode({ ...state, status }, verdict(kind, person[kind])) === null),
    ])
    expect(Object.fromEntries(taken)).toEqual({
      accept: ['asked'],
      decline: ['asked', 'accepted'],
      grant: ['accepted'],
      deny: ['asked', 'accepted'],
      withdraw: ['asked', 'accepted'],
      revoke: ['granted'],
    })
  })

  it('says why not now', () => {
    const why = (status: GrantState['status'], kind: GrantDecision['kind'], who: string) =>
      firstCode({ ...state, status }, verdict(kind, who))
    expect(why('asked', 'grant', 'lead')).toBe('duty_unaccepted')
    expect(why('accepted', 'revoke', 'lead')).toBe('not_granted')
    expect(why('granted', 'grant', 'lead')).toBe('access_decided')
    expect(why('revoked', 'grant', 'lead')).toBe('access_over')
  })

  it('is never of whoever asked for it or will use it, whatever their position (D8)', () => {
    for (const kind of ['grant', 'deny'] as const)
      for (const who of ['head', 'grantee']) expect(firstCode(state, verdict(kind, who))).toBe('own_access')
    expect(firstCode({ ...state, status: 'asked' }, verdict('accept', 'head'))).toBe('not_the_grantee')
  })

  it('is of exactly what was read', () => {
    expect(firstCode(state, { ...verdict('grant', 'lead'), contentHash: 'b'.repeat(64) })).toBe('content_changed')
  })
})

describe('whether it lets anybody in', () => {
  it('is judged by its days, both included, and only while it stands granted', () => {
    const granted = { ...state, status: 'granted' as const }
    const days = ['2026-03-01', '2026-03-02', '2026-12-31', '2027-01-01']
    expect(days.map((day) => isInForce(granted, day))).toEqual([false, true, true, false])
    expect(GRANT_STATUSES.filter((status) => isInForce({ ...state, status }, '2026-06-01'))).toEqual(['granted'])
  })
})

describe('the calendar of an access', () => {
  it('begins it on its day, and ends it after its last', () => {
    const granted = { ...state, status: 'granted' as const }
    expect(turnOn(granted, { hasBegun: false }, '2026-03-01')).toBeNull()
    expect(turnOn(granted, { hasBegun: false }, '2026-03-02')).toBe('begin')
    expect(turnOn(granted, { hasBegun: true }, '2026-12-31')).toBeNull()
    expect(turnOn(granted, { hasBegun: true }, '2027-01-01')).toBe('expire')
    expect(turnOn({ ...state, status: 'asked' }, { hasBegun: false }, '2027-01-01')).toBe('expire')
    expect(turnOn({ ...state, status: 'revoked' }, { hasBegun: true }, '2027-01-01')).toBeNull()
    expect(nextTurn(granted, { hasBegun: false })).toBe('2026-03-02T05:00:00.000Z')
    expect(nextTurn(granted, { hasBegun: true })).toBe('2027-01-01T05:00:00.000Z')
  })

  it('is renewed for the next vigencia, or for what is left of this one', () => {
    expect(daysOfRenewal(2026, '2026-11-26')).toEqual({ startsOn: '2027-01-01', endsOn: '2027-12-31' })
    expect(daysOfRenewal(2026, '2027-01-04')).toEqual({ startsOn: '2027-01-04', endsOn: '2027-12-31' })
  })

  it('tells of its end 15, 5 and 1 working days before, across the holidays of December', () => {
    expect(planEndNotices(state, national).map(({ code, dueOn }) => [code, dueOn])).toEqual([
      ['reminder-15', '2026-12-09'],
      ['reminder-5', '2026-12-23'],
      ['reminder-1', '2026-12-30'],
    ])
    expect(planEndNotices({ startsOn: '2026-12-24', endsOn: '2026-12-31' }, national)).toHaveLength(1)
  })
})

describe('a request', () => {
  const asked = {
    formKey: '01900000-0000-7000-8000-000000000001',
    granteeId: '01900000-0000-7000-8000-000000000002',
    pointId: '01900000-0000-7000-8000-000000000003',
    ...{ form: 'F004', startsOn: '2026-03-02', endsOn: '2026-12-31', radicado: '202641730100000001' },
    ...{ radicadoOn: '2026-02-20', reason: 'Atiende en la ventanilla.' },
  }
  const faults = (change: Record<string, string>) =>
    grantInput('2026-03-02')
      .safeParse({ ...asked, ...change })
      .error?.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`) ?? []

  it('lasts within one vigencia, with the communication that asks for it', () => {
    expect(faults({})).toEqual([])
    expect(faults({ radicado: ' ' })).toEqual(['radicado: communication_missing'])
    expect(faults({ endsOn: '2027-01-01' })).toEqual(['endsOn: access_beyond_vigencia'])
    expect(faults({ endsOn: '2026-03-01' })).toEqual(['endsOn: access_end_early'])
    expect(faults({ startsOn: '2025-12-31', endsOn: '2025-12-31' })).toEqual(['startsOn: access_start_past'])
    expect(faults({ startsOn: '2028-01-01', endsOn: '2028-12-31' })).toEqual(['startsOn: access_start_far'])
    expect(faults({ radicadoOn: '2026-03-03' })).toEqual(['radicadoOn: communication_ahead'])
  })

  it('is of somebody else, at work, with an account, at an open point, and new', () => {
    const facts = {
      ...{ askedBy: 'head', askedFor: null as string | null, granteeId: 'grantee', isHeldAlready: false },
      ...{ hasAccount: true, isAtWork: true, isPointOpen: true },
    }
    const why = (change: Partial<typeof facts>) => objectionToRequest({ ...facts, ...change })?.code ?? null
    expect(why({})).toBeNull()
    expect(why({ granteeId: 'head' })).toBe('self_request')
    expect(why({ askedBy: 'substitute', askedFor: 'head', granteeId: 'head' })).toBe('self_request')
    expect(why({ askedBy: 'substitute', askedFor: 'head', granteeId: 'substitute' })).toBe('self_request')
    expect(why({ hasAccount: false })).toBe('no_open_account')
    expect(why({ isAtWork: false })).toBe('not_at_work')
    expect(why({ isPointOpen: false })).toBe('point_closed')
    expect(why({ isHeldAlready: true })).toBe('access_held')
  })
})
