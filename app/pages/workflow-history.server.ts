import { listReviewLists } from '../../db/campaign-pages.ts'
import type { Trx } from '../../db/client.ts'
import { listWorkflowIds } from '../../db/timeline.ts'
import { isId } from '../../domain/ids.ts'
import type { SubjectKind, TimelineSubject } from '../../domain/timeline.ts'
import {
  campaignWorkflowId,
  cycleWorkflowId,
  forwardingWorkflowId,
  reviewListWorkflowId,
} from '../../workflows/messages.ts'
import { readWorkflows } from '../commands/read-workflows.server.ts'
import type { AppContext } from '../context.server.ts'
import type { Actor } from '../session.server.ts'
import { SUBJECT_NAMES } from '../text/timeline.ts'
import { workflowHistoryText as words } from '../text/workflow-history.ts'
import { readWorkflowHistory, type TechnicalEvent } from '../workflow-history.server.ts'
import { requireSubject } from './timeline-subjects.server.ts'

const PAGE = 50

/** Of a subject with one workflow for all its life, which has it before that tells anything. */
const OWN: Partial<Record<SubjectKind, (id: string) => string>> = {
  cycle: cycleWorkflowId,
  campaign: campaignWorkflowId,
  collector: forwardingWorkflowId,
}

/** Workflows named on one page. */
const FLOWS = 20

export interface Flow {
  id: string
  name: string
}

/** The technical history of one workflow of a subject: `flujo`, its place among them; `corrida`, a run of it; `desde`, the event before. */
export async function loadWorkflowHistory(context: AppContext, actor: Actor, search: URLSearchParams) {
  const { subject, way, flows } = await readWorkflows(context, actor, async (trx) => {
    const named = await requireSubject(trx, actor, search)
    return { ...named, flows: await flowsOf(trx, named.subject) }
  })
  const asked = Number(search.get('flujo') ?? '1') - 1
  const at = flows[asked] ? asked : 0
  const workflowId = flows[at]?.id
  const runId = search.get('corrida')
  const after = Number(/^\d{1,6}$/.exec(search.get('desde') ?? '')?.[0] ?? 0)
  const history = workflowId
    ? await readWorkflowHistory(context.temporal, { workflowId, ...(isId(runId) && { runId }) }, { after, limit: PAGE })
    : null
  const address = (place: number, more: Record<string, string> = {}) =>
    `?${new URLSearchParams({ [SUBJECT_NAMES[subject.kind]]: subject.id, flujo: String(place + 1), ...more })}`
  const run: Record<string, string> = isId(runId) ? { corrida: runId } : {}
  const from = at - (at % FLOWS)
  return {
    kind: subject.kind,
    way,
    flows: flows.slice(from, from + FLOWS).map(({ name }, i) => ({
      ...{ name, to: address(from + i), isShown: from + i === at },
    })),
    flowsBefore: from > 0 ? address(from - FLOWS) : null,
    flowsAfter: from + FLOWS < flows.length ? address(from + FLOWS) : null,
    missing: history?.extent === 'gone' || history?.extent === 'away' ? history.extent : null,
    events: (history?.events ?? []).map((event) => shown(event, subject, (other) => address(at, { corrida: other }))),
    next: history?.extent === 'cut' ? address(at, { ...run, desde: String(after + PAGE) }) : null,
    first: after > 0 ? address(at, run) : null,
  }
}

/** The workflow of a subject, those that told something of it, and, as they tell nothing, those that take the answers of a review. */
export async function flowsOf(trx: Trx, subject: TimelineSubject): Promise<Flow[]> {
  const own = OWN[subject.kind]
  const reviewers = subject.kind === 'campaign' ? await reviewersOf(trx, subject.id) : []
  const known = [...(own ? [own(subject.id)] : []), ...(await listWorkflowIds(trx, subject))]
  const others = new Set(known.filter((id) => !reviewers.some((flow) => flow.id === id)))
  return [...namesOf([...others]), ...reviewers]
}

/** One for each list, and one for the accesses that nobody may review. */
async function reviewersOf(trx: Trx, campaignId: string): Promise<Flow[]> {
  const lists = await listReviewLists(trx, campaignId)
  return [
    ...lists.map(({ id, agencyName }) => ({
      ...{ id: reviewListWorkflowId(campaignId, id), name: words.reviewer(agencyName) },
    })),
    { id: reviewListWorkflowId(campaignId, null), name: words.unassigned },
  ]
}

/** A second workflow of the same kind is numbered. */
function namesOf(ids: string[]): Flow[] {
  const counted = new Map<string, number>()
  return ids.map((id) => {
    const name = words.workflow(id)
    const n = (counted.get(name) ?? 0) + 1
    counted.set(name, n)
    return { id, name: words.numbered(name, n) }
  })
}

function shown(event: TechnicalEvent, subject: TimelineSubject, runAddress: (runId: string) => string) {
  const { n, at, code, name, updateId, outcome, otherRun } = event
  return {
    ...{ n, at, code, name, outcome, what: words.event(code) },
    // An update bears the id of its act, which only cycles show on a page of its own.
    act: subject.kind === 'cycle' && isId(updateId) ? `/ejercicios/${subject.id}/actos/${updateId}` : null,
    otherRun: otherRun ? runAddress(otherRun) : null,
  }
}
