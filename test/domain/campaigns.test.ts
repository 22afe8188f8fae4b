import { describe, expect, it } from 'vitest'
import { NATIONAL_CALENDAR } from '../../catalog/calendar.ts'
import {
  type AnswerFacts,
  isInScope,
  isUnused,
  objectionToAnswer,
  objectionToChange,
  objectionToClose,
  objectionToUndo,
  outcomeOf,
  planReviewNotices,
} from '../../domain/campaigns.ts'
import { qualityOf } from '../../domain/review-quality.ts'

describe('what becomes of an access under review', () => {
  it('follows the answer, then what the campaign says of silence, and never keeps what nobody may review', () => {
    const silent = { hasReviewer: true, onSilence: 'retire' } as const
    expect(outcomeOf('confirm', silent)).toEqual({ outcome: 'kept', by: 'answer' })
    expect(outcomeOf(null, silent)).toEqual({ outcome: 'retired', by: 'silence' })
    expect(outcomeOf(null, { ...silent, onSilence: 'suspend' })).toEqual({ outcome: 'suspended', by: 'silence' })
    expect(outcomeOf(null, { hasReviewer: false, onSilence: 'keep' })).toEqual({ outcome: 'retired', by: 'nobody' })
  })

  it('takes in what lets in, unless it was asked for afterwards', () => {
    const grant = { status: 'granted', vigencia: 2026, askedAfterOpening: false }
    const isIn = (change: object) => isInScope({ ...grant, ...change } as Parameters<typeof isInScope>[0], 2026)
    expect([isIn({}), isIn({ status: 'expired' }), isIn({ status: 'revoked' })]).toEqual([true, false, false])
    expect([isIn({ askedAfterOpening: true }), isIn({ vigencia: 2025 })]).toEqual([false, false])
  })
})

describe('an answer', () => {
  const facts: AnswerFacts = {
    ...{ campaign: 'open', hasLeft: false, isOnList: true, granteeId: 'clerk', granters: ['lead'], lastN: 1, seenN: 1 },
  }
  const head = { personId: 'head', actingFor: null }
  const codeOf = (change: Partial<AnswerFacts>, by: { personId: string; actingFor: string | null } = head) =>
    objectionToAnswer({ ...facts, ...change }, by)?.code ?? null

  it('is taken from whoever read the one before it, and from nobody else', () => {
    expect(codeOf({})).toBe(null)
    expect(codeOf({ lastN: 2 })).toBe('answer_changed')
    expect(codeOf({ campaign: 'closing' })).toBe('review_over')
    expect(codeOf({ hasLeft: true })).toBe('review_left')
    expect(codeOf({ isOnList: false })).toBe('review_moved')
  })

  it('is never about an access of one’s own, nor given for whoever granted it', () => {
    expect(codeOf({}, { personId: 'clerk', actingFor: null })).toBe('own_review')
    expect(codeOf({}, { personId: 'deputy', actingFor: 'clerk' })).toBe('own_review')
    expect(codeOf({}, { personId: 'deputy', actingFor: 'lead' })).toBe('granter_delegate')
    // Also where somebody granted it in their name, and where it is the same one again.
    const inTheirName = { granters: ['other', 'lead'] }
    for (const personId of ['deputy', 'other'])
      expect(codeOf(inTheirName, { personId, actingFor: 'lead' })).toBe('granter_delegate')
  })

  it('that changes an access changes something, and gives it fewer days', () => {
    const grant = { endsOn: '2026-12-31', today: '2026-11-26' }
    const codeOfChange = (endsOn: string | null) => objectionToChange({ endsOn }, grant)?.code ?? null
    expect([codeOfChange(null), codeOfChange('2026-12-31'), codeOfChange('2026-11-25')]).toEqual([
      ...['nothing_changed', 'days_not_fewer', 'days_not_fewer'],
    ])
    expect(codeOfChange('2026-12-15')).toBe(null)
  })
})

