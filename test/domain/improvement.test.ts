import { describe, expect, it } from 'vitest'
import { completeAnswers } from '../../catalog/demo/answers.ts'
import { procedure } from '../../catalog/procedures/mm-gac-p-008-v2.ts'
import {
  ACTION_STATUSES,
  type ActionStatus,
  actionCode,
  checkerFor,
  isOpenAction,
  nextDayOf,
  objectionToChecker,
  objectionToChecking,
  objectionToDropping,
  objectionToEarlier,
  objectionToReporting,
  objectionToVerifying,
  recommendationsIn,
  withoutStatus,
} from '../../domain/improvement.ts'

const issued = new Date('2026-03-02T15:00:00Z')
const before = new Date('2026-03-01T15:00:00Z')
const after = new Date('2026-09-01T15:00:00Z')

function earlier(code: string, status: ActionStatus, reportedAt: Date | null = null) {
  return { code, status, reportedAt }
}

describe('a recommendation of an earlier report', () => {
  it.each([
    ['nobody has said anything of it', earlier('a', 'unreported'), true],
    ['it was under way before the last report was issued', earlier('a', 'in_progress', before), true],
    ['it has been under way since', earlier('a', 'in_progress', after), false],
    ['it has not begun, and somebody said why since', earlier('a', 'not_started', after), false],
    ['it was carried out long ago', earlier('a', 'done', before), false],
    ['it had no effect', earlier('a', 'ineffective', before), false],
    ['it was given up', earlier('a', 'dropped', before), false],
  ])('where %s: lacks a status %#', (_, one, lacks) => {
    expect(withoutStatus([one], issued)).toEqual(lacks ? [one] : [])
  })

  it('keeps the next report from being approved, by name, only while it lacks a status', () => {
    const lines = [
      earlier('AM-2025-001', 'unreported'),
      earlier('AM-2025-002', 'effective'),
      earlier('AM-2025-003', 'in_progress', before),
    ]
    expect(objectionToEarlier(lines, issued)).toEqual({
      code: 'earlier_unreported',
      facts: { codes: 'AM-2025-001, AM-2025-003' },
    })
    expect(objectionToEarlier([earlier('AM-2025-001', 'in_progress', after)], issued)).toBeNull()
    expect(objectionToEarlier([], null)).toBeNull()
  })
})

describe('an improvement action', () => {
  it('takes reports while it is open, and no longer', () => {
    const open = ACTION_STATUSES.filter((status) => objectionToReporting(status) === null)
    expect(open).toEqual(['unreported', 'not_started', 'in_progress'])
    expect(open.every(isOpenAction)).toBe(true)
  })

  it('has a day until it is over: its term, that of the verification, then fifteen days after its effect can be seen', () => {
    const set = { dueDate: '2026-06-30', verifyBy: '2026-07-15', checkOn: '2026-12-30' }
    const days = ACTION_STATUSES.map((status) => nextDayOf({ ...set, status }))
    const verified = ['2026-07-15', '2026-07-15']
    expect(days).toEqual(['2026-06-30', '2026-06-30', '2026-06-30', ...verified, '2027-01-14', null, null, null])
  })

  it.each([
    ['not carried out yet', 'in_progress', [], '2027-02-01', 'action_not_verified'],
    ['not verified yet', 'done', ['q'], '2027-02-01', 'action_not_verified'],
    ['by whoever carried it out, in whatever position', 'verified', ['p'], '2027-02-01', 'own_work'],
    ['before its effect can be seen', 'verified', ['q'], '2026-12-29', 'check_early'],
    ['on its day', 'verified', ['q'], '2026-12-30', null],
    ['a second time', 'effective', ['q'], '2027-02-01', 'action_not_verified'],
  ] as const)('is checked %s: %s', (_, status, hands, day, code) => {
    const now = new Date(`${day}T12:00:00-05:00`)
    const against = objectionToChecking({ status, checkOn: '2026-12-30' }, hands, { personId: 'p', now })
    expect(against?.code ?? null).toBe(code)
  })

  it.each([
    ['not carried out yet', 'in_progress', ['q'], 'action_not_done'],
    ['by whoever carried it out', 'done', ['q', 'p'], 'own_work'],
    ['by somebody else', 'done', ['q'], null],
    ['a second time', 'verified', ['q'], 'action_not_done'],
  ] as const)('is verified %s: %s', (_, status, hands, code) => {
    const now = new Date('2026-07-01T12:00:00-05:00')
    expect(objectionToVerifying({ status }, hands, { personId: 'p', now })?.code ?? null).toBe(code)
  })

  it.each([
    ['nobody asked', 'in_progress', ['q'], 'drop_not_asked'],
    ['whoever asked decides', 'drop_asked', ['q', 'p'], 'own_work'],
    ['somebody else decides', 'drop_asked', ['q'], null],
    ['it was decided', 'dropped', ['q'], 'drop_not_asked'],
  ] as const)('is given up where %s: %s', (_, status, hands, code) => {
    const now = new Date('2026-07-01T12:00:00-05:00')
    expect(objectionToDropping({ status }, hands, { personId: 'p', now })?.code ?? null).toBe(code)
  })

  it('is judged by what it waits for, and never by whoever reported on it', () => {
    const by = { personId: 'p', now: new Date('2027-02-01T12:00:00-05:00') }
    const judged = (hands: string[]) =>
      ACTION_STATUSES.map((status) => objectionToChecker({ status, checkOn: '2026-12-30' }, hands, by)?.code ?? null)
    const asked = ['drop_asked', 'done', 'verified']
    const answers = (own: string | null) =>
      ACTION_STATUSES.map((status) => (asked.includes(status) ? own : 'action_not_verified'))
    expect(judged(['q'])).toEqual(answers(null))
    expect(judged(['q', 'p'])).toEqual(answers('own_work'))
  })

  it('is checked by another duty than answers for it', () => {
    expect(checkerFor(procedure, 'profesional_tic')).toBe('jefatura_ogac')
    expect(checkerFor(procedure, 'jefatura_ogac')).toBe('secretaria_general')
  })

  it('has a code of its year, however many there are', () => {
    expect([actionCode(2026, 3), actionCode(2026, 1204)]).toEqual(['AM-2026-003', 'AM-2026-1204'])
  })
})

describe('the recommendations of a report', () => {
  it('carry the words of the procedure and of the segments they attend', () => {
    const [first] = recommendationsIn({ '4': completeAnswers('4'), '6': completeAnswers('6') }, procedure)
    expect(first).toMatchObject({
      ...{ key: 'r1', agencyCode: 'atencion-ciudadano', duty: 'jefatura_ogac', priority: 'alta' },
      target: procedure.actionLines.find((line) => line.code === '2')?.text,
    })
    expect(first?.segment).toMatch(/^[A-ZÁÉÍÓÚ]/)
  })

  it('of the first form name nobody who answers for them', () => {
    const row = { id: 'r1', texto: 'Abrir los sábados.', dependencia: 'ogac', plazo: '2027-01-31' }
    const [only] = recommendationsIn({ '6': { recomendaciones: { lista: [row] } } }, procedure)
    expect(only).toEqual({
      ...{ key: 'r1', what: 'Abrir los sábados.', target: null, segment: null, agencyCode: 'ogac', duty: '' },
      ...{ indicator: '', dueDate: '2027-01-31', priority: null },
    })
  })
})
