import { describe, expect, it } from 'vitest'
import { NATIONAL_CALENDAR } from '../../catalog/calendar.ts'
import { CORRUPTION } from '../../catalog/methodologies/corruption.ts'
import { GUIDE_7 } from '../../catalog/methodologies/guides.ts'
import { inFieldOrder, readInput } from '../../domain/input-reading.ts'
import {
  cadenceInput,
  IndicatorInput,
  RISK_FOLLOW_FIELDS,
  RiskReviewInput,
  readingInput,
  riskEventInput,
} from '../../domain/risk-follow-inputs.ts'
import { endedPeriods, indicatorValue, nextPeriod, periodAt, readingLevel } from '../../domain/risk-indicators.ts'
import { levelOutdone, nextReviewOn, objectionToOverdueReviews, reviewMonthsOf } from '../../domain/risk-reviews.ts'

describe('the review of a risk', () => {
  it('follows its zone, or comes sooner where the risk says so, never later', () => {
    expect(reviewMonthsOf(6, null)).toBe(6)
    expect(reviewMonthsOf(6, 2)).toBe(2)
    expect(reviewMonthsOf(3, 5)).toBe(3)
    expect(nextReviewOn('2026-11-30', 1, NATIONAL_CALENDAR)).toBe('2026-12-31')
  })

  it.each([
    ['a Sunday goes to the Monday', '2026-11-30', 3, '2027-03-01'],
    ['a holiday goes to the day after', '2026-11-08', 1, '2026-12-09'],
    ['a Saturday before a holiday goes past both', '2026-12-09', 1, '2027-01-12'],
  ])('that falls on %s', (_, last, months, due) => {
    expect(nextReviewOn(last, months, NATIONAL_CALENDAR)).toBe(due)
  })

  it('falls on none of the days that the entity itself does not work', () => {
    const extra = [{ date: '2026-12-31', name: 'Día cívico', act: 'Decreto 9' }]
    expect(nextReviewOn('2026-11-30', 1, { ...NATIONAL_CALENDAR, extra })).toBe('2027-01-04')
  })

  it('overdue keeps the year from being closed, by name', () => {
    expect(objectionToOverdueReviews([])).toBeNull()
    expect(objectionToOverdueReviews(['R-001', 'R-004'])?.facts.codes).toBe('R-001, R-004')
  })

  it.each([
    [0, undefined],
    [2, undefined],
    [3, 'Baja'],
    [24, 'Baja'],
    [25, 'Media'],
    [5_001, 'Muy Alta'],
  ])('rated Muy Baja and happened %i times in a year asks for %s', (times, name) => {
    expect(GUIDE_7.probability[levelOutdone(GUIDE_7, 0, times) ?? -1]?.name).toBe(name)
  })

  it.each([0, 2, 25, 5_001])('rated Muy Alta and happened %i times in a year never asks for less', (times) => {
    expect(levelOutdone(GUIDE_7, 4, times)).toBeNull()
  })

  it('is compared with no range where levels are chosen by words', () => {
    expect(levelOutdone(CORRUPTION, 0, 3)).toBeNull()
  })
})

describe('an indicator', () => {
  it.each([
    ['decreasing', 5, 'on_goal'],
    ['decreasing', 5.1, 'warning'],
    ['decreasing', 10, 'warning'],
    ['decreasing', 10.1, 'critical'],
  ] as const)('that is best when %s measures %d: %s', (trend, value, level) => {
    expect(readingLevel({ trend, goal: 5, critical: 10 }, value)).toBe(level)
  })

  it.each([
    [95, 'on_goal'],
    [94.9, 'warning'],
    [80, 'warning'],
    [79.9, 'critical'],
  ] as const)('that is best when increasing measures %d: %s', (value, level) => {
    expect(readingLevel({ trend: 'increasing', goal: 95, critical: 80 }, value)).toBe(level)
  })

  it('has periods one after another, of which only those that ended are measured', () => {
    expect(periodAt('trimestral', '2026-01-01', 1)).toEqual({ from: '2026-04-01', to: '2026-06-30' })
    const ended = endedPeriods('mensual', '2026-09-01', '2026-11-30')
    expect(ended.map(({ to }) => to)).toEqual(['2026-09-30', '2026-10-31'])
    expect(nextPeriod('mensual', '2026-09-01', ['2026-09-01', '2026-11-01']).from).toBe('2026-10-01')
    expect(indicatorValue('percent', 2, 3)).toBe(66.6667)
    expect(indicatorValue('number', 2, null)).toBe(2)
  })
})

