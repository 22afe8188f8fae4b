import type { AppLoadContext } from '@remix-run/node'
import { findPaperOf } from '../../db/audit-papers.ts'
import { withActor } from '../../db/client.ts'
import { type FindingFilters, findFinding, listFindings } from '../../db/finding-pages.ts'
import { listAnalyses, listPlannedActions } from '../../db/finding-plans.ts'
import { listStandingPositions } from '../../db/findings.ts'
import { newId } from '../../db/ids.ts'
import { listActions } from '../../db/improvement-pages.ts'
import { entityCalendar } from '../../db/terms.ts'
import {
  FINDING_ORIGINS,
  FINDING_STATUSES,
  lacksActions,
  objectionToAnalysing,
  objectionToClosing,
  objectionToPlanning,
} from '../../domain/findings.ts'
import { findingRow } from '../../domain/permission-rows.ts'
import { whyNot } from '../../domain/permissions.ts'
import { notFound } from '../answer.server.ts'
import { permitted } from '../commands/permitted.server.ts'
import { textIn } from '../params.server.ts'
import type { Actor } from '../session.server.ts'
import { dutyName } from '../text/duties.ts'
import { sentenceOf } from '../text/refusals.ts'
import { findingObjection } from './finding.server.ts'
import { shownAction } from './improvement.server.ts'

/** Filters as the address carries them: `estado`, `origen`, `texto`. */
export function findingFilters(search: URLSearchParams): FindingFilters {
  const status = FINDING_STATUSES.find((one) => one === search.get('estado'))
  const origin = FINDING_ORIGINS.find((one) => one === search.get('origen'))
  const text = textIn(search, 'texto')
  return { ...(status && { status }), ...(origin && { origin }), ...(text && { text }) }
}

export async function loadFindings(context: AppLoadContext, actor: Actor, search: URLSearchParams) {
  const filters = findingFilters(search)
  const page = await withActor(context.db, actor, (trx) =>
    listFindings(trx, actor.entityId, { ...filters, cursor: search.get('desde') }),
  )
  return { ...page, mayRecord: findingObjection(actor) === null, isFiltered: Object.keys(filters).length > 0 }
}

/** More than a plan has. */
const MOST_ACTIONS = 100

/** A finding with its causes and actions, and what this person may do with it. */
export async function loadFinding(context: AppLoadContext, actor: Actor, code: string) {
  return await withActor(context.db, actor, async (trx) => {
    const finding = await findFinding(trx, actor.entityId, code)
    if (!finding) throw notFound(context.requestId)
    const { id, checkerDuty } = finding
    const called = actor.entity.dutyNames
    const calendar = await entityCalendar(trx, actor.entityId)
    const actions = await listActions(trx, actor.entityId, { findingId: id, limit: MOST_ACTIONS })
    const plan = { ...finding, actions: await listPlannedActions(trx, id) }
    const row = findingRow(actor.entityId, finding)
    const barred = whyNot(permitted(actor), 'plan', 'Finding', row)
    const toClose = whyNot(permitted(actor), 'close', 'Finding', row) ?? objectionToClosing(plan)
    const owners = await listStandingPositions(trx, actor.entityId)
    return {
      finding: { ...finding, closer: dutyName(checkerDuty, called), lacksActions: lacksActions(plan) },
      /** Only whoever may open it is told. */
      paper: whyNot(permitted(actor), 'audit', 'Entity', { entityId: actor.entityId })
        ? null
        : ((await findPaperOf(trx, id)) ?? null),
      analyses: await listAnalyses(trx, id),
      actions: actions.rows.map((line) => shownAction(line, calendar, called)),
      owners: owners.map(({ id: one, name, agency }) => ({ id: one, name, agency })),
      analyse: rightOf(sentenceOf(barred ?? objectionToAnalysing(plan), actor)),
      plan: rightOf(sentenceOf(barred ?? objectionToPlanning(plan), actor)),
      close: rightOf(sentenceOf(toClose, actor)),
      /** Names what each form writes: the same form sent twice is one line. */
      formKey: newId(),
    }
  })
}

const rightOf = (reason: string | null) => ({ may: reason === null, whyNot: reason })
