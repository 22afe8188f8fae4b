import { describe, expect, it } from 'vitest'
import { NATIONAL_CALENDAR } from '../../catalog/calendar.ts'
import { withDay } from '../../domain/calendar.ts'
import { movedDueDay, runDaysOnceHappened } from '../../domain/control-periods.ts'

describe('the day by which an open run is done, once a day stops counting', () => {
  const november = { start: '2026-11-01', end: '2026-11-30' }
  const run = { opensOn: '2026-11-03', dueOn: '2026-11-30', isHappened: false }
  const free = (day: string) => withDay(NATIONAL_CALENDAR, { day, kind: 'extra' })

  it('is the working day before it, and stays where another day is free', () => {
    const at = { calendar: free('2026-11-30'), today: '2026-11-10' }
    expect(movedDueDay(run, november, at)).toBe('2026-11-27')
    expect(movedDueDay(run, november, { ...at, calendar: free('2026-11-12') })).toBeNull()
  })

  it('stays on the last day itself, and where nobody had been asked before', () => {
    const calendar = free('2026-11-30')
    expect(movedDueDay(run, november, { calendar, today: '2026-11-30' })).toBeNull()
    expect(movedDueDay({ ...run, opensOn: '2026-11-30' }, november, { calendar, today: '2026-11-10' })).toBeNull()
  })

  it('is a day later for what is executed because its risk happened', () => {
    const { opensOn, dueOn } = runDaysOnceHappened('2026-11-21', NATIONAL_CALENDAR)
    expect([opensOn, dueOn]).toEqual(['2026-11-23', '2026-11-30'])
    const happened = { opensOn, dueOn, isHappened: true }
    const period = { start: '2026-11-19', end: dueOn }
    for (const day of ['2026-11-25', '2026-11-30'])
      expect(movedDueDay(happened, period, { calendar: free(day), today: '2026-11-23' })).toBe('2026-12-01')
  })
})
