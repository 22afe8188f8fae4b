import { describe, expect, it } from 'vitest'
import { ranTermsText } from '../../app/text/ran-terms.ts'
import { NATIONAL_CALENDAR as national } from '../../catalog/calendar.ts'
import { leftOut, type RanTerm, resultOf } from '../../domain/ran-terms.ts'
import { termFrom } from '../../domain/terms.ts'

/** Five working days over Semana Santa: due on Tuesday 7 April. */
const counted = termFrom('2026-03-27', 5, national)

const term = (more: Partial<RanTerm> = {}): RanTerm => ({
  ...{ id: 'a', of: { kind: 'step', stepCode: '3', attempt: 2 }, startOn: counted.start, dueOn: counted.dueDate },
  ...{ unit: 'working', length: 5, countsStart: false, days: counted.days, calendarVersion: national.version },
  ...{ ending: 'done', cause: null, endedOn: null, isRecounted: false, movedTo: null, movedFrom: null },
  ...more,
})

const told = (more: Partial<RanTerm>, today = '2026-06-01') => {
  const one = term(more)
  return ranTermsText.result(one, resultOf(one, today, national))
}

describe('what became of a term', () => {
  it('is said in working days before or after its last one', () => {
    expect(told({ endedOn: '2026-03-31' })).toBe(
      'Se cumplió el martes 31 de marzo de 2026, 3 días hábiles antes de vencer.',
    )
    expect(told({ endedOn: '2026-04-07' })).toContain('en su último día')
    expect(told({ endedOn: '2026-04-08' })).toBe(
      'Se cumplió tarde, el miércoles 8 de abril de 2026, 1 día hábil después de vencer.',
    )
    expect(told({ dueOn: '2026-04-10', endedOn: '2026-04-12' })).toContain('antes del siguiente día hábil')
  })

  it('while it runs counts until today, and where it ended otherwise says so', () => {
    expect(told({ ending: 'running' }, '2026-03-31')).toBe('Corre todavía: faltan 3 días hábiles.')
    expect(told({ ending: 'running' }, '2026-04-07')).toBe('Vence hoy.')
    expect(told({ ending: 'running' }, '2026-04-09')).toBe('Está vencido hace 2 días hábiles.')
    expect(told({ ending: 'moved', movedTo: '2026-04-08' })).toContain('venció el miércoles 8 de abril')
    expect(told({ ending: 'stopped', endedOn: '2026-03-31' })).toMatch(/^Dejó de correr .* 3 días hábiles antes/)
    expect(told({ ending: 'stopped', cause: 'step_left', endedOn: '2026-04-08' })).toContain('el paso dejó de estar')
    expect(told({ ending: 'stopped', endedOn: '2026-04-08' })).toContain('vencido hacía 1 día hábil')
  })

  it('is counted as it was then until its last day, whatever the calendar says since', () => {
    const civic = { ...national, extra: [{ date: '2026-04-06', name: 'Día cívico', act: 'Decreto 9' }] }
    const one = term({ endedOn: '2026-03-31' })
    expect(resultOf(one, '2026-06-01', civic)).toEqual({ code: 'kept', days: 3 })
    expect(resultOf({ ...one, ending: 'running', endedOn: null }, '2026-03-31', civic).days).toBe(3)
  })

  it('of an access is told in days of the calendar', () => {
    const access: Partial<RanTerm> = { of: { kind: 'access' }, unit: 'civil', days: [], countsStart: true }
    expect(told({ ...access, endedOn: '2026-04-07' })).toBe('Duró hasta su último día, el martes 7 de abril de 2026.')
    expect(told({ ...access, ending: 'stopped', endedOn: '2026-04-03' })).toContain('4 días antes de vencer')
    expect(told({ ...access, ending: 'running' }, '2026-03-26')).toBe('Empieza el viernes 27 de marzo de 2026.')
  })

  it('of what nobody did says that, and of a review that nobody closed before that it lasted', () => {
    expect(told({ of: { kind: 'run' }, ending: 'omitted', endedOn: '2026-03-31' })).toBe(
      'No se ejecutó: el martes 31 de marzo de 2026 se dijo por qué.',
    )
    expect(told({ of: { kind: 'review' }, endedOn: '2026-04-07' })).toMatch(/^Duró hasta su último día/)
  })
})

it('the days a count leaves out are those of weekends, and each holiday with its norm', () => {
  const out = leftOut(counted.days)
  expect(out.weekend).toBe(4)
  expect(out.holidays.map(({ date }) => date)).toEqual(['2026-04-02', '2026-04-03'])
  expect(ranTermsText.out(out)).toMatch(
    /^4 sábados y domingos; jueves 2 de abril de 2026: Jueves Santo \(.+\); viernes/,
  )
  expect(ranTermsText.out(leftOut([]))).toBe('ningún día')
})
