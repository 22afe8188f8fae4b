import { expect, test } from 'vitest'
import { DEMO_ENTITIES } from '../../catalog/demo-users.ts'
import { procedure } from '../../catalog/procedures/mm-gac-p-008-v2.ts'
import { STEP_CODES, stepTemplate } from '../../domain/procedures.ts'
import { STORIES } from '../../scripts/demonstration/plan.ts'
import type { Story } from '../../scripts/demonstration/stories.ts'

/** Duties that have a task in an exercise once its story was told. */
function awaited({ approved, next }: Story): string[] {
  const code = STEP_CODES[approved]
  if (!code) return []
  const { authors, reviewers, approvers } = stepTemplate(procedure, code)
  if (next === 'open') return authors
  if (next === 'sent') return reviewers
  const duties = approvers.map((approver) => approver.duty)
  return next === 'one_left' ? duties.slice(-1) : duties
}

const decide = STEP_CODES.flatMap((code) => {
  const { authors, reviewers, approvers } = stepTemplate(procedure, code)
  return [...authors, ...reviewers, ...approvers.map((approver) => approver.duty)]
})

test.each(DEMO_ENTITIES)('whoever has a part in the procedure finds a task in $shortName', ({ slug, users }) => {
  const own = STORIES.filter((story) => story.slug === slug)
  const busy = own.flatMap(awaited)
  const idle = users.filter((user) => decide.includes(user.duty) && !busy.includes(user.duty))
  expect(idle.map((user) => user.position)).toEqual([])
})

test.each(DEMO_ENTITIES)(
  '$shortName has a finished exercise first, then one that waits at step 3 for several',
  ({ slug }) => {
    const [first, second] = STORIES.filter((story) => story.slug === slug)
    expect(first?.approved).toBe(STEP_CODES.length)
    expect(second?.approved).toBe(2)
    expect(second && awaited(second)).toHaveLength(2)
  },
)

test('no two exercises of the demonstration share a number', () => {
  const numbers = STORIES.map((story) => `${story.slug} ${story.radicado}`)
  expect(new Set(numbers).size).toBe(numbers.length)
})
