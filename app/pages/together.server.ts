import type { AppLoadContext } from '@remix-run/node'
import { statementOf } from '../../catalog/statements.ts'
import { type Trx, withActor } from '../../db/client.ts'
import { findCycleHead } from '../../db/cycle-pages.ts'
import { findCycle, type LoadedCycle } from '../../db/cycles.ts'
import { type InboxLine, listInbox } from '../../db/inbox.ts'
import { stepOf } from '../../domain/cycle-state.ts'
import { isId } from '../../domain/ids.ts'
import { readInput } from '../../domain/input-reading.ts'
import { TogetherInput } from '../../domain/inputs.ts'
import { STEP_CODES } from '../../domain/procedures.ts'
import { asksForVerdict, MAX_TOGETHER, objectionToTogether } from '../../domain/together.ts'
import type { TogetherOutcome, TogetherVerdict } from '../commands/decide-steps.server.ts'
import type { Actor } from '../session.server.ts'
import { stepRights } from '../step-rights.server.ts'
import { filtersFrom } from '../text/inbox-address.ts'
import { sentenceOf } from '../text/refusals.ts'
import { togetherText } from '../text/together.ts'
import { blockedBy } from './decision.server.ts'
import { inboxReader } from './inbox-line.server.ts'

/** One line of the inbox, as it would be signed together with others. */
export interface TogetherItem extends TogetherVerdict {
  cycleName: string
  /** Names the decision in the form. */
  value: string
}

export interface SkippedItem {
  id: string
  cycleId: string
  stepCode: string
  cycleName: string
  why: string
}

/**
 * What the address chose of this person's inbox: `tarea` names a task and the version its line showed, `todas=si` all that
 * the filters leave. Throws nothing: what cannot be decided is listed with its reason.
 */
export async function loadTogether(context: AppLoadContext, actor: Actor, search: URLSearchParams) {
  return await withActor(context.db, actor, async (trx) => {
    const seen = chosenIn(search)
    const wanted = search.get('todas') === 'si' ? filtersFrom(search) : { ids: [...seen.keys()] }
    const { rows, next } = await listInbox(trx, inboxReader(actor), wanted, null, MAX_TOGETHER)
    const cycles = new Map<string, LoadedCycle>()
    const items: TogetherItem[] = []
    const skipped: SkippedItem[] = []
    for (const line of rows) {
      const cycle = cycles.get(line.cycleId) ?? (await findCycle(trx, line.cycleId))
      if (!cycle) continue
      cycles.set(line.cycleId, cycle)
      const judged = await judge(trx, actor, cycle, line, seen.get(line.id))
      if ('why' in judged) skipped.push(judged)
      else items.push(judged)
    }
    return { items, skipped, isMore: next !== null, statements: statementsOf(items) }
  })
}

/** By task, the version its line showed; null where it showed none. */
function chosenIn(search: URLSearchParams): Map<string, string | null> {
  const pairs = search.getAll('tarea').map((one) => one.split('.', 2) as [string, string | undefined])
  return new Map(pairs.flatMap(([task, version]) => (isId(task) ? [[task, isId(version) ? version : null]] : [])))
}

async function judge(
  trx: Trx,
  actor: Actor,
  cycle: LoadedCycle,
  line: InboxLine,
  seen: string | null | undefined,
): Promise<TogetherItem | SkippedItem> {
  const { id, cycleId, cycleName } = line
  const stepCode = STEP_CODES.find((one) => one === line.stepCode) ?? '1'
  const { version } = stepOf(cycle.state, stepCode)
  const rights = stepRights(actor, cycle, stepCode)
  const role = rights.role
  const why = (sentence: string): SkippedItem => ({ id, cycleId, cycleName, stepCode, why: sentence })
  if (!asksForVerdict(line.kind) || !version || !role) return why(togetherText.otherTask)
  const alone = sentenceOf(objectionToTogether(stepCode), actor)
  if (alone) return why(alone)
  if (seen && seen !== version.id) return why(togetherText.changed)
  const barred = rights.approve.whyNot ?? (await blockedBy(trx, actor, { cycle, code: stepCode }, role))
  if (barred) return why(barred)
  const verdict = { cycleId, stepCode, versionId: version.id, contentHash: version.hash, role }
  return { ...verdict, cycleName, value: Object.values(verdict).join('.') }
}

/** What is declared by signing, once for each role. */
function statementsOf(items: TogetherItem[]): string[] {
  return [...new Set(items.map(({ role }) => statementOf('approve', role)))]
}

/** What became of each, with the name of its exercise. */
export async function named(context: AppLoadContext, actor: Actor, outcomes: TogetherOutcome[]) {
  const ids = [...new Set(outcomes.map(({ cycleId }) => cycleId))]
  const names = await withActor(context.db, actor, async (trx) => {
    const heads: (readonly [string, string])[] = []
    for (const id of ids) heads.push([id, (await findCycleHead(trx, id))?.name ?? ''])
    return new Map(heads)
  })
  return outcomes.map((one) => ({ ...one, cycleName: names.get(one.cycleId) ?? '' }))
}

/** The decisions that a form brings; null where it is not one of ours, or brings none. */
export function togetherIn(form: FormData): TogetherVerdict[] | null {
  const typed = form.getAll('decision').map((one) => {
    const [cycleId, stepCode, versionId, contentHash, role] = String(one).split('.')
    return { cycleId, stepCode, versionId, contentHash, role }
  })
  const read = readInput(TogetherInput, typed)
  return read.ok ? read.input : null
}
