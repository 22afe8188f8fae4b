import { appNow } from '../../db/clock.ts'
import { listWorkflowIds } from '../../db/timeline.ts'
import { isId } from '../../domain/ids.ts'
import type { TimelineSubject } from '../../domain/timeline.ts'
import { cycleWorkflowId } from '../../workflows/messages.ts'
import { readWorkflows } from '../commands/read-workflows.server.ts'
import type { AppContext } from '../context.server.ts'
import type { Actor } from '../session.server.ts'
import { SUBJECT_NAMES } from '../text/timeline.ts'
import { workflowHistoryText as words } from '../text/workflow-history.ts'
import { readWorkflowHistory, type TechnicalEvent } from '../workflow-history.server.ts'
import { requireSubject } from './timeline-subjects.server.ts'

const PAGE = 50

/** The technical history of one workflow of a subject: `flujo`, its place among them; `corrida`, a run of it; `desde`, the event before. */
export async function loadWorkflowHistory(context: AppContext, actor: Actor, search: URLSearchParams) {
  const { subject, way, known } = await readWorkflows(context, actor, async (trx) => {
    const named = await requireSubject(trx, actor, search)
    return { ...named, known: await listWorkflowIds(trx, named.subject) }
  })
  const ids = subject.kind === 'cycle' ? [...new Set([cycleWorkflowId(subject.id), ...known])] : known
  const at = Number(search.get('flujo') ?? '1') - 1
  const workflowId = ids[at] ?? ids[0]
  const runId = search.get('corrida')
  const after = Number(/^\d{1,6}$/.exec(search.get('desde') ?? '')?.[0] ?? 0)
  const history = workflowId
    ? await readWorkflowHistory(
        context.temporal,
        { workflowId, ...(isId(runId) && { runId }) },
        { now: appNow(), after, limit: PAGE },
      )
    : null
  const address = (more: Record<string, string>) =>
    `?${new URLSearchParams({ [SUBJECT_NAMES[subject.kind]]: subject.id, ...more })}`
  const flow = String(Math.max(0, ids.indexOf(workflowId ?? '')) + 1)
  const run: Record<string, string> = isId(runId) ? { corrida: runId } : {}
  const isRead = history !== null && typeof history === 'object'
  return {
    kind: subject.kind,
    way,
    flows: namesOf(ids).map((name, i) => ({
      ...{ name, to: address({ flujo: String(i + 1) }), isShown: ids[i] === workflowId },
    })),
    missing: typeof history === 'string' ? history : null,
    events: isRead
      ? history.events.map((event) => shown(event, subject, (other) => address({ flujo: flow, corrida: other })))
      : [],
    next: isRead && history.hasMore ? address({ flujo: flow, ...run, desde: String(after + PAGE) }) : null,
    first: after > 0 ? address({ flujo: flow, ...run }) : null,
  }
}

function namesOf(ids: string[]): string[] {
  const counted = new Map<string, number>()
  return ids.map((id) => {
    const name = words.workflow(id)
    const n = (counted.get(name) ?? 0) + 1
    counted.set(name, n)
    return words.numbered(name, n)
  })
}

function shown(event: TechnicalEvent, subject: TimelineSubject, runAddress: (runId: string) => string) {
  const { n, at, code, name, updateId, hasFailed, otherRun } = event
  return {
    ...{ n, at, code, name, hasFailed, what: words.event(code) },
    // An update bears the id of its act, which only cycles show on a page of its own.
    act: subject.kind === 'cycle' && isId(updateId) ? `/ejercicios/${subject.id}/actos/${updateId}` : null,
    otherRun: otherRun ? runAddress(otherRun) : null,
  }
}
