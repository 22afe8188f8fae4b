/** Complete answers and the facts around them, so that a test removes one thing and sees one thing missing. */
import { completeUpstream, DEMO_REFERENCES } from '../../catalog/demo/answers.ts'
import { CITY_FILE_COLUMNS } from '../../catalog/demo/city-file.ts'
import { DEMO_ENTITIES } from '../../catalog/demo-users.ts'
import { formDefinition } from '../../catalog/forms/index.ts'
import { type Answers, isActive, rowsOf } from '../../domain/forms.ts'
import type { StepCode } from '../../domain/procedures.ts'
import type { ReadinessContext } from '../../domain/readiness.ts'

export { completeAnswers, completeUpstream } from '../../catalog/demo/answers.ts'

export function completeContext(stepCode: StepCode): ReadinessContext {
  return {
    upstream: completeUpstream(stepCode),
    sources: [
      {
        id: DEMO_REFERENCES.source,
        name: 'Comunicaciones 2024',
        contractComplete: true,
        snapshotReady: true,
        approved: true,
        columns: CITY_FILE_COLUMNS,
      },
    ],
    agencies: DEMO_ENTITIES[0]?.agencies.map((agency) => agency.code) ?? [],
  }
}

/** Every required item of a complete step (S1.10–S1.20): its input, and the answers without it and nothing else. */
export function withoutEachItem(stepCode: StepCode, complete: Answers): { path: string; answers: Answers }[] {
  return formDefinition(stepCode).groups.flatMap((group) =>
    group.fields
      .filter((field) => field.required && isActive(field, complete[group.code] ?? {}))
      .flatMap((field) => {
        const path = `${group.code}.${field.code}`
        const whole = { path, answers: without(complete, group.code, field.code) }
        if (field.kind !== 'list') return [whole]
        const first = rowsOf(complete, group.code, field.code)[0]
        const cells = field.fields.filter((cell) => first && cell.required && isActive(cell, first))
        const inFirst = cells.map((cell) => ({
          path: `${path}[0].${cell.code}`,
          answers: withoutCell(complete, group.code, field.code, cell.code),
        }))
        return [whole, ...inFirst]
      }),
  )
}

function without(answers: Answers, group: string, field: string): Answers {
  const copy = structuredClone(answers)
  const value = copy[group]?.[field]
  Object.assign(copy[group] ?? {}, { [field]: Array.isArray(value) ? [] : '' })
  return copy
}

function withoutCell(answers: Answers, group: string, field: string, cell: string): Answers {
  const copy = structuredClone(answers)
  const row = rowsOf(copy, group, field)[0]
  if (row) row[cell] = Array.isArray(row[cell]) ? [] : ''
  return copy
}
