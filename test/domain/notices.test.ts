import { describe, expect, it } from 'vitest'
import { chooseNotices, type DueNotice, noticeKind, sharesMail } from '../../domain/notices.ts'

const notice = (kind: string, day: string, more: Partial<DueNotice> = {}): DueNotice => ({
  id: `${kind} ${more.attemptId ?? 'a'} ${more.duty ?? 'in_charge'}`,
  attemptId: 'a',
  duty: 'in_charge',
  kind,
  plannedAt: `${day}T13:00:00.000Z`,
  ...more,
})

const chosen = (due: DueNotice[]) =>
  chooseNotices(due).map(({ notice: one, catchesUp }) => [one.id, catchesUp.map((older) => older.id)])

describe('notices that fell due together', () => {
  it('become one for each attempt and addressee, the latest', () => {
    const due = [
      notice('reminder-1', '2026-04-07'),
      notice('expiry', '2026-04-09'),
      notice('expiry', '2026-04-09', { duty: 'secretaria_general' }),
      notice('overdue-1', '2026-04-10'),
      notice('reminder-3', '2026-04-08', { attemptId: 'b' }),
    ]
    expect(chosen(due)).toEqual([
      ['overdue-1 a in_charge', ['expiry a in_charge', 'reminder-1 a in_charge']],
      ['expiry a secretaria_general', []],
      ['reminder-3 b in_charge', []],
    ])
  })

  it('at the same instant are represented by the graver one, in whatever order they come', () => {
    const pair = [notice('overdue-1', '2026-04-09'), notice('expiry', '2026-04-09')]
    for (const due of [pair, [...pair].reverse()])
      expect(chosen(due)).toEqual([['overdue-1 a in_charge', ['expiry a in_charge']]])
  })

  it('are none when none fell due, and a code nobody planned is a fault', () => {
    expect(chosen([])).toEqual([])
    expect(noticeKind('overdue-week-2')).toBe('overdue')
    expect(() => noticeKind('party')).toThrow()
  })
})

describe('a notice that leaves in one mail with others', () => {
  const cases = [
    ['overdue-3', 'in_charge', true],
    ['overdue-week-2', 'in_charge', true],
    ['overdue-3', 'vacancy', false],
    ['expiry', 'in_charge', false],
    ['expiry', 'superior', false],
    ['reminder-1', 'in_charge', false],
  ] as const
  for (const [code, told, shares] of cases)
    it(`${code} told to ${told}: ${shares ? 'yes' : 'no'}`, () => expect(sharesMail(code, told)).toBe(shares))

  it('is, of an improvement action, whatever is told to whoever answers for it', () => {
    expect(sharesMail('reminder-3', 'in_charge', 'action')).toBe(true)
    expect(sharesMail('expiry', 'superior', 'action')).toBe(false)
  })
})
