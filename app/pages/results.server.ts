import { listHeadPositions } from '../../db/agency-heads.ts'
import type { Trx } from '../../db/client.ts'
import { appToday } from '../../db/clock.ts'
import { findCycleHead, listCycleDocuments } from '../../db/cycle-pages.ts'
import { findCycle } from '../../db/cycles.ts'
import { findApprovedReleaseOf } from '../../db/release-pages.ts'
import { findSummary, requireSummaryContent } from '../../db/summaries.ts'
import { listOwnPositions } from '../../db/summary-acts.ts'
import { areResultsPublic } from '../../db/summary-notices.ts'
import { findSummaryActs, listPrintedFigures, listTracked } from '../../db/summary-pages.ts'
import { entityCalendar } from '../../db/terms.ts'
import { bogotaDate } from '../../domain/civil-dates.ts'
import { summaryState } from '../../domain/dissemination.ts'
import { summaryRow } from '../../domain/permission-rows.ts'
import type { Rows } from '../../domain/permission-subjects.ts'
import { whyNot } from '../../domain/permissions.ts'
import { workingDaysLeft } from '../../domain/terms.ts'
import { permitted } from '../commands/permitted.server.ts'
import type { Actor } from '../session.server.ts'

/** The results of a cycle as anybody of the entity reads them; undefined until they were handed over. */
export async function findCycleResults(trx: Trx, actor: Actor, cycleId: string) {
  const head = await findCycleHead(trx, cycleId)
  const tracked = head ? await listTracked(trx, cycleId) : []
  const [first] = tracked
  if (!head || !first) return undefined
  const own = tracked.find(({ agencyId }) => agencyId === actor.position.agencyId)
  return {
    cycle: { id: head.id, name: head.name, vigencia: head.vigencia },
    deliveredAt: first.deliveredAt,
    isPublic: await areResultsPublic(trx, cycleId),
    mayFollow: may(actor, 'follow', await rowOf(trx, actor, cycleId, [])),
    own: own ? { agencyId: own.agencyId, state: summaryState(own) } : null,
    agencies: tracked.map((one) => ({ id: one.agencyId, name: one.agencyName, state: summaryState(one) })),
    documents: (await listCycleDocuments(trx, cycleId)).map(({ code, title }) => ({ code, title })),
    releaseId: (await findApprovedReleaseOf(trx, cycleId))?.id ?? null,
    figures: await listPrintedFigures(trx, cycleId),
  }
}

/** The summary of one dependencia with what became of it; undefined where there is none. */
export async function findSummaryPage(trx: Trx, actor: Actor, key: { cycleId: string; agencyId: string }) {
  const summary = await findSummary(trx, key)
  if (!summary) return undefined
  const heads = await listHeadPositions(trx, key.agencyId)
  const state = summaryState(summary)
  const mayAnswer = may(actor, 'answer', await rowOf(trx, actor, key.cycleId, heads))
  const calendar = await entityCalendar(trx, actor.entityId)
  const { id, sha256, dueDate, agencyName, vigencia } = summary
  return {
    summary: { id, sha256, dueDate, agencyName, vigencia, state, ...key },
    content: await requireSummaryContent(trx, id),
    acts: await findSummaryActs(trx, id),
    daysLeft: workingDaysLeft(dueDate, appToday(), calendar),
    isPublic: await areResultsPublic(trx, key.cycleId),
    ...{ mayAnswer, heads: heads.map(({ name }) => name) },
    positions: mayAnswer ? await listOwnPositions(trx, key.agencyId) : [],
  }
}

/** Who confirmed, who answered and who not; null until the results are handed over, or for those who do not follow them. */
export async function findTracking(trx: Trx, actor: Actor, cycleId: string) {
  const row = await rowOf(trx, actor, cycleId, [])
  if (!may(actor, 'follow', row)) return null
  const tracked = await listTracked(trx, cycleId)
  return {
    mayRemind: may(actor, 'remind', row) && (await areResultsPublic(trx, cycleId)),
    lines: tracked.map((one) => ({
      ...{ ...one, state: summaryState(one) },
      isToldToday: one.toldAt !== null && bogotaDate(one.toldAt) >= appToday(),
    })),
  }
}

export type Tracking = NonNullable<Awaited<ReturnType<typeof findTracking>>>

async function rowOf(trx: Trx, actor: Actor, cycleId: string, heads: { id: string; name: string }[]) {
  const cycle = await findCycle(trx, cycleId)
  return cycle ? summaryRow(actor.entityId, cycle.version.procedure, heads) : null
}

function may(actor: Actor, action: 'answer' | 'follow' | 'remind', row: Rows['Summary'] | null): boolean {
  return row !== null && whyNot(permitted(actor), action, 'Summary', row) === null
}