const formKey = '7f4d0c1e-3b1c-4c57-9a64-0d2f5b1f9a10'
const faults = <T>(schema: Parameters<typeof readInput<T>>[0], raw: unknown) => {
  const read = readInput(schema, raw)
  return read.ok ? [] : read.errors.map(({ path, code }) => [path, code])
}

describe('what is typed', () => {
  const happened = {
    ...{ formKey, occurredOn: '2026-11-02', endedOn: '', times: '1' },
    ...{ description: 'Entró quien ya no debía.', consequences: 'Vio datos de 3 personas.', measures: 'Se retiró.' },
  }
  const event = { ...happened, measures: 'Se retiró el acceso.' }
  it.each([
    ['well', {}, []],
    ['an end before the start', { endedOn: '2026-11-01' }, [['endedOn', 'event_end_early']]],
    ['tomorrow', { occurredOn: '2026-11-28' }, [['occurredOn', 'event_ahead']]],
    ['−1 times', { times: '−1' }, [['times', 'event_times_missing']]],
    ['-1 times', { times: '-1' }, [['times', 'event_times_missing']]],
    ['«muchas»', { times: 'muchas' }, [['times', 'event_times_missing']]],
    ['no times', { times: '0' }, [['times', 'event_times_missing']]],
  ])('of an event: %s', (_, change, errors) => {
    expect(faults(riskEventInput('2026-11-27'), { ...event, ...change })).toEqual(errors)
  })

  it('of an event: faults in the order of the fields', () => {
    const read = readInput(riskEventInput('2026-11-27'), { ...event, endedOn: '2026-11-01', times: 'muchas' })
    const errors = read.ok ? [] : inFieldOrder(read.errors, RISK_FOLLOW_FIELDS)
    expect(errors.map(({ path }) => path)).toEqual(['endedOn', 'times'])
  })

  it.each([
    ['', []],
    ['2', []],
    ['3', [['months', 'cadence_long']]],
    ['muchas', [['months', 'cadence_missing']]],
    ['-1', [['months', 'cadence_missing']]],
    ['0', [['months', 'cadence_missing']]],
  ])('of a cadence in a zone of three months: «%s»', (months, errors) => {
    expect(faults(cadenceInput(3), { months })).toEqual(errors)
  })

  it('of a review: each fault beside its field', () => {
    expect(faults(RiskReviewInput, { formKey, lookedAt: 'x' })).toEqual([
      ['lookedAt', 'looked_at_missing'],
      ['conclusion', 'conclusion_missing'],
      ['reason', 'reason_missing'],
    ])
  })

  const sheet = {
    ...{ formKey, name: 'Accesos sin retirar', objective: 'Ver si se retiran a tiempo.', unit: 'percent' },
    ...{ formula: 'sin retirar / revisados × 100', numerator: 'Accesos sin retirar', denominator: 'Accesos revisados' },
    ...{ frequency: 'mensual', firstPeriod: '2026-09-15', source: 'Caracteriza', location: 'Serie 12' },
    ...{ availability: 'digital', trend: 'decreasing', goal: '2,5', critical: '10', positionId: formKey },
  }
  it.each([
    ['well', {}, []],
    ['a percentage of nothing', { denominator: '' }, [['denominator', 'denominator_missing']]],
    ['a critical value better than the goal', { critical: '1' }, [['critical', 'critical_crossed']]],
    ['a goal of −1', { goal: '-1' }, [['goal', 'goal_missing']]],
    ['a goal of «mucho»', { goal: 'mucho' }, [['goal', 'goal_missing']]],
    ['a day for a month', { firstPeriod: 'septiembre' }, [['firstPeriod', 'first_period_missing']]],
  ])('of an indicator: %s', (_, change, errors) => {
    expect(faults(IndicatorInput, { ...sheet, ...change })).toEqual(errors)
  })

  it.each([
    ['well', { numerator: '1.250,5', denominator: '2.000' }, []],
    [
      'of a period that has not ended',
      { period: '2026-11-01', numerator: '1', denominator: '2' },
      [['period', 'period_missing']],
    ],
    ['of nothing', { numerator: '1', denominator: '0' }, [['denominator', 'denominator_value_missing']]],
    ['−1', { numerator: '-1', denominator: '2' }, [['numerator', 'numerator_value_missing']]],
    ['«muchas»', { numerator: 'muchas', denominator: '2' }, [['numerator', 'numerator_value_missing']]],
  ])('of a reading: %s', (_, change, errors) => {
    const schema = readingInput('percent', [periodAt('mensual', '2026-10-01', 0)])
    expect(faults(schema, { formKey, period: '2026-10-01', ...change })).toEqual(errors)
  })
})
