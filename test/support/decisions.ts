/** Decisions for domain tests: each duty is held by one invented person with the same code. */
import { procedure } from '../../catalog/procedures/mm-gac-p-008-v2.ts'
import { type CycleState, stepOf } from '../../domain/cycle-state.ts'
import { apply } from '../../domain/cycles.ts'
import type { Decision, DecisionKind } from '../../domain/decisions.ts'
import { objectionsTo } from '../../domain/decisions.ts'
import { type SignatureRole, type StepCode, stepTemplate } from '../../domain/procedures.ts'

let count = 0

export function decision(
  cycle: CycleState,
  stepCode: StepCode,
  kind: DecisionKind,
  duty: string,
  more: Partial<Decision> = {},
): Decision {
  const { version } = stepOf(cycle, stepCode)
  count += 1
  return {
    id: `d${count}`,
    kind,
    cycleId: cycle.id,
    stepCode,
    objectId: version?.id ?? cycle.id,
    personId: `person-${duty}`,
    positionId: `position-${duty}`,
    duty,
    actingFor: null,
    signatureRole: null,
    contentHash: version?.hash ?? null,
    version: null,
    authors: [],
    ...more,
  }
}

/** Takes the decision; throws when something objects to it. */
export function take(cycle: CycleState, one: Decision): CycleState {
  const [first] = objectionsTo(cycle, one, procedure)
  if (first) throw new Error(first.code)
  return apply(cycle, one, procedure)
}

export function submitted(cycle: CycleState, code: StepCode, hash = `hash-${code}`): CycleState {
  const template = stepTemplate(procedure, code)
  const builtOn = Object.fromEntries(
    template.buildsOn.map((ground) => [ground, stepOf(cycle, ground).version?.hash ?? '']),
  )
  count += 1
  const version = { id: `v${count}`, hash, builtOn }
  const duty = template.authors[0] ?? ''
  const more = {
    objectId: version.id,
    contentHash: hash,
    version,
    authors: [`person-${duty}`],
    signatureRole: 'author' as const,
  }
  return take(cycle, decision(cycle, code, 'submit', duty, more))
}

export function approve(cycle: CycleState, code: StepCode, duty: string, signatureRole: SignatureRole): CycleState {
  return take(cycle, decision(cycle, code, 'approve', duty, { signatureRole }))
}

/** Submits, reviews and approves a step by everyone its template names. */
export function approvedStep(cycle: CycleState, code: StepCode, hash?: string): CycleState {
  const template = stepTemplate(procedure, code)
  let next = submitted(cycle, code, hash)
  for (const duty of template.reviewers) next = approve(next, code, duty, 'reviewer')
  for (const { duty, role } of template.approvers) {
    if (stepOf(next, code).status === 'in_approval') next = approve(next, code, duty, role)
  }
  return next
}
