import { describe, expect, it } from 'vitest'
import { objectionToPausing, type PauseDays } from '../../domain/control-pauses.ts'

const TODAY = '2027-01-01'
const asked = (from: string, until: string, pauses: PauseDays[]) => {
  const against = objectionToPausing({ from, until }, { pauses, today: TODAY })
  return against && [against.code, against.facts?.day].filter(Boolean).join(' ')
}
const half = { from: '2027-01-01', lastDay: '2027-07-01' }
const april = { from: '2027-04-10', lastDay: '2027-04-12' }
const quarter = { from: '2027-01-01', lastDay: '2027-03-31' }

describe('the longest a control is paused', () => {
  it.each<[string, string, string, PauseDays[], string | null]>([
    ['six months alone', '2027-01-01', '2027-07-01', [], null],
    ['a day more', '2027-01-01', '2027-07-02', [], 'pause_long 2027-07-01'],
    ['since a day that is long past', '2026-01-01', '2027-01-31', [], 'pause_stale 2026-07-01'],
    ['a year ahead', '2028-01-01', '2028-01-31', [], null],
    ['later than a year ahead', '2028-01-02', '2028-01-31', [], 'pause_far'],
    ['the day after six months', '2027-07-02', '2027-07-31', [half], 'pause_full 2027-08-01'],
    ['thirty days after six months', '2027-07-31', '2027-08-31', [half], 'pause_full 2027-08-01'],
    ['thirty-one days after six months', '2027-08-01', '2028-02-01', [half], null],
    ['what joins, within six months', '2027-04-15', '2027-07-01', [quarter], null],
    ['what joins, for longer', '2027-04-15', '2027-08-31', [quarter], 'pause_joined 2027-07-01'],
    ['one that joins by another', '2027-04-20', '2027-07-02', [quarter, april], 'pause_joined 2027-07-01'],
    [
      'before one that comes',
      '2027-01-01',
      '2027-01-31',
      [{ from: '2027-02-15', lastDay: '2027-08-01' }],
      'pause_joined 2027-01-15',
    ],
    [
      'right before one that comes',
      '2027-02-10',
      '2027-02-12',
      [{ from: '2027-02-15', lastDay: '2027-08-12' }],
      'pause_full 2027-09-12',
    ],
    [
      'as six months were lifted before they began',
      '2027-07-02',
      '2027-12-31',
      [{ from: '2027-01-02', lastDay: '2027-01-01' }],
      null,
    ],
    ['over another', '2027-03-31', '2027-04-30', [quarter], 'pause_overlaps'],
    ['in the past', '2026-12-01', '2026-12-31', [], 'pause_past'],
  ])('%s', (_case, from, until, pauses, said) => {
    expect(asked(from, until, pauses)).toBe(said)
  })
})
