import type { PackWriter } from '../../db/pack-file.ts'
import { isId } from '../../domain/ids.ts'
import type { AppContext } from '../context.server.ts'
import { formatSheetInstant } from '../text/format.ts'
import { packFileNames, packText, packColumns as words } from '../text/packs.ts'
import { workflowHistoryText } from '../text/workflow-history.ts'
import { readWorkflowHistory, type TechnicalEvent } from '../workflow-history.server.ts'
import { type ListColumns, wholeListing } from './lists/listing.server.ts'
import { addListing } from './pack-lists.server.ts'
import type { Flow } from './workflow-history.server.ts'

/** A workflow of the cycle, and how much of its history is in the pack. */
export interface PackedFlow {
  name: string
  events: number
  /** 'not_asked': Temporal was away already for one before it. */
  extent: keyof typeof packText.flowExtents
}

/** Temporal ends a run of more events than this itself. */
const MOST_EVENTS = 51_200

/** The technical history of workflows, by names, codes and instants alone. Where Temporal is away the pack does without, and says so. */
export async function addWorkflows(
  pack: PackWriter,
  { temporal }: AppContext,
  known: Flow[],
  limit = MOST_EVENTS,
): Promise<PackedFlow[]> {
  const [flows, lines]: [PackedFlow[], Line[]] = [[], []]
  for (const { id, name } of known) {
    if (flows.at(-1)?.extent === 'away' || flows.at(-1)?.extent === 'not_asked') {
      flows.push({ name, events: 0, extent: 'not_asked' })
      continue
    }
    const { events, extent } = await readWorkflowHistory(temporal, { workflowId: id }, { after: 0, limit })
    flows.push({ name, events: events.length, extent })
    for (const event of events) lines.push({ flow: name, ...event })
  }
  await addListing(pack, packFileNames.flows, wholeListing(flows, FLOW_COLUMNS))
  if (lines.length > 0) await addListing(pack, packFileNames.workflows, wholeListing(lines, HISTORY))
  return flows
}

/** As the index shows them too. */
export const FLOW_COLUMNS: ListColumns<PackedFlow> = {
  [words.flow]: ({ name }) => name,
  [words.flowEvents]: ({ events }) => events,
  [words.flowExtent]: ({ events, extent }) => packText.flowExtents[extent](events),
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
