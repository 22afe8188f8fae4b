import { listCycles } from '../../../db/cycle-pages.ts'
import { listInbox } from '../../../db/inbox.ts'
import { listTimeline, type TimelineEntry } from '../../../db/timeline.ts'
import { vigenciaIn } from '../../params.server.ts'
import { eventSentence } from '../../text/events.ts'
import { formatSheetInstant } from '../../text/format.ts'
import { inboxText } from '../../text/inbox.ts'
import { filtersFrom, narrowing } from '../../text/inbox-address.ts'
import { listColumns as words } from '../../text/lists.ts'
import { cycleStateText, stepStateText } from '../../text/states.ts'
import { eventKindText, timelineFilters } from '../../text/timeline.ts'
import { inboxReader } from '../inbox-line.server.ts'
import { requireSubject } from '../timeline-subjects.server.ts'
import { FILE_PAGE, type ListColumns, listing, type OpenListing } from './listing.server.ts'

const inbox: OpenListing = async (trx, actor, search) => {
  const filters = filtersFrom(search)
  return listing(
    (cursor) => listInbox(trx, inboxReader(actor), filters, cursor, FILE_PAGE),
    {
      [words.task]: ({ kind, stepCode, cycleName }) => inboxText.line(kind, stepCode, cycleName),
      [words.step]: ({ stepCode }) => stepCode,
      [words.cycle]: ({ cycleName }) => cycleName,
      [words.vigencia]: ({ vigencia }) => vigencia,
      [words.stepState]: ({ state }) => stepStateText[state],
      [words.priority]: ({ priority }) => inboxText.priority(priority),
      [words.dueOn]: ({ dueDate }) => dueDate,
      [words.openedAt]: ({ openedAt }) => formatSheetInstant(openedAt),
      [words.claimedBy]: ({ claimedBy }) => claimedBy,
    },
    { filters: { ...narrowing(filters), ...(filters.group && { group: filters.group }) } },
  )
}

const cycles: OpenListing = async (trx, _actor, search) => {
  const vigencia = vigenciaIn(search)
  const filters = vigencia === undefined ? {} : { vigencia }
  return listing(
    (cursor) => listCycles(trx, { ...filters, cursor }, FILE_PAGE),
    {
      [words.cycle]: ({ name }) => name,
      [words.vigencia]: (cycle) => cycle.vigencia,
      [words.radicado]: ({ radicado }) => radicado,
      [words.state]: ({ status }) => cycleStateText[status],
      [words.approvedSteps]: ({ approved }) => approved,
      [words.steps]: ({ total }) => total,
      [words.currentStep]: ({ currentStep }) => currentStep,
      [words.stepState]: ({ currentStatus }) => currentStatus && stepStateText[currentStatus],
      [words.dueOn]: ({ dueDate }) => dueDate,
    },
    { filters },
  )
}

export const TIMELINE_COLUMNS: ListColumns<TimelineEntry> = {
  [words.at]: ({ at }) => formatSheetInstant(at),
  [words.what]: eventSentence,
  [words.eventKind]: ({ type }) => eventKindText(type),
  [words.step]: ({ stepCode }) => stepCode,
  [words.person]: ({ personName }) => personName,
  [words.position]: ({ positionName }) => positionName,
  [words.actingFor]: ({ actingForName }) => actingForName,
  [words.contentHash]: ({ contentHash }) => contentHash,
}

const timeline: OpenListing = async (trx, actor, search) => {
  const { subject } = await requireSubject(trx, actor, search)
  const filters = timelineFilters(search)
  return listing((cursor) => listTimeline(trx, subject, { ...filters, cursor, limit: FILE_PAGE }), TIMELINE_COLUMNS, {
    filters,
    ...(subject.kind === 'cycle' && { cycleId: subject.id }),
  })
}

/** What waits, the cycles and what happened in one, or to another subject. */
export const WORK_LISTINGS = { inbox, cycles, timeline }
