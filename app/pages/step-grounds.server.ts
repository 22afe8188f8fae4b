import type { Trx } from '../../db/client.ts'
import type { LoadedCycle } from '../../db/cycles.ts'
import { findPositionGrounds } from '../../db/position-grounds.ts'
import { type Procedure, type StepCode, stepTemplate } from '../../domain/procedures.ts'
import type { Actor } from '../session.server.ts'
import type { StepRights } from '../step-rights.server.ts'

/** What this person may do on a step, as the commands would answer, and by which rule and act. */
export async function stepGrounds(
  trx: Trx,
  actor: Actor,
  { cycle, code, rights }: { cycle: LoadedCycle; code: StepCode; rights: StepRights },
) {
  const { personId, position } = actor
  const hand = { personId, positionId: position.id, actingFor: position.actingFor?.personId ?? null }
  const { edit, submit, approve, return: giveBack, askReopen: reopen } = rights
  const asked = { edit, submit, approve, return: giveBack, reopen }
  return {
    rights: (['edit', 'submit', 'approve', 'return', 'reopen'] as const).map((one) => ({
      code: one,
      whyNot: asked[one].whyNot,
    })),
    roles: rolesOf(cycle.version.procedure, code),
    position: position.name,
    by: (await findPositionGrounds(trx, hand)) ?? null,
  }
}

export type StepGrounds = Awaited<ReturnType<typeof stepGrounds>>

function rolesOf(procedure: Procedure, code: StepCode) {
  const { authors, reviewers, approvers } = stepTemplate(procedure, code)
  const name = (duty: string) => procedure.duties[duty] ?? duty
  return {
    ...{ procedure: procedure.code, version: procedure.version },
    ...{
      authors: authors.map(name),
      reviewers: reviewers.map(name),
      approvers: approvers.map(({ duty }) => name(duty)),
    },
  }
}
