import { describe, expect, it } from 'vitest'
import { ranTermsText } from '../../app/text/ran-terms.ts'
import { NATIONAL_CALENDAR as national } from '../../catalog/calendar.ts'
import { RUN_STATUSES, type RunStatus } from '../../domain/control-runs.ts'
import { GRANT_STATUSES, type GrantStatus } from '../../domain/grants.ts'
import { type RanTerm, resultOf } from '../../domain/ran-terms.ts'
import {
  doneOn,
  type Ending,
  endingOfAnswer,
  endingOfGrant,
  endingOfReview,
  endingOfRun,
  endingOfStep,
} from '../../domain/term-endings.ts'
import { termFrom } from '../../domain/terms.ts'

const said = ({ ending, cause }: Ending) => (cause === null ? ending : `${ending}: ${cause}`)

describe('how a term ended', () => {
  it('of a run of a control follows from its status, and from whether anything changes it any more', () => {
    const expected: Record<RunStatus, [open: string, closed: string]> = {
      open: ['running', 'running'],
      executed: ['done', 'done'],
      verified: ['done', 'done'],
      omitted: ['omitted', 'omitted'],
      excused: ['omitted', 'omitted'],
      missed: ['running', 'stopped: missed'],
      rejected: ['running', 'stopped: rejected'],
      paused: ['not_run: paused', 'not_run: paused'],
      withdrawn: ['stopped: withdrawn', 'stopped: withdrawn'],
    }
    const found = (status: RunStatus) => [false, true].map((isClosed) => said(endingOfRun({ status, isClosed })))
    expect(Object.fromEntries(RUN_STATUSES.map((status) => [status, found(status)]))).toEqual(expected)
  })

  it('of an access follows from its status; one that was never granted, or never began, had none', () => {
    const expected: Partial<Record<GrantStatus, string>> = {
      granted: 'running',
      expired: 'done',
      revoked: 'stopped: revoked',
      retired: 'stopped: retired',
      suspended: 'stopped: suspended',
    }
    for (const status of GRANT_STATUSES) {
      const ending = endingOfGrant(status)
      expect([status, ending && said(ending)]).toEqual([status, expected[status] ?? null])
      expect(ending?.lastsToTheEnd ?? false).toBe(status === 'expired')
    }
  })

  it('of a step, an answer and a review follows from their rows', () => {
    const step = (status: string, isReplaced = false) => said(endingOfStep({ status, isReplaced }))
    expect([step('running'), step('met'), step('superseded', true), step('superseded')]).toEqual([
      ...['running', 'done', 'moved', 'stopped: step_left'],
    ])
    const answer = (isAnswered: boolean, isPublic: boolean) => said(endingOfAnswer({ isAnswered, isPublic }))
    expect([answer(false, true), answer(true, true), answer(true, false), answer(false, false)]).toEqual([
      ...['running', 'done', 'done', 'stopped: unpublished'],
    ])
    expect(endingOfReview({ isClosed: false, isByPerson: false })).toMatchObject({ ending: 'running' })
    expect(endingOfReview({ isClosed: true, isByPerson: true })).toMatchObject({ ending: 'done', lastsToTheEnd: false })
    expect(endingOfReview({ isClosed: true, isByPerson: false })).toMatchObject({ ending: 'done', lastsToTheEnd: true })
  })

  it('is said of a run in the words of its own status', () => {
    const counted = termFrom('2026-03-27', 5, national)
    const told = (status: RunStatus, endedOn: string) => {
      const term = {
        ...{ id: 'a', of: { kind: 'run' }, startOn: counted.start, dueOn: counted.dueDate, unit: 'working', length: 5 },
        ...{ countsStart: true, days: counted.days, calendarVersion: '1', isRecounted: false, movedTo: null },
        ...{ movedFrom: null, endedOn, ...endingOfRun({ status, isClosed: true }) },
      } satisfies RanTerm & Ending
      return ranTermsText.result(term, resultOf(term, '2026-06-01', national))
    }
    expect(told('paused', '2026-03-27')).toBe('No corrió: el control estaba en pausa.')
    expect(told('withdrawn', '2026-03-31')).toMatch(
      /^Dejó de correr el martes 31 .* antes de vencer: el control se retiró\.$/,
    )
    expect(told('withdrawn', '2026-03-20')).toBe('No corrió: el control se retiró.')
    expect(told('missed', '2026-05-01')).toMatch(/vencido hacía \d+ días hábiles: nadie lo ejecutó, y pasó el plazo/)
    expect(told('rejected', '2026-05-01')).toContain('lo que se aportó se devolvió')
  })
})

it('a run was done on the day of its first execution, and no earlier than on the day it was found missed', () => {
  expect(doneOn({ firstOn: '2026-03-10', missedOn: null })).toBe('2026-03-10')
  expect(doneOn({ firstOn: '2026-04-10', missedOn: '2026-04-08' })).toBe('2026-04-10')
  expect(doneOn({ firstOn: '2026-04-07', missedOn: '2026-04-08' })).toBe('2026-04-08')
})
