import type { Trx } from '../../db/client.ts'
import type { LoadedCycle } from '../../db/cycles.ts'
import { findEarlierReports } from '../../db/earlier-reports.ts'
import { isUnfinished, withoutStatus } from '../../domain/improvement.ts'
import type { Actor } from '../session.server.ts'
import { dutyName } from '../text/duties.ts'

/** What became of the recommendations of earlier reports, the unfinished first (N15). */
export async function shownEarlier(trx: Trx, { entity }: Actor, { state, entityId }: LoadedCycle) {
  const { recommendations, lastReportAt } = await findEarlierReports(trx, state.id, entityId)
  const lacking = withoutStatus(recommendations, lastReportAt).map(({ code }) => code)
  const lines = recommendations.map(({ code, what, status, dueDate, owner, duty, result, plan, isMended }) => ({
    ...{ code, what, status, dueDate, result, plan, isMended, owner: owner ?? dutyName(duty, entity.dutyNames) },
    lacksStatus: lacking.includes(code),
  }))
  return [...lines.filter(isUnfinished), ...lines.filter((line) => !isUnfinished(line))]
}

export type EarlierLine = Awaited<ReturnType<typeof shownEarlier>>[number]
