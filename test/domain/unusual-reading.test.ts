import { describe, expect, it } from 'vitest'
import { unusualIn, type WeekOfReading, weeksToLookOver } from '../../domain/unusual-reading.ts'

const WEEKEND = new Set(['2026-11-21', '2026-11-22'])
const isWorkingDay = (day: string) => !WEEKEND.has(day)
const week = (change: Partial<WeekOfReading> = {}): WeekOfReading => ({
  ...{ reads: 12, mostOfOne: 2, days: ['2026-11-17', '2026-11-18'], hours: [8, 14, 19], before: [10, 12, 14] },
  ...change,
})
const reasons = (change: Partial<WeekOfReading>) => unusualIn(week(change), isWorkingDay)

describe('a week of reading', () => {
  it('is as any other where somebody reads what they use to, in hours of work', () => {
    expect(reasons({})).toEqual([])
    expect(reasons({ reads: 36 })).toEqual([])
  })

  it('is unusual from three times what is usual for them, and never below twenty', () => {
    expect(reasons({ reads: 37 })).toEqual(['many'])
    expect(reasons({ reads: 20, before: [1, 1] })).toEqual([])
    expect(reasons({ reads: 21, before: [1, 1] })).toEqual(['many'])
    // Of an even number of weeks, what lies between the two in the middle.
    expect(reasons({ reads: 33, before: [10, 12] })).toEqual([])
    expect(reasons({ reads: 34, before: [10, 12] })).toEqual(['many'])
  })

  it('gives whoever is new fifty', () => {
    expect(reasons({ reads: 50, before: [] })).toEqual([])
    expect(reasons({ reads: 51, before: [] })).toEqual(['many'])
  })

  it('is unusual by its day, its hour and by what was seen again and again', () => {
    expect(reasons({ days: ['2026-11-20', '2026-11-21'] })).toEqual(['day_off'])
    expect(reasons({ hours: [5, 9] })).toEqual(['night'])
    expect(reasons({ hours: [6, 20] })).toEqual(['night'])
    expect(reasons({ mostOfOne: 5 })).toEqual([])
    expect(reasons({ mostOfOne: 6, hours: [22], days: ['2026-11-22'] })).toEqual(['day_off', 'night', 'same_object'])
  })
})

describe('weeks to look over', () => {
  it('are every full one since the last', () => {
    expect(weeksToLookOver('2026-11-02', '2026-11-23')).toEqual(['2026-11-09', '2026-11-16'])
    expect(weeksToLookOver('2026-11-09', '2026-11-29')).toEqual(['2026-11-16'])
  })

  it('are none where the last one was looked over', () => {
    expect(weeksToLookOver('2026-11-16', '2026-11-23')).toEqual([])
    expect(weeksToLookOver('2026-11-16', '2026-11-09')).toEqual([])
  })

  it('are the one before where none was', () => {
    expect(weeksToLookOver(undefined, '2026-11-23')).toEqual(['2026-11-16'])
  })
})
