import Holidays from 'date-holidays'
import { describe, expect, it } from 'vitest'
import { entityCalendar, NATIONAL_CALENDAR } from '../../catalog/calendar.ts'
import { HOLIDAY_RULES } from '../../catalog/holidays.ts'
import {
  addWorkingDays,
  type Calendar,
  easterSunday,
  explainTerm,
  holidaysOf,
  isHoliday,
  isWorkingDay,
  withDay,
  withoutDay,
  workingDaysBetween,
} from '../../domain/calendar.ts'
import {
  addDays,
  addMonths,
  bogotaDate,
  bogotaInstant,
  exactBogotaClock,
  isCivilDate,
} from '../../domain/civil-dates.ts'

const national = NATIONAL_CALENDAR
const withoutNewLaw: Calendar = {
  ...national,
  holidayRules: HOLIDAY_RULES.filter((rule) => rule.id !== 'chiquinquira'),
}

const TABLES: [number, string, number][] = [
  [
    2024,
    '01-01 01-08 03-25 03-28 03-29 05-01 05-13 06-03 06-10 07-01 07-20 08-07 08-19 10-14 11-04 11-11 12-08 12-25',
    246,
  ],
  [2025, '01-01 01-06 03-24 04-17 04-18 05-01 06-02 06-23 06-30 07-20 08-07 08-18 10-13 11-03 11-17 12-08 12-25', 245],
  [
    2026,
    '01-01 01-12 03-23 04-02 04-03 05-01 05-18 06-08 06-15 06-29 07-13 07-20 08-07 08-17 10-12 11-02 11-16 12-08 12-25',
    242,
  ],
  [
    2027,
    '01-01 01-11 03-22 03-25 03-26 05-01 05-10 05-31 06-07 07-05 07-12 07-20 08-07 08-16 10-18 11-01 11-15 12-08 12-25',
    245,
  ],
  [
    2028,
    '01-01 01-10 03-20 04-13 04-14 05-01 05-29 06-19 06-26 07-03 07-10 07-20 08-07 08-21 10-16 11-06 11-13 12-08 12-25',
    242,
  ],
]

describe('the holidays of a year', () => {
  it.each(TABLES)('%i are the ones of the printed table', (year, expected) => {
    const dates = [...new Set(holidaysOf(year, national).map((day) => day.date.slice(5)))]
    expect(dates.join(' ')).toBe(expected)
  })

  it.each(TABLES)('%i leave the number of working days of the printed table', (year, _dates, expected) => {
    expect(workingDaysBetween(`${year - 1}-12-31`, `${year}-12-31`, national)).toBe(expected)
  })

  it('are 18 until 2025 and 19 since Ley 2578 de 2026', () => {
    expect([2024, 2025, 2026, 2040].map((year) => holidaysOf(year, national).length)).toEqual([18, 18, 19, 19])
  })

  it('name both holidays of 30 June 2025', () => {
    const names = holidaysOf(2025, national)
      .filter((day) => day.date === '2025-06-30')
      .map((day) => day.name)
    expect(names.sort()).toEqual(['Sagrado Corazón de Jesús', 'San Pedro y San Pablo'])
  })

  it.each(Array.from({ length: 29 }, (_, i) => 2012 + i))('%i agree with an independent calendar', (year) => {
    const independent = new Holidays('CO')
      .getHolidays(year)
      .filter((day) => day.type === 'public' && day.rule !== 'easter')
      .map((day) => day.date.slice(0, 10))
    const ours = holidaysOf(year, national).map((day) => day.date)
    expect([...new Set(ours)]).toEqual([...new Set(independent)].sort())
  })
})

describe('a day of an entity’s own', () => {
  it('that does not count, and then does again once it is taken back', () => {
    const local = withDay(national, { day: '2026-07-29', kind: 'extra' })
    expect(isWorkingDay('2026-07-29', local)).toBe(false)
    expect(isWorkingDay('2026-07-29', withoutDay(local, '2026-07-29'))).toBe(true)
  })

  it('that makes a holiday count, until it is taken back', () => {
    const local = withDay(national, { day: '2026-07-13', kind: 'removed' })
    expect(isWorkingDay('2026-07-13', local)).toBe(true)
    expect(isWorkingDay('2026-07-13', withoutDay(local, '2026-07-13'))).toBe(false)
  })

  it.each([
    ['2026-07-13', true],
    ['2026-07-14', false],
    ['2026-07-20', true],
    ['2026-07-18', false],
    ['2024-12-08', false],
  ])('%s may be made to count only as a holiday in the week: %s', (day, expected) => {
    expect(isHoliday(day, national)).toBe(expected)
  })
})

