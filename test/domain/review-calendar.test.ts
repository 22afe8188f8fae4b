import { describe, expect, it } from 'vitest'
import { NATIONAL_CALENDAR } from '../../catalog/calendar.ts'
import { nextTurn, objectionToCalendar, turnOutcome, USUAL_CALENDAR } from '../../domain/review-calendar.ts'
import { causeOfReview, isOddHour } from '../../domain/review-causes.ts'

describe('the review of a vigencia that opens by itself', () => {
  const outcome = (change: object = {}) =>
    turnOutcome({ isUnderReview: false, wasReviewed: false, inScope: 3, ...change })

  it('leaves a vigencia alone that is or was under review, and one without accesses', () => {
    expect(outcome()).toBe('opened')
    expect(outcome({ isUnderReview: true, wasReviewed: true })).toBe('under_review')
    expect(outcome({ wasReviewed: true })).toBe('reviewed')
    expect(outcome({ inScope: 0 })).toBe('nothing')
  })

  it('comes on its day of every year, the first of January until the office says otherwise', () => {
    expect(nextTurn(USUAL_CALENDAR, '2026-11-27')).toBe('2027-01-01')
    expect(nextTurn(USUAL_CALENDAR, '2027-01-01')).toBe('2028-01-01')
    expect(nextTurn({ ...USUAL_CALENDAR, month: 2, day: 6 }, '2027-01-31')).toBe('2027-02-06')
  })
})

it('a change of the calendar follows the version it was read at, and changes something', () => {
  const changedAt = new Date('2026-11-27T15:00:00Z')
  const standing = { ...USUAL_CALENDAR, n: 4, changedBy: 'Ana Ruiz', changedAt }
  const against = (change: object, seenN = 4) => objectionToCalendar(standing, { ...USUAL_CALENDAR, ...change, seenN })
  expect(against({ day: 15 }, 3)).toEqual({
    ...{ code: 'calendar_moved', facts: { by: 'Ana Ruiz', at: changedAt.toISOString() } },
  })
  expect(against({})?.code).toBe('calendar_same')
  for (const change of [{ yearly: false }, { singles: false }, { month: 2 }, { day: 15 }, { workingDays: 11 }])
    expect(against(change)).toBe(null)
  expect(against({ onSilence: 'keep' })).toBe(null)
})

describe('a review of the accesses of one person', () => {
  const nothing = { hasMoved: false, hasLeft: false, entries: [], isUnused: false, lastReviewOn: null }
  const cause = (change: object) => causeOfReview({ ...nothing, ...change }, '2026-11-27', NATIONAL_CALENDAR)

  it('is opened by a move, the end of a position, an entry at an odd hour or sixty days without use', () => {
    expect(cause({})).toBe(null)
    expect(cause({ hasMoved: true, hasLeft: true, isUnused: true })).toBe('transfer')
    expect(cause({ hasLeft: true, isUnused: true })).toBe('contract_end')
    expect(cause({ isUnused: true })).toBe('unused')
    expect(cause({ entries: ['2026-11-26T20:00:00Z'] })).toBe(null)
    expect(cause({ entries: ['2026-11-26T20:00:00Z', '2026-11-27T07:00:00Z'] })).toBe('odd_hours')
  })

  it('does not come twice within thirty days, nor within sixty for what nobody uses', () => {
    expect(cause({ hasMoved: true, lastReviewOn: '2026-10-29' })).toBe(null)
    expect(cause({ hasMoved: true, lastReviewOn: '2026-10-28' })).toBe('transfer')
    expect(cause({ isUnused: true, lastReviewOn: '2026-10-28' })).toBe(null)
    expect(cause({ isUnused: true, lastReviewOn: '2026-09-28' })).toBe('unused')
  })

  it('takes nights, Sundays and holidays in Bogotá for odd hours', () => {
    const odd = (at: string) => isOddHour(at, NATIONAL_CALENDAR)
    // 05:00 and 21:00 in Bogotá; 29 November 2026 is a Sunday, 8 December a holiday.
    expect([odd('2026-11-27T09:59:59Z'), odd('2026-11-27T10:00:00Z')]).toEqual([true, false])
    expect([odd('2026-11-28T01:59:59Z'), odd('2026-11-28T02:00:00Z')]).toEqual([false, true])
    expect([odd('2026-11-28T15:00:00Z'), odd('2026-11-29T15:00:00Z'), odd('2026-12-08T15:00:00Z')]).toEqual([
      ...[false, true, true],
    ])
  })
})
