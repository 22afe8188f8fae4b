import { appNow } from '../../db/clock.ts'
import type { PackWriter } from '../../db/pack-file.ts'
import { listFile } from '../../documents/list-files.ts'
import { isId } from '../../domain/ids.ts'
import type { AppContext } from '../context.server.ts'
import { formatSheetInstant } from '../text/format.ts'
import { packFileNames, packColumns as words } from '../text/packs.ts'
import { workflowHistoryText } from '../text/workflow-history.ts'
import { MOST_EVENTS, readWorkflowHistory, type TechnicalEvent } from '../workflow-history.server.ts'
import { allRows, type ListColumns, wholeListing } from './lists/listing.server.ts'
import type { Flow } from './workflow-history.server.ts'

/** A workflow of the cycle, and how much of its history is in the pack. */
export interface PackedFlow {
  name: string
  events: number
  /** Why it is not there: Temporal does not keep it, or does not answer. */
  missing: 'gone' | 'away' | null
}

/** The technical history of workflows, by names, codes and instants alone. Where Temporal is away the pack does without. */
export async function addWorkflows(pack: PackWriter, context: AppContext, known: Flow[]): Promise<PackedFlow[]> {
  const [flows, lines]: [PackedFlow[], Line[]] = [[], []]
  let isAway = false
  for (const { id, name } of known) {
    const history: Awaited<ReturnType<typeof historyOf>> = isAway ? 'away' : await historyOf(context, id)
    isAway = history === 'away'
    if (typeof history === 'string') {
      flows.push({ name, events: 0, missing: history })
      continue
    }
    flows.push({ name, events: history.events.length, missing: null })
    for (const event of history.events) lines.push({ flow: name, ...event })
  }
  if (lines.length > 0) {
    const { header, read } = wholeListing(lines, HISTORY)
    const rows = await allRows({ read }, Number.POSITIVE_INFINITY)
    await pack.add(packFileNames.workflows, await listFile({ title: packFileNames.workflows, header, rows }, 'csv'))
  }
  return flows
}

async function historyOf({ temporal }: AppContext, workflowId: string) {
  return await readWorkflowHistory(temporal, { workflowId }, { now: appNow(), after: 0, limit: MOST_EVENTS })
}

type Line = TechnicalEvent & { flow: string }

const HISTORY: ListColumns<Line> = {
  [words.flow]: ({ flow }) => flow,
  [words.n]: ({ n }) => n,
  [words.at]: ({ at }) => formatSheetInstant(at),
  [words.code]: ({ code }) => code,
  [words.what]: ({ code }) => workflowHistoryText.event(code),
  [words.name]: ({ name }) => name,
  // An update bears the id of its act, as the events of the log name it.
  [words.act]: ({ updateId }) => (isId(updateId) ? updateId : null),
}