describe('a term in working days', () => {
  it.each([
    ['2024-02-21', 10, '2024-03-06'],
    ['2024-03-22', 10, '2024-04-10'],
    ['2024-03-22', 15, '2024-04-17'],
    ['2025-06-20', 10, '2025-07-08'],
    ['2025-12-19', 15, '2026-01-14'],
    ['2026-06-26', 10, '2026-07-14'],
    ['2026-07-01', 10, '2026-07-16'],
    ['2026-07-08', 15, '2026-07-31'],
    ['2026-10-01', 15, '2026-10-23'],
    ['2026-12-04', 30, '2027-01-21'],
    ['2027-03-19', 10, '2027-04-07'],
    ['2027-07-09', 5, '2027-07-19'],
  ])('that starts on %s and lasts %i days is due on %s', (start, days, due) => {
    expect(addWorkingDays(start, days, national)).toBe(due)
  })

  it('was due one day earlier without the law of 2026', () => {
    expect(addWorkingDays('2026-06-26', 10, withoutNewLaw)).toBe('2026-07-13')
  })

  it('that starts on a Saturday or a Sunday counts from Monday', () => {
    expect(addWorkingDays('2026-11-21', 1, national)).toBe('2026-11-23')
    expect(addWorkingDays('2026-11-22', 1, national)).toBe('2026-11-23')
  })

  it('explains Semana Santa day by day', () => {
    expect(explainTerm('2026-03-31', 3, national)).toEqual([
      { date: '2026-04-01', counts: true, n: 1 },
      { date: '2026-04-02', counts: false, reason: 'Jueves Santo (Ley 51 de 1983, art. 1)' },
      { date: '2026-04-03', counts: false, reason: 'Viernes Santo (Ley 51 de 1983, art. 1)' },
      { date: '2026-04-04', counts: false, reason: 'sábado' },
      { date: '2026-04-05', counts: false, reason: 'domingo' },
      { date: '2026-04-06', counts: true, n: 2 },
      { date: '2026-04-07', counts: true, n: 3 },
    ])
  })

  it('explains the new holiday with its law, across the year end too', () => {
    expect(explainTerm('2026-07-10', 1, national)[2]?.reason).toBe('Virgen de Chiquinquirá (Ley 2578 de 2026)')
    const days = explainTerm('2026-12-30', 2, national)
    expect(days.map((day) => day.date).at(-1)).toBe('2027-01-04')
    expect(days.find((day) => day.date === '2027-01-01')?.counts).toBe(false)
  })

  it('skips the days an entity adds and counts those it takes back', () => {
    const local = entityCalendar(
      {
        extra: [{ date: '2026-07-29', name: 'Día cívico de Santa Marta', act: 'Decreto 150 de 2026' }],
        removed: [{ date: '2026-07-13', act: 'Sentencia que suspende la Ley 2578' }],
      },
      '3',
    )
    expect(addWorkingDays('2026-07-28', 1, local)).toBe('2026-07-30')
    expect(explainTerm('2026-07-28', 1, local)[0]?.reason).toBe('Día cívico de Santa Marta (Decreto 150 de 2026)')
    expect(isWorkingDay('2026-07-13', local)).toBe(true)
    expect(local.version).not.toBe(national.version)
  })

  it('counts backwards for reminders', () => {
    expect(addWorkingDays('2026-04-07', -3, national)).toBe('2026-03-31')
    expect(workingDaysBetween('2026-04-07', '2026-04-01', national)).toBe(-2)
  })
})

describe('civil dates', () => {
  it('refuse what is not a day of the calendar', () => {
    const none = ['2026-02-29', '2026-13-01', '26-01-01', '2026-1-1', '0000-01-01', '']
    expect(none.filter(isCivilDate)).toEqual([])
    expect(isCivilDate('2028-02-29')).toBe(true)
    expect(() => addDays('mañana', 1)).toThrow(RangeError)
  })

  it('are Colombian days, five hours behind universal time', () => {
    expect(bogotaDate('2026-11-24T04:59:59Z')).toBe('2026-11-23')
    expect(bogotaDate('2026-11-24T05:00:00Z')).toBe('2026-11-24')
    expect(bogotaInstant('2026-11-23', '23:59:59')).toBe('2026-11-24T04:59:59.000Z')
    expect(bogotaInstant('2026-11-23', exactBogotaClock('2026-11-23T15:04:05.678Z'))).toBe('2026-11-23T15:04:05.678Z')
  })

  it('know Easter', () => {
    expect([2024, 2025, 2026, 2027, 2028, 2038].map(easterSunday)).toEqual([
      '2024-03-31',
      '2025-04-20',
      '2026-04-05',
      '2027-03-28',
      '2028-04-16',
      '2038-04-25',
    ])
  })
})

describe('months later', () => {
  it.each([
    ['2026-08-31', 6, '2027-02-28'],
    ['2026-11-30', 3, '2027-02-28'],
    ['2028-01-31', 1, '2028-02-29'],
    ['2028-01-30', 1, '2028-02-29'],
    ['2026-12-15', 12, '2027-12-15'],
    ['2026-02-28', 6, '2026-08-31'],
    ['2024-06-30', 6, '2024-12-31'],
    ['2024-02-29', 12, '2025-02-28'],
    ['2024-02-28', 12, '2025-02-28'],
  ])('%s and %i months is %s: the last day of a month stays the last', (day, months, later) => {
    expect(addMonths(day, months)).toBe(later)
  })
})
