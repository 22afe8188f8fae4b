import type { AppLoadContext } from '@remix-run/node'
import type { Trx } from '../../db/client.ts'
import { listStepTurns, listWaysBack } from '../../db/cycle-map.ts'
import { cycleMap } from '../../documents/cycle-map.ts'
import { firstNotApproved } from '../../domain/cycle-state.ts'
import { cycleMapText as words } from '../text/cycle-map.ts'
import { stepStateText } from '../text/states.ts'
import { stepAddress } from './step.server.ts'
import { requireCycle } from './step-head.server.ts'

/** The steps of a cycle in order, with what came back, as rows and as a picture of them. */
export async function requireCycleMap(trx: Trx, cycleId: string, context: AppLoadContext) {
  const { head, cycle } = await requireCycle(trx, cycleId, context)
  const turns = await listStepTurns(trx, cycleId)
  const back = await listWaysBack(trx, cycleId)
  const current = firstNotApproved(cycle.state)
  const rows = cycle.state.steps.map(({ code, status, attempt }) => ({
    ...{ code, status, attempts: attempt, isCurrent: code === current, to: stepAddress(cycleId, code) },
    title: cycle.version.procedure.steps.find((step) => step.code === code)?.title ?? '',
    returns: turns.find((one) => one.stepCode === code)?.returns ?? 0,
    withdrawals: turns.find((one) => one.stepCode === code)?.withdrawals ?? 0,
    reopenings: words.reopenedFrom(back.filter(({ to }) => to === code)),
  }))
  const sum = (counts: number[]) => counts.reduce((total, n) => total + n, 0)
  const alt = words.alt({
    ...{ steps: rows.length, done: rows.filter(({ status }) => status === 'approved').length, current },
    ...{ returns: sum(rows.map(({ returns }) => returns)), back: sum(back.map(({ times }) => times)) },
  })
  const steps = rows.map((row) => ({ ...row, state: stepStateText[row.status], isDone: row.status === 'approved' }))
  return { cycle: { id: cycleId, name: head.name }, rows, svg: cycleMap({ alt, steps, back }) }
}
