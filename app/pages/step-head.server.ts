import type { AppLoadContext } from '@remix-run/node'
import type { Trx } from '../../db/client.ts'
import { findCycleHead } from '../../db/cycle-pages.ts'
import { findCycle, type LoadedCycle } from '../../db/cycles.ts'
import { stepOf } from '../../domain/cycle-state.ts'
import { type StepCode, stepTemplate } from '../../domain/procedures.ts'
import { notFound } from '../answer.server.ts'
import type { Actor } from '../session.server.ts'
import { stepRights } from '../step-rights.server.ts'

/** What every page under a step begins with; 404 when it is not there or not visible. */
export async function requireStepHead(
  trx: Trx,
  actor: Actor,
  cycleId: string,
  code: StepCode,
  context: AppLoadContext,
) {
  const { head, cycle } = await requireCycle(trx, cycleId, context)
  const state = stepOf(cycle.state, code)
  return {
    base: `/ejercicios/${cycleId}/pasos/${code}`,
    cycle: { id: cycleId, name: head.name },
    code,
    title: stepTemplate(cycle.version.procedure, code).title,
    status: state.status,
    version: state.version && { id: state.version.id, hash: state.version.hash },
    rights: stepRights(actor, cycle, code),
  }
}

export async function requireCycle(trx: Trx, cycleId: string, context: AppLoadContext) {
  const head = await findCycleHead(trx, cycleId)
  const cycle: LoadedCycle | undefined = await findCycle(trx, cycleId)
  // Until its start is recorded a cycle has no steps.
  if (!head || !cycle || cycle.state.steps.length === 0) throw notFound(context.requestId)
  return { head, cycle }
}
