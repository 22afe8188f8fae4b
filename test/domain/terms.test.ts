import { describe, expect, it } from 'vitest'
import { NATIONAL_CALENDAR as national } from '../../catalog/calendar.ts'
import { planNotices, termChip, termFrom, workingDaysLeft } from '../../domain/terms.ts'

describe('the term of a step', () => {
  it('ends at 23:59:59 in Bogotá of its last working day', () => {
    const term = termFrom('2026-03-27', 5, national)
    expect(term.dueDate).toBe('2026-04-07')
    expect(term.dueAt).toBe('2026-04-08T04:59:59.000Z')
    expect(term.calendarVersion).toBe(national.version)
    expect(term.days.filter((day) => day.counts)).toHaveLength(5)
    expect(term.days.at(-1)).toEqual({ date: '2026-04-07', counts: true, n: 5 })
  })

  it('refuses zero, negative and broken lengths', () => {
    for (const days of [0, -1, 1.5, Number.NaN])
      expect(() => termFrom('2026-03-27', days, national)).toThrow(RangeError)
  })

  it('plans its notices across Semana Santa as written by hand', () => {
    const notices = planNotices(termFrom('2026-03-20', 9, national), national)
    expect(notices.slice(0, 6).map((one) => [one.code, one.dueOn])).toEqual([
      ['reminder-3', '2026-03-31'],
      ['reminder-1', '2026-04-06'],
      ['expiry', '2026-04-08'],
      ['overdue-3', '2026-04-10'],
      ['overdue-7', '2026-04-16'],
      ['overdue-week-1', '2026-04-23'],
    ])
    expect(notices[0]?.at).toBe('2026-03-31T13:00:00.000Z')
    expect(notices).toHaveLength(5 + 26)
  })

  it('plans its notices across the year end as written by hand', () => {
    const notices = planNotices({ start: '2026-12-18', dueDate: '2026-12-31' }, national)
    expect(notices.slice(0, 6).map((one) => one.dueOn)).toEqual([
      '2026-12-28',
      '2026-12-30',
      '2027-01-01',
      '2027-01-04',
      '2027-01-06',
      '2027-01-13',
    ])
  })

  it('of two days has no reminder before it began', () => {
    const codes = planNotices(termFrom('2026-11-23', 2, national), national).map((one) => one.code)
    expect(codes.slice(0, 2)).toEqual(['reminder-1', 'expiry'])
  })

  it('tells the days left and its colour', () => {
    const due = '2026-04-07'
    expect(workingDaysLeft(due, '2026-03-31', national)).toBe(3)
    expect(workingDaysLeft(due, due, national)).toBe(0)
    expect(workingDaysLeft(due, '2026-04-09', national)).toBe(-2)
    expect(termChip(due, '2026-03-30', national)).toBe('on_time')
    expect(termChip(due, '2026-03-31', national)).toBe('due_soon')
    expect(termChip(due, due, national)).toBe('due_soon')
    expect(termChip(due, '2026-04-08', national)).toBe('overdue')
  })
})