it('a review is closed before its day only once every case has an answer', () => {
  const open = { status: 'open', dueOn: '2026-12-10' } as const
  expect(objectionToClose(open, 0, '2026-12-01')).toBe(null)
  expect(objectionToClose(open, 3, '2026-12-10')).toMatchObject({ code: 'reviews_waiting', facts: { n: 3 } })
  expect(objectionToClose(open, 3, '2026-12-11')).toBe(null)
  expect(objectionToClose({ ...open, status: 'closed' }, 0, '2026-12-11')?.code).toBe('campaign_over')
})

it('whoever reviews is told 5 and 2 working days before the end, and whoever is above them one day before', () => {
  const planned = planReviewNotices({ start: '2026-11-26', dueDate: '2026-12-11' }, NATIONAL_CALENDAR)
  expect(planned.map(({ code, duty, dueOn }) => [code, duty, dueOn])).toEqual([
    ['reminder-5', 'reviewer', '2026-12-03'],
    ['reminder-2', 'reviewer', '2026-12-09'],
    ['reminder-1', 'superior', '2026-12-10'],
  ])
  expect(planReviewNotices({ start: '2026-12-09', dueDate: '2026-12-11' }, NATIONAL_CALENDAR)).toHaveLength(1)
})

it('an access is unused when it began 60 days ago and its person has not been in since', () => {
  const unused = (startsOn: string, lastUseOn: string | null) => isUnused({ startsOn, lastUseOn }, '2026-11-26')
  expect([unused('2026-09-27', null), unused('2026-09-28', null)]).toEqual([true, false])
  expect([unused('2026-01-02', '2026-09-27'), unused('2026-01-02', '2026-09-28')]).toEqual([true, false])
})

it('what a review ended is asked for again within 5 working days, and within its own', () => {
  const ended = { status: 'retired', endsOn: '2026-12-31', closedOn: '2026-12-04', askedAgain: null } as const
  const codeOn = (today: string, change: object = {}) =>
    objectionToUndo({ ...ended, ...change }, today, NATIONAL_CALENDAR)?.code ?? null
  // 8 December is a holiday.
  expect([codeOn('2026-12-04'), codeOn('2026-12-14'), codeOn('2026-12-15')]).toEqual([null, null, 'undo_over'])
  expect(codeOn('2026-12-10', { endsOn: '2026-12-09' })).toBe('undo_over')
  expect([codeOn('2026-12-04', { status: 'revoked' }), codeOn('2026-12-04', { closedOn: null })]).toEqual([
    ...['undo_over', 'undo_over'],
  ])
  expect(codeOn('2026-12-04', { status: 'suspended' })).toBe(null)
  expect(codeOn('2026-12-04', { askedAgain: 'AD-2026-0007' })).toBe('undo_done')
})

describe('the grade of a review', () => {
  const keeps = (n: number, change: object = {}) =>
    Array.from({ length: n }, () => ({ paceMs: 12_000, batchSize: 5, wasUnused: false, ...change }))

  it.each([
    ['100 keeps in 40 seconds', keeps(100, { paceMs: 400, batchSize: 25 }), ['low', 0]],
    ['an honest run', keeps(100), ['high', 100]],
    ['the shortest time that reads a card', keeps(5, { paceMs: 3_000 }), ['high', 100]],
    ['just under it', keeps(5, { paceMs: 2_999 }), ['low', 0]],
    ['in bulk, with little time for each', keeps(10, { paceMs: 5_999, batchSize: 10 }), ['medium', 50]],
    ['in bulk, with time for each', keeps(10, { paceMs: 6_000, batchSize: 10 }), ['high', 100]],
    ['what nobody uses', keeps(5, { wasUnused: true }), ['medium', 50]],
    ['four of five read', [...keeps(4), ...keeps(1, { paceMs: 0 })], ['high', 80]],
    ['unused and hasty counts once', [...keeps(2), ...keeps(4, { paceMs: 0, wasUnused: true })], ['low', 33]],
  ])('%s', (_, given, [grade, points]) => {
    expect(qualityOf(given)).toMatchObject({ grade, points })
  })

  it('is none where fewer than five answers kept anything', () => {
    expect([qualityOf([]), qualityOf(keeps(4, { paceMs: 0 }))]).toEqual([null, null])
  })
})
