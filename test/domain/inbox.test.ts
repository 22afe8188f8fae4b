import { describe, expect, it } from 'vitest'
import { groupInbox, inboxGroup, priorityOf, whyMe } from '../../domain/inbox.ts'

/** The last instant of a civil date in Bogotá. */
const endOf = (day: string) => new Date(`${day}T23:59:59-05:00`).toISOString()

describe('the groups of the inbox', () => {
  it('follow the civil date in Bogotá, and the week ends on Sunday', () => {
    // Wednesday 25 November 2026.
    const today = '2026-11-25'
    const cases = [
      ['2026-11-24', 'overdue'],
      ['2026-11-25', 'today'],
      ['2026-11-26', 'week'],
      ['2026-11-29', 'week'],
      ['2026-11-30', 'later'],
    ] as const
    for (const [day, group] of cases) expect(inboxGroup(endOf(day), today), day).toBe(group)
    expect(inboxGroup(null, today)).toBe('later')
    // 23:30 in Bogotá is already the next day in UTC.
    expect(inboxGroup('2026-11-26T04:30:00.000Z', today)).toBe('today')
  })

  it('on a Sunday leave nothing for this week, on a Monday all of it', () => {
    expect(inboxGroup(endOf('2026-11-30'), '2026-11-29')).toBe('later')
    expect(inboxGroup(endOf('2026-12-06'), '2026-11-30')).toBe('week')
    expect(inboxGroup(endOf('2026-12-07'), '2026-11-30')).toBe('later')
  })

  it('hold every line once, in the order it came', () => {
    const lines = ['2026-11-01', '2026-11-02', '2026-12-24'].map((day) => ({ dueAt: endOf(day) }))
    const groups = groupInbox([...lines, { dueAt: null }], '2026-11-25')
    expect(groups.map(({ group, lines: inside }) => [group, inside.length])).toEqual([
      ['overdue', 2],
      ['today', 0],
      ['week', 0],
      ['later', 2],
    ])
  })

  it('say why a line is mine', () => {
    const actor = { personId: 'a', kind: 'encargado' }
    expect(whyMe({ claimedById: 'a' }, actor)).toBe('taken')
    expect(whyMe({ claimedById: 'b' }, actor)).toBe('acting')
    expect(whyMe({ claimedById: null }, { personId: 'a', kind: 'titular' })).toBe('duty')
  })
})

describe('the priority of a line', () => {
  it('is high for what came back, medium for what somebody waits for, normal for a first elaboration', () => {
    const cases = [
      ['elaborate', 'in_progress', 1, 'normal'],
      ['elaborate', 'returned', 1, 'high'],
      ['elaborate', 'in_progress', 2, 'high'],
      ['review', 'in_review', 1, 'medium'],
      ['approve', 'in_approval', 1, 'medium'],
      ['consent', 'in_approval', 1, 'medium'],
      ['approve', 'in_approval', 2, 'high'],
      ['decide_reopening', 'approved', 1, 'high'],
      ['confirm_columns', 'in_progress', 1, 'medium'],
    ] as const
    for (const [kind, status, attempt, priority] of cases)
      expect(priorityOf(kind, { status, attempt }), `${kind} ${status} ${attempt}`).toBe(priority)
  })
})
