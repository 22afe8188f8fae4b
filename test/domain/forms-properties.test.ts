import fc from 'fast-check'
import { describe, it } from 'vitest'
import { NATIONAL_CALENDAR as national } from '../../catalog/calendar.ts'
import { FORMS } from '../../catalog/forms/index.ts'
import { addWorkingDays, explainTerm, isWorkingDay, workingDaysBetween } from '../../domain/calendar.ts'
import { addDays } from '../../domain/civil-dates.ts'
import { type Answers, answersFromEntries, checkShape, entriesOf } from '../../domain/forms.ts'
import { missingIn, progressOf } from '../../domain/readiness.ts'
import { parseRule } from '../../domain/rule-notation.ts'

const anyForm = fc.constantFrom(...FORMS)
const anyText = fc.string({ unit: 'binary', maxLength: 40 })

/** Entries under real and invented names of a form, holding anything a browser or an attacker may send. */
const anyEntries = anyForm.chain((form) => {
  const names = form.groups.flatMap((group) =>
    group.fields.flatMap((field) =>
      field.kind === 'list'
        ? [0, 1, 7].flatMap((i) =>
            ['id', ...field.fields.map((cell) => cell.code)].map((cell) => `${group.code}.${field.code}[${i}].${cell}`),
          )
        : [`${group.code}.${field.code}`],
    ),
  )
  const name = fc.oneof(fc.constantFrom(...names), anyText)
  return fc.record({ form: fc.constant(form), entries: fc.array(fc.tuple(name, anyText), { maxLength: 30 }) })
})

describe('whatever is sent to a form', () => {
  it('is read without failing, and what was read comes back the same', () => {
    fc.assert(
      fc.property(anyEntries, ({ form, entries }) => {
        const answers = answersFromEntries(form, entries)
        return same(answers, answersFromEntries(form, entriesOf(form, answers)))
      }),
    )
  })

  it('gets an answer from the checks: never an exception, never ready by chance', () => {
    fc.assert(
      fc.property(anyEntries, ({ form, entries }) => {
        const answers = answersFromEntries(form, entries)
        checkShape(form, answers)
        const { done, total } = progressOf(form.stepCode, answers)
        return missingIn(form.stepCode, answers).length > 0 && done < total
      }),
    )
  })

  it('as a rule is read or refused with a sentence', () => {
    fc.assert(fc.property(fc.oneof(anyText, fc.json()), (text) => typeof parseRule(text).ok === 'boolean'))
  })
})

describe('any term', () => {
  const anyDay = fc.integer({ min: 0, max: 365 * 25 }).map((days) => addDays('2015-01-01', days))

  it('ends on a working day, after as many working days as it has, with that arithmetic shown', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: 1, max: 60 }), (start, n) => {
        const due = addWorkingDays(start, n, national)
        const days = explainTerm(start, n, national)
        const counted = days.filter((day) => day.counts).length
        return (
          isWorkingDay(due, national) &&
          counted === n &&
          days.at(-1)?.date === due &&
          workingDaysBetween(start, due, national) === n
        )
      }),
    )
  })
})

function same(a: Answers, b: Answers): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}
