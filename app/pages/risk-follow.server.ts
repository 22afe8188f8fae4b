import { withActor } from '../../db/client.ts'
import { appToday } from '../../db/clock.ts'
import { listRiskFollowUps } from '../../db/follow-ups.ts'
import { newId } from '../../db/ids.ts'
import { listControlIncidents, listRiskEvents } from '../../db/risk-events.ts'
import { listOverdueReviews, listReviews } from '../../db/risk-reviews.ts'
import { findRisk } from '../../db/risks.ts'
import { entityCalendar } from '../../db/terms.ts'
import { isControlId } from '../../domain/controls.ts'
import { termChip } from '../../domain/terms.ts'
import { notFound } from '../answer.server.ts'
import type { AppContext } from '../context.server.ts'
import type { Actor } from '../session.server.ts'
import { controlsText } from '../text/automatic-checks.ts'
import { formatInstant } from '../text/format.ts'
import { riskFollowText as words } from '../text/risk-follow.ts'
import { findingObjection } from './finding.server.ts'
import { attendObjection, followSummary } from './risk-follow-summary.server.ts'
import { riskObjection } from './risks.server.ts'

/** The page on which a risk is reviewed and what happened is recorded. */
export async function loadRiskFollow(context: AppContext, actor: Actor, code: string) {
  return await withActor(context.db, actor, async (trx) => {
    const risk = await findRisk(trx, actor.entityId, code)
    if (!risk) throw notFound(context.requestId)
    return {
      ...{ code, description: risk.assessment.answers.description },
      summary: await followSummary(trx, actor, risk),
      reviews: await listReviews(trx, risk.id),
      events: (await listRiskEvents(trx, risk.id)).map(({ control, ...event }) => ({
        ...event,
        shownBy: control && isControlId(control) ? controlsText[control].name : null,
      })),
      incidents: (await listControlIncidents(trx, actor.entityId)).flatMap(({ id, control, openedAt }) =>
        isControlId(control)
          ? [{ id, name: words.incidentOf(controlsText[control].name, formatInstant(openedAt)) }]
          : [],
      ),
      whyNot: attendObjection(actor, [risk.ownerPosition]),
      whyNotKeep: riskObjection(actor),
      mayRecord: findingObjection(actor) === null,
      formKey: newId(),
    }
  })
}

/** What is due of all risks, and what of it keeps the year from being closed. */
export async function loadRiskDues(context: AppContext, actor: Actor, search: URLSearchParams) {
  return await withActor(context.db, actor, async (trx) => {
    const { rows, next } = await listRiskFollowUps(trx, actor.entityId, { cursor: search.get('desde') })
    const calendar = await entityCalendar(trx, actor.entityId)
    return {
      next,
      rows: rows.map((line) => ({ ...line, chip: termChip(line.dueOn, appToday(), calendar) })),
      overdue: await listOverdueReviews(trx, actor.entityId),
    }
  })
}
